// rust/list-node: Linked list.
import { defineRule } from './defineRule.js';

/** Each element has a heap block of its own. */
export const listNode = defineRule({
  id: 'rust/list-node', kind: 'buffer',
  title: 'Linked list',
  why: 'Each element has a heap block of its own.',
  unless: null,
  instead: 'VecDeque keeps elements in one buffer',
  example: { allocates: 'list.push_back(1);', free: null },
});
