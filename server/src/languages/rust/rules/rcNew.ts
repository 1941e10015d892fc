// rust/rc-new: Rc creation.
import { defineRule } from './defineRule.js';

/** The value and its two counts share one heap block; even a value of size zero gets one. */
export const rcNew = defineRule({
  id: 'rust/rc-new', kind: 'refcounted',
  title: 'Rc creation',
  why: 'The value and its two counts share one heap block; even a value of size zero gets one.',
  unless: null,
  instead: 'a plain value or a borrow where nobody shares it',
  example: { allocates: 'let shared = Rc::new(5);', free: 'let other = Rc::clone(&shared);' },
});
