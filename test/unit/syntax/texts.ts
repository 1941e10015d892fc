// Valid texts in both languages from which tests make documents, edits and broken variants. No expectations in here.
import type { LanguageId } from '../../../server/src/syntax/grammar.js';
import { profileOf } from '../../../server/src/syntax/profiles.js';

/** Declarations that parse on their own in any order. */
export const RUST_ITEMS: readonly string[] = [
  'fn plain(a: &str, mut n: usize) -> Vec<u8> {\n    let mut out = Vec::with_capacity(n);\n    while n > 0 { out.push(a.as_bytes()[n - 1]); n -= 1; }\n    out\n}\n',
  '#[derive(Debug, Clone)]\npub struct Node<\'a, T: Copy> where T: Default { pub name: &\'a str, next: Option<Box<Node<\'a, T>>>, data: [T; 4] }\n',
  'impl<T> From<T> for Wrapper<T> {\n    // why\n    fn from(value: T) -> Self { Self { value, count: 0 } }\n}\n',
  'enum Shape { Circle(f64), Square { side: f64 }, Unit = 3 }\n',
  'async fn fetch(url: String) -> Result<String, Box<dyn std::error::Error>> {\n    let body = get(&url).await?;\n    Ok(format!("{body} {}", url.len()))\n}\n',
  'const GREETING: &str = "grüße 😀 \\u{1F600}";\nstatic RAW: &str = r##"a "#quoted"# 𝕏"##;\n',
  'fn matches_all(v: &[i32]) -> i32 {\n    match v {\n        [] => 0,\n        [one] if *one > 3 => -1,\n        [first, .., last] => first + last,\n    }\n}\n',
  'macro_rules! twice { ($e:expr) => { $e; $e } }\nfn uses() { twice!(println!("{:?}", vec![1, 2, 3])); let f = move |x: u8| async move { x }; }\n',
  '/* block /* nested */ */\nmod inner { use super::{a, b as c, d::*}; pub(crate) trait T { type Out; fn go(&self) -> Self::Out; } }\n',
  'fn lifetimes<\'x>(s: &\'x str) -> impl Iterator<Item = &\'x str> + \'x { \'outer: loop { for c in s.chars() { if c == \'ß\' { break \'outer } } } s.split(\',\') }\n',
];

/** Declarations that parse on their own in any order, after a package clause. */
export const GO_ITEMS: readonly string[] = [
  'func plain(a string, n int) []byte {\n\tout := make([]byte, 0, n)\n\tfor i := 0; i < n; i++ {\n\t\tout = append(out, a[i])\n\t}\n\treturn out\n}\n',
  'type Node[T comparable] struct {\n\tName string `json:"name"`\n\tnext *Node[T]\n\tdata [4]T\n}\n',
  '// Comment.\nfunc (n *Node[T]) Walk(visit func(*Node[T]) bool) (count int, err error) {\n\tdefer func() { recover() }()\n\tif visit(n) && n.next != nil {\n\t\treturn n.next.Walk(visit)\n\t}\n\treturn\n}\n',
  'var greeting, raw = "grüße 😀 \\u00e9", `raw\n𝕏 text`\n',
  'const (\n\ta = iota\n\tb\n\tc = 1 << 10\n)\n',
  'func channels(in <-chan int, out chan<- []int) {\n\tgo func() {\n\t\tfor v := range in {\n\t\t\tout <- []int{v, -v}\n\t\t}\n\t}()\n\tselect {\n\tcase x := <-in:\n\t\t_ = x\n\tdefault:\n\t}\n}\n',
  'func values() (*int, *string, *[]int) {\n\treturn new(1 << 3), new("x"), new([]int{1, 2})\n}\n',
  'func types() (*int, *[]int, *map[string]struct{}) {\n\treturn new(int), new([]int), new(map[string]struct{})\n}\n',
  'type Reader interface {\n\tRead(p []byte) (int, error)\n\t~int | ~string\n}\n',
  'func kinds(x any) string {\n\tswitch v := x.(type) {\n\tcase int, *string:\n\t\treturn fmt.Sprint(v)\n\tcase map[string]int:\n\t\tv["é"] += 1\n\t}\n\treturn ""\n}\n',
];

/** A valid file made of the items at `picks`. */
export function fileOf(language: LanguageId, picks: readonly number[]): string {
  const items = language === 'rust' ? RUST_ITEMS : GO_ITEMS;
  const body = picks.map((pick) => items[pick % items.length] ?? '').join('\n');
  return language === 'rust' ? body : `package p\n\n${body}`;
}

/** Valid, broken and odd texts of a language. */
export function oddTexts(language: LanguageId): ReadonlyMap<string, string> {
  const whole = fileOf(language, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  return new Map([
    ['everything', whole],
    ['the sample of the start-up check', profileOf(language).sample],
    ['CRLF', whole.replaceAll('\n', '\r\n')],
    ['byte order mark', `\ufeff${whole}`],
    ['nothing', ''],
    ['white space', ' \n\t\n'],
    ['astral characters only', '😀𝕏😀'],
    ['lone surrogates', `${whole} \ud83d ${whole}`],
    ['cut in the middle', whole.slice(0, whole.length >> 1)],
    ['cut in a string', whole.slice(0, whole.indexOf('"') + 3)],
    ['brackets lost', whole.replaceAll(/[)}\]]/g, '')],
    ['brackets doubled', whole.replaceAll(/[({[]/g, '$&$&')],
    ['missing names', whole.replaceAll(/\b[a-z]\b/g, '')],
    ['the other language', fileOf(language === 'rust' ? 'go' : 'rust', [0, 1, 2, 3, 4, 5])],
    ['prose', 'It was a dark and stormy night; "the rain\'s fell in torrents.\n'.repeat(20)],
    ['a comment longer than a leaf can hold', `${language === 'rust' ? '' : 'package p\n'}// ${'x'.repeat(70_000)}\n${'\n'.repeat(400)}${whole}`],
    ['chunk borders inside surrogate pairs', `${language === 'rust' ? 'const S: &str =' : 'package p\nvar s ='} "${'😀'.repeat(9000)}"${language === 'rust' ? ';' : ''}\n`],
  ]);
}
