// rust/command: Command.
import { defineRule } from './defineRule.js';

/** Program, arguments and environment are copied. */
export const command = defineRule({
  id: 'rust/command', kind: 'buffer',
  title: 'Command',
  why: 'Program, arguments and environment are copied.',
  unless: null,
  instead: null,
  example: { allocates: 'Command::new("ls").status()?;', free: null },
});
