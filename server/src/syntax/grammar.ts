// What the flat tree needs to know about a grammar: which nodes are kept, which are comments, how a text is masked before parsing.

/** The languages Heaplight reads. */
export type LanguageId = 'rust' | 'go';

/** One UTF-16 unit that the parser is shown another in place of. */
export interface Mask {
  readonly at: number;
  /** What the parser sees: one unit. */
  readonly unit: string;
}

/** How one grammar's trees become flat trees. */
export interface GrammarProfile {
  readonly language: LanguageId;
  /** Anonymous tokens that become nodes even when no field holds them. Tokens held by a field always do. */
  readonly tokens: readonly string[];
  /** Kinds that become entries of `comments` and hide their subtree. */
  readonly comments: readonly string[];
  /** Units to be replaced before parsing, ascending: turns syntax that the grammar does not know into syntax it knows. The flat tree keeps the original text. */
  masks(text: string): readonly Mask[];
  /** A text with valid and broken parts on which the ways of reading a tree are held against each other at start-up. */
  readonly sample: string;
}
