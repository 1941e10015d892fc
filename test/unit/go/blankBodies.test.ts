// Bodies are blanked where they are bodies, and every position stays; what is not understood stays as it is.
import { describe, expect, it } from 'vitest';
import { blankBodies } from '../../../server/src/languages/go/declare/blankBodies.js';

const LONG = 'x := compute(1, 2, 3); use(x); return';

/** The text with a dot for each blank that was put in a body's place. */
function shown(text: string): string {
  const blanked = blankBodies(text);
  expect(blanked).toHaveLength(text.length);
  return blanked.replace(/ {24,}/g, '…');
}

describe('blank bodies', () => {
  it.each([
    ['a function', `package p\nfunc f() { ${LONG} }\nvar v = 1\n`, 'package p\nfunc f() {…}\nvar v = 1\n'],
    ['a method of a generic type', `func (t *T[K, V]) f(a []int) map[string]K {\n${LONG}\n}\n`, 'func (t *T[K, V]) f(a []int) map[string]K {…}\n'],
    ['braces of types in the signature', `func f(a struct{ x int }, b interface{ M() }) (c interface { N() }) {\n${LONG}}\n`, 'func f(a struct{ x int }, b interface{ M() }) (c interface { N() }) {…}\n'],
    ['a result that is a structure', `func f() struct{ x int } {\n${LONG}}`, 'func f() struct{ x int } {…}'],
    ['constraints', `func f[T interface{ ~int | ~string }](t T) {\n${LONG}}`, 'func f[T interface{ ~int | ~string }](t T) {…}'],
    ['a word that ends like a type', `func f() mystruct {\n${LONG}}`, 'func f() mystruct {…}'],
    ['braces in strings, characters and comments', `func f() { a := "}" + \`}\` + '}' /* } */ // }\n ${LONG} }\nvar v = 1`, 'func f() {…}\nvar v = 1'],
    ['blocks inside', `func f() { if a { ${LONG} } else { return } }\n`, 'func f() {…}\n'],
    ['a function without a body before one with', `func f(a int)\nfunc g() { ${LONG} }`, 'func f(a int)\nfunc g() {…}'],
    ['the text of a function in a string stays', `var v = \`\nfunc f() { ${LONG} }\n\``, `var v = \`\nfunc f() { ${LONG} }\n\``],
    ['a function in a comment stays', `/*\nfunc f() { ${LONG} }\n*/`, `/*\nfunc f() { ${LONG} }\n*/`],
    ['function values of variables stay', `var v = func() { ${LONG} }`, `var v = func() { ${LONG} }`],
    ['a short body stays', 'func f() { return 1 }', 'func f() { return 1 }'],
    ['a body that does not end stays', `func f() { ${LONG}`, `func f() { ${LONG}`],
    ['a string that does not end', `func f() { ${LONG} "\n}`, `func f() { ${LONG} "\n}`],
    ['a comment that does not end', `func f() { /* ${LONG} }`, `func f() { /* ${LONG} }`],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('keeps what is below a blanked body where it was', () => {
    const text = `func f() {\n\t${LONG}\n}\n\ntype T struct{}\n`;
    expect(blankBodies(text).indexOf('type T')).toBe(text.indexOf('type T'));
  });
});
