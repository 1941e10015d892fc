// Leak tags as one small integer each, which is how the analysis adds them up; summaries carry them as text (../escapeContract.ts).
import type { LeakTag } from '../escapeContract.js';

/** Eight nibbles: heap, mutator, callee, results 0 … 4. A nibble is 1 + the least number of dereferences on the way, 0 for "does not go there". */
export type LeakBits = number;

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

/** The value itself goes to the heap. */
export const LEAKS_TO_HEAP: LeakBits = 1;
/** Memory that it points to may be written. */
export const LEAKS_TO_MUTATOR: LeakBits = 0x10;
/** What a body-less function that is marked `//go:noescape` may do. */
export const LEAKS_NO_ESCAPE: LeakBits = 0x110;

const MOST = 15;

/** Dereferences on the way to a destination, -1 when the value does not go there. */
export function leakDerefs(tag: LeakBits, to: number): number {
  return ((tag >>> (to * 4)) & 15) - 1;
}

/** `tag` with one more flow. */
export function withLeak(tag: LeakBits, to: number, derefs: number): LeakBits {
  const shift = to * 4;
  const old = (tag >>> shift) & 15;
  const value = Math.min(derefs + 1, MOST);
  if (old !== 0 && old <= value) return tag;
  return ((tag & ~(15 << shift)) | (value << shift)) >>> 0;
}

/** `tag` without the flows that the one to the heap makes needless. */
export function simplifiedLeak(tag: LeakBits): LeakBits {
  const heap = tag & 15;
  if (heap === 0) return tag;
  let kept = heap;
  for (let to = 1; to < 8; to++) {
    const value = (tag >>> (to * 4)) & 15;
    if (value !== 0 && value < heap) kept |= value << (to * 4);
  }
  return kept >>> 0;
}

const read = new Map<LeakTag, LeakBits>();

/** The bits of a tag. */
export function bitsOf(tag: LeakTag): LeakBits {
  const known = read.get(tag);
  if (known !== undefined) return known;
  let bits = 0;
  for (let to = 0; to < tag.length && to < 8; to++) {
    const digit = tag.charCodeAt(to) - 48;
    if (digit >= 0 && digit <= 9) bits = withLeak(bits, to, digit);
  }
  read.set(tag, bits);
  return bits;
}

const written = new Map<LeakBits, LeakTag>();

/** The tag of bits. */
export function tagOf(bits: LeakBits): LeakTag {
  if (bits === 0) return '';
  let tag = written.get(bits);
  if (tag === undefined) written.set(bits, (tag = tagText(bits)));
  return tag;
}

function tagText(bits: LeakBits): LeakTag {
  let tag = '';
  for (let to = 0; to < 8; to++) {
    const derefs = leakDerefs(bits, to);
    tag += derefs < 0 ? '.' : String(Math.min(derefs, 9));
  }
  return tag.replace(/\.+$/, '');
}
