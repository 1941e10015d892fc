// Who does which group: one word a group, shared by all threads and changed by atomic steps alone. The groups at the front of the list are taken
// in its order, by whoever is free; the rest in stretches, one a thread, since groups that lie together import much the same. A thread that is
// through with its own stretch takes from the end of the one with most left. Whoever needs a group first may take it earlier.

const CANCELLED = 0;
const PAUSED = 1;
/** How many threads are at work and do not wait for one another. */
const WORKING = 2;
const HEAD = 3;
/** Added to the owner of a group that is done: with facts that others can read, and without. */
const DONE = 1 << 20;
const DONE_WITHOUT = 1 << 21;

/** How far a group is. */
export type GroupState = 'free' | 'taken' | 'done' | 'doneWithoutFacts';

/** How threads share a list: those before `front` in order, then a stretch for each thread. */
export interface ClaimPlan {
  readonly front: number;
  /** Where the stretches begin, ascending; the first one at `front`. */
  readonly stretches: readonly number[];
}

/** Stretches of much the same size for as many threads. */
export function planOf(sizes: readonly number[], front: number, threads: number): ClaimPlan {
  const total = sizes.slice(front).reduce((sum, size) => sum + size, 0);
  const stretches = [front];
  let before = 0;
  for (let index = front; index < sizes.length && stretches.length < threads; index++) {
    if (index > front && before >= total * stretches.length / threads) stretches.push(index);
    before += sizes[index] as number;
  }
  return { front, stretches };
}

/** Claims over a list of groups that all threads have alike. */
export class GroupClaims {
  /** Bytes of memory that a list of `count` groups needs; memory that is shared lets other threads take part. */
  static bytes(count: number): number {
    return (HEAD + count) * 4;
  }

  readonly #words: Int32Array;
  readonly #stretches: readonly number[];
  #front = 0;
  #frontEnd: number;
  #own: number;
  #ownEnd: number;

  /**
   * @param owner number of the thread, 1 or more: what it takes bears it
   * @param plan by default all are taken in order
   * @param place which stretch is its own
   */
  constructor(memory: SharedArrayBuffer | ArrayBuffer, private readonly owner = 1, plan: ClaimPlan = { front: Infinity, stretches: [] }, place = 0) {
    this.#words = new Int32Array(memory);
    const count = this.#words.length - HEAD;
    this.#frontEnd = Math.min(plan.front, count);
    this.#stretches = [...plan.stretches, count];
    this.#own = plan.stretches[place] ?? count;
    this.#ownEnd = plan.stretches[place + 1] ?? count;
  }

  /** Takes the next group that nobody has; -1 when there is none left. */
  next(): number {
    while (this.#front < this.#frontEnd) if (this.claim(this.#front++)) return this.#front - 1;
    while (this.#own < this.#ownEnd) if (this.claim(this.#own++)) return this.#own - 1;
    for (;;) {
      const index = this.#lastOfFullest();
      if (index < 0 || this.claim(index)) return index;
    }
  }

  /** The last group that nobody has of the stretch where most are free; -1 for none. */
  #lastOfFullest(): number {
    let last = -1;
    let most = 0;
    for (let stretch = 0; stretch + 1 < this.#stretches.length; stretch++) {
      let free = 0;
      let at = -1;
      for (let index = this.#stretches[stretch] as number; index < (this.#stretches[stretch + 1] as number); index++) {
        if (Atomics.load(this.#words, HEAD + index) !== 0) continue;
        free++;
        at = index;
      }
      if (free > most) {
        most = free;
        last = at;
      }
    }
    return last;
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

  /** Says that this thread begins to take groups. */
  enter(): void {
    Atomics.add(this.#words, WORKING, 1);
  }

  /** Says that it takes no more. */
  leave(): void {
    Atomics.sub(this.#words, WORKING, 1);
  }

  /** Blocks this thread, which has entered, for some milliseconds; whether others were at work at their end. Not for the main thread. */
  wait(milliseconds: number): boolean {
    this.leave();
    if (!this.cancelled) Atomics.wait(this.#words, PAUSED, 0, milliseconds);
    const othersWork = Atomics.load(this.#words, WORKING) > 0;
    this.enter();
    return othersWork;
  }

  /** Blocks this thread while a pause lasts. Not for the main thread. */
  waitWhilePaused(): void {
    while (!this.cancelled && Atomics.load(this.#words, PAUSED) !== 0) Atomics.wait(this.#words, PAUSED, 1, 50);
  }
}
