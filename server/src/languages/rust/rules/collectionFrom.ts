// rust/collection-from: Collection from an array.
import { defineRule } from './defineRule.js';

/** The collection is filled with what is handed over. */
export const collectionFrom = defineRule({
  id: 'rust/collection-from', kind: 'buffer',
  title: 'Collection from an array',
  why: 'The collection is filled with what is handed over.',
  unless: 'it is empty',
  instead: null,
  example: { allocates: 'let map = HashMap::from([(1, 2)]);', free: null },
});
