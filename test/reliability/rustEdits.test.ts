// Random edits of Rust crates that use each other, after each of which an engine that lived through all is held against a fresh one.
import { describe, expect, it } from 'vitest';
import { editRustCrates } from '../support/rustEdits.js';
import { effort } from './effort.js';

describe('a Rust engine through long runs of edits', () => {
  for (let seed = 300; seed < effort(301, 340); seed++) {
    it(`says what a fresh engine says, seed ${seed}`, async () => {
      const found = await editRustCrates(seed, effort(8, 60));
      expect(found?.living ?? null, found === null ? '' : `step ${found.step}, ${found.path} after an edit of ${found.edited}`).toEqual(found?.fresh ?? null);
    }, 300_000);
  }
});
