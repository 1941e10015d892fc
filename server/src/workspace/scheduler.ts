// Runs work that comes in small steps without keeping the thread: after each slice of time, pending events are let in.
import type { Cancellation, Host } from './host.js';

/** Milliseconds of work between two pauses. A cancellation or a key stroke waits at most this long plus one step. */
export const SLICE_MS = 8;

/** Lets events in when a slice of time is used up. */
export class Pacer {
  #sliceEnd: number;

  constructor(private readonly host: Host, private readonly sliceMs = SLICE_MS) {
    this.#sliceEnd = host.now() + sliceMs;
  }

  /** Resolves at once, or after pending events when the slice is over. */
  async breathe(): Promise<void> {
    if (this.host.now() < this.#sliceEnd) return;
    await this.host.pause();
    this.#sliceEnd = this.host.now() + this.sliceMs;
  }

  /** Whether the slice is over, for loops that would rather not await at each step. */
  get due(): boolean {
    return this.host.now() >= this.#sliceEnd;
  }
}

/** Takes steps until they end; false when cancelled before. Rejects with what a step throws. */
export async function runSteps(steps: Iterator<void>, pacer: Pacer, cancellation: Cancellation): Promise<boolean> {
  for (;;) {
    if (cancellation.cancelled) return false;
    if (steps.next().done === true) return true;
    if (pacer.due) await pacer.breathe();
  }
}
