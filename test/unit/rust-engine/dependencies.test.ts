// Dependencies: declared once and kept in the store, their trees let go; the answers are the same wherever the declarations came from.
import { describe, expect, it } from 'vitest';
import type { FactsStore, LanguageEngine, SourceFile } from '../../../server/src/analysis/language.js';
import type { AllocationReport } from '../../../server/src/analysis/report.js';
import { memorySources, noFacts, type MemorySources } from '../../support/engine.js';
import { CRATES, factsStore, rustEngine } from '../../support/rustCrates.js';

const REGISTRY = '/registry/src/index';
const FILES: Readonly<Record<string, string>> = {
  'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nlists = "1.2"\n',
  'src/lib.rs': `use lists::{Pile, text_of};
pub fn grow(pile: &mut Pile<u8>) { pile.put(1); }
pub fn text(n: usize) -> String { text_of(n) }
pub fn made(n: usize) -> String { lists::made(n) }
pub fn size(pile: &Pile<u8>) -> usize { pile.size() }
pub fn deep(n: usize) -> Vec<u8> { lists::deeper::deep(n) }
`,
  [`${REGISTRY}/lists-1.2.3/Cargo.toml`]: '[package]\nname = "lists"\nversion = "1.2.3"\nedition = "2021"\n[dependencies]\nbelow = "0.3"\n',
  [`${REGISTRY}/lists-1.2.3/src/lib.rs`]: `pub mod deeper;
pub struct Pile<T> { all: Vec<T> }
impl<T> Pile<T> {
    pub fn put(&mut self, one: T) { self.all.push(one); }
    pub fn size(&self) -> usize { self.all.len() }
}
pub fn text_of(n: usize) -> String { format!("{n}") }
macro_rules! maker { ($name:ident) => { pub fn $name(n: usize) -> String { let wanted = n.max(16).min(4096); wanted.to_string() } }; }
maker!(made);
`,
  [`${REGISTRY}/lists-1.2.3/src/deeper.rs`]: 'pub fn deep(n: usize) -> Vec<u8> { let wanted = n.max(16).min(4096); below::bytes(wanted) }\n',
  [`${REGISTRY}/below-0.3.0/Cargo.toml`]: '[package]\nname = "below"\nversion = "0.3.0"\nedition = "2021"\n',
  [`${REGISTRY}/below-0.3.0/src/lib.rs`]: 'pub fn bytes(n: usize) -> Vec<u8> { vec![0; n] }\n',
};

async function setting(files: Readonly<Record<string, string>>, facts: FactsStore): Promise<{ readonly engine: LanguageEngine; readonly read: string[]; readonly released: Set<string>; readonly sources: MemorySources }> {
  const sources = await memorySources(files);
  const read: string[] = [];
  const released = new Set<string>();
  const plain = sources.file.bind(sources);
  sources.file = (path: string): SourceFile | null => {
    read.push(path);
    return plain(path);
  };
  const outline = sources.outline.bind(sources);
  sources.outline = (path: string, leftOut: (text: string) => readonly number[]): SourceFile | null => {
    read.push(path);
    return outline(path, leftOut);
  };
  Object.assign(sources, { release: (paths: Iterable<string>) => { for (const path of paths) released.add(path); } });
  return { engine: await rustEngine(sources, facts, '/registry/src'), read, released, sources };
}

const calls = (report: AllocationReport | null): readonly string[] => (report?.sites ?? []).map((site) => `${report?.text.slice(site.start, site.end) ?? ''} ${site.certainty}`);

