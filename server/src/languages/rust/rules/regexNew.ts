// rust/regex-new: Compiling an expression.
import { defineRule } from './defineRule.js';

/** Compiling takes dozens of blocks. */
export const regexNew = defineRule({
  id: 'rust/regex-new', kind: 'buffer',
  title: 'Compiling an expression',
  why: 'Compiling takes dozens of blocks.',
  unless: null,
  instead: 'compile it once, in a LazyLock',
  example: { allocates: 'Regex::new("a+")?;', free: null },
});
