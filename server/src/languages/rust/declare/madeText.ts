// The text of a file with what its macros make behind it, and which parts of that are the file's own.
import type { Expansion } from './macroRules.js';

/** Grows by what macros make. */
export class MadeText {
  readonly #written: number;
  readonly #parts: string[] = [];
  #text: string;
  #length: number;
  /** Start and end of parts that are the file's own, ascending, how far away from there the file has them, and the number of the run that they are in. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #moves: number[] = [];
  readonly #runs: number[] = [];
  #run = 0;
  /** Where the range that was placed last stands: in the file where that has it, else as it was given. */
  start = 0;
  end = 0;

  constructor(file: string) {
    this.#text = file;
    this.#written = file.length;
    this.#length = file.length;
  }

  /** Adds what a macro makes that is given the text at `input`; where it begins. */
  add({ text, origins }: Expansion, input: number): number {
    const at = this.#length;
    const known = this.#starts.length;
    for (let i = 0; i < origins.length; i += 3) {
      const start = at + (origins[i] as number);
      const from = input + (origins[i + 2] as number);
      const to = from + (origins[i + 1] as number) - (origins[i] as number);
      if (from < this.#written) {
        this.#addPart(start, start + to - from, from, text, at);
        continue;
      }
      // the input is made itself: what of it is the file's own
      for (let part = Math.max(this.#partAt(from), 0); part < known && (this.#starts[part] as number) < to; part++) {
        const low = Math.max(from, this.#starts[part] as number);
        const high = Math.min(to, this.#ends[part] as number);
        if (high > low) this.#addPart(start + low - from, start + high - from, low + (this.#moves[part] as number), text, at);
      }
    }
    this.#parts.push(text);
    this.#length += text.length;
    return at;
  }

  /** @param from where the file has the part */
  #addPart(start: number, end: number, from: number, text: string, at: number): void {
    const last = this.#ends.length - 1;
    // tokens that were handed in one after the other (`$($tokens:tt)*`) and stand together again
    const follows = last >= 0 && (this.#starts[last] as number) >= at && from >= (this.#ends[last] as number) + (this.#moves[last] as number) && isBlank(text, (this.#ends[last] as number) - at, start - at);
    if (!follows) this.#run++;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#moves.push(from - start);
    this.#runs.push(this.#run);
  }

  /** Finds where a range stands, for `start` and `end`; whether the file has it. */
  place(start: number, end: number): boolean {
    this.start = start;
    this.end = end;
    if (end <= this.#written) return true;
    if (start < this.#written) return false;
    const first = this.#partAt(start);
    const last = end === start ? first : this.#partAt(end - 1);
    if (first < 0 || last < 0 || this.#runs[first] !== this.#runs[last] || start > (this.#ends[first] as number) || end > (this.#ends[last] as number)) return false;
    this.start = start + (this.#moves[first] as number);
    this.end = end + (this.#moves[last] as number);
    return true;
  }

  /** The last part that begins at an offset or before it; -1 for none. */
  #partAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return high >= 0 && (this.#starts[low] as number) <= offset ? low : -1;
  }

  /** The file's text and all that was added. */
  get text(): string {
    if (this.#parts.length > 0) this.#text += this.#parts.splice(0).join('');
    return this.#text;
  }
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) > 32) return false;
  return true;
}
