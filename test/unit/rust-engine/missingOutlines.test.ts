// Without the asset that outlines everyday crates, such a crate is unknown, and nothing is analysed twice for it.
import { expect, it } from 'vitest';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

const files = {
  'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\ntokio = "1"\n',
  'src/lib.rs': 'pub fn start() -> Vec<u8> { tokio::spawn(async {}); vec![1, 2, 3] }\n',
};

it.each([true, false])('the outlines at hand: %s', async (present) => {
  const sources = await memorySources(files);
  const asked = new Proxy(sources, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === 'asset') return (name: string) => (name === 'rust-crates.facts.json' && !present ? null : target.asset(name));
      return typeof value === 'function' ? (value as (...values: unknown[]) => unknown).bind(target) : value;
    },
  });
  const engine = rustPlugin.createEngine({ sources: asked, facts: noFacts, options: testOptions });
  const report = engine.report('src/lib.rs');
  expect(report?.sites.filter((site) => site.kind === 'buffer').map((site) => site.rule)).toEqual(['rust/vec-macro']);
  expect(engine.report('src/lib.rs')).toBe(report); // what was analysed is not analysed again
});
