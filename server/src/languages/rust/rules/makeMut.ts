// rust/make-mut: make_mut.
import { defineRule } from './defineRule.js';

/** A shared value is cloned before it is changed. */
export const makeMut = defineRule({
  id: 'rust/make-mut', kind: 'copy',
  title: 'make_mut',
  why: 'A shared value is cloned before it is changed.',
  unless: 'nobody else holds it',
  instead: null,
  example: { allocates: 'let value = Arc::make_mut(&mut shared);', free: 'let value = Arc::get_mut(&mut shared);' },
});
