// One item of a tree as a tree of its own, which keeps nothing of its file alive.
import { FlatTree, type NodeIndex } from './flatTree.js';

/** The item of an isolated tree. */
export const ISOLATED: NodeIndex = 1;

/** A copy of a node with all below it, under a root of the file's kind, over its own text: offsets begin at the node. Comments are left out. */
export function isolate(tree: FlatTree, node: NodeIndex): FlatTree {
  const last = tree.next[node] as number;
  const shift = node - ISOLATED;
  const count = last - shift;
  const base = tree.start[node] as number;
  const text = ownText(tree.text, base, tree.end[node] as number);
  const kind = new Uint16Array(count);
  const field = new Uint8Array(count);
  const start = new Uint32Array(count);
  const end = new Uint32Array(count);
  const parent = new Int32Array(count);
  const next = new Uint32Array(count);
  kind.set(tree.kind.subarray(node, last), ISOLATED);
  field.set(tree.field.subarray(node, last), ISOLATED);
  kind[0] = tree.kind[0] as number;
  end[0] = text.length;
  parent[0] = -1;
  next[0] = count;
  for (let from = node; from < last; from++) {
    const to = from - shift;
    start[to] = (tree.start[from] as number) - base;
    end[to] = (tree.end[from] as number) - base;
    parent[to] = (tree.parent[from] as number) - shift;
    next[to] = (tree.next[from] as number) - shift;
  }
  field[ISOLATED] = 0;
  parent[ISOLATED] = 0;
  const errors = tree.errors.filter((error) => error >= node && error < last).map((error) => error - shift);
  return new FlatTree({ count, kind, field, start, end, parent, next, errors, comments: new Uint32Array(0) }, text);
}

/** A part of a text as a string of its own: a slice would keep the whole text alive. */
export function ownText(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return part.length < 13 ? part : ` ${part}`.slice(1);
}
