// rust/sort-scratch: Stable sort.
import { defineRule } from './defineRule.js';

/** A stable sort needs scratch space; up to 4 KiB of it are on the stack. */
export const sortScratch = defineRule({
  id: 'rust/sort-scratch', kind: 'buffer',
  title: 'Stable sort',
  why: 'A stable sort needs scratch space; up to 4 KiB of it are on the stack.',
  unless: 'the slice is short',
  instead: 'sort_unstable, where equal elements may change places',
  example: { allocates: 'list.sort();', free: 'list.sort_unstable();' },
});
