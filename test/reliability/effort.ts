// How much of a test is run: a short part in `npm test`, all of it in `npm run test:reliability`.

/** Whether everything is run. */
export const FULL = process.env['HEAPLIGHT_EFFORT'] === 'full';

/** The one or the other. */
export function effort<T>(short: T, full: T): T {
  return FULL ? full : short;
}

/** Where all generators start. */
export const SEED = 20_261_125;

/** Numbers from 0 up to a bound, the same every time for a seed. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `bound`, that left out. */
  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return bound <= 0 ? 0 : Math.floor((this.#state / 2 ** 32) * bound);
  }

  /** One of several. */
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined && values.length === 0) throw new Error('nothing to draw from');
    return value as T;
  }
}
