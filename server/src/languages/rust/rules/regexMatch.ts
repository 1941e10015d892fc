// rust/regex-match: Matching.
import { defineRule } from './defineRule.js';

/** Slots, caches or replaced text are allocated. */
export const regexMatch = defineRule({
  id: 'rust/regex-match', kind: 'buffer',
  title: 'Matching',
  why: 'Slots, caches or replaced text are allocated.',
  unless: null,
  instead: null,
  example: { allocates: 'regex.captures(text);', free: null },
});
