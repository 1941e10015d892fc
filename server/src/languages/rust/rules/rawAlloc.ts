// rust/raw-alloc: Raw allocation.
import { defineRule } from './defineRule.js';

/** The allocator is called directly. */
export const rawAlloc = defineRule({
  id: 'rust/raw-alloc', kind: 'buffer',
  title: 'Raw allocation',
  why: 'The allocator is called directly.',
  unless: null,
  instead: null,
  example: { allocates: 'unsafe { alloc(layout) };', free: null },
});
