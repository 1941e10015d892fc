// rust/question-mark: Converting ?.
import { defineRule } from './defineRule.js';

/** When the value is an error, ? converts it into the function’s error type, which allocates. */
export const questionMark = defineRule({
  id: 'rust/question-mark', kind: 'error',
  title: 'Converting ?',
  why: 'When the value is an error, ? converts it into the function’s error type, which allocates.',
  unless: 'the value is no error',
  instead: null,
  example: { allocates: 'let number = text.parse::<i32>()?;', free: null },
});
