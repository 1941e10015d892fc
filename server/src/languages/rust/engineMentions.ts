// From the names of what an edit changed to the functions that it can concern: by the texts of the files, and by what mentions what in turn.
import type { FlatTree, NodeIndex } from '../../syntax/flatTree.js';
import { NO_NODE } from '../../syntax/flatTree.js';
import { RustField } from '../../syntax/kinds/rust.generated.js';
import type { SymbolTable } from '../../syntax/symbolTable.js';
import { ItemFlag, ItemKind } from './declare/facts.js';
import { touch, type Touched } from './engineDeclarations.js';
import type { LoadedFile } from './resolve/definitions.js';
import type { DefId } from './types/typeTable.js';

/** Names beyond which it is cheaper to take everything for concerned. */
const MAX_NAMES = 600;

/** A file with its present text. */
export interface MentionFile {
  readonly file: LoadedFile;
  readonly tree: FlatTree;
}

/** Functions that mention one of the names, or something declared by means of them; null for everything. */
export function concernedBy(names: Iterable<number>, files: readonly MentionFile[], symbols: SymbolTable): Set<DefId> | null {
  const found = new Set<DefId>();
  const queue = new Set(names);
  const tables = new Map<LoadedFile, Int32Array>();
  for (const name of queue) {
    const text = symbols.text(name);
    if (text === '' || text === '_') continue;
    if (queue.size > MAX_NAMES) return null;
    for (const { file, tree } of files) {
      for (let at = tree.text.indexOf(text); at >= 0; at = tree.text.indexOf(text, at + text.length)) {
        if (isWord(tree.text.charCodeAt(at - 1)) || isWord(tree.text.charCodeAt(at + text.length))) continue;
        let starts = tables.get(file);
        if (starts === undefined) tables.set(file, (starts = writtenItems(file)));
        mention(file, tree, starts, at, queue, found);
      }
    }
  }
  return found;
}

/** Ordinals of a file's items in the order of their text; what derives wrote is not written anywhere. */
function writtenItems({ facts: { code, items } }: LoadedFile): Int32Array {
  return Int32Array.from(Array.from(items, (_, ordinal) => ordinal).filter((ordinal) => ((code[(items[ordinal] as number) + 2] as number) & ItemFlag.Derived) === 0));
}

function mention(file: LoadedFile, tree: FlatTree, written: Int32Array, at: number, names: Set<number>, found: Set<DefId>): void {
  const declared = file.declared;
  if (declared === null) return;
  const { code, items } = file.facts;
  let low = 0;
  let high = written.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tree.start[declared.nodes[written[middle] as number] as number] as number) <= at) low = middle;
    else high = middle - 1;
  }
  let ordinal = written[low] ?? 0;
  while (ordinal > 0 && ((tree.end[declared.nodes[ordinal] as number] as number) <= at || code[items[ordinal] as number] === ItemKind.BlockScope)) ordinal = code[(items[ordinal] as number) + 5] as number;
  if (ordinal <= 0) return;
  if (code[items[ordinal] as number] === ItemKind.Function && isInBody(tree, declared.nodes[ordinal] as number, at)) {
    found.add(file.defs[ordinal] as number);
    return;
  }
  const touched: Touched = { names, functions: new Set(), file: false, everything: false };
  touch(file, ordinal, false, touched);
  for (const one of touched.functions) found.add(file.defs[one] as number);
}

function isInBody(tree: FlatTree, node: NodeIndex, at: number): boolean {
  const body = tree.childByField(node, RustField.Body);
  return body !== NO_NODE && at >= (tree.start[body] as number);
}

/** Whether a unit can be part of a name; letters beyond ASCII are left to the safe side. */
function isWord(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
}
