// rust/closure: Closure.
import { defineRule } from './defineRule.js';

/** A closure holds what it captures in place; only boxing it allocates. */
export const closure = defineRule({
  id: 'rust/closure', kind: 'closure',
  title: 'Closure',
  why: 'A closure holds what it captures in place; only boxing it allocates.',
  unless: null,
  instead: null,
  example: { allocates: 'let f = Box::new(move || name.len());', free: 'let f = || 1;' },
});
