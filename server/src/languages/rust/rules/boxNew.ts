// rust/box-new: Box::new.
import { defineRule } from './defineRule.js';

/** The value is placed in a heap block of its own. */
export const boxNew = defineRule({
  id: 'rust/box-new', kind: 'box',
  title: 'Box::new',
  why: 'The value is placed in a heap block of its own.',
  unless: 'the value has size zero',
  instead: 'keep the value in place where its size is known',
  example: { allocates: 'let node = Box::new(Node { id: 7 });', free: 'let unit = Box::new(());' },
});
