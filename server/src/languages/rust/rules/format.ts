// rust/format: format!.
import { defineRule } from './defineRule.js';

/** The parts are written into a new String. */
export const formatRule = defineRule({
  id: 'rust/format', kind: 'format',
  title: 'format!',
  why: 'The parts are written into a new String.',
  unless: 'the result is empty',
  instead: 'write! into a String that is there',
  example: { allocates: 'let line = format!("{}", 5);', free: 'let line = format_args!("{}", 5);' },
});
