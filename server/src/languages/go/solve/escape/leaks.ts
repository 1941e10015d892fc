// Leak tags: where the value of a parameter may go when its function is called. One small integer per parameter, so that tags are cheap
// to keep, to compare and to write into facts.

/** Eight nibbles: heap, mutator, callee, results 0 … 4. A nibble is 1 + the least number of dereferences on the way, 0 for "does not go there". */
export type LeakTag = number;

/** Destinations a tag speaks of, in nibble order. */
export const enum LeakTo {
  Heap = 0,
  /** The pointer operand of an assignment through a pointer. */
  Mutator = 1,
  /** A function value that is called. */
  Callee = 2,
  Result0 = 3,
}

/** Results a tag can name; a flow to a later one counts as one to the heap (the compiler's own limit). */
export const TAGGED_RESULTS = 5;

/** Goes nowhere. */
export const LEAKS_NOWHERE: LeakTag = 0;
/** The value itself goes to the heap. */
export const LEAKS_TO_HEAP: LeakTag = 1;
/** What a body-less function that is marked `//go:noescape` may do. */
export const LEAKS_NO_ESCAPE: LeakTag = 0x110;

const MOST = 15;

/** Dereferences on the way to a destination, -1 when the value does not go there. */
export function leakDerefs(tag: LeakTag, to: number): number {
  return ((tag >>> (to * 4)) & 15) - 1;
}

/** `tag` with one more flow. */
export function withLeak(tag: LeakTag, to: number, derefs: number): LeakTag {
  const shift = to * 4;
  const old = (tag >>> shift) & 15;
  const value = Math.min(derefs + 1, MOST);
  if (old !== 0 && old <= value) return tag;
  return ((tag & ~(15 << shift)) | (value << shift)) >>> 0;
}

/** `tag` without the flows that the one to the heap makes needless. */
export function simplifiedLeak(tag: LeakTag): LeakTag {
  const heap = tag & 15;
  if (heap === 0) return tag;
  let kept = heap;
  for (let to = 1; to < 8; to++) {
    const value = (tag >>> (to * 4)) & 15;
    if (value !== 0 && value < heap) kept |= value << (to * 4);
  }
  return kept >>> 0;
}
