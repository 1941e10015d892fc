// rust/string-from: String from other text.
import { defineRule } from './defineRule.js';

/** The text is copied into a new String. */
export const stringFrom = defineRule({
  id: 'rust/string-from', kind: 'copy',
  title: 'String from other text',
  why: 'The text is copied into a new String.',
  unless: 'the text is empty, or the source hands over its buffer',
  instead: null,
  example: { allocates: 'let name = String::from("Ada");', free: 'let name = String::new();' },
});