describe('dependencies of Rust crates', () => {
  it('are told with the way down to what they allocate', async () => {
    const { engine } = await setting(FILES, noFacts);
    const sites = engine.report('src/lib.rs')?.sites ?? [];
    expect(sites.map((site) => [site.rule, site.callees.map((link) => `${link.function}${link.what === null ? '' : `: ${link.what}`}`).join(' > ')])).toEqual([
      ['rust/library-call', 'lists::Pile::put: element buffer'], ['rust/library-call', 'lists::text_of: formatted text'], ['rust/library-call', 'lists::made: new String'],
      ['rust/library-call', 'lists::deeper::deep > below::bytes: buffer of a new Vec<u8>'],
    ]);
  });

  it('are solved where their bodies are wanted, macros and further dependencies included', async () => {
    const { engine, released } = await setting(FILES, noFacts);
    expect(calls(engine.report('src/lib.rs'))).toEqual(['pile.put(1) conditional', 'text_of(n) always', 'lists::made(n) always', 'lists::deeper::deep(n) always']);
    expect([...released].sort()).toEqual([`${REGISTRY}/below-0.3.0/src/lib.rs`, `${REGISTRY}/lists-1.2.3/src/deeper.rs`, `${REGISTRY}/lists-1.2.3/src/lib.rs`]);
  });

  it('are declared once: another engine takes the declarations from the store', async () => {
    const store = factsStore();
    const first = await setting(FILES, store);
    const expected = first.engine.report('src/lib.rs');
    expect(store.saved.map((facts) => facts.unit).sort()).toEqual([`${REGISTRY}/below-0.3.0`, `${REGISTRY}/lists-1.2.3`]);
    const second = await setting({ ...FILES, 'src/lib.rs': 'pub fn size(pile: &lists::Pile<u8>) -> usize { pile.size() }\npub fn shapes() -> usize { lists::Pile::<u8>::size as usize }\n' }, store);
    second.engine.report('src/lib.rs');
    expect(second.read.filter((path) => path.endsWith('deeper.rs'))).toEqual([]);
    expect(store.saved).toHaveLength(2);
    const third = await setting(FILES, store);
    expect(third.engine.report('src/lib.rs')).toEqual(expected);
  });

  it('are declared again when the store holds something else', async () => {
    const expected = (await setting(FILES, noFacts)).engine.report('src/lib.rs');
    const spoiled = factsStore();
    (await setting(FILES, spoiled)).engine.report('src/lib.rs');
    const cut = factsStore(...spoiled.saved.map((facts) => ({ ...facts, body: facts.body.slice(0, -20) })));
    const engine = (await setting(FILES, cut)).engine;
    expect(engine.report('src/lib.rs')).toEqual(expected);
    expect(cut.saved).toHaveLength(2);
    const manifest = `${REGISTRY}/lists-1.2.3/Cargo.toml`;
    const other = await setting({ ...FILES, [manifest]: `${FILES[manifest] ?? ''}# another\n`, [`${REGISTRY}/lists-1.2.3/src/lib.rs`]: 'pub struct Pile<T>(T);\nimpl<T> Pile<T> { pub fn put(&mut self, one: T) { self.0 = one; } }\n' }, factsStore(...spoiled.saved));
    expect(calls(other.engine.report('src/lib.rs'))).toEqual([]);
  });
});

describe('crates of one workspace', () => {
  it('say the same in whatever order they are asked, released in between or not', async () => {
    const paths = Object.keys(CRATES).filter((path) => path.endsWith('.rs'));
    const engine = await rustEngine(await memorySources(CRATES));
    const expected = new Map(paths.map((path) => [path, engine.report(path)]));
    const backwards = await rustEngine(await memorySources(CRATES));
    for (const path of [...paths].reverse()) {
      expect(backwards.report(path), path).toEqual(expected.get(path));
      backwards.release(backwards.unitOf(path) ?? '', path.length % 2 === 0); // whether it works out what others ask, or they do
    }
    for (const path of paths) expect(backwards.report(path), path).toEqual(expected.get(path));
  });

  it('say the same whatever other crates were asked before', async () => {
    const many = Array.from({ length: 70 }, (_, i) => `pub struct T${i}; impl Put for T${i} { fn put(&self) -> Out { Out } }`).join('\n');
    const files: Readonly<Record<string, string>> = {
      'Cargo.toml': '[workspace]\nmembers = ["app", "other"]\n',
      'app/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ncodec = "1"\n',
      'app/src/lib.rs': `use codec::{Out, Put};
pub struct Unit<T> { pub value: T }
pub type Round<T> = Unit<Vec<T>>;
impl<T> Unit<T> { pub fn turn(&self) -> usize { 1 } }
impl<T: Clone> Round<T> { pub fn turn(&self) -> Vec<T> { self.value.clone() } }
pub fn turned(n: usize) -> usize { let unit = Unit { value: Default::default() }; unit.turn(); n }
pub struct Text(pub u32);
impl Put for Text { fn put(&self) -> Out { let _ = format!("{}", self.0); Out } }
pub fn any(one: &dyn Put) -> Out { one.put() }
`,
      'other/Cargo.toml': '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ncodec = "1"\n',
      'other/src/lib.rs': 'pub type Unit = u8;\npub fn any(one: &dyn codec::Put) -> codec::Out { one.put() }\n',
      [`${REGISTRY}/codec-1.0.0/Cargo.toml`]: '[package]\nname = "codec"\nversion = "1.0.0"\nedition = "2021"\n',
      [`${REGISTRY}/codec-1.0.0/src/lib.rs`]: `pub struct Out;\npub trait Put { fn put(&self) -> Out; }\n${many}\n`,
    };
    const alone = (await setting(files, noFacts)).engine.report('app/src/lib.rs');
    expect(calls(alone)).toContain('one.put() possible');
    const { engine } = await setting(files, noFacts);
    engine.report('other/src/lib.rs');
    expect(engine.report('app/src/lib.rs')).toEqual(alone);
  });
});
