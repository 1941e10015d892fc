// Builds FileFacts: a growing column of integers and the file's table of names.
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { FileFacts } from './facts.js';

/** Writes the code of one file. Reused between files by `reset`. */
export class CodeWriter {
  code = new Int32Array(1 << 12);
  size = 0;
  readonly #names: number[] = [];
  readonly #items: number[] = [];
  #local = new Int32Array(1 << 12);

  constructor(readonly symbols: SymbolTable) {}

  put(value: number): void {
    if (this.size === this.code.length) {
      const larger = new Int32Array(this.size * 2);
      larger.set(this.code);
      this.code = larger;
    }
    this.code[this.size++] = value;
  }

  /** Writes a name as its index in the file's table. */
  name(symbol: number): void {
    if (symbol >= this.#local.length) {
      const larger = new Int32Array(Math.max(symbol + 1, this.#local.length * 2));
      larger.set(this.#local);
      this.#local = larger;
    }
    let index = this.#local[symbol] as number;
    if (index === 0) {
      this.#names.push(symbol);
      index = this.#names.length;
      this.#local[symbol] = index;
    }
    this.put(index - 1);
  }

  /** Writes a place to be filled later and returns it. */
  hole(): number {
    this.put(0);
    return this.size - 1;
  }

  fill(hole: number, value: number): void {
    this.code[hole] = value;
  }

  /** Starts an item; returns its ordinal. */
  item(): number {
    this.#items.push(this.size);
    return this.#items.length - 1;
  }

  itemOffset(ordinal: number): number {
    return this.#items[ordinal] as number;
  }

  /** The facts written since the last call. */
  finish(): FileFacts {
    const facts: FileFacts = { names: this.#names.slice(), code: this.code.slice(0, this.size), items: Int32Array.from(this.#items) };
    for (const symbol of this.#names) this.#local[symbol] = 0;
    this.#names.length = 0;
    this.#items.length = 0;
    this.size = 0;
    return facts;
  }
}
