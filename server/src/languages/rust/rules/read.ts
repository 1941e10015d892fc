// rust/read: Reading into new memory.
import { defineRule } from './defineRule.js';

/** What is read is put into new memory. */
export const readRule = defineRule({
  id: 'rust/read', kind: 'buffer',
  title: 'Reading into new memory',
  why: 'What is read is put into new memory.',
  unless: 'there is nothing to read',
  instead: null,
  example: { allocates: 'let text = fs::read_to_string(path)?;', free: null },
});
