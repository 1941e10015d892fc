// rust/to-string: to_string.
import { defineRule } from './defineRule.js';

/** A new String is made. */
export const toString = defineRule({
  id: 'rust/to-string', kind: 'copy',
  title: 'to_string',
  why: 'A new String is made.',
  unless: 'the text is empty',
  instead: null,
  example: { allocates: 'let text = 5.to_string();', free: 'let text = "".to_string();' },
});
