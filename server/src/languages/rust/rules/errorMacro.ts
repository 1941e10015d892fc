// rust/error-macro: Error macro.
import { defineRule } from './defineRule.js';

/** anyhow!, bail! and ensure! build a boxed error. */
export const errorMacro = defineRule({
  id: 'rust/error-macro', kind: 'error',
  title: 'Error macro',
  why: 'anyhow!, bail! and ensure! build a boxed error.',
  unless: null,
  instead: null,
  example: { allocates: 'bail!("failed");', free: null },
});
