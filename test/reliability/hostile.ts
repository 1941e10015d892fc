// Hostile texts by name: great depth, great length, great width, and bytes that are no text. The sizes are those of the specification in a full run.
import { effort } from './effort.js';

const deep = effort(4000, 100_000);
const nested = effort(1000, 10_000);
/** Entries of tables, and sites of the longest line. */
export const entries = effort(5000, 50_000);
const megabyte = 1 << 20;

/** A file that must do no harm. */
export interface HostileFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));

/** Numbers below 256 that look random. */
function noise(length: number): Uint8Array {
  const found = new Uint8Array(length);
  for (let i = 0, state = 7; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    found[i] = 1 + ((state >>> 16) % 255);
  }
  return found;
}

/** Hostile Go. */
export function hostileGo(): HostileFile[] {
  const body = (text: string): string => `package p\n\nfunc f(a, b int) int {\n\t${text}\n\treturn a\n}\n`;
  return [
    ...shared('package p\n\n', 'var x = '),
    { name: 'parentheses', content: `package p\n\nvar x = ${'('.repeat(deep)}1${')'.repeat(deep)}\n` },
    { name: 'blocks', content: body(`${'{ '.repeat(nested)}a++ ${'} '.repeat(nested)}`) },
    { name: 'ifs', content: body(`${'if a > 0 { '.repeat(nested)}b++ ${'}'.repeat(nested)}`) },
    { name: 'elses', content: body(`${'if a == 1 { b++ } else '.repeat(nested)}{ b-- }`) },
    { name: 'loops', content: body(`${'for i := range a { '.repeat(nested)}_ = make([]int, a) ${'}'.repeat(nested)}`) },
    { name: 'sum', content: body(`b = ${'a + '.repeat(nested)}1`) },
    { name: 'strings-joined', content: `package p\n\nfunc f(s string) string { return ${'s + '.repeat(nested)}s }\n` },
    { name: 'conditions', content: `package p\n\nvar x = ${'true && '.repeat(nested)}false\n` },
    { name: 'prefixes', content: `package p\n\nvar x = ${'!'.repeat(nested)}true\n` },
    { name: 'pointers', content: `package p\n\nvar x ${'*'.repeat(nested)}int\n` },
    { name: 'slices', content: `package p\n\nvar x ${'[]'.repeat(nested)}int = ${'[]'.repeat(nested)}int{}\n` },
    { name: 'generics', content: `package p\n\ntype G[T any] struct{ x T }\n\nvar x ${'G['.repeat(nested)}int${']'.repeat(nested)}\n` },
    { name: 'structs', content: `package p\n\ntype S ${'struct{ x '.repeat(nested)}int${' }'.repeat(nested)}\n` },
    { name: 'functions', content: `package p\n\nvar x ${'func('.repeat(nested)}${')'.repeat(nested)}\n` },
    { name: 'literals', content: `package p\n\nvar x = ${'[]any{'.repeat(nested)}${'}'.repeat(nested)}\n` },
    { name: 'closures', content: `package p\n\nfunc f() {\n${'func() { '.repeat(2000)}${'}()'.repeat(2000)}\n}\n` },
    { name: 'calls', content: `package p\n\ntype T struct{}\n\nfunc (t T) m() T { return t }\n\nvar x = T{}${'.m()'.repeat(nested)}\n` },
    { name: 'indices', content: body(`_ = a${'[0]'.repeat(nested)}`) },
    { name: 'switches', content: body(`${'switch a { case 1: '.repeat(2000)}${'}'.repeat(2000)}`) },
    { name: 'constants', content: `package p\n\nconst c = 1 ${'<< 1000 '.repeat(50)}\n\nvar a [c]int\nvar b [1 << 62]struct{ x [1 << 40]int }\n` },
    { name: 'table', content: `package p\n\nvar table = []struct{ a int; b string }{\n${Array.from({ length: entries }, (_, i) => `\t{${i}, "entry ${i}"},\n`).join('')}}\n` },
    { name: 'map', content: `package p\n\nvar table = map[string][]int{\n${Array.from({ length: entries }, (_, i) => `\t"k${i}": {${i}, ${i + 1}},\n`).join('')}}\n` },
    { name: 'declarations', content: `package p\n\n${Array.from({ length: entries }, (_, i) => `const c${i} = ${i}\n`).join('')}` },
    { name: 'cycles', content: 'package p\n\ntype A [2]B\ntype B struct{ a A; c C }\ntype C = D\ntype D = C\ntype I interface{ I; J }\ntype J interface{ I }\nconst x, y = y, x\nvar v, w = w(), v()\ntype G[T G[T]] struct{ g G[G[T]] }\nfunc f() { f2() }\nfunc f2() { f() }\n' },
    { name: 'duplicates', content: `package p\nimport "fmt"\nimport "fmt"\nimport p "nowhere/at/all"\n${'type T struct{ T; x int; x string }\nfunc (t *T) x() *T { return &T{} }\nfunc f() { f := f; _ = f }\n'.repeat(50)}` },
    { name: 'one-line', content: `package p; var kept []int; func f() { ${'kept = make([]int, 3); '.repeat(entries)} }\n` },
  ];
}

