// The languages that ship.
import type { LanguagePlugin } from '../analysis/language.js';
import { goPlugin } from '../languages/go/plugin.js';
import { rustPlugin } from '../languages/rust/plugin.js';

/** All languages. */
export const plugins: readonly LanguagePlugin[] = [goPlugin, rustPlugin];
