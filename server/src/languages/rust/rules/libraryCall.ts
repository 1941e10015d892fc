// rust/library-call: Library call.
import { defineRule } from './defineRule.js';

/** A library function allocates inside. */
export const libraryCall = defineRule({
  id: 'rust/library-call', kind: 'buffer',
  title: 'Library call',
  why: 'A library function allocates inside.',
  unless: null,
  instead: null,
  example: { allocates: 'let addresses = "host:80".to_socket_addrs();', free: null },
});
