// An engine that lives through edits says the same as a fresh one over the final texts, after each of them.
import { describe, expect, it } from 'vitest';
import type { Change, EngineEnvironment, LanguageEngine } from '../../../server/src/analysis/language.js';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import { memorySources, parserOf, type MemorySources } from '../../support/engine.js';

const LIB = `mod other;
mod shapes;
use shapes::Shape;

/// Makes a name.
pub fn name(n: usize) -> String {
    format!("name {}", n)
}

pub fn greet(n: usize) -> usize {
    let text = name(n);
    let all = vec![text.clone(), String::new()];
    all.len()
}

fn even(n: usize) -> bool { if n == 0 { true } else { odd(n - 1) } }
fn odd(n: usize) -> bool { if n == 0 { false } else { even(n - 1) } }

pub fn area(s: &Shape) -> u32 { s.area() }
pub fn nested(n: usize) -> usize {
    fn made(n: usize) -> Vec<u8> { vec![0; n] }
    fn through(n: usize) -> usize { made(n).clone().len() }
    const START: usize = 2;
    { use crate::name as label; label(n).len() + through(n + START) }
}
pub fn held(n: usize) -> bool { let shared = std::sync::Arc::new(n); even(*shared) }
`;
const OTHER = 'use crate::name;\npub fn twice() -> (String, String) { (name(1), name(2)) }\npub fn quiet() -> usize { 3 }\n';
const SHAPES = 'pub struct Shape { pub sides: Vec<u32> }\nimpl Shape {\n    pub fn area(&self) -> u32 { self.sides.iter().sum() }\n}\n';

type Files = Record<string, string>;
const EDITS: readonly (readonly [string, string, (text: string) => string])[] = [
  ['a body allocates more', 'src/lib.rs', (t) => t.replace('    all.len()', '    let more = Box::new(7u8);\n    all.len() + usize::from(*more)')],
  ['a comment moves everything', 'src/lib.rs', (t) => `// first\n${t}`],
  ['a callee stops allocating', 'src/lib.rs', (t) => t.replace('format!("name {}", n)', 'let _ = n; String::new()')],
  ['a caller sits in another file', 'src/other.rs', (t) => t.replace('{ 3 }', '{ name(3).len() }')],
  ['a method allocates', 'src/shapes.rs', (t) => t.replace('self.sides.iter().sum()', 'self.sides.clone().len() as u32')],
  ['a recursive pair allocates', 'src/lib.rs', (t) => t.replace('{ false } else', '{ vec![1u8].is_empty() } else')],
  ['a recursive pair stops', 'src/lib.rs', (t) => t.replace('{ vec![1u8].is_empty() } else', '{ false } else')],
  ['a function starts to call its caller', 'src/shapes.rs', (t) => t.replace('self.sides.clone().len() as u32', 'crate::area(self)')],
  ['a signature changes', 'src/lib.rs', (t) => t.replace("pub fn name(n: usize) -> String {\n    let _ = n; String::new()", "pub fn name(n: usize) -> Box<usize> {\n    Box::new(n)")],
  ['a function is added', 'src/lib.rs', (t) => `${t}pub fn late() -> Vec<u8> { b"x".to_vec() }\n`],
  ['the syntax breaks', 'src/lib.rs', (t) => t.replace('let more = Box::new(7u8);', 'let more = Box::new((7u8;')],
  ['the syntax is whole again', 'src/lib.rs', (t) => t.replace('Box::new((7u8;', 'Box::new(7u8);')],
  ['an item of a body changes its type', 'src/lib.rs', (t) => t.replace('fn made(n: usize) -> Vec<u8> { vec![0; n] }', 'fn made(n: usize) -> Option<u8> { u8::try_from(n).ok() }')],
  ['a name in a body means something else', 'src/lib.rs', (t) => t.replace('use crate::name as label', 'use crate::late as label').replace('label(n)', 'label()')],
  ['an item of a body is gone, and one of the crate is meant', 'src/lib.rs', (t) => t.replace('    fn made(n: usize) -> Option<u8> { u8::try_from(n).ok() }\n', '').concat('fn made(n: usize) -> String { n.to_string() }\n')],
  ['an item of a body hides that of the crate', 'src/lib.rs', (t) => t.replace('    const START', '    fn made(n: usize) -> &\'static str { if n == 0 { "" } else { "n" } }\n    const START')],
  ['a field changes its type', 'src/shapes.rs', (t) => t.replace('Vec<u32>', 'Vec<String>')],
  ['a macro is called that is not there', 'src/other.rs', (t) => `${t}pub fn made(n: u32) -> usize { value!(n).clone().len() }\n`],
  ['the macro is declared in another file', 'src/lib.rs', (t) => `macro_rules! value { ($n:expr) => { kept!($n) } }\n${t}`],
  ['the macro that it calls is declared, too', 'src/lib.rs', (t) => `macro_rules! kept { ($n:expr) => { $n.to_string() } }\n${t}`],
  ['what the macro makes changes', 'src/lib.rs', (t) => t.replace('{ $n.to_string() }', '{ [$n] }')],
  ['what the macro is given changes', 'src/other.rs', (t) => t.replace('value!(n)', 'value!(quiet())')],
  ['a macro makes an item by another one', 'src/other.rs', (t) => `${t}outer!(late_item);\npub fn uses_item() -> usize { late_item().clone().len() }\n`],
  ['both are declared', 'src/lib.rs', (t) => `macro_rules! inner { ($n:ident) => { pub fn $n() -> String { String::from("n") } } }\nmacro_rules! outer { ($n:ident) => { inner!($n); } }\n${t}`],
  ['what the inner one makes changes', 'src/lib.rs', (t) => t.replace('-> String { String::from("n") }', '-> &\'static str { "n" }')],
  ['the macro is gone', 'src/lib.rs', (t) => t.replace('macro_rules! kept { ($n:expr) => { [$n] } }\n', '')],
];

