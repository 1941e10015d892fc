// rust/callee: Function that allocates.
import { defineRule } from './defineRule.js';

/** A function of this code allocates inside; the chain leads to the place. */
export const callee = defineRule({
  id: 'rust/callee', kind: 'callee',
  title: 'Function that allocates',
  why: 'A function of this code allocates inside; the chain leads to the place.',
  unless: null,
  instead: null,
  example: { allocates: 'build();', free: null },
});
