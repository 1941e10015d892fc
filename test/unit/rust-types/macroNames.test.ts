import { describe, expect, it } from 'vitest';
import { expandMacro } from '../../../server/src/languages/rust/declare/macroRules.js';

describe('names that macros join', () => {
  it('are written together', () => {
    expect(expandMacro('($name:ident) => { fn ${concat(make_, $name)}() {} };', 'list')?.replace(/\s+/g, ' ').trim()).toBe('fn make_list () {}');
  });

  it('do not keep the rest from being expanded', () => {
    expect(expandMacro('($($t:ident),*) => { $(impl A for $t { fn n() { ${count($t)} } })* };', 'u8, u16')?.replace(/\s+/g, '')).toBe('implAforu8{fnn(){}}implAforu16{fnn(){}}');
  });
});
