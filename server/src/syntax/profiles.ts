// The profiles of the grammars that ship with Heaplight.
import type { GrammarProfile, LanguageId } from './grammar.js';
import { maskNewExpressions } from './maskNew.js';

/** Profile of tree-sitter-rust. */
export const rustProfile: GrammarProfile = {
  language: 'rust',
  tokens: ['mut', 'async', 'move', 'unsafe', 'ref', 'dyn', 'const', 'static', '-', '*', '!', '&', '..', '..=', '?', '_'],
  comments: ['line_comment', 'block_comment'],
  mask: (text) => text,
};

/** Profile of tree-sitter-go. */
export const goProfile: GrammarProfile = {
  language: 'go',
  tokens: ['...', '<-', '~', '*', ':=', '='],
  comments: ['comment'],
  mask: maskNewExpressions,
};

/** The profile of a language. */
export function profileOf(language: LanguageId): GrammarProfile {
  return language === 'rust' ? rustProfile : goProfile;
}
