// rust/boxed-future: Boxed future or stream.
import { defineRule } from './defineRule.js';

/** The future is placed in a heap block behind a trait object. */
export const boxedFuture = defineRule({
  id: 'rust/boxed-future', kind: 'box',
  title: 'Boxed future or stream',
  why: 'The future is placed in a heap block behind a trait object.',
  unless: null,
  instead: null,
  example: { allocates: 'let future = work().boxed();', free: null },
});
