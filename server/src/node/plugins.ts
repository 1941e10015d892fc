// The languages that ship.
import type { LanguagePlugin } from '../analysis/language.js';
import { goPlugin } from '../languages/go/plugin.js';

/** All languages. */
export const plugins: readonly LanguagePlugin[] = [goPlugin];
