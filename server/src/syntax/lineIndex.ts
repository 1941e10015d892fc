// From UTF-16 offsets to lines and columns. Columns are UTF-16 units, as in the language server protocol's default encoding.

/** A zero-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A range of positions, end exclusive. */
export interface PositionRange {
  readonly start: Position;
  readonly end: Position;
}

/** Line starts of one text. `\n`, `\r\n` and a lone `\r` end a line, as in the protocol. */
export class LineIndex {
  readonly #starts: Uint32Array;
  readonly #length: number;
  readonly #loneReturns: boolean;

  /** Lines of a text that is not at hand, from its line starts and its UTF-16 length. */
  static ofStarts(starts: Uint32Array, length: number): LineIndex {
    return new LineIndex('', starts, length);
  }

  /** @param known the line starts when they are known already; then `text` is not read */
  constructor(text: string, known?: Uint32Array, length = text.length) {
    if (known !== undefined) {
      this.#starts = known;
      this.#length = length;
      this.#loneReturns = false;
      return;
    }
    let starts = new Uint32Array(Math.max(64, text.length >> 4));
    let count = 1;
    const loneReturns = text.includes('\r');
    for (let at = 0; ; ) {
      let end = text.indexOf('\n', at);
      if (loneReturns) {
        const carriage = text.indexOf('\r', at);
        if (carriage >= 0 && (end < 0 || carriage < end - 1)) end = carriage;
      }
      if (end < 0) break;
      at = end + 1;
      if (count === starts.length) {
        const larger = new Uint32Array(count * 2);
        larger.set(starts);
        starts = larger;
      }
      starts[count++] = at;
    }
    this.#starts = starts.subarray(0, count);
    this.#length = text.length;
    this.#loneReturns = loneReturns;
  }

  /** Lines of `text`, in which `inserted` stands in place of what was from `start` to `oldEnd`. Costs a copy of the line starts; texts with `\r` are read anew. */
  edited(text: string, start: number, oldEnd: number, inserted: string): LineIndex {
    if (this.#loneReturns || inserted.includes('\r')) return new LineIndex(text);
    const before = this.#starts;
    const kept = this.lineOf(start) + 1;
    let next = kept;
    while (next < before.length && (before[next] as number) <= oldEnd) next++;
    const added: number[] = [];
    for (let at = inserted.indexOf('\n'); at >= 0; at = inserted.indexOf('\n', at + 1)) added.push(start + at + 1);
    const shift = inserted.length - (oldEnd - start);
    const starts = new Uint32Array(kept + added.length + before.length - next);
    starts.set(before.subarray(0, kept));
    starts.set(added, kept);
    for (let from = next, to = kept + added.length; from < before.length; from++, to++) starts[to] = (before[from] as number) + shift;
    return new LineIndex(text, starts);
  }

  /** Number of lines, at least 1. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Zero-based line that holds `offset`; offsets outside the text are clamped. */
  lineOf(offset: number): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Position of `offset`, clamped to the text. */
  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#length);
    const line = this.lineOf(at);
    return { line, character: at - (this.#starts[line] as number) };
  }

  /** Positions of a range of offsets. */
  range(start: number, end: number): PositionRange {
    return { start: this.position(start), end: this.position(end) };
  }

  /** Offset of a position; lines and columns outside the text are clamped. */
  offset(position: Position): number {
    if (position.line >= this.#starts.length) return this.#length;
    const start = this.#starts[Math.max(position.line, 0)] as number;
    const next = position.line + 1 < this.#starts.length ? (this.#starts[position.line + 1] as number) : this.#length;
    return Math.min(start + Math.max(position.character, 0), Math.max(start, next));
  }

  /** Offset at which a line starts; clamped. */
  lineStart(line: number): number {
    return this.#starts[Math.min(Math.max(line, 0), this.#starts.length - 1)] as number;
  }
}
