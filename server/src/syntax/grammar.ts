// What the flat tree needs to know about a grammar: which nodes are kept, which are comments, how a text is masked before parsing.

/** The languages Heaplight reads. */
export type LanguageId = 'rust' | 'go';

/** How one grammar's trees become flat trees. */
export interface GrammarProfile {
  readonly language: LanguageId;
  /** Anonymous tokens that become nodes even when no field holds them. Tokens held by a field always do. */
  readonly tokens: readonly string[];
  /** Kinds that become entries of `comments` and hide their subtree. */
  readonly comments: readonly string[];
  /**
   * Offsets whose unit is replaced by `W` before parsing, ascending: turns syntax newer than the grammar into syntax it knows.
   * The flat tree keeps the original text.
   */
  masks(text: string): readonly number[];
  /** A text with valid and broken parts on which the ways of reading a tree are held against each other at start-up. */
  readonly sample: string;
}
