// What a text's syntax keeps an analysis from seeing, as problems of its report. Language-neutral; knows trees, not what they mean.
import type { FlatTree } from '../syntax/flatTree.js';
import type { Problem } from './site.js';

/** Problems of one kind that a report lists at most. */
const MOST = 20;
/** Levels of nesting that analyses follow; parts that begin where the part around them begins, such as terms of a sum, count as one. */
export const DEEPEST_NESTING = 250;

let levels = new Uint32Array(1 << 12);

/** Places with broken syntax, and places that are nested too deeply to be followed. */
export function syntaxProblems(tree: FlatTree): Problem[] {
  const problems: Problem[] = [];
  for (const error of tree.errors.subarray(0, MOST)) problems.push({ message: 'Broken syntax; allocations here may be missing.', start: tree.start[error] as number, end: tree.end[error] as number });
  const { count, parent, start, next } = tree;
  if (levels.length < count) levels = new Uint32Array(count * 2);
  let deep = 0;
  for (let node = 1; node < count; node++) {
    const above = parent[node] as number;
    const level = (levels[above] as number) + (start[node] === start[above] ? 0 : 1);
    levels[node] = level;
    if (level <= DEEPEST_NESTING) continue;
    if (deep++ < MOST) problems.push({ message: `Nested deeper than ${DEEPEST_NESTING} levels; allocations inside may be missing.`, start: start[above] as number, end: tree.end[above] as number });
    node = (next[above] as number) - 1;
  }
  return problems;
}
