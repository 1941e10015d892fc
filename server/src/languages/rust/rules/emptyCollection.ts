// rust/empty-collection: Empty collection.
import { defineRule } from './defineRule.js';

/** An empty collection owns no memory until something is put in. */
export const emptyCollection = defineRule({
  id: 'rust/empty-collection', kind: 'buffer',
  title: 'Empty collection',
  why: 'An empty collection owns no memory until something is put in.',
  unless: null,
  instead: null,
  example: { allocates: 'let mut list = vec![1];', free: 'let list: Vec<u8> = Vec::new();' },
});