async function engineOver(sources: MemorySources): Promise<LanguageEngine> {
  const parser = await parserOf('rust');
  const environment: EngineEnvironment = {
    sources, facts: { load: () => null, save: () => undefined },
    options: { go: { goos: 'linux', goarch: 'amd64', goroot: null, modcache: null, toolchain: null }, rust: { registry: null }, models: [] },
    parseFragment: (_, text) => parser.parseOnce(text),
  };
  return rustPlugin.createEngine(environment);
}

function reports(engine: LanguageEngine, files: Files): unknown {
  return Object.keys(files).filter((path) => path.endsWith('.rs')).sort().map((path) => engine.report(path));
}

describe('an engine through edits', () => {
  it('says after every edit what a fresh engine says', async () => {
    const files: Files = { 'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n', 'src/lib.rs': LIB, 'src/other.rs': OTHER, 'src/shapes.rs': SHAPES };
    const sources = await memorySources(files);
    const engine = await engineOver(sources);
    reports(engine, files);
    const check = async (edit: string, change: Change): Promise<void> => {
      sources.set(change.path, files[change.path] ?? null);
      engine.changed(change);
      const fresh = await engineOver(await memorySources(files));
      expect(reports(engine, files), edit).toEqual(reports(fresh, files));
    };
    for (const [edit, path, apply] of EDITS) {
      const before = files[path] ?? '';
      files[path] = apply(before);
      expect(files[path], edit).not.toBe(before);
      await check(edit, { kind: 'text', path });
    }
    files['src/added.rs'] = 'pub fn fresh() -> String { "a".to_string() }\n';
    await check('a file appears', { kind: 'files', path: 'src/added.rs' });
    files['src/lib.rs'] = `mod added;\npub fn uses() -> String { added::fresh() }\n${files['src/lib.rs'] ?? ''}`;
    await check('a file is joined', { kind: 'text', path: 'src/lib.rs' });
  }, 120_000);

  it('keeps the answers of a file that nothing concerns', async () => {
    const files: Files = { 'Cargo.toml': '[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n', 'src/lib.rs': LIB, 'src/other.rs': OTHER, 'src/shapes.rs': SHAPES };
    const sources = await memorySources(files);
    const engine = await engineOver(sources);
    const before = engine.report('src/lib.rs');
    expect(before?.sites.length).toBeGreaterThan(3);
    sources.set('src/lib.rs', `\n\n${LIB}`);
    engine.changed({ kind: 'text', path: 'src/lib.rs' });
    expect(engine.report('src/lib.rs')?.sites.map((s) => s.start)).toEqual(before?.sites.map((s) => s.start + 2));
  });
});
