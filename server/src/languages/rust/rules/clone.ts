// rust/clone: Deep clone.
import { defineRule } from './defineRule.js';

/** The clone owns memory of its own with copied content. */
export const cloneRule = defineRule({
  id: 'rust/clone', kind: 'copy',
  title: 'Deep clone',
  why: 'The clone owns memory of its own with copied content.',
  unless: 'there is nothing to copy',
  instead: 'borrow instead, where the original lives long enough',
  example: { allocates: 'let other = text.clone();', free: 'let number = 5.clone();' },
});
