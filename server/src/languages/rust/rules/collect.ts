// rust/collect: collect.
import { defineRule } from './defineRule.js';

/** The elements that the iterator yields are put into new memory. */
export const collect = defineRule({
  id: 'rust/collect', kind: 'buffer',
  title: 'collect',
  why: 'The elements that the iterator yields are put into new memory.',
  unless: 'the source is empty, or its own buffer can be reused in place',
  instead: 'loop over the iterator where no collection is needed',
  example: { allocates: 'let all: Vec<_> = names.iter().collect();', free: 'let count = names.iter().count();' },
});
