// How a parser's tree becomes the columns of a flat tree: one interface, two implementations (cursorReader.ts, memoryReader.ts).
import type { Tree } from 'web-tree-sitter';
import type { FlatTreeColumns } from './flatTree.js';

/** Reads a freshly parsed tree. The tree must have been parsed, not only edited: edits move nodes without describing them anew. */
export interface TreeReader {
  /** `memory` reads the runtime's memory (a few per cent of the parse), `cursor` the public interface (as much as the parse). */
  readonly name: 'memory' | 'cursor';
  /**
   * The columns of a tree. With `before` they are of a document that will be edited, and the reading may remember where its subtrees lie: null for the
   * first one, else what was read of the version before, whose tree must still be alive.
   */
  read(tree: Tree, before?: FlatTreeColumns | null): FlatTreeColumns;
}

/** Whether two readings are the same, column by column. */
export function sameColumns(a: FlatTreeColumns, b: FlatTreeColumns): boolean {
  return (
    a.count === b.count && sameNumbers(a.kind, b.kind) && sameNumbers(a.field, b.field) && sameNumbers(a.start, b.start) && sameNumbers(a.end, b.end) &&
    sameNumbers(a.parent, b.parent) && sameNumbers(a.next, b.next) && sameNumbers(a.errors, b.errors) && sameNumbers(a.comments, b.comments)
  );
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
