// What Rust files are parsed without when their declarations are wanted, and that these are the same in the same places.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Declarer } from '../../../server/src/languages/rust/declare/declareFile.js';
import { leftOut } from '../../../server/src/languages/rust/declare/outline.js';
import { parsePartial } from '../../../server/src/syntax/partial.js';
import { SymbolTable } from '../../../server/src/syntax/symbolTable.js';
import { parserOf } from '../../support/engine.js';

const BODY = ' let text = other(1, 2, 3); text.len() + text.len() ';

/** The text with a dot for each part that is left out. */
function shown(text: string): string {
  const parts = leftOut(text);
  let made = '';
  let from = 0;
  for (let i = 0; i < parts.length; i += 2) {
    made += `${text.slice(from, parts[i])}…`;
    from = parts[i + 1] as number;
  }
  return made + text.slice(from);
}

describe('outlines of Rust files', () => {
  it.each([
    ['a function, a method, a provided method', (b: string) => `pub const fn f<T: Fn(u8) -> u8>(x: T) -> [u8; 3] where T: Copy, {${b}}\nmod m { impl<T> A<T> { fn g(&self) {${b}} }\ntrait U { fn h(); fn i() {${b}} } }\n`],
    ['a constant in angle brackets', (b: string) => `fn f() -> Array<{ 1 + 2 }> {${b}}\nimpl Of<{ N }> for Array<{ N }> { fn f() {${b}} }\n`],
    ['a function of another language', (b: string) => `extern crate a; unsafe extern "C" { fn f(); }\npub unsafe extern "C" fn g() {${b}}\n`],
    ['pointers to functions in front', (b: string) => `type F = fn(u8); struct S(fn()); static G: fn() = h; fn h() {${b}}\n`],
    ['values of constants', (b: string) => `const A: bool = 1 < 2; const B: u8 = { 1 }; const C: u8 = if A { 1 } else { 2 }; struct P { a: u8 } enum E { A { x: u8 }, B } fn f<'a>(x: &'a u8) {${b}}\n`],
  ])('keep what is around %s', (_, text) => {
    expect(shown(text(BODY))).toBe(text('…'));
  });

  it('see no braces in strings, characters, lifetimes and comments', () => {
    expect(shown(`fn f<'a>() { '{'; b'\\''; '\\u{7b}'; "}\\"{"; r#"}"{"#; br"\\"; /* } /* { */ } */ // }\n${BODY}}\nfn g(x: &'static str) {${BODY} let y: &'static str = x; }\n`)).toBe("fn f<'a>() {…}\nfn g(x: &'static str) {…}\n");
  });

  it.each([
    ['bodies that declare something', `fn f() {${BODY} use a::b; ${BODY}} fn g() {${BODY} impl A for B {} }`],
    ['macros of the new kind', `macro n() { fn f() {${BODY}} }\n`],
    ['functions in values of constants', `const _: () = { fn f() {${BODY}} impl A for B { fn g() {${BODY}} } };`],
    ['small bodies', 'fn f() { 1 }'],
    ['a text whose brackets do not match', `fn f() {${BODY}} }`],
    ['a text that does not end', `fn f() {${BODY}} mod m {`],
  ])('keep %s', (_, text) => {
    expect(leftOut(text)).toEqual([]);
  });

  it('have no arguments and definitions of macros, and no comments', () => {
    expect(shown(`//! ${BODY}\n\n// more\nmacro_rules! m { () => { fn f() {${BODY}} }; }\nm!(fn f() {${BODY}});\n/// what stands before the structure\nstruct S {\n  /// what stands before the field } {\n  a: u8, /* }}} } } } } } } } } */ b: u8 }\nimpl S { m! {${BODY}} }`))
      .toBe('…macro_rules! m {…}\nm!(…);\n…struct S {\n  …a: u8, …b: u8 }\nimpl S { m! {…} }');
  });

  it('declare what the files do', async () => {
    const parser = await parserOf('rust');
    const declarer = new Declarer(new SymbolTable());
    const declared = (text: string, parts: readonly number[]): unknown => {
      const tree = parsePartial(text, parts, (part) => parser.parseOnce(part));
      if (tree === null) return null;
      const { facts, nodes } = declarer.declare(tree);
      // the first stands for the file, which begins where its first token does
      return { text: tree.text, code: [...facts.code], names: [...facts.names], places: [...nodes.slice(1)].map((node) => [tree.start[node], tree.end[node]]) };
    };
    const folder = new URL('../../fixtures/rust/', import.meta.url);
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.rs'))) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const parts = leftOut(text);
      expect(parts.length, name).toBeGreaterThan(0);
      expect(declared(text, parts), name).toEqual(declared(text, []));
    }
  });
});
