// rust/unwrap-or-clone: unwrap_or_clone.
import { defineRule } from './defineRule.js';

/** A shared value is cloned, an unshared one is moved out. */
export const unwrapOrClone = defineRule({
  id: 'rust/unwrap-or-clone', kind: 'copy',
  title: 'unwrap_or_clone',
  why: 'A shared value is cloned, an unshared one is moved out.',
  unless: 'nobody else holds it',
  instead: null,
  example: { allocates: 'let value = Arc::unwrap_or_clone(shared);', free: null },
});
