// rust/vec-macro: vec! and Vec::from an array.
import { defineRule } from './defineRule.js';

/** A buffer for all elements is allocated at once. */
export const vecMacro = defineRule({
  id: 'rust/vec-macro', kind: 'buffer',
  title: 'vec! and Vec::from an array',
  why: 'A buffer for all elements is allocated at once.',
  unless: 'there are no elements, or their size is zero',
  instead: 'an array, where the length is fixed',
  example: { allocates: 'let numbers = vec![1, 2, 3];', free: 'let numbers: Vec<i32> = vec![];' },
});
