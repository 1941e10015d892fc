// A tree of a text that was parsed without some of its parts, in the positions of the whole text.
import { FlatTree } from './flatTree.js';

/** Parses a text without `parts` (start and end of each, in order): a blank stands for each. The tree's text is the whole one. */
export function parsePartial(text: string, parts: readonly number[], parse: (text: string) => FlatTree | null): FlatTree | null {
  if (parts.length === 0) return parse(text);
  const pieces: string[] = [];
  /** By part: where its blank ends in the text that is parsed, and how far what follows stands from where it is in the whole. */
  const after = new Uint32Array(parts.length / 2);
  const shift = new Uint32Array(parts.length / 2);
  let from = 0;
  let left = 0;
  for (let i = 0; i < after.length; i++) {
    const start = parts[i * 2] as number;
    const end = parts[i * 2 + 1] as number;
    pieces.push(text.slice(from, start));
    from = end;
    left += end - start - 1;
    after[i] = end - left;
    shift[i] = left;
  }
  pieces.push(text.slice(from));
  const tree = parse(pieces.join(' '));
  if (tree === null) return null;
  const { count, start, end, comments } = tree;
  let next = 0; // the first part that does not come before the node
  for (let node = 0; node < count; node++) {
    const first = start[node] as number;
    while (next < after.length && (after[next] as number) <= first) next++;
    const last = end[node] as number;
    if (next > 0) start[node] = first + (shift[next - 1] as number);
    const at = next === after.length || last < (after[next] as number) ? next : partsBefore(after, last, next);
    if (at > 0) end[node] = last + (shift[at - 1] as number);
  }
  for (let i = 0; i < comments.length; i++) {
    const at = partsBefore(after, comments[i] as number, 0);
    if (at > 0) comments[i] = (comments[i] as number) + (shift[at - 1] as number);
  }
  return new FlatTree(tree, text);
}

/** How many parts, `from` of which are known to, come before a position. */
function partsBefore(after: Uint32Array, position: number, from: number): number {
  let low = from;
  let high = after.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((after[middle] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
