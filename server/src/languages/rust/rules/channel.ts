// rust/channel: Channel.
import { defineRule } from './defineRule.js';

/** Sender and receiver share a block on the heap. */
export const channel = defineRule({
  id: 'rust/channel', kind: 'channel',
  title: 'Channel',
  why: 'Sender and receiver share a block on the heap.',
  unless: null,
  instead: null,
  example: { allocates: 'let (tx, rx) = mpsc::channel();', free: null },
});
