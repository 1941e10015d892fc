// rust/growth: Growing collection.
import { defineRule } from './defineRule.js';

/** When the room does not suffice, a larger block is allocated and the content moves. */
export const growth = defineRule({
  id: 'rust/growth', kind: 'growth',
  title: 'Growing collection',
  why: 'When the room does not suffice, a larger block is allocated and the content moves.',
  unless: 'capacity is left',
  instead: 'reserve once, where the number is known',
  example: { allocates: 'list.push(1);', free: 'list.pop();' },
});
