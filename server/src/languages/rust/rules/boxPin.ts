// rust/box-pin: Box::pin.
import { defineRule } from './defineRule.js';

/** The value, mostly a future, is placed in a heap block and pinned there. */
export const boxPin = defineRule({
  id: 'rust/box-pin', kind: 'box',
  title: 'Box::pin',
  why: 'The value, mostly a future, is placed in a heap block and pinned there.',
  unless: 'the value has size zero',
  instead: 'pin!() pins on the stack',
  example: { allocates: 'let future = Box::pin(work());', free: 'let future = pin!(work());' },
});
