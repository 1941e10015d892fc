// The parsing engine behind one interface: text in, flat tree out, incremental when a previous parse of the same document is at hand.
// The only file that makes and frees the parser's own trees.
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { FlatTree } from './flatTree.js';
import type { GrammarProfile, Mask } from './grammar.js';
import { maskEdits } from './maskEdits.js';
import { masked } from './masked.js';
import type { TreeReader } from './reader.js';
import { chooseReader } from './readers.js';
import { startRuntime } from './runtime.js';
import { layoutOf } from './treeLayout.js';

/** One replacement in a document, in UTF-16 offsets of the text before it. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** A parsed document that can be parsed again after edits. Must be disposed: the parser's heap is not garbage collected. */
export interface ParsedDocument {
  readonly tree: FlatTree;
  /**
   * Parses `text`, which is the present text with `edits` applied in order. Null when cancelled: the document stays as it was before.
   * Both documents live on, and each must be disposed.
   */
  reparse(text: string, edits: readonly TextEdit[], cancelled?: () => boolean): ParsedDocument | null;
  dispose(): void;
}

/** Parses one language. One per thread and language. */
export class SourceParser {
  readonly #parser: Parser;
  readonly #reader: TreeReader;

  private constructor(readonly profile: GrammarProfile, parser: Parser, reader: TreeReader) {
    this.#parser = parser;
    this.#reader = reader;
  }

  /**
   * Loads a grammar; starts the runtime (see runtime.ts) when it does not run yet.
   * Rejects with an error that names the language when the bytes are no grammar that the runtime can load.
   */
  static async load(profile: GrammarProfile, grammar: Uint8Array): Promise<SourceParser> {
    const runtime = await startRuntime();
    try {
      if (!isWasm(grammar)) throw new Error(grammar.length === 0 ? 'the file is empty' : 'the file is not WebAssembly');
      const language = await Language.load(grammar);
      const parser = new Parser();
      parser.setLanguage(language);
      return new SourceParser(profile, parser, chooseReader(runtime, language, parser, layoutOf(language, profile), profile.sample));
    } catch (error) {
      throw new Error(`The ${profile.language} grammar cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  /** How trees are read: `memory`, or `cursor` where that was not possible, which costs as much as parsing. */
  get readerName(): TreeReader['name'] {
    return this.#reader.name;
  }

  /** Parses a text once and frees the parser's tree. Null when cancelled. */
  parseOnce(text: string, cancelled?: () => boolean): FlatTree | null {
    const tree = this.#parse(text, this.profile.masks(text), null, cancelled);
    if (tree === null) return null;
    try {
      return new FlatTree(this.#reader.read(tree), text);
    } finally {
      tree.delete();
    }
  }

  /** Parses a document that will be edited. Null when cancelled. */
  open(text: string, cancelled?: () => boolean): ParsedDocument | null {
    const masks = this.profile.masks(text);
    const tree = this.#parse(text, masks, null, cancelled);
    return tree === null ? null : this.#document(tree, text, masks, null);
  }

  /** Frees the parser. */
  dispose(): void {
    this.#parser.delete();
  }

  #document(tree: Tree, text: string, masks: readonly Mask[], before: FlatTree | null): ParsedDocument {
    let live: Tree | null = tree;
    const flat = new FlatTree(this.#reader.read(tree, before), text);
    return {
      tree: flat,
      reparse: (next, edits, cancelled) => {
        if (live === null) return this.open(next, cancelled);
        const nextMasks = this.profile.masks(next);
        const edited = live.copy();
        for (const edit of edits) applyEdit(edited, edit);
        for (const edit of maskEdits(masks, edits, nextMasks)) applyEdit(edited, edit);
        const reparsed = this.#parse(next, nextMasks, edited, cancelled);
        edited.delete();
        return reparsed === null ? null : this.#document(reparsed, next, nextMasks, flat);
      },
      dispose: () => {
        live?.delete();
        live = null;
      },
    };
  }

  #parse(text: string, masks: readonly Mask[], old: Tree | null, cancelled?: () => boolean): Tree | null {
    const tree = this.#parser.parse(chunks(masked(text, masks)), old, cancelled ? { progressCallback: () => cancelled() } : undefined);
    if (tree === null) this.#parser.reset(); // else the next parse would resume the cancelled one
    return tree;
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

/**
 * Tells a tree of an edit. Rows and columns are all zero: the parser finds what it can reuse by offsets, neither grammar's scanner asks for
 * columns, and nobody reads the rows of its nodes.
 */
function applyEdit(tree: Tree, edit: TextEdit): void {
  const origin = { row: 0, column: 0 };
  tree.edit({ startIndex: edit.start, oldEndIndex: edit.oldEnd, newEndIndex: edit.newEnd, startPosition: origin, oldEndPosition: origin, newEndPosition: origin } as Parameters<Tree['edit']>[0]);
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}
