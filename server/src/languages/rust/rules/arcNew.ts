// rust/arc-new: Arc creation.
import { defineRule } from './defineRule.js';

/** The value and its two atomic counts share one heap block; even a value of size zero gets one. */
export const arcNew = defineRule({
  id: 'rust/arc-new', kind: 'refcounted',
  title: 'Arc creation',
  why: 'The value and its two atomic counts share one heap block; even a value of size zero gets one.',
  unless: null,
  instead: 'a plain value or a borrow where no task or thread needs its own handle',
  example: { allocates: 'let shared = Arc::new(5);', free: 'let other = Arc::clone(&shared);' },
});
