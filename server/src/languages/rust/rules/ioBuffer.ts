// rust/io-buffer: Buffered reader or writer.
import { defineRule } from './defineRule.js';

/** The buffer, 8 KiB unless asked otherwise, is allocated at once. */
export const ioBuffer = defineRule({
  id: 'rust/io-buffer', kind: 'buffer',
  title: 'Buffered reader or writer',
  why: 'The buffer, 8 KiB unless asked otherwise, is allocated at once.',
  unless: null,
  instead: null,
  example: { allocates: 'let reader = BufReader::new(file);', free: null },
});
