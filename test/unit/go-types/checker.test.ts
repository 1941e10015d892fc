// Types, references, constants and conversions of small packages, and the facts of the standard library.
import { describe, expect, it } from 'vitest';
import { GoSession } from '../../../server/src/languages/go/session.js';
import { checkFunction, checkInitialiser } from '../../../server/src/languages/go/resolve/check/bodies.js';
import { callKindOf, CallKind, type CheckedBody } from '../../../server/src/languages/go/resolve/checkedBody.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

async function sessionOver(files: Record<string, string>): Promise<GoSession> {
  return new GoSession({ sources: await memorySources(files), facts: noFacts, options: testOptions }, {
    solveFunctions: (batch) => batch.map((body) => ({ body, solution: null, summary: null, kept: new Map() })),
    analyzeBody: () => ({ sites: [], free: [], notes: [], problems: [] }),
  });
}

/** Checks the bodies of a unit and answers what a text stands for. */
async function checked(files: Record<string, string>, unit: string): Promise<{ typeOf(text: string): string; convertOf(text: string): string; valueOf(text: string): unknown; bodies: readonly CheckedBody[]; session: GoSession }> {
  const session = await sessionOver(files);
  const loaded = session.loader.load(unit);
  if (loaded === null) throw new Error('no such unit');
  const { program } = session;
  const bodies = loaded.bodies.map((b) => (b.isInitialiser ? checkInitialiser(program, b.file, b.node, b.object) : checkFunction(program, b.file, b.node, b.object)));
  const find = (text: string): { body: CheckedBody; node: number } => {
    for (const body of bodies) {
      const { tree, type } = body.file;
      for (let node = body.node; node < (tree.next[body.node] as number); node++) if (tree.textOf(node) === text && type[node] !== 0) return { body, node };
    }
    throw new Error(`nothing typed reads ${text}`);
  };
  return {
    bodies, session,
    typeOf: (text) => {
      const { body, node } = find(text);
      return program.typeName(body.file.type[node] as number, true);
    },
    convertOf: (text) => {
      const { body, node } = find(text);
      return program.typeName(body.file.convert[node] as number, true);
    },
    valueOf: (text) => {
      const { body, node } = find(text);
      return program.constants.value(program.constantOf(body.file, node));
    },
  };
}

describe('Go types', () => {
  it('types expressions, constants and implicit conversions', async () => {
    const at = await checked({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'p/a.go': `package p
type pair[K comparable, V any] struct { key K; value V }
func (p *pair[K, V]) Key() K { return p.key }
type list struct { *pair[string, int]; items []float64 }
const ( a = iota + 1; b; c )
func first[T any](xs []T) T { return xs[0] }
func show(args ...any) {}
func f(l list, m map[string][]byte) (n int, err error) {
	k := l.Key()
	v, ok := m[k]
	show(v, 7, nil, l.items)
	x := first([]uint8{1})
	var wide int64 = 1 << 40
	for i, r := range "text" { _, _ = i, r }
	for i := range c + 4 { _ = i }
	text := "ab" + "cd"
	switch t := any(k).(type) { case string: _ = t + "!"; case nil: }
	func() { n++ }()
	_, _, _, _, _ = x, wide, ok, text, err
	return len(v), nil
}
`,
    }, 'p');
    expect(at.typeOf('l.Key()')).toBe('string');
    expect(at.typeOf('m[k]')).toBe('[]byte');
    expect(at.typeOf('first([]uint8{1})')).toBe('uint8');
    expect(at.typeOf('1 << 40')).toBe('int64');
    expect(at.valueOf('1 << 40')).toBe(2 ** 40);
    expect(at.valueOf('c + 4')).toBe(7);
    expect(at.valueOf('"ab" + "cd"')).toBe('abcd');
    expect(at.typeOf('t + "!"')).toBe('string');
    expect(at.convertOf('l.items')).toBe('any');
    expect(at.convertOf('7')).toBe('any');
    expect(at.convertOf('x')).toBe('invalid type');
    const f = at.bodies.at(-1) as CheckedBody;
    expect(f.uncertain).toBe(false);
    expect(f.functions).toHaveLength(2);
    expect(f.functions[1]?.captures).toEqual([2]);
  });

  it('follows imports of the module and of the standard library without an installation', async () => {
    const at = await checked({
      'go.mod': 'module example.com/m\n',
      'q/q.go': 'package q\ntype T struct{ N int }\nfunc New() *T { return &T{} }\n',
      'p/a.go': `package p
import ( "bytes"; "example.com/m/q"; "fmt"; "net/http"; "strings" )
func f(r *http.Request) string {
	var buf bytes.Buffer
	buf.WriteString(strings.ToUpper(r.URL.Path))
	t := q.New()
	return fmt.Sprintf("%d %s", t.N, buf.String())
}
`,
    }, 'p');
    expect(at.typeOf('r.URL.Path')).toBe('string');
    expect(at.typeOf('q.New()')).toBe('*example.com/m/q.T');
    expect(at.typeOf('fmt.Sprintf("%d %s", t.N, buf.String())')).toBe('string');
    expect(at.convertOf('t.N')).toBe('any');
    const body = at.bodies[0] as CheckedBody;
    const names = body.callees.map((callee) => at.session.program.nameOf(callee));
    expect(names).toContain('bytes.(*Buffer).WriteString');
    expect(names).toContain('example.com/m/q.New');
  });

  it('measures types as the compiler does', async () => {
    const { session } = await checked({ 'p/a.go': 'package p\ntype s struct { a bool; b int64; c *int; d struct{} }\ntype one struct { p *int }\nfunc f(x s, y one) {}\n' }, 'p');
    const { program } = session;
    const type = (name: string): number => program.objects.type[program.memberOf(session.loader.load('p')?.package.index ?? 0, program.symbols.intern(name))] ?? 0;
    expect(program.typeFacts.sizeOf(type('s'))).toBe(32);
    expect(program.typeFacts.isDirectInterface(type('s'))).toBe(false);
    expect(program.typeFacts.isDirectInterface(type('one'))).toBe(true);
  });

  it('never throws on what does not compile, and says so', async () => {
    const at = await checked({
      'p/a.go': 'package p\nimport "missing/pkg"\ntype a b\ntype b a\ntype c struct { c }\nvar x = y\nvar y = x\nfunc f(v c) { pkg.Do(v.nothing, undefined); var z T = x + }\nfunc f() {}\n',
    }, 'p');
    expect(at.bodies.some((body) => body.uncertain)).toBe(true);
  });

  it('tells conversions, builtins, methods and function values apart', async () => {
    const at = await checked({ 'p/a.go': 'package p\ntype t int\nfunc (t) m() {}\nfunc g(x t, i interface{ m() }, h func()) { _ = int(x); _ = len("a"); x.m(); i.m(); h(); g(x, i, h); func() {}() }\n' }, 'p');
    const body = at.bodies[1] as CheckedBody;
    const { tree } = body.file;
    const kinds: CallKind[] = [];
    for (let node = body.node; node < (tree.next[body.node] as number); node++) if (tree.kind[node] === 171 || tree.kind[node] === 179) kinds.push(callKindOf(body.file, node));
    expect(kinds).toEqual([CallKind.Conversion, CallKind.Builtin, CallKind.Static, CallKind.Interface, CallKind.Value, CallKind.Static, CallKind.Literal]);
  });
});
