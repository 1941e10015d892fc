// rust/join: concat, join, repeat.
import { defineRule } from './defineRule.js';

/** The parts are copied into one new buffer. */
export const join = defineRule({
  id: 'rust/join', kind: 'copy',
  title: 'concat, join, repeat',
  why: 'The parts are copied into one new buffer.',
  unless: 'the result is empty',
  instead: null,
  example: { allocates: 'let line = parts.join(", ");', free: null },
});
