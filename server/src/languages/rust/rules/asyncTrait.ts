// rust/async-trait: async_trait call.
import { defineRule } from './defineRule.js';

/** Each call of an async_trait method boxes its future. */
export const asyncTrait = defineRule({
  id: 'rust/async-trait', kind: 'box',
  title: 'async_trait call',
  why: 'Each call of an async_trait method boxes its future.',
  unless: null,
  instead: 'a native async fn in a trait boxes nothing, where no dyn is needed',
  example: { allocates: 'service.call().await;', free: null },
});
