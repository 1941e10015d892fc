import { describe, expect, it } from 'vitest';
import { GoKind } from '../../../server/src/syntax/kinds/go.generated.js';
import { masked } from '../../../server/src/syntax/masked.js';
import { newExpressionMasks } from '../../../server/src/syntax/maskNew.js';
import { parserOf } from '../../support/engine.js';

const maskNewExpressions = (text: string): string => masked(text, newExpressionMasks(text));

/** Unnamed types: `new` stays, and the argument is a type. */
const TYPES = [
  '[]int', '[]*T', '[4]int', '[N+1]int', '[2][]map[string]chan int', 'map[string]int', 'map[string][]func(int) error', 'chan int', 'chan<- int', '<-chan int', 'chan (<-chan int)', 'chan func()',
  'struct{}', 'struct{ a int; b string `json:"}"` }', 'struct{ a struct{ x []int } } // c\n', 'interface{}', 'interface{ M(x int) (a, b int) }', 'func()', 'func(int) error', 'func(a, b int) (x, y int)',
  'func() func() int', 'func() (func())', '([]int)', '((([]int)))', '(func())', '(<-chan int)', '*[]int', '*map[string]int', '*struct{}', '[]pkg.T[int]', '[]int,', ' /* c */ []int /* ) */',
];

/** Names, which may be types or values: read as expressions. */
const NAMES = ['int', 'T', 'pkg.T', '*T', '**T', '*pkg.T', '(T)', '(*T)', 'T[int]', 'T[int, string]', 'T[[]int]', 'pkg.T[map[string]int]', 'pkg.T[*int]', 'pkg.T[func()]', 'pkg.T[struct{}]', 'pkg.T[interface{ M() }]', 'T,', 'nil', 'channel', 'x.map1', '*p', '*p.x'];

/** Expressions that the grammar would not take as the argument of `new`. */
const EXPRESSIONS = [
  '1', '"s"', "'x'", 'x + 1', '-x', '!b', '^x', '&x', '&T{}', 'f()', 'f(x, y)', 'a[i+1]', 'a[:2]', 'x.(T)', 'x.([]int)', 'T{}', 'pkg.T{a: 1}', 'T[int]{1}', 'pkg.T[int](x)', '*f()', '1 << 3', 'len(x)', 'new(5)', '*new(int)',
  '[]int{1}', '[]int{1}[0]', '[]byte(s)', '[]byte("x}")', '[...]int{1, 2}', '[2]int{}', '[]struct{ a int }{{1}}', '[]pkg.T[int]{}', '[][]int{{1}}', 'map[string]int{"a": 1}', 'map[string]int{}["a"]', 'map[K]func(){}',
  'struct{}{}', 'struct{ a int "x{" }{1}', 'func() {}', 'func() int { return 1 }', 'func() int { return 1 }()', 'func(x int) (a, b int) { return 1, 2 }', 'func() struct{} { return struct{}{} }()', 'func() *T { return nil }()',
  'interface{}(5)', 'interface{ M() }(x)', 'any(5)', '<-ch', '<-x.ch', '<-f()', '<-chan int(c)', 'chan int(c)', '(chan int)(c)', '([]int)(x)', '(func())(nil)', '(<-chan int)(c)', '([]int{1})', '*[]*int{p}[0]',
  '*func() *int { return nil }()', '*map[string]*int{}["a"]', '[]int{1},', 'mapper(x)', 'functions[0]', 'structure{1}', ' // c )\n []int{}', 'func(int) error(f)',
];

const around = (argument: string): string => `package p\n\nvar x = new(${argument})\nvar y = 1\n`;

describe('new(expr) in Go', () => {
  it.each(TYPES)('leaves new(%s) alone', (type) => {
    expect(maskNewExpressions(around(type))).toBe(around(type));
  });

  it.each([...NAMES, ...EXPRESSIONS])('reads the argument of new(%s) as an expression', (argument) => {
    const text = around(argument);
    expect(maskNewExpressions(text)).toBe(text.replaceAll('new(', 'neW('));
  });

  it.each([...TYPES, ...NAMES, ...EXPRESSIONS])('new(%s) is no broken syntax', async (argument) => {
    const tree = (await parserOf('go')).parseOnce(around(argument));
    expect(tree?.errors).toHaveLength(0);
    expect(tree?.text).toBe(around(argument));
  });

  it('does not take other names for new', () => {
    for (const text of ['renew(5)', 'neW(5)', 'new_(5)', 'énew(5)', 'news', 'new', 'new()']) expect(maskNewExpressions(text)).toBe(text);
  });

  it('changes nothing where no call of new is meant', async () => {
    const parser = await parserOf('go');
    const text = 'package p\n// new(1)\nvar a, b = "new(1)", `new(1)`\nfunc new(x int) *int { return &x }\nfunc (t T) new(x int) { t.new(x); f(t.new) }\ntype I interface{ new(x int) }\n';
    const tree = parser.parseOnce(text);
    const plain = parser.parseOnce(text.replaceAll('new', 'neu'));
    expect(tree?.errors).toHaveLength(0);
    expect(tree?.kind).toEqual(plain?.kind);
    expect(tree?.start).toEqual(plain?.start);
  });

  it('sees spaces before the parenthesis', async () => {
    const tree = (await parserOf('go')).parseOnce('package p\nvar x = new (1)\n');
    expect(tree?.errors).toHaveLength(0);
    expect(tree?.kind.includes(GoKind.CallExpression)).toBe(true);
  });

  it('stays linear on hostile texts', () => {
    for (const text of ['new(struct{'.repeat(100_000), 'new([]'.repeat(100_000), 'new(func('.repeat(100_000), `new(${'['.repeat(300_000)}`, 'new(/*'.repeat(100_000), 'new(map[`'.repeat(100_000)]) {
      expect(maskNewExpressions(text)).toHaveLength(text.length);
    }
  }, 5000);
});
