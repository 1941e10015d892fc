// rust/shrink: Shrinking buffer.
import { defineRule } from './defineRule.js';

/** Spare capacity is given back by reallocating. */
export const shrink = defineRule({
  id: 'rust/shrink', kind: 'buffer',
  title: 'Shrinking buffer',
  why: 'Spare capacity is given back by reallocating.',
  unless: 'length equals capacity',
  instead: null,
  example: { allocates: 'let boxed = list.into_boxed_slice();', free: null },
});
