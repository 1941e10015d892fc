// rust/io-error: io::Error with a message.
import { defineRule } from './defineRule.js';

/** The custom error is boxed; a text is boxed once more and copied. */
export const ioError = defineRule({
  id: 'rust/io-error', kind: 'error',
  title: 'io::Error with a message',
  why: 'The custom error is boxed; a text is boxed once more and copied.',
  unless: null,
  instead: 'std::io::Error::from(ErrorKind::…) allocates nothing',
  example: { allocates: 'let error = io::Error::other("failed");', free: 'let error = io::Error::from(io::ErrorKind::NotFound);' },
});
