// rust/arc-clone: Reference count.
import { defineRule } from './defineRule.js';

/** A count is bumped; nothing is allocated. Atomic for Arc, plain for Rc. */
export const arcClone = defineRule({
  id: 'rust/arc-clone', kind: 'refcount',
  title: 'Reference count',
  why: 'A count is bumped; nothing is allocated. Atomic for Arc, plain for Rc.',
  unless: null,
  instead: null,
  example: { allocates: 'let other = Arc::clone(&shared);', free: null },
});
