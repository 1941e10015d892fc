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
   * Replaces syntax newer than the grammar by syntax it knows, keeping the length; the flat tree keeps the original text.
   * Returns the text itself when there is nothing to replace.
   */
  mask(text: string): string;
}
