// rust/reference-cycle: Possible reference cycle.
import { defineRule } from './defineRule.js';

/** Types reach themselves through Rc or Arc and interior mutability; values in such a ring are never freed. */
export const referenceCycle = defineRule({
  id: 'rust/reference-cycle', kind: 'refcounted',
  title: 'Possible reference cycle',
  why: 'Types reach themselves through Rc or Arc and interior mutability; values in such a ring are never freed.',
  unless: 'a Weak is on the way',
  instead: 'Weak for the way back',
  example: { allocates: 'struct Node { next: RefCell<Option<Rc<Node>>> }', free: 'struct Node { parent: RefCell<Weak<Node>> }' },
});
