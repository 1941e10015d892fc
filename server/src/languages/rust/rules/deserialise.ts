// rust/deserialise: Deserialising.
import { defineRule } from './defineRule.js';

/** Owned texts, lists and maps of the target are allocated. */
export const deserialise = defineRule({
  id: 'rust/deserialise', kind: 'buffer',
  title: 'Deserialising',
  why: 'Owned texts, lists and maps of the target are allocated.',
  unless: 'the target only borrows',
  instead: null,
  example: { allocates: 'serde_json::from_str::<Config>(text)?;', free: null },
});
