// rust/bytes: Shared bytes.
import { defineRule } from './defineRule.js';

/** The buffer gets a shared header, or is shrunk. */
export const bytesRule = defineRule({
  id: 'rust/bytes', kind: 'refcounted',
  title: 'Shared bytes',
  why: 'The buffer gets a shared header, or is shrunk.',
  unless: 'the buffer is shared already',
  instead: null,
  example: { allocates: 'let bytes = Bytes::from(vec);', free: 'let bytes = Bytes::from_static(b"x");' },
});
