// rust/error-context: Error context.
import { defineRule } from './defineRule.js';

/** The error is wrapped together with its context. */
export const errorContext = defineRule({
  id: 'rust/error-context', kind: 'error',
  title: 'Error context',
  why: 'The error is wrapped together with its context.',
  unless: 'the value is no error',
  instead: null,
  example: { allocates: 'read().context("reading")?;', free: null },
});
