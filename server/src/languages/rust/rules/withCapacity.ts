// rust/with-capacity: with_capacity.
import { defineRule } from './defineRule.js';

/** The buffer is allocated now, so that growing later needs none. */
export const withCapacity = defineRule({
  id: 'rust/with-capacity', kind: 'buffer',
  title: 'with_capacity',
  why: 'The buffer is allocated now, so that growing later needs none.',
  unless: 'the capacity is zero',
  instead: null,
  example: { allocates: 'let names = Vec::with_capacity(8);', free: 'let names: Vec<String> = Vec::with_capacity(0);' },
});
