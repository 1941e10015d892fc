// What a reading of the parser's memory remembers for the next reading of the same document: where the larger subtrees lay and which nodes they gave.
// The parser takes over the subtrees that an edit did not touch, at their old addresses; their nodes are then copied instead of read again.
// An address means the same subtree only while the tree that was read before is alive: the caller holds on to it until the next one is read.
import type { FlatTreeColumns } from './flatTree.js';

/** Values of one landmark. */
const enum Slot { Address, Context, FirstNode, EndNode, Position, FirstComment, EndComment, FirstError, EndError, After, Size }

/** Descendants from which a subtree is worth a landmark. */
export const LEAST_DESCENDANTS = 48;

/** The larger subtrees of one reading, in the order of the text, each before those inside of it. */
export class Landmarks {
  #values = new Int32Array(64 * Slot.Size);
  #count = 0;
  #slots: Int32Array | null = null;

  /** Starts a subtree. `context` is what its surroundings make of it: an alias and a field; `position` is the end of what came before, in bytes. */
  open(address: number, context: number, node: number, position: number, comments: number, errors: number): number {
    const at = this.#room(1);
    const values = this.#values;
    values[at + Slot.Address] = address;
    values[at + Slot.Context] = context;
    values[at + Slot.FirstNode] = node;
    values[at + Slot.Position] = position;
    values[at + Slot.FirstComment] = comments;
    values[at + Slot.FirstError] = errors;
    return at;
  }

  /** Ends the subtree that `open` started at `at`. */
  close(at: number, node: number, comments: number, errors: number): void {
    const values = this.#values;
    values[at + Slot.EndNode] = node;
    values[at + Slot.EndComment] = comments;
    values[at + Slot.EndError] = errors;
    values[at + Slot.After] = this.#count;
  }

  /** The landmark of a subtree in the same surroundings, -1 for none. */
  find(address: number, context: number): number {
    const slots = (this.#slots ??= this.#index());
    const values = this.#values;
    const mask = slots.length - 1;
    for (let slot = address & mask; ; slot = (slot + 1) & mask) {
      const at = (slots[slot] as number) - 1;
      if (at < 0) return -1;
      if (values[at + Slot.Address] === address) return values[at + Slot.Context] === context ? at : -1;
    }
  }

  /** Places of the landmarks, one up, hashed by their addresses. */
  #index(): Int32Array {
    const values = this.#values;
    let size = 64;
    while (size * Slot.Size < this.#count * 2) size *= 2;
    const slots = new Int32Array(size);
    const mask = size - 1;
    for (let at = 0; at < this.#count; at += Slot.Size) {
      let slot = (values[at + Slot.Address] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = at + 1;
    }
    return slots;
  }

  /** Number of nodes of a landmark. */
  nodesOf(at: number): number {
    return (this.#values[at + Slot.EndNode] as number) - (this.#values[at + Slot.FirstNode] as number);
  }

  /** Copies the nodes of landmark `at` of `from`, read into `old`, into `to` from node `count` on; takes the landmark over. */
  copy(from: Landmarks, at: number, old: FlatTreeColumns, to: CopyTarget, count: number, owner: number, position: number): void {
    const values = from.#values;
    const first = values[at + Slot.FirstNode] as number;
    const last = values[at + Slot.EndNode] as number;
    const nodes = count - first;
    const units = (position - (values[at + Slot.Position] as number)) >> 1;
    to.kind.set(old.kind.subarray(first, last), count);
    to.field.set(old.field.subarray(first, last), count);
    const { start, end, parent } = to;
    for (let node = first; node < last; node++) {
      start[node + nodes] = (old.start[node] as number) + units;
      end[node + nodes] = (old.end[node] as number) + units;
      const above = old.parent[node] as number;
      parent[node + nodes] = above < first ? owner : above + nodes;
    }
    const { comments, errors } = to;
    const moved = { comments: comments.length - (values[at + Slot.FirstComment] as number), errors: errors.length - (values[at + Slot.FirstError] as number) };
    for (let i = values[at + Slot.FirstComment] as number, stop = values[at + Slot.EndComment] as number; i < stop; i++) comments.push((old.comments[i] as number) + units);
    for (let i = values[at + Slot.FirstError] as number, stop = values[at + Slot.EndError] as number; i < stop; i++) errors.push((old.errors[i] as number) + nodes);
    this.#adopt(values, at, nodes, units * 2, moved);
  }

  #adopt(values: Int32Array, at: number, nodes: number, bytes: number, moved: { readonly comments: number; readonly errors: number }): void {
    const stop = values[at + Slot.After] as number;
    const shift = this.#room((stop - at) / Slot.Size) - at;
    const own = this.#values;
    for (let from = at; from < stop; from += Slot.Size) {
      const to = from + shift;
      own[to + Slot.Address] = values[from + Slot.Address] as number;
      own[to + Slot.Context] = values[from + Slot.Context] as number;
      own[to + Slot.FirstNode] = (values[from + Slot.FirstNode] as number) + nodes;
      own[to + Slot.EndNode] = (values[from + Slot.EndNode] as number) + nodes;
      own[to + Slot.Position] = (values[from + Slot.Position] as number) + bytes;
      own[to + Slot.FirstComment] = (values[from + Slot.FirstComment] as number) + moved.comments;
      own[to + Slot.EndComment] = (values[from + Slot.EndComment] as number) + moved.comments;
      own[to + Slot.FirstError] = (values[from + Slot.FirstError] as number) + moved.errors;
      own[to + Slot.EndError] = (values[from + Slot.EndError] as number) + moved.errors;
      own[to + Slot.After] = (values[from + Slot.After] as number) + shift;
    }
  }

  /** Makes room for further landmarks; gives the place of the first. */
  #room(count: number): number {
    const at = this.#count;
    this.#count += count * Slot.Size;
    if (this.#count > this.#values.length) {
      const larger = new Int32Array(Math.max(this.#count, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    return at;
  }
}

/** Where copied nodes go. */
export interface CopyTarget {
  readonly kind: Uint16Array;
  readonly field: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Int32Array;
  readonly comments: number[];
  readonly errors: number[];
}
