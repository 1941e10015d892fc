// Random edits of Rust sources: bodies, signatures, items that come, go, move and change their names, syntax that breaks and is whole again. Each text is
// held as chunks, one a top-level item; the same seed makes the same edits.
import type { LanguageEngine } from '../../server/src/analysis/language.js';
import type { AllocationReport } from '../../server/src/analysis/report.js';
import { memorySources } from './engine.js';
import { CRATES, rustEngine } from './rustCrates.js';

/** Numbers from 0 to below 1, the same for a seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const BODIES = ['{ 1usize; todo!() }', '{ let all = vec![1u8]; all.len(); todo!() }', '{ quiet(2); Default::default() }', '{ String::from("x"); panic!() }', '{ let s = Shape::new("n"); s.clone(); Default::default() }', '{ helper(3); loop {} }', '{ let h: Holding = Holding::default(); let c = h.clone(); c.inner.len(); loop {} }'];
const TYPES = ['u32', 'String', 'Vec<u8>', 'Shape', 'Option<Holding>', 'Box<u8>', 'Alias', '()'];
const ITEMS = [
  'pub fn helper(n: usize) -> Vec<usize> { vec![n] }', 'pub fn helper(n: usize) -> usize { n }', 'fn quiet(n: usize) -> String { format!("{n}") }',
  '#[derive(Clone, Default)]\npub struct Holding { pub inner: Vec<u8>, pub other: u8 }', '#[derive(Clone, Copy, Default)]\npub struct Holding { pub inner: [u8; 4], pub other: u8 }',
  'pub type Alias = Vec<String>;', 'pub type Alias = u8;', 'impl Holding { pub fn grow(&mut self) { self.other += 1; } pub fn made() -> Self { Holding::default() } }',
  'pub trait Noise { fn noise(&self) -> String { String::new() } }', 'impl Noise for u8 { fn noise(&self) -> String { self.to_string() } }', 'impl Noise for Holding {}',
  'pub fn loud(n: u8) -> usize { n.noise().len() }', 'pub fn any(n: &dyn Noise) -> String { n.noise() }', 'mod inner { pub fn deep() -> String { "d".to_string() } }', 'pub fn uses_deep() -> usize { inner::deep().len() }',
  'macro_rules! twice { ($n:ident) => { pub fn $n() -> Box<u8> { Box::new(2) } } }', 'macro_rules! twice { ($n:ident) => { pub fn $n() -> u8 { 2 } } }', 'twice!(second);', 'pub fn calls_second() -> bool { let s = second(); drop(s); true }',
  'pub const SIZE: usize = 3;', 'pub fn sized() -> [Holding; SIZE] { [Holding::made(), Holding::made(), Holding::made()] }', 'use std::fmt::Write as _;', 'use std::collections::HashMap as Map;', 'pub fn mapped() -> Map<u8, Holding> { let mut m = Map::new(); m.insert(1, Holding::made()); m.clone() }',
  'impl From<Holding> for String { fn from(h: Holding) -> String { h.other.to_string() } }', 'pub fn turned() -> String { Holding::made().into() }', 'pub async fn waited() -> usize { slow().await.len() }', 'async fn slow() -> String { String::from("s") }',
];

function chunksOf(text: string): string[] {
  return text.split(/\n(?=(?:pub |fn |struct |enum |impl|trait |use |mod |macro_rules|const |type |async |#\[|[a-z_:]+!\())/);
}

/** One random edit of the chunks of a file; `saved` keeps what a broken one was. */
function edit(chunks: string[], saved: { text: string | null }, next: () => number): string[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const at = Math.floor(next() * chunks.length);
  const chunk = chunks[at] ?? '';
  if (saved.text !== null && next() < 0.6) {
    const whole = saved.text;
    saved.text = null;
    return chunksOf(whole);
  }
  switch (Math.floor(next() * 10)) {
    case 0: case 1: return chunks.with(at, chunk.replace(/(fn \w+[^{;]*)\{[^{}]*\}/, (_, head: string) => `${head}${pick(BODIES)}`));
    case 2: return chunks.with(at, chunk.replace(/-> [^{]+\{/, () => `-> ${pick(TYPES)} {`));
    case 3: return chunks.with(at, chunk.replace(/\((&?\w*(?:: )?)[^()]*\)(?= ->| \{)/, (_, first: string) => `(${first.startsWith('&') ? `${first}, ` : ''}extra: ${pick(TYPES)})`));
    case 4: case 5: return chunks.toSpliced(at + 1, 0, pick(ITEMS));
    case 6: return chunks.length > 2 ? chunks.toSpliced(at, 1) : chunks;
    case 7: return chunks.with(at, `// ${Math.floor(next() * 1000)}\n${chunk}`);
    case 8: {
      saved.text ??= chunks.join('\n');
      const cut = Math.floor(next() * chunk.length);
      return chunks.with(at, next() < 0.5 ? `${chunk.slice(0, cut)}{${chunk.slice(cut)}` : chunk.slice(0, cut) + chunk.slice(cut + 1));
    }
    default: {
      const other = Math.floor(next() * chunks.length);
      return chunks.with(at, chunks[other] ?? '').with(other, chunk);
    }
  }
}

/** Where a living engine and a fresh one disagree first; null when they do not. */
export interface Disagreement {
  readonly seed: number;
  readonly step: number;
  readonly edited: string;
  readonly text: string;
  readonly path: string;
  readonly living: AllocationReport | null;
  readonly fresh: AllocationReport | null;
}

/** Edits the files of a few crates `steps` times, and asks after each edit whether an engine that lived through all says what a fresh one says. */
export async function editRustCrates(seed: number, steps: number, files: Readonly<Record<string, string>> = CRATES): Promise<Disagreement | null> {
  const next = random(seed);
  const texts: Record<string, string> = { ...files };
  const paths = Object.keys(files).filter((path) => path.endsWith('.rs')).sort();
  const sources = await memorySources(texts);
  const living = await rustEngine(sources);
  const other = await memorySources(texts);
  const fresh = await rustEngine(other);
  const saved = new Map(paths.map((path) => [path, { text: null as string | null }]));
  const differing = (engine: LanguageEngine): { path: string; living: AllocationReport | null; fresh: AllocationReport | null } | null => {
    for (const path of paths) {
      const [a, b] = [living.report(path), engine.report(path)];
      if (JSON.stringify(a) !== JSON.stringify(b)) return { path, living: a, fresh: b };
    }
    return null;
  };
  differing(fresh);
  // work in small steps that others interrupt: what is half done, and what goes on after an edit, must show nowhere
  const pause = random(seed + 1);
  let held: Iterator<void> | null = null;
  const work = (path: string): void => {
    if (held === null || pause() < 0.3) held = living.prepare(living.unitOf(path) ?? path, path);
    for (let left = Math.floor(pause() * 60); left > 0; left--) {
      if (held.next().done !== true) continue;
      held = null;
      break;
    }
  };
  for (let step = 0; step < steps; step++) {
    const path = paths[Math.floor(next() * paths.length)] as string;
    const text = edit(chunksOf(texts[path] ?? ''), saved.get(path) ?? { text: null }, next).join('\n');
    texts[path] = text;
    sources.set(path, text);
    living.changed({ kind: 'text', path });
    other.set(path, text);
    fresh.changed({ kind: 'files', path });
    if (pause() < 0.7) work(paths[Math.floor(pause() * paths.length)] as string);
    // sometimes several edits come before a question
    if (next() < 0.2) continue;
    const found = differing(fresh);
    if (found !== null) return { seed, step, edited: path, text, ...found };
  }
  const found = differing(await rustEngine(await memorySources(texts)));
  return found === null ? null : { seed, step: steps, edited: '', text: '', ...found };
}
