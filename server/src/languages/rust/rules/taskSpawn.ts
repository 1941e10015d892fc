// rust/task-spawn: Spawned task.
import { defineRule } from './defineRule.js';

/** The future moves into a heap cell of its own, because it must outlive this function. */
export const taskSpawn = defineRule({
  id: 'rust/task-spawn', kind: 'task',
  title: 'Spawned task',
  why: 'The future moves into a heap cell of its own, because it must outlive this function.',
  unless: null,
  instead: 'await the future in place, or join! several',
  example: { allocates: 'tokio::spawn(work());', free: 'work().await;' },
});
