// Steps over the flat tree that the files of this folder share.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';

/** Last child of a node, NO_NODE for a leaf. */
export function lastChild(tree: { readonly next: Uint32Array }, node: NodeIndex): NodeIndex {
  let last = NO_NODE;
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) last = child;
  return last;
}
