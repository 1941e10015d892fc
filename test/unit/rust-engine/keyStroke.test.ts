// What a key stroke costs in a crate of many files: the file that is looked at.
import { expect, it } from 'vitest';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

const FILES = 30;
const bodyOf = (at: number): string => `use crate::m${(at + 1) % FILES}::make as next;\n\npub fn make(n: usize) -> Vec<u8> {\n    let size = n + ${at};\n    vec![0; size]\n}\n\npub fn chain(n: usize) -> usize { next(n).len() }\n`;

it('asks for no other file of the crate', async () => {
  const files: Record<string, string> = { 'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2024"\n', 'src/lib.rs': Array.from({ length: FILES }, (_, at) => `pub mod m${at};\n`).join('') };
  for (let at = 0; at < FILES; at++) files[`src/m${at}.rs`] = bodyOf(at);
  const sources = await memorySources(files);
  const asked: string[] = [];
  const watched = new Proxy(sources, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === 'file') return (path: string) => { asked.push(path); return target.file(path); };
      return typeof value === 'function' ? (value as (...values: unknown[]) => unknown).bind(target) : value;
    },
  });
  const engine = rustPlugin.createEngine({ sources: watched, facts: noFacts, options: testOptions });
  const unit = engine.unitOf('src/m3.rs') ?? '';
  const look = (): number => {
    for (const steps = engine.prepare(unit, 'src/m3.rs'); steps.next().done !== true;);
    return engine.report('src/m3.rs')?.sites.length ?? 0;
  };
  expect(look()).toBe(2); // the buffer, and the call of another file's function
  asked.length = 0;
  sources.set('src/m3.rs', bodyOf(3).replace('n + 3', 'n + 34'));
  engine.changed({ kind: 'text', path: 'src/m3.rs' });
  expect(look()).toBe(2);
  expect(new Set(asked)).toEqual(new Set(['src/m3.rs']));
});

it('of an item in a body concerns that body, however often its name is used elsewhere', async () => {
  const make = (at: number): string => `pub fn outer${at}(n: usize) -> usize {\n    fn made(n: usize) -> Vec<u8> { vec![0; n] }\n    made(n).len()\n}\n`;
  const text = Array.from({ length: 40 }, (_, at) => make(at)).join('');
  const sources = await memorySources({ 'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2024"\n', 'src/lib.rs': text });
  const engine = rustPlugin.createEngine({ sources, facts: noFacts, options: testOptions });
  const before = new Set(engine.report('src/lib.rs')?.sites);
  expect(before.size).toBe(80);
  const edited = text.replace('Vec<u8> { vec![0; n] }', 'Vec<u8> { vec![1; n] }').replace('made(n: usize)', 'made(n: isize)');
  expect(edited.length).toBe(text.length);
  sources.set('src/lib.rs', edited);
  engine.changed({ kind: 'text', path: 'src/lib.rs' });
  const after = engine.report('src/lib.rs')?.sites ?? [];
  // what was not inferred again keeps its very sites
  expect(after.filter((site) => !before.has(site)).map((site) => site.function)).toEqual(['a::outer0::made', 'a::outer0']);
});
