// Which of two alternatives a package has: features that are on by default decide.
import { describe, expect, it } from 'vitest';
import { Configuration } from '../../../server/src/languages/rust/declare/cfg.js';
import { CargoLayout } from '../../../server/src/languages/rust/layout/cargoLayout.js';
import { parseManifest } from '../../../server/src/languages/rust/layout/manifest.js';
import { memorySources } from '../../support/engine.js';
import { rustEngine } from '../../support/rustCrates.js';

const SOURCE = `
#[cfg(feature = "owned")] mod inner { #[derive(Clone)] pub struct Text(String); }
#[cfg(not(feature = "owned"))] mod inner { #[derive(Clone)] pub struct Text(&'static str); }
#[cfg(feature = "owned")] use std::string::String as Name;
#[cfg(not(feature = "owned"))] use std::num::NonZeroU8 as Name;
pub struct Wrapper { name: Name }
#[cfg(feature = "owned")] impl Wrapper { fn wrap(&self) -> String { String::from("a") } }
#[cfg(not(feature = "owned"))] impl Wrapper { fn wrap(&self) -> u8 { 0 } }
impl Wrapper { #[cfg(feature = "extra")] fn extra(&self) -> Vec<u8> { vec![1] } }
pub fn text(t: &inner::Text) { let _ = t.clone(); }
pub fn name(w: &Wrapper) { let _ = w.name.clone(); }
pub fn wrapped(w: &Wrapper) { let _ = w.wrap(); }
pub fn more(w: &Wrapper) { let _ = w.extra(); }
fn traced(n: u8) -> u8 { #[cfg(feature = "extra")] let _scope = String::from("traced"); n }
fn either(n: u8) -> usize {
  #[cfg(feature = "owned")] let text = n.to_string();
  #[cfg(not(feature = "owned"))] let text = if n > 1 { "more" } else { "one" };
  #[cfg(windows)] { return format!("{text}").len(); }
  text.to_string().len()
}
pub fn calls_traced() { traced(1); }
`;

async function functionsWithSites(features: string): Promise<readonly string[]> {
  const engine = await rustEngine(await memorySources({ 'a/Cargo.toml': `[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n${features}`, 'a/src/lib.rs': SOURCE }));
  return [...new Set(engine.report('a/src/lib.rs')?.sites.map((site) => site.function?.split('::').pop() ?? ''))].filter((name) => !['wrap', 'extra', 'traced', 'either'].includes(name)).sort();
}

describe('alternatives', () => {
  it('are those without features that are off by default', async () => {
    expect(await functionsWithSites('[features]\ndefault = ["std"]\nstd = []\nowned = []\nextra = []\n')).toEqual(['more']);
  });

  it('are those with features that are on by default', async () => {
    expect(await functionsWithSites('[features]\ndefault = ["full"]\nfull = ["owned"]\nowned = []\n')).toEqual(['more', 'name', 'text', 'wrapped']);
  });

  it('are those without features where none is on by default, as cargo builds the package', async () => {
    expect(await functionsWithSites('[features]\ndefault = []\nowned = []\n')).toEqual(['more']);
    expect(await functionsWithSites('[dependencies]\nowned = { version = "1", optional = true }\n')).toEqual(['more']);
  });

  it('are those with every feature in a library that has none on by default: who depends on it asks for what it needs', async () => {
    const layout = new CargoLayout(await memorySources({ '/registry/src/index/b-1.0.0/Cargo.toml': '[package]\nname = "b"\nversion = "1.0.0"\n[features]\ndefault = []\nowned = []\n', '/registry/src/index/b-1.0.0/src/lib.rs': '' }), '/registry/src');
    expect(layout.configurationOf('/registry/src/index/b-1.0.0/src/lib.rs')).toBe(Configuration.everything);
  });

  it('among the statements of a body: callers pay for those of the default features alone', async () => {
    const lines = async (features: string): Promise<readonly number[]> => {
      const engine = await rustEngine(await memorySources({ 'a/Cargo.toml': `[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n${features}`, 'a/src/lib.rs': SOURCE }));
      return (engine.report('a/src/lib.rs')?.sites ?? []).filter((site) => site.function?.endsWith('either') === true || site.function?.endsWith('traced') === true).map((site) => SOURCE.slice(0, site.start).split('\n').length);
    };
    const at = (text: string): number => SOURCE.slice(0, SOURCE.indexOf(text)).split('\n').length;
    expect(await lines('[features]\ndefault = ["std"]\n')).toEqual([at('fn traced'), at('text.to_string()')]);
    expect(await lines('[features]\ndefault = ["extra"]\n')).toEqual([at('fn traced'), at('text.to_string()'), at('traced(1)')]);
    expect(await lines('')).toEqual([at('fn traced'), at('text.to_string()')]);
  });
});

describe('features', () => {
  it('are on by default with all that they turn on in turn', () => {
    const on = parseManifest('[package]\nname = "a"\n[features]\ndefault = ["a", "dep:x", "y/z", "w?/v"]\na = ["b"]\nb = ["a"]\nc = []\n')?.defaultFeatures;
    expect([...(on ?? [])].sort()).toEqual(['a', 'b', 'default', 'y']);
  });

  it('decide a predicate', () => {
    const some = Configuration.of(new Set(['a']));
    expect(some.judge('feature = "a"')).toEqual({ active: true, test: false, optional: false, alternative: false });
    expect(some.judge('feature = "b"')).toEqual({ active: true, test: false, optional: true, alternative: false });
    expect(some.judge('not(feature = "b")')).toEqual({ active: true, test: false, optional: false, alternative: true });
    expect(some.judge('all(test, not(feature = "b"))')).toEqual({ active: true, test: true, optional: false, alternative: false });
    expect(Configuration.of(new Set(['a']))).toBe(some);
    expect(Configuration.everything.judge('not(feature = "b")').active).toBe(false);
  });
});
