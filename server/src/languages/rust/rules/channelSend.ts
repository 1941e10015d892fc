// rust/channel-send: Sending.
import { defineRule } from './defineRule.js';

/** An unbounded channel allocates a block for every few messages. */
export const channelSend = defineRule({
  id: 'rust/channel-send', kind: 'channel',
  title: 'Sending',
  why: 'An unbounded channel allocates a block for every few messages.',
  unless: 'the present block has room',
  instead: null,
  example: { allocates: 'tx.send(1)?;', free: null },
});
