// rust/serialise: Serialising.
import { defineRule } from './defineRule.js';

/** The result is written into a new buffer. */
export const serialise = defineRule({
  id: 'rust/serialise', kind: 'buffer',
  title: 'Serialising',
  why: 'The result is written into a new buffer.',
  unless: null,
  instead: 'to_writer writes into a buffer that is there',
  example: { allocates: 'serde_json::to_string(&value)?;', free: null },
});
