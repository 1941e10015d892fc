// Rust as the mains hand it to the workspace.
import type { LanguagePlugin } from '../../analysis/language.js';
import { RustEngine } from './engine.js';
import { rustRules } from './rules/index.js';

/** The Rust language. */
export const rustPlugin: LanguagePlugin = {
  id: 'rust',
  extensions: ['.rs'],
  rules: rustRules.documentation,
  createEngine: (environment) => new RustEngine(environment, rustRules),
};