/** Hostile Rust. */
export function hostileRust(): HostileFile[] {
  const body = (text: string): string => `fn f(a: u32, mut b: u32) -> u32 {\n    ${text}\n    a\n}\n`;
  return [
    ...shared('fn first() {}\n', 'fn f() { let x = '),
    { name: 'parentheses', content: `fn f() { let x = ${'('.repeat(deep)}1${')'.repeat(deep)}; }\n` },
    { name: 'blocks', content: body(`${'{ '.repeat(nested)}b += 1; ${'} '.repeat(nested)}`) },
    { name: 'ifs', content: body(`${'if a > 0 { '.repeat(nested)}b += 1; ${'}'.repeat(nested)}`) },
    { name: 'elses', content: body(`${'if a == 1 { b += 1; } else '.repeat(nested)}{ b -= 1; }`) },
    { name: 'loops', content: body(`${'for _ in 0..a { '.repeat(nested)}let _ = Box::new(1); ${'}'.repeat(nested)}`) },
    { name: 'sum', content: body(`b = ${'a + '.repeat(nested)}1;`) },
    { name: 'strings-joined', content: `fn f(s: &str) -> String { String::new() ${'+ s '.repeat(nested)} }\n` },
    { name: 'prefixes', content: `fn f(x: bool) -> bool { ${'!'.repeat(nested)}x }\n` },
    { name: 'references', content: `fn f(x: ${'&'.repeat(nested)}u8) {}\n` },
    { name: 'generics', content: `fn f(x: ${'Vec<'.repeat(nested)}u8${'>'.repeat(nested)}) { let y = x.clone(); }\n` },
    { name: 'boxes', content: `fn f() { let x = ${'Box::new('.repeat(nested)}1${')'.repeat(nested)}; }\n` },
    { name: 'tuples', content: `type T = ${'('.repeat(nested)}u8${',)'.repeat(nested)};\n` },
    { name: 'macros', content: `fn f() { ${'vec!['.repeat(2000)}1${']'.repeat(2000)}; ${'println!("{}", format!("{}", '.repeat(200)}1${'))'.repeat(200)}; }\n` },
    { name: 'macro-rules', content: `macro_rules! m { ($($x:tt)*) => { m!($($x)* $($x)*) } }\nmacro_rules! n { ($x:expr) => { n!($x + $x); } }\nfn f() { m!(a b c); n!(1); ${'m!(m!(m!(x))); '.repeat(200)} }\nm!(y);\n` },
    { name: 'closures', content: `fn f() { let x = ${'|| '.repeat(2000)}1; ${'(move |a: u8| { '.repeat(1000)}${'})'.repeat(1000)}; }\n` },
    { name: 'calls', content: `fn f(s: String) { let x = s${'.clone()'.repeat(nested)}; }\n` },
    { name: 'questions', content: `fn f(s: Option<u8>) -> Option<u8> { s${'?'.repeat(nested)} }\n` },
    { name: 'matches', content: `fn f(x: u8) { ${'match x { _ => '.repeat(2000)}${'}'.repeat(2000)} }\n` },
    { name: 'modules', content: `${'mod a { '.repeat(2000)}pub fn f() -> Box<u8> { Box::new(1) } ${'}'.repeat(2000)}\n` },
    { name: 'bounds', content: `trait T { type A: T; }\nfn f<X: T>(x: X) where ${'<'.repeat(500)}X${' as T>::A'.repeat(500)}: T { x; }\n` },
    { name: 'table', content: `pub static TABLE: &[(u32, &str)] = &[\n${Array.from({ length: entries }, (_, i) => `    (${i}, "entry ${i}"),\n`).join('')}];\n` },
    { name: 'strings', content: `pub fn table() -> Vec<String> { vec![\n${Array.from({ length: entries }, (_, i) => `    String::from("entry ${i}"),\n`).join('')}] }\n` },
    { name: 'declarations', content: Array.from({ length: entries }, (_, i) => `pub const C${i}: u32 = ${i};\n`).join('') },
    { name: 'cycles', content: 'use self::a as b; use self::b as a; pub use crate::*; type A = B; type B = A; struct S { s: S, t: Box<S> } impl<T> From<T> for S where S: From<T> { fn from(t: T) -> S { t.into() } } trait X: Y {} trait Y: X {} fn f() -> impl Fn() -> S { move || g() } fn g() -> S { f()() } impl Iterator for S { type Item = <S as Iterator>::Item; fn next(&mut self) -> Option<Self::Item> { self.next() } } fn h(s: S) { for x in s.map(|x| x).map(|x| x) { let y: Vec<_> = x.into_iter().collect(); } }\n' },
    { name: 'derefs', content: 'use std::ops::Deref; struct A; struct B; impl Deref for A { type Target = B; fn deref(&self) -> &B { todo!() } } impl Deref for B { type Target = A; fn deref(&self) -> &A { todo!() } } fn f(a: A) { a.nothing(); a.x; *a; let v = a.clone(); }\n' },
    { name: 'one-line', content: `fn f() { ${'let _ = Box::new(3); '.repeat(entries)} }\n` },
  ];
}

