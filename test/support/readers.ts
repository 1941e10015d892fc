// Both ways of reading a parser's tree, side by side, for tests that hold one against the other.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';
import type { LanguageId } from '../../server/src/syntax/grammar.js';
import { addressOf, memoryReader } from '../../server/src/syntax/memoryReader.js';
import { masked } from '../../server/src/syntax/masked.js';
import { profileOf } from '../../server/src/syntax/profiles.js';
import type { TreeReader } from '../../server/src/syntax/reader.js';
import { cursorReader } from '../../server/src/syntax/readers.js';
import { startRuntime } from '../../server/src/syntax/runtime.js';
import { layoutOf } from '../../server/src/syntax/treeLayout.js';

const require = createRequire(import.meta.url);

/** A grammar with its two readers. Trees that `parse` returns are the caller's to free. */
export interface ReaderPair {
  readonly memory: TreeReader;
  readonly cursor: TreeReader;
  /** With `old`, the edited tree of the text before, incrementally. */
  parse(text: string, old?: Tree): Tree;
}

/** Bytes of a grammar as its package ships them. */
export function grammarBytes(language: LanguageId): Uint8Array {
  return readFileSync(require.resolve(`tree-sitter-${language}/tree-sitter-${language}.wasm`));
}

/** Loads a grammar anew with both readers. Throws when the memory cannot be read. */
export async function readersOf(languageId: LanguageId): Promise<ReaderPair> {
  const { memory } = await startRuntime();
  if (memory === null) throw new Error('the runtime was started by somebody else');
  const profile = profileOf(languageId);
  const language = await Language.load(grammarBytes(languageId));
  const parser = new Parser();
  parser.setLanguage(language);
  const layout = layoutOf(language, profile);
  const fast = memoryReader(memory, addressOf(language), layout);
  if (fast === null) throw new Error('the tables of the grammar are not where they should be');
  return {
    memory: fast,
    cursor: cursorReader(layout),
    parse: (text, old) => {
      const tree = parser.parse(masked(text, profile.masks(text)), old);
      if (tree === null) throw new Error('no tree');
      return tree;
    },
  };
}

/** Texts of the files below `directories` that end in `extension`; a directory that does not exist has none. */
export function* textsBelow(directories: readonly string[], extension: string): Generator<{ readonly path: string; readonly text: string }> {
  for (const directory of directories) {
    let entries;
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) yield* textsBelow([path], extension);
      else if (entry.isFile() && path.endsWith(extension)) yield { path, text: readFileSync(path, 'utf8') };
    }
  }
}
