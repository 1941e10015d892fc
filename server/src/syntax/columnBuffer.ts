// Scratch columns that a reader fills and reuses from file to file; what it hands out is copied to the exact size.
import type { FlatTreeColumns } from './flatTree.js';

/** Growing columns of a flat tree. A reader writes them by index and calls `reserve` before index `capacity`. */
export class ColumnBuffer {
  capacity = 0;
  kind = new Uint16Array(0);
  field = new Uint8Array(0);
  start = new Uint32Array(0);
  end = new Uint32Array(0);
  parent = new Int32Array(0);
  readonly errors: number[] = [];
  readonly comments: number[] = [];

  constructor(capacity: number) {
    this.reserve(capacity);
  }

  /** Makes room for `capacity` nodes, keeping what is there. Replaces the arrays: take them from the buffer again. */
  reserve(capacity: number): void {
    if (capacity <= this.capacity) return;
    const size = Math.max(capacity, this.capacity * 2);
    this.kind = grown(this.kind, new Uint16Array(size));
    this.field = grown(this.field, new Uint8Array(size));
    this.start = grown(this.start, new Uint32Array(size));
    this.end = grown(this.end, new Uint32Array(size));
    this.parent = grown(this.parent, new Int32Array(size));
    this.capacity = size;
  }

  /** Copies the first `count` nodes out, with `next` worked out from the parents, and empties the lists. */
  take(count: number): FlatTreeColumns {
    const columns: FlatTreeColumns = {
      count,
      kind: this.kind.slice(0, count), field: this.field.slice(0, count), start: this.start.slice(0, count), end: this.end.slice(0, count),
      parent: this.parent.slice(0, count), next: nextOf(this.parent, count),
      errors: new Uint32Array(this.errors), comments: new Uint32Array(this.comments),
    };
    this.errors.length = 0;
    this.comments.length = 0;
    if (this.capacity > LARGEST_KEPT) {
      this.capacity = 0;
      this.reserve(LARGEST_KEPT);
    }
    return columns;
  }
}

/** Nodes for which scratch stays allocated between files (15 bytes each): about a 100,000-line file. */
const LARGEST_KEPT = 1 << 20;

/** The index after each node's subtree. From behind: a node comes after its parent, and what ends last below it comes first. */
function nextOf(parent: Int32Array, count: number): Uint32Array {
  const next = new Uint32Array(count);
  for (let node = count - 1; node >= 0; node--) {
    const after = (next[node] as number) || node + 1;
    next[node] = after;
    const above = parent[node] as number;
    if (above >= 0 && next[above] === 0) next[above] = after;
  }
  return next;
}

function grown<Column extends { set(from: Column): void; readonly length: number; subarray(from: number, to: number): Column }>(from: Column, to: Column): Column {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from);
  return to;
}
