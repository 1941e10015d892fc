// Memory for the columns of checked files, used again from unit to unit: fresh arrays of that size cost more to get and to let go than to clear.
import type { FlatTree } from '../../../syntax/flatTree.js';
import type { CheckedFile } from './checkedBody.js';

/** Columns of a node. */
const WIDTH = 4;
/** Smallest array, in nodes. */
const LEAST = 1 << 10;
/** Nodes whose arrays are kept at most: 16 bytes each. */
const MOST = 1 << 20;

/** Arrays by the power of two of their length. */
export class ColumnPool {
  readonly #free: Int32Array[][] = [];
  #kept = 0;
  /** What files that are in use were given. */
  readonly #lent = new WeakMap<CheckedFile, Int32Array>();

  /** Empty columns for a file. */
  take(path: string, tree: FlatTree): CheckedFile {
    const { count } = tree;
    const size = Math.max(LEAST, 1 << (32 - Math.clz32(Math.max(count - 1, 1))));
    const known = this.#free[Math.clz32(size)]?.pop();
    if (known !== undefined) {
      this.#kept -= size;
      known.fill(0, 0, count * WIDTH);
    }
    const all = known ?? new Int32Array(size * WIDTH);
    const columns: CheckedFile = {
      path, tree, type: all.subarray(0, count), ref: all.subarray(count, 2 * count), value: all.subarray(2 * count, 3 * count), convert: all.subarray(3 * count, 4 * count),
    };
    this.#lent.set(columns, all);
    return columns;
  }

  /** Takes columns back that nobody reads any more. */
  giveBack(columns: CheckedFile): void {
    const all = this.#lent.get(columns);
    if (all === undefined) return;
    this.#lent.delete(columns);
    const size = all.length / WIDTH;
    if (this.#kept + size > MOST) return;
    this.#kept += size;
    (this.#free[Math.clz32(size)] ??= []).push(all);
  }
}