/** What both languages meet. `open` begins an expression that is not ended. */
function shared(head: string, open: string): HostileFile[] {
  return [
    { name: 'empty', content: '' },
    { name: 'blank', content: ' \n\t\r\n' },
    { name: 'string-open', content: `${head}${open}"${'text '.repeat(effort(1000, 200_000))}` },
    { name: 'comment-open', content: `${head}${open}/* ${'text\n'.repeat(effort(1000, 200_000))}` },
    { name: 'braces-open', content: `${head}${open}${'{'.repeat(deep)}` },
    { name: 'closing', content: `${head}${')]}>'.repeat(deep / 4)}` },
    { name: 'garbage', content: noise(effort(5000, megabyte)) },
    { name: 'prose', content: 'It was a dark and stormy night; the rain fell in torrents. '.repeat(effort(100, 17_000)) },
    { name: 'nul', content: bytes(`${head}// `, [0], '\n') },
    { name: 'zeros', content: new Uint8Array(effort(5000, megabyte)) },
    { name: 'utf16', content: Buffer.from(`\ufeff${head}`, 'utf16le') },
    { name: 'latin1', content: bytes(`${head}// gr`, [0xfc, 0xdf], 'e\n') },
    { name: 'cut-character', content: bytes(`${head}// `, [0xf0, 0x9f, 0x98]) },
    { name: 'surrogates-as-utf8', content: bytes(`${head}// `, [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], '\n') },
    { name: 'too-large', content: `${head}${'// filler of a very long file\n'.repeat(effort(40_000, 360_000))}` },
  ];
}
