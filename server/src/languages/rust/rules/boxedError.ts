// rust/boxed-error: Boxed error.
import { defineRule } from './defineRule.js';

/** The error is placed in a heap block behind a trait object. */
export const boxedError = defineRule({
  id: 'rust/boxed-error', kind: 'error',
  title: 'Boxed error',
  why: 'The error is placed in a heap block behind a trait object.',
  unless: 'the error has size zero',
  instead: null,
  example: { allocates: 'let error: Box<dyn Error> = "failed".into();', free: null },
});
