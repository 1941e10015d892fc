// The engine over small workspaces: units, edits, reports that do not depend on how one got there.
import { describe, expect, it } from 'vitest';
import type { LanguageEngine } from '../../../server/src/analysis/language.js';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { memorySources, noFacts, testOptions, type MemorySources } from '../../support/engine.js';

function engineOver(sources: MemorySources): LanguageEngine {
  return goPlugin.createEngine({ sources, facts: noFacts, options: testOptions });
}

const FILES = {
  'go.mod': 'module example.com/m\n',
  'p/a.go': 'package p\ntype T struct{ n int }\nfunc keep(t *T) { _ = t.n }\nfunc f() int {\n\tt := T{1}\n\tkeep(&t)\n\treturn t.n\n}\n',
  'p/a_test.go': 'package p\nfunc helper() *T { return &T{} }\n',
  'p/x_test.go': 'package p_test\nimport "example.com/m/p"\nvar _ p.T\n',
  'p/a_windows.go': 'package p\nfunc onWindows() *T { return new(T) }\n',
};

describe('the Go engine', () => {
  it('groups files into units', async () => {
    const engine = engineOver(await memorySources(FILES));
    expect(engine.unitOf('p/a.go')).toBe('p');
    expect(engine.unitOf('p/a_test.go')).toBe('p [test]');
    expect(engine.unitOf('p/x_test.go')).toBe('p [test p_test]');
    expect(engine.unitOf('p/a_windows.go')).toBe('p [a_windows.go]');
    expect(engine.importsOf('p [test]')).toEqual(['p']);
    expect(engine.filesOf('p')).toEqual(['p/a.go']);
  });

  it('reports the same whichever engine, and whichever file first', async () => {
    const calls = '\tgrow()\n'.repeat(1500);
    const files = {
      'go.mod': 'module example.com/m\n',
      'p/a.go': `package p\nvar sink *int\nfunc grow() { sink = new(int); if false { other() } }\nfunc many() {\n${calls}}\n`,
      'p/b.go': 'package p\nfunc other() { many(); last() }\n',
      'p/c.go': 'package p\nfunc last() []int { grow(); return make([]int, 3) }\nfunc free() int { return 1 }\n',
    };
    const paths = ['p/a.go', 'p/b.go', 'p/c.go'];
    const reports = async (order: readonly string[]): Promise<Map<string, unknown>> => {
      const engine = engineOver(await memorySources(files));
      const found = new Map(order.map((path) => [path, engine.report(path)]));
      return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
    };
    const first = await reports(paths); // the tables of the escape stage grow while this runs
    expect((first.get('p/a.go') as { sites: { callee: string | null }[] }).sites.filter((site) => site.callee === 'example.com/m/p.grow')).toHaveLength(1500);
    expect(await reports(paths)).toEqual(first);
    expect(await reports([...paths].reverse())).toEqual(first);
  });

  it('reports the same after edits as afresh', async () => {
    const edits = [
      FILES['p/a.go'].replace('_ = t.n', 'sink = t'), // the parameter leaks, to a name that is missing
      FILES['p/a.go'].replace('_ = t.n', 'sink = t').replace('type T', 'var sink *T\ntype T'),
      `// moved\n${FILES['p/a.go']}`,
      FILES['p/a.go'].replace('return t.n', 'return t.'),
      FILES['p/a.go'],
    ];
    const sources = await memorySources(FILES);
    const engine = engineOver(sources);
    engine.report('p/a.go');
    for (const text of edits) {
      sources.set('p/a.go', text);
      engine.changed({ kind: 'text', path: 'p/a.go' });
      const fresh = engineOver(await memorySources({ ...FILES, 'p/a.go': text }));
      expect(engine.report('p/a.go')).toEqual(fresh.report('p/a.go'));
      expect(engine.report('p/a_test.go')).toEqual(fresh.report('p/a_test.go'));
    }
  });

  it('knows what functions that call one another allocate, afresh and after edits', async () => {
    const text = (body: string): string => `package p\nfunc a(n int) []int { if n > 0 { return b(n - 1) }; return nil }\nfunc b(n int) []int { if n > 0 { return c(n - 1) }; return nil }\nfunc c(n int) []int { ${body}; return a(n) }\n`;
    const calls = (engine: LanguageEngine): unknown => engine.report('p/a.go')?.sites.filter((site) => site.kind === 'callee').map((site) => [site.callee, site.certainty, site.what]);
    const grows = text('_ = make([]int, n)');
    const sources = await memorySources({ 'go.mod': 'module m\n', 'p/a.go': grows });
    const engine = engineOver(sources);
    const before = calls(engine);
    expect(before).toEqual([
      ['m/p.b', 'conditional', 'array behind a []int'], ['m/p.c', 'conditional', 'array behind a []int'], ['m/p.a', 'conditional', 'array behind a []int'],
    ]);
    for (const [body, expected] of [['_ = n', []], ['_ = make([]int, n)', before]] as const) {
      sources.set('p/a.go', text(body));
      engine.changed({ kind: 'text', path: 'p/a.go' });
      expect(calls(engine)).toEqual(expected);
    }
  });

  it('follows edits of a build line, and of what an iterator does with the loop body', async () => {
    const rules = (engine: LanguageEngine, path: string): string[] => (engine.report(path)?.sites ?? []).map((site) => site.rule);
    const loop = (line: string): string => `${line}\n\npackage p\n\nfunc f(fs []func() int) { for i := range fs { fs[0] = func() int { return i } } }\n`;
    const iterator = (body: string): string => `package p\n\nvar kept func(int) bool\n\nfunc all(xs []int) func(func(int) bool) { return func(yield func(int) bool) { ${body} } }\n`;
    const files = {
      'go.mod': 'module m\n\ngo 1.18\n', 'p/a.go': loop('// no line'), 'p/b.go': iterator('yield(xs[0])'),
      'p/c.go': '//go:build go1.23\n\npackage p\n\nfunc g(xs []int) (n int) { for x := range all(xs) { n += x }; return n }\n',
    };
    const sources = await memorySources(files);
    const engine = engineOver(sources);
    expect(rules(engine, 'p/a.go')).toEqual(['go/moved-variable', 'go/closure']);
    expect(rules(engine, 'p/c.go')).not.toContain('go/range-over-func');
    const edit = (path: string, text: string): void => {
      sources.set(path, text);
      engine.changed({ kind: 'text', path });
    };
    edit('p/a.go', loop('//go:build go1.22'));
    expect(rules(engine, 'p/a.go')).toEqual(['go/closure']);
    edit('p/a.go', loop('//go:build go1.21'));
    expect(rules(engine, 'p/a.go')).toEqual(['go/moved-variable', 'go/closure']);
    edit('p/b.go', iterator('kept = yield'));
    expect(rules(engine, 'p/c.go')).toContain('go/range-over-func');
    edit('p/b.go', iterator('yield(xs[0])'));
    expect(rules(engine, 'p/c.go')).not.toContain('go/range-over-func');
  });

  it('follows what a call through an interface may reach from file to file', async () => {
    const files = {
      'go.mod': 'module example.com/m\n',
      'p/a.go': 'package p\ntype doer interface{ do() []int }\nfunc run(d doer) []int { return d.do() }\n',
      'p/b.go': 'package p\ntype one struct{}\nfunc (one) do() []int { return nil }\n',
      'p/c.go': 'package p\ntype two struct{}\nfunc (*two) do() []int { return make([]int, 2) }\n',
    };
    const sources = await memorySources(files);
    const engine = engineOver(sources);
    const reached = (): (string | null)[] => (engine.report('p/a.go')?.sites ?? []).map((site) => site.when);
    expect(reached()).toEqual(['it reaches (*two).do']);
    const edit = (path: string, text: string): void => {
      sources.set(path, text);
      engine.changed({ kind: 'text', path });
    };
    edit('p/b.go', files['p/b.go'].replace('nil', '[]int{1}'));
    expect(reached()).toEqual(['it reaches (*two).do or one.do']);
    edit('p/c.go', files['p/c.go'].replace('do()', 'other()'));
    expect(reached()).toEqual(['it reaches one.do']);
    edit('p/b.go', files['p/b.go']);
    expect(reached()).toEqual([]);
  });

  it('gives facts that are the same bytes each time', async () => {
    const facts = engineOver(await memorySources(FILES)).factsOf('p');
    expect(facts?.body).toContain('tT\t0\t\t');
    expect(engineOver(await memorySources(FILES)).factsOf('p')).toEqual(facts);
  });
});
