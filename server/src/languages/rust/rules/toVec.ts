// rust/to-vec: to_vec.
import { defineRule } from './defineRule.js';

/** The elements are copied into a new buffer. */
export const toVec = defineRule({
  id: 'rust/to-vec', kind: 'copy',
  title: 'to_vec',
  why: 'The elements are copied into a new buffer.',
  unless: 'the slice is empty',
  instead: null,
  example: { allocates: 'let own = slice.to_vec();', free: null },
});
