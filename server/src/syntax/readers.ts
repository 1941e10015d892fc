// Chooses how trees are read: from the runtime's memory where that gives what the cursor gives, else with the cursor.
import type { Language, Parser } from 'web-tree-sitter';
import { readWithCursor } from './cursorReader.js';
import { addressOf, memoryReader } from './memoryReader.js';
import { sameColumns, type TreeReader } from './reader.js';
import type { ParserRuntime } from './runtime.js';
import type { TreeLayout } from './treeLayout.js';

/** The reader that is always right. */
export function cursorReader(layout: TreeLayout): TreeReader {
  return { name: 'cursor', read: (tree) => readWithCursor(tree, layout) };
}

/** The reader of the runtime's memory after a check on `sample` with `parser`, which has the grammar set; else the cursor's. Never throws. */
export function chooseReader(runtime: ParserRuntime, language: Language, parser: Parser, layout: TreeLayout, sample: string): TreeReader {
  const sure = cursorReader(layout);
  if (runtime.memory === null) return sure;
  try {
    const fast = memoryReader(runtime.memory, addressOf(language), layout);
    const tree = fast === null ? null : parser.parse(sample);
    if (fast === null || tree === null) return sure;
    try {
      const read = fast.read(tree);
      return read.count > 1 && sameColumns(read, sure.read(tree)) ? fast : sure;
    } finally {
      tree.delete();
    }
  } catch {
    return sure; // an unknown layout may lead anywhere outside of the memory's views
  }
}
