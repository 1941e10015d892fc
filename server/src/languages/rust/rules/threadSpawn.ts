// rust/thread-spawn: Thread.
import { defineRule } from './defineRule.js';

/** A thread needs its handle, its shared result and the boxed closure, besides its stack. */
export const threadSpawn = defineRule({
  id: 'rust/thread-spawn', kind: 'task',
  title: 'Thread',
  why: 'A thread needs its handle, its shared result and the boxed closure, besides its stack.',
  unless: null,
  instead: 'thread::scope where the thread ends before the function does',
  example: { allocates: 'thread::spawn(work);', free: null },
});
