// A mask depends on the text behind it, so an edit can change masks outside of itself: typing `{1}` after `new([]int` masks the `new`.
// The parser reuses what it is not told about; these are the places it has to be told about.

import type { Mask } from './grammar.js';

/** An edit as parser.ts describes it; offsets of the text before it. */
interface Edit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Edits of one unit, in offsets of the new text, at each mask that came or went although its unit was not edited. */
export function maskEdits(before: readonly Mask[], edits: readonly Edit[], after: readonly Mask[]): readonly Edit[] {
  if (before.length === 0 && after.length === 0) return [];
  const moved: number[] = [];
  for (const mask of before) {
    const at = movedBy(mask.at, edits);
    if (at >= 0) moved.push(at);
  }
  const changes: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < moved.length || j < after.length) {
    const old = moved[i] ?? Infinity;
    const present = after[j]?.at ?? Infinity;
    if (old !== present) {
      const at = Math.min(old, present);
      changes.push({ start: at, oldEnd: at + 1, newEnd: at + 1 });
    }
    if (old <= present) i++;
    if (present <= old) j++;
  }
  return changes;
}

/** Where a unit is after the edits; -1 when one of them replaced it. */
function movedBy(offset: number, edits: readonly Edit[]): number {
  let at = offset;
  for (const { start, oldEnd, newEnd } of edits) {
    if (at < start) continue;
    if (at < oldEnd) return -1;
    at += newEnd - oldEnd;
  }
  return at;
}
