// rust/c-string: CString.
import { defineRule } from './defineRule.js';

/** The text is copied, or grows by its final zero. */
export const cString = defineRule({
  id: 'rust/c-string', kind: 'buffer',
  title: 'CString',
  why: 'The text is copied, or grows by its final zero.',
  unless: null,
  instead: 'a c"…" literal, where the text is constant',
  example: { allocates: 'let name = CString::new("name")?;', free: null },
});
