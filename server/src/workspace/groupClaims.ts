// Who does which group: one cursor over a list and one word a group, shared by all threads and changed by atomic steps alone.
// A group is taken in the order of the list, or earlier by whoever needs it first.

const CURSOR = 0;
const CANCELLED = 1;
const PAUSED = 2;
const HEAD = 3;
/** Added to the owner of a group that is done: with facts that others can read, and without. */
const DONE = 1 << 20;
const DONE_WITHOUT = 1 << 21;

/** How far a group is. */
export type GroupState = 'free' | 'taken' | 'done' | 'doneWithoutFacts';

/** Claims over a list of groups that all threads have alike. */
export class GroupClaims {
  /** Bytes of memory that a list of `count` groups needs; memory that is shared lets other threads take part. */
  static bytes(count: number): number {
    return (HEAD + count) * 4;
  }

  readonly #words: Int32Array;

  /** @param owner number of the thread, 1 or more: what it takes bears it */
  constructor(memory: SharedArrayBuffer | ArrayBuffer, private readonly owner = 1) {
    this.#words = new Int32Array(memory);
  }

  /** Takes the next group that nobody has; -1 when there is none left. */
  next(): number {
    for (;;) {
      const index = Atomics.add(this.#words, CURSOR, 1);
      if (index >= this.#words.length - HEAD) return -1;
      if (this.claim(index)) return index;
    }
  }

  /** Takes a certain group; false when another has it or had it. */
  claim(index: number): boolean {
    return Atomics.compareExchange(this.#words, HEAD + index, 0, this.owner) === 0;
  }

  /** Says that a group of this thread is done. */
  finish(index: number, hasFacts: boolean): void {
    Atomics.store(this.#words, HEAD + index, this.owner + (hasFacts ? DONE : DONE_WITHOUT));
  }

  state(index: number): GroupState {
    const word = Atomics.load(this.#words, HEAD + index);
    return word === 0 ? 'free' : word >= DONE_WITHOUT ? 'doneWithoutFacts' : word >= DONE ? 'done' : 'taken';
  }

  isMine(index: number): boolean {
    return Atomics.load(this.#words, HEAD + index) % DONE === this.owner;
  }

  /** The groups that a thread took, done or not. */
  takenBy(owner: number): number[] {
    const taken: number[] = [];
    for (let index = 0; index < this.#words.length - HEAD; index++) if (Atomics.load(this.#words, HEAD + index) % DONE === owner) taken.push(index);
    return taken;
  }

  /** Gives a group that a thread took to another. */
  give(index: number, owner: number): void {
    Atomics.store(this.#words, HEAD + index, owner);
  }

  get cancelled(): boolean {
    return Atomics.load(this.#words, CANCELLED) !== 0;
  }

  cancel(): void {
    Atomics.store(this.#words, CANCELLED, 1);
    this.pause(false);
  }

  /** Holds all threads at their next step, or lets them go on. */
  pause(paused: boolean): void {
    Atomics.store(this.#words, PAUSED, paused ? 1 : 0);
    if (!paused) Atomics.notify(this.#words, PAUSED);
  }

  /** Blocks this thread for some milliseconds. Not for the main thread. */
  wait(milliseconds: number): void {
    if (!this.cancelled) Atomics.wait(this.#words, PAUSED, 0, milliseconds);
  }

  /** Blocks this thread while a pause lasts. Not for the main thread. */
  waitWhilePaused(): void {
    while (!this.cancelled && Atomics.load(this.#words, PAUSED) !== 0) Atomics.wait(this.#words, PAUSED, 1, 50);
  }
}
