// The profiles of the grammars that ship with Heaplight.
import type { GrammarProfile, LanguageId } from './grammar.js';
import { newExpressionMasks } from './maskNew.js';
import { rustMasks } from './maskRust.js';

/** Profile of tree-sitter-rust. */
export const rustProfile: GrammarProfile = {
  language: 'rust',
  tokens: ['mut', 'async', 'move', 'unsafe', 'ref', 'dyn', 'const', 'static', '-', '*', '!', '&', '..', '..=', '?', '_'],
  comments: ['line_comment', 'block_comment'],
  masks: rustMasks,
  sample: rustSample(),
};

/** Profile of tree-sitter-go. */
export const goProfile: GrammarProfile = {
  language: 'go',
  tokens: ['...', '<-', '~', '*', ':=', '='],
  comments: ['comment'],
  masks: newExpressionMasks,
  sample: goSample(),
};

/** The profile of a language. */
export function profileOf(language: LanguageId): GrammarProfile {
  return language === 'rust' ? rustProfile : goProfile;
}

// The samples hold what the two readers could see differently: aliases, hidden nodes with and without fields, tokens of the external
// scanner, leaves too long or too far apart to be stored inline, astral characters, an unfinished part.

function rustSample(): string {
  return `#![allow(x)]\n//! inner\nuse a::{b as c, d::*};\n/// doc\n#[derive(Clone)]\npub struct P<'a, T: Copy + 'a = u8> where T: ?Sized { pub x: &'a mut [T; 4], y: Box<dyn Fn(u8) -> u8> }
impl<'a, T> P<'a, T> { pub async unsafe fn f(&mut self, (a, b): (u8, i64)) -> Option<Self> { let mut v = vec![1, 2.5e3, 0x1f];${'\n'.repeat(20)}
  for i in 0..=9 { v.push(i as u8 + -*a); if let Some(ref q) = r#"raw "x" 😀"# { return None?; } else if x.0 == 'c' { break 'l; } }
  match v { [first, .., _] if !b => |z: u8| move_(z), P { x, .. } => &mut x[1..], _ => "a\\nb ${'long '.repeat(60)}".len() } } }
/* block /* nested */ 😀 */ macro_rules! m { ($e:expr) => { $e + 1 } }\ntrait Q: R { type A; const N: usize = 3; fn g(self) where Self: Sized; }
fn broken( { let x = ; foo(1, }\nfn after() { é.x += 1; }\n`;
}

function goSample(): string {
  return `// Package p.\npackage p\n\nimport (\n\t"fmt"\n\tm "math"\n)\n\ntype T[K comparable, V ~int | string] struct {\n\tA, B *int \`json:"a"\`\n\tm.X\n\tf func(a, b int, c ...string) (x int, err error)\n}
type I interface { M(int) string; ~int | ~string }\nconst ( a = iota; b )\nvar s = "😀 ${'long '.repeat(60)}" + \`raw\`${'\n'.repeat(20)}
func (t *T[K, V]) F(x int, ch <-chan []map[string]struct{}) (r *T[K, V]) {\n\tv, ok := <-ch; defer func() { recover() }()\n\tfor i, e := range v { t.A[i] += 1 << 3; go fmt.Println(e...) }
\tswitch y := any(x).(type) { case int, nil: return &T[K, V]{A: new(int), B: new(5)}; default: goto end }\n\tselect { case ch2 <- 1: case z := <-ch: _ = z }
\tif x := f(); x > -1 && !ok { a[1:2] = make([]int, 3) } else if ok { x++ }\nend:\n\treturn\n}
func broken( { x := ; f(1, }\nfunc after() { é := 'x'; é++ }\n`;
}
