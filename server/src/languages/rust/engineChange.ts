// What a new text of a file leaves as it was: its declarations, and the items whose text is the same. Pure.
import type { FlatTree, NodeIndex } from '../../syntax/flatTree.js';
import { ItemKind, type DeclaredFile, type FileFacts } from './declare/facts.js';

/** Whether two texts of a file declare the same: equal facts, and macros with equal texts. */
export function sameDeclarations(before: DeclaredFile, old: FlatTree, after: DeclaredFile, tree: FlatTree): boolean {
  if (!sameFacts(before.facts, after.facts)) return false;
  const { code, items } = after.facts;
  for (let ordinal = 0; ordinal < items.length; ordinal++) {
    const kind = code[items[ordinal] as number];
    if (kind !== ItemKind.MacroCall && kind !== ItemKind.MacroRules) continue;
    if (!sameItem(old, before.nodes[ordinal] as number, tree, after.nodes[ordinal] as number)) return false;
  }
  return true;
}

/** Whether an item reads the same, letter by letter and node by node. */
export function sameItem(old: FlatTree, before: NodeIndex, tree: FlatTree, after: NodeIndex): boolean {
  const from = old.start[before] as number;
  const at = tree.start[after] as number;
  const length = (old.end[before] as number) - from;
  const nodes = (old.next[before] as number) - before;
  if ((tree.end[after] as number) - at !== length || (tree.next[after] as number) - after !== nodes) return false;
  const { kind: was } = old;
  const { kind: is } = tree;
  for (let i = 0; i < nodes; i++) if (was[before + i] !== is[after + i]) return false;
  return old.text.slice(from, from + length) === tree.text.slice(at, at + length);
}

/** Whether two files declare the same, letter by letter. */
export function sameFacts(a: FileFacts, b: FileFacts): boolean {
  return sameValues(a.code, b.code) && sameValues(a.items, b.items) && sameValues(a.names, b.names);
}

function sameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
