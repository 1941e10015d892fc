// rust/thread-scope: Thread scope.
import { defineRule } from './defineRule.js';

/** The scope shares a counter with its threads. */
export const threadScope = defineRule({
  id: 'rust/thread-scope', kind: 'task',
  title: 'Thread scope',
  why: 'The scope shares a counter with its threads.',
  unless: null,
  instead: null,
  example: { allocates: 'thread::scope(|s| {});', free: null },
});
