// The parsing engine behind one interface: text in, flat tree out, incremental when a previous parse of the same document is at hand.
// The only file that makes and frees the parser's own trees.
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { readWithCursor } from './cursorReader.js';
import { FlatTree } from './flatTree.js';
import type { GrammarProfile } from './grammar.js';
import { layoutOf, type TreeLayout } from './treeLayout.js';

/** One replacement in a document, in UTF-16 offsets of the text before it. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** A parsed document that can be parsed again after edits. Must be disposed: the parser's heap is not garbage collected. */
export interface ParsedDocument {
  readonly tree: FlatTree;
  /** Parses `text`, which is the present text with `edits` applied in order. Null when cancelled: the document stays as it was before. */
  reparse(text: string, edits: readonly TextEdit[], cancelled?: () => boolean): ParsedDocument | null;
  dispose(): void;
}

/** Parses one language. One per thread and language. */
export class SourceParser {
  readonly #parser: Parser;
  readonly #layout: TreeLayout;

  private constructor(readonly profile: GrammarProfile, language: Language) {
    this.#parser = new Parser();
    this.#parser.setLanguage(language);
    this.#layout = layoutOf(language, profile);
  }

  /** Loads a grammar. Rejects when the bytes are no grammar that this runtime can load. `Parser.init` must have resolved before. */
  static async load(profile: GrammarProfile, grammar: Uint8Array): Promise<SourceParser> {
    return new SourceParser(profile, await Language.load(grammar));
  }

  /** Parses a text once and frees the parser's tree. Null when cancelled. */
  parseOnce(text: string, cancelled?: () => boolean): FlatTree | null {
    const tree = this.#parse(text, null, cancelled);
    if (tree === null) return null;
    try {
      return this.#flatten(tree, text);
    } finally {
      tree.delete();
    }
  }

  /** Parses a document that will be edited. Null when cancelled. */
  open(text: string, cancelled?: () => boolean): ParsedDocument | null {
    const tree = this.#parse(text, null, cancelled);
    return tree === null ? null : this.#document(tree, text);
  }

  /** Frees the parser. */
  dispose(): void {
    this.#parser.delete();
  }

  #document(tree: Tree, text: string): ParsedDocument {
    let live: Tree | null = tree;
    return {
      tree: this.#flatten(tree, text),
      reparse: (next, edits, cancelled) => {
        if (live === null) return this.open(next, cancelled);
        const edited = live.copy();
        for (const edit of edits) edited.edit(rowlessEdit(edit));
        const reparsed = this.#parse(next, edited, cancelled);
        edited.delete();
        return reparsed === null ? null : this.#document(reparsed, next);
      },
      dispose: () => {
        live?.delete();
        live = null;
      },
    };
  }

  #parse(text: string, old: Tree | null, cancelled?: () => boolean): Tree | null {
    const source = this.profile.mask(text);
    const tree = this.#parser.parse(chunks(source), old, cancelled ? { progressCallback: () => cancelled() } : undefined);
    if (tree === null) this.#parser.reset(); // else the next parse would resume the cancelled one
    return tree;
  }

  #flatten(tree: Tree, text: string): FlatTree {
    return new FlatTree(readWithCursor(tree, this.#layout), text);
  }
}

/** Feeds a text in chunks that never split a surrogate pair, which the parser would take for broken text. */
function chunks(text: string): (index: number) => string | undefined {
  return (index) => {
    if (index >= text.length) return undefined;
    let end = index + 4096;
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last < 0xdc00) end--;
    return text.slice(index, end);
  };
}

/** Rows and columns are not used (offsets decide), so the edit carries zeros. */
function rowlessEdit(edit: TextEdit): Parameters<Tree['edit']>[0] {
  const origin = { row: 0, column: 0 };
  return { startIndex: edit.start, oldEndIndex: edit.oldEnd, newEndIndex: edit.newEnd, startPosition: origin, oldEndPosition: origin, newEndPosition: origin } as Parameters<Tree['edit']>[0];
}
