// Fills a flat tree through the public cursor: slow (about the cost of the parse again) and always right. The reference for other readers.
import type { Tree } from 'web-tree-sitter';
import { ERROR_KIND, type FlatTreeColumns } from './flatTree.js';
import { NodeFate, type TreeLayout } from './treeLayout.js';

/** Reads a tree with `TreeCursor`. */
export function readWithCursor(tree: Tree, layout: TreeLayout): FlatTreeColumns {
  const kinds: number[] = [];
  const fields: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const parents: number[] = [];
  const nexts: number[] = [];
  const errors: number[] = [];
  const comments: number[] = [];
  const open: number[] = []; // kept index of each ancestor of the cursor, or that of its nearest kept ancestor
  const cursor = tree.walk();
  let descended = true;
  for (;;) {
    if (descended) {
      const raw = cursor.nodeTypeId;
      const parent = open.length > 0 ? (open[open.length - 1] as number) : -1;
      const isError = raw === ERROR_KIND;
      const missing = cursor.nodeIsMissing;
      const fate = isError || missing ? NodeFate.Keep : (layout.fate[raw] as NodeFate);
      const field = cursor.currentFieldId;
      if (fate === NodeFate.Comment) {
        comments.push(cursor.startIndex, cursor.endIndex);
        descended = false;
      } else if (fate === NodeFate.Keep || field !== 0 || parent < 0) {
        const index = kinds.length;
        kinds.push(isError ? ERROR_KIND : (layout.canonical[raw] as number));
        fields.push(field);
        starts.push(cursor.startIndex);
        ends.push(cursor.endIndex);
        parents.push(parent);
        nexts.push(0);
        if (isError || missing) errors.push(index);
        if (cursor.gotoFirstChild()) {
          open.push(index);
          continue;
        }
        nexts[index] = index + 1;
        descended = false;
      } else descended = false;
    }
    if (cursor.gotoNextSibling()) {
      descended = true;
      continue;
    }
    if (!cursor.gotoParent()) break;
    const closed = open.pop();
    if (closed !== undefined) nexts[closed] = kinds.length;
  }
  cursor.delete();
  return {
    count: kinds.length,
    kind: Uint16Array.from(kinds), field: Uint8Array.from(fields), start: Uint32Array.from(starts), end: Uint32Array.from(ends),
    parent: Int32Array.from(parents), next: Uint32Array.from(nexts), errors: Uint32Array.from(errors), comments: Uint32Array.from(comments),
  };
}
