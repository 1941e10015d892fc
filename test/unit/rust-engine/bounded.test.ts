// What large and odd texts cost is bounded: work is counted (selections, bindings, types), never timed. Twice the text is at most about twice the work.
import { describe, expect, it } from 'vitest';
import { Declarations } from '../../../server/src/languages/rust/engineShared.js';
import { UnitAnalysis } from '../../../server/src/languages/rust/engineUnit.js';
import { rustRules } from '../../../server/src/languages/rust/rules/index.js';
import { memorySources, noFacts, parserOf, testOptions } from '../../support/engine.js';

interface Work { readonly sites: number; readonly problems: number; readonly selections: number; readonly bindings: number; readonly types: number }

async function workOf(text: string): Promise<Work> {
  const parser = await parserOf('rust');
  const sources = await memorySources({ 'Cargo.toml': '[package]\nname = "bounded"\nversion = "0.1.0"\nedition = "2021"\n', 'src/lib.rs': text });
  const environment = { sources, facts: noFacts, options: testOptions, parseFragment: (_: string, fragment: string) => parser.parseOnce(fragment) };
  const analysis = new UnitAnalysis(environment, rustRules, new Declarations(environment));
  const report = analysis.report('src/lib.rs');
  const { traits, world } = analysis;
  return { sites: report?.sites.length ?? -1, problems: report?.problems.length ?? -1, selections: traits.asked, bindings: traits.unifier.bindings, types: world.types.size };
}

const many = (count: number, write: (i: number) => string): string => Array.from({ length: count }, (_, i) => write(i)).join('');

describe('tables of constants', () => {
  it.each([
    ['tuples of characters', (n: number) => `pub const T: &[(char, char)] = &[${many(n, (i) => `('a', '\\u{${(i % 50_000).toString(16)}}'),\n`)}];`],
    ['numbers', (n: number) => `pub static T: [u32; ${n}] = [${many(n, (i) => `${i} * 2 + 1,\n`)}];`],
    ['structs', (n: number) => `pub struct E { a: u32, b: &'static str }\npub static T: &[E] = &[${many(n, (i) => `E { a: ${i}, b: "x" },\n`)}];`],
  ])('of %s are not inferred, whatever their length', { timeout: 60_000 }, async (_, write) => {
    const work = await workOf(write(50_000));
    expect(work.sites).toBe(0);
    expect(work.selections).toBe(0);
    expect(work.bindings).toBe(0);
    expect(work.types).toBeLessThan(100);
  });
});

describe('work grows with the text', () => {
  it.each([
    ['a table of 20,000 calls', 10_000, (n: number) => `pub static T: &[Option<u32>] = &[${many(n, (i) => `Some(${i}),\n`)}];`],
    ['a match of 20,000 arms', 10_000, (n: number) => `pub fn m(x: u32) -> String { match x { ${many(n, (i) => `${i} => "a".to_string(),\n`)} _ => String::new() } }`],
    ['one function of 10,000 lines', 5000, (n: number) => `pub fn f(s: &str) -> usize { let mut t = 0usize;\n${many(n, (i) => `let v${i} = s.len() + ${i}; t += v${i};\n`)} t }`],
    ['vectors whose items are told far below', 1500, (n: number) => `pub fn f() { ${many(n, (i) => `let mut v${i} = Vec::new();\n`)} ${many(n, (i) => `v${i}.push(${i}u8);\n`)} }`],
    ['a chain of else-ifs', 1500, (n: number) => `pub fn f(x: u32) -> u32 { ${many(n, (i) => `if x == ${i} { ${i} } else `)} { 0 } }`],
    ['impls of one trait', 1000, (n: number) => `pub trait T { fn g(&self) -> String; }\n${many(n, (i) => `pub struct S${i};\nimpl T for S${i} { fn g(&self) -> String { "s".to_string() } }\npub fn w${i}(x: &S${i}) -> String { x.g() }\n`)}`],
    ['functions in a circle', 1500, (n: number) => many(n, (i) => `pub fn f${i}(a: &str) -> String { f${(i + 1) % n}(a) }\n`)],
    ['statements that are macros', 2000, (n: number) => `pub fn f(x: u32) { ${many(n, (i) => `println!("{} {}", x, x + ${i});\n`)} }`],
    ['items that a macro makes', 1000, (n: number) => `macro_rules! m { ($($n:ident),*) => { $(pub fn $n() -> String { "n".to_string() })* } }\nm!(${many(n, (i) => `a${i}, `)}z);\n`],
  ])('%s', { timeout: 120_000 }, async (_, count, write) => {
    const none = await workOf(write(10));
    const once = await workOf(write(count));
    const twice = await workOf(write(count * 2));
    for (const measure of ['selections', 'bindings', 'types'] as const) {
      expect(twice[measure] - none[measure], measure).toBeLessThanOrEqual((once[measure] - none[measure]) * 2.2 + 200);
      expect(once[measure] - none[measure], measure).toBeLessThan(count * 60 + 200);
    }
  });
});

describe('depth', () => {
  it.each([
    ['generic types', (n: number) => `pub fn f(x: ${'Option<'.repeat(n)}String${'>'.repeat(n)}) { let y = x.clone(); drop(y); }`],
    ['macros', (n: number) => `pub fn f() { let _ = ${'vec!['.repeat(n)}1${']'.repeat(n)}; }`],
    ['closures', (n: number) => `pub fn f() -> usize { ${'(|| '.repeat(n)}1${')()'.repeat(n)} }`],
    ['method calls', (n: number) => `pub fn f(s: String) -> String { s${many(n, () => '.replace("a", "b")\n')} }`],
    ['recursive macros', (n: number) => `macro_rules! m { ($a:tt) => { m!(($a)); } }\nm!(${'('.repeat(n)}1${')'.repeat(n)});\n`],
  ])('of nested %s ends', { timeout: 60_000 }, async (_, write) => {
    for (const depth of [50, 400]) {
      const work = await workOf(write(depth));
      expect(work.sites).toBeGreaterThanOrEqual(0);
      expect(work.selections).toBeLessThan(40_000);
      expect(work.types).toBeLessThan(40_000);
    }
  });
});
