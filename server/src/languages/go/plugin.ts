// Go as the workspace takes it.
import type { LanguagePlugin } from '../../analysis/language.js';
import { createGoEngine } from './engine.js';
import { goRules } from './rules/index.js';

/** The Go language. */
export const goPlugin: LanguagePlugin = { id: 'go', extensions: ['.go'], rules: goRules, createEngine: createGoEngine };
