// rust/text: Text conversion.
import { defineRule } from './defineRule.js';

/** The converted text is new, even when nothing changes. */
export const textRule = defineRule({
  id: 'rust/text', kind: 'copy',
  title: 'Text conversion',
  why: 'The converted text is new, even when nothing changes.',
  unless: 'the text is empty',
  instead: 'compare with eq_ignore_ascii_case where only a comparison is meant',
  example: { allocates: 'let upper = text.to_uppercase();', free: 'let same = a.eq_ignore_ascii_case(b);' },
});
