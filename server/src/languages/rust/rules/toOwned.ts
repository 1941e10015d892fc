// rust/to-owned: to_owned.
import { defineRule } from './defineRule.js';

/** Borrowed content is copied into memory of its own. */
export const toOwned = defineRule({
  id: 'rust/to-owned', kind: 'copy',
  title: 'to_owned',
  why: 'Borrowed content is copied into memory of its own.',
  unless: 'it is empty',
  instead: null,
  example: { allocates: 'let owned = part.to_owned();', free: null },
});
