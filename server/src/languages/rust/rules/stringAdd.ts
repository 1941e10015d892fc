// rust/string-add: String concatenation.
import { defineRule } from './defineRule.js';

/** The left String is reused and grows when the right part does not fit. */
export const stringAdd = defineRule({
  id: 'rust/string-add', kind: 'growth',
  title: 'String concatenation',
  why: 'The left String is reused and grows when the right part does not fit.',
  unless: null,
  instead: 'push_str onto a String made with_capacity',
  example: { allocates: 'let full = first + last;', free: null },
});
