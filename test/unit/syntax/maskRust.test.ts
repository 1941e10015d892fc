import { describe, expect, it } from 'vitest';
import { masked } from '../../../server/src/syntax/masked.js';
import { rustMasks } from '../../../server/src/syntax/maskRust.js';
import { parserOf } from '../../support/engine.js';

const shown = (text: string): string => masked(text, rustMasks(text));

/** Valid Rust that the grammar does not know, and what the parser is shown. */
const REWRITTEN: readonly (readonly [string, string])[] = [
  ['fn f(raw: u8) { g(&raw); h(&raw.x, &raw [0], &&raw); }', 'fn f(raw: u8) { g(&raW); h(&raW.x, &raW [0], &&raW); }'],
  ['fn f() { let v = try!(g()); try!(h(v)) }', 'fn f() { let v = trY!(g()); trY!(h(v)) }'],
  ["type F<'a> = Box<dyn 'a + Fn()>;", 'type F<\'a> = Box<dyn      Fn()>;'],
  ["fn f(x: &(dyn 'static + Send)) {}", 'fn f(x: &(dyn           Send)) {}'],
  ['unsafe extern "C" {\n    pub safe fn abs(x: i32) -> i32;\n    safe static N: u8;\n    unsafe fn g();\n}\nfn after() {}', '       extern "C" {\n    pub      fn abs(x: i32) -> i32;\n         static N: u8;\n    unsafe fn g();\n}\nfn after() {}'],
  ['mod m { unsafe extern { fn f(); } }', 'mod m {        extern { fn f(); } }'],
  ['extern "C" {\n    pub type Node;\n    pub(crate) type Other;\n    pub fn f();\n}', 'extern "C" {\n        type Node;\n               type Other;\n    pub fn f();\n}'],
];

/** Valid Rust that looks like it. */
const LEFT_ALONE = [
  'fn f(x: u8) { let p = &raw const x; let q = &raw mut x; g(&raws, &raw_text, &mut raw, & rawé); }',
  'fn f() { r#try!(g()); retry!(); }',
  "fn f(x: Box<dyn Fn() + 'a>, c: char) { if c == 'a' {} }",
  'pub unsafe extern "C" fn f() {}\nextern crate a;\nextern "C" fn g() { let safe = 1; }',
  'struct S; trait T { type A; }\npub type X = u8;\nfn f() { let externs = 1; }',
];

describe('Rust that the grammar does not know', () => {
  it.each(REWRITTEN)('%s', async (text, expected) => {
    expect(shown(text)).toBe(expected);
    const tree = (await parserOf('rust')).parseOnce(text);
    expect(tree?.errors).toHaveLength(0);
    expect(tree?.text).toBe(text);
  });

  it.each(LEFT_ALONE)('leaves alone: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  it('keeps the length of unfinished and odd texts', () => {
    for (const [text] of REWRITTEN) {
      for (let end = 0; end <= text.length; end++) expect(shown(text.slice(0, end))).toHaveLength(end);
      for (let start = 0; start <= text.length; start++) expect(shown(text.slice(start))).toHaveLength(text.length - start);
    }
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    for (const part of ['&raw', 'y!', "dyn 'a", 'extern', 'unsafe extern "C" {', 'extern {\n', 'pub ', 'safe fn ', 'pub(', 'dyn \'']) expect(shown(part.repeat(100_000))).toHaveLength(part.length * 100_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
