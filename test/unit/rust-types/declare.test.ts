import { describe, expect, it } from 'vitest';
import { versionFits } from '../../../server/src/languages/rust/layout/manifest.js';
import { Configuration } from '../../../server/src/languages/rust/declare/cfg.js';
import { expandMacro } from '../../../server/src/languages/rust/declare/macroRules.js';

describe('configuration', () => {
  it('assumes linux on x86-64, features on, and marks tests', () => {
    expect(Configuration.everything.judge('target_os = "linux"').active).toBe(true);
    expect(Configuration.everything.judge('any(windows, target_arch = "wasm32")').active).toBe(false);
    expect(Configuration.everything.judge('not(feature = "std")').active).toBe(false);
    expect(Configuration.everything.judge('all(test, unix)')).toEqual({ active: true, test: true, optional: false, alternative: false });
  });
});

describe('macros by example', () => {
  it('repeats what the call repeats', () => {
    const text = expandMacro('($($t:ty => $n:expr),* $(,)?) => { $(impl A for $t { const N: u8 = $n; })* };', 'u8 => 1, Vec<u8> => 2');
    expect(text?.replace(/\s+/g, '')).toBe('implAforu8{constN:u8=1;}implAforVec<u8>{constN:u8=2;}');
  });

  it('says nothing where no rule fits', () => {
    expect(expandMacro('(only this) => {};', 'something else')).toBeNull();
  });
});

describe('versions', () => {
  it('fits as cargo does', () => {
    expect(versionFits('1.4.2', '1.2')).toBe(true);
    expect(versionFits('2.0.0', '1.2')).toBe(false);
    expect(versionFits('0.4.1', '0.3')).toBe(false);
    expect(versionFits('1.0.3', '>=1, <2')).toBe(true);
  });
});
