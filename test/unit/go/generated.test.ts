// Generated files: the work on the syntax grows with the text, not faster, whatever shape the text has. It is counted as reads of node kinds, not
// as time. Not here: what the solver does on its graph, which long chains of assignments make grow faster.
import { describe, expect, it } from 'vitest';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

const repeated = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** Texts by their number of lines, roughly. */
const SHAPES: Readonly<Record<string, (lines: number) => string>> = {
  'one long function': (n) => `package p\nvar sink []*int\nfunc f(a int) {\n${repeated(n >> 1, (i) => `\tv${i} := a + ${i}\n\tsink = append(sink, &v${i})`)}\n}\n`,
  'one function that hands a pointer on and on': (n) => `package p\nvar sink *int\nfunc f(a int) {\n\tp0 := &a\n${repeated(n, (i) => `\tp${i + 1} := p${i}`)}\n\tsink = p${n}\n}\n`,
  'assignments in a circle': (n) => `package p\nvar sink *int\nfunc f(a int) {\n${repeated(n >> 1, (i) => `\tvar p${i} *int`)}\n\tp0 = &a\n${repeated(n >> 1, (i) => `\tp${(i + 1) % (n >> 1)} = p${i}`)}\n\tsink = p1\n}\n`,
  'many functions, each calling the next': (n) => `package p\n${repeated(n >> 2, (i) => `func f${i}(p *int) *int {\n\tx := f${i + 1}(p)\n\treturn x\n}`)}\nfunc f${n >> 2}(p *int) *int { return p }\n`,
  'functions that call one another in a circle': (n) => `package p\n${repeated(n >> 2, (i) => `func f${i}(p *int) *int {\n\tx := f${(i + 1) % (n >> 2)}(p)\n\treturn x\n}`)}\n`,
  'a table of literals': (n) => `package p\ntype row struct { name string; of []int; next *row }\nvar table = []row{\n${repeated(n, (i) => `\t{"row ${i}", []int{${i}, ${i + 1}}, &row{name: "inner"}},`)}\n}\n`,
  'a map of functions': (n) => `package p\nfunc f() map[string]func() int {\n\tx := 1\n\treturn map[string]func() int{\n${repeated(n, (i) => `\t\t"k${i}": func() int { return x + ${i} },`)}\n\t}\n}\n`,
  'one switch': (n) => `package p\nfunc f(s string) any {\n\tswitch s {\n${repeated(n >> 1, (i) => `\tcase "c${i}":\n\t\treturn ${i}`)}\n\t}\n\treturn nil\n}\n`,
  'one long sum of strings': (n) => `package p\nfunc f(s string) string {\n\treturn s +\n${repeated(n, (i) => `\t\t"part ${i}" + s +`)}\n\t\ts\n}\n`,
  'types, methods and an interface': (n) => `package p\ntype doer interface{ do() []int }\n${repeated(n >> 2, (i) => `type t${i} struct{ n int }\nfunc (t *t${i}) do() []int { return make([]int, t.n) }\nfunc use${i}(d doer) []int { return d.do() }\n`)}\n`,
  'constants that build on each other': (n) => `package p\nconst c0 = 1\n${repeated(n, (i) => `const c${i + 1} = c${i} + 1`)}\nfunc f() any { return c${n} }\n`,
};

/** Node kinds that are read for a report, and its sites. */
async function work(text: string): Promise<{ reads: number; sites: number }> {
  const sources = await memorySources({ 'go.mod': 'module m\n', 'p/a.go': text });
  const tree = sources.file('p/a.go')?.tree;
  if (!tree) throw new Error('no tree');
  let reads = 0;
  const counted = new Proxy(tree.kind, {
    get: (target, key) => {
      reads++;
      return Reflect.get(target, key, target) as unknown;
    },
  });
  Object.defineProperty(tree, 'kind', { value: counted });
  const report = goPlugin.createEngine({ sources, facts: noFacts, options: testOptions }).report('p/a.go');
  return { reads, sites: report?.sites.length ?? -1 };
}

describe('generated files', () => {
  for (const [name, text] of Object.entries(SHAPES)) {
    it(`${name}: four times the text is four times the work`, async () => {
      const small = await work(text(400));
      const large = await work(text(1600));
      expect(small.reads).toBeGreaterThan(1000);
      expect(large.reads / small.reads).toBeLessThan(5);
      expect(large.sites).toBeGreaterThanOrEqual(small.sites);
    }, 30_000);
  }

  it('reads one of 50 000 lines', async () => {
    const text = SHAPES['one long function'] as (lines: number) => string;
    const report = goPlugin.createEngine({ sources: await memorySources({ 'go.mod': 'module m\n', 'p/a.go': text(50_000) }), facts: noFacts, options: testOptions }).report('p/a.go');
    expect(report?.problems).toEqual([]);
    expect(report?.sites.filter((site) => site.rule === 'go/moved-variable')).toHaveLength(25_000);
    expect(report?.sites.filter((site) => site.rule === 'go/append')).toHaveLength(25_000);
  }, 60_000);
});
