// rust/path: New path.
import { defineRule } from './defineRule.js';

/** A path of its own is made. */
export const pathRule = defineRule({
  id: 'rust/path', kind: 'buffer',
  title: 'New path',
  why: 'A path of its own is made.',
  unless: null,
  instead: null,
  example: { allocates: 'let full = dir.join("file");', free: 'let name = path.file_name();' },
});
