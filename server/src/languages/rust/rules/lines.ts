// rust/lines: lines.
import { defineRule } from './defineRule.js';

/** Each line is a new String. */
export const lines = defineRule({
  id: 'rust/lines', kind: 'buffer',
  title: 'lines',
  why: 'Each line is a new String.',
  unless: 'the line is empty',
  instead: 'read_line into one String reuses its buffer',
  example: { allocates: 'for line in reader.lines() {}', free: 'reader.read_line(&mut line)?;' },
});
