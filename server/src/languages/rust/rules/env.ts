// rust/env: Environment.
import { defineRule } from './defineRule.js';

/** What the environment holds is copied. */
export const envRule = defineRule({
  id: 'rust/env', kind: 'buffer',
  title: 'Environment',
  why: 'What the environment holds is copied.',
  unless: null,
  instead: null,
  example: { allocates: 'let home = env::var("HOME");', free: null },
});
