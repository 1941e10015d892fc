// rust/into: into.
import { defineRule } from './defineRule.js';

/** Costs what the conversion into the target type costs. */
export const intoRule = defineRule({
  id: 'rust/into', kind: 'copy',
  title: 'into',
  why: 'Costs what the conversion into the target type costs.',
  unless: 'the buffer can be taken over',
  instead: null,
  example: { allocates: 'let owned: String = "text".into();', free: 'let bytes: Vec<u8> = owned.into();' },
});
