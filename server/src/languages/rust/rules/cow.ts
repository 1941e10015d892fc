// rust/cow: Copy on write.
import { defineRule } from './defineRule.js';

/** Borrowed content is copied when an owned value is asked for. */
export const cow = defineRule({
  id: 'rust/cow', kind: 'copy',
  title: 'Copy on write',
  why: 'Borrowed content is copied when an owned value is asked for.',
  unless: 'the content is owned already',
  instead: null,
  example: { allocates: 'let own = text.into_owned();', free: 'let view = Cow::Borrowed("text");' },
});
