// rust/never-shared: Counted but never shared.
import { defineRule } from './defineRule.js';

/** The value is counted, but no second handle is ever made. */
export const neverShared = defineRule({
  id: 'rust/never-shared', kind: 'refcounted',
  title: 'Counted but never shared',
  why: 'The value is counted, but no second handle is ever made.',
  unless: null,
  instead: 'the value itself or a Box',
  example: { allocates: 'let value = Rc::new(5);', free: null },
});
