// Names of locals while a body is checked: per symbol the innermost binding, with an undo list. Constant time, no maps.

/** Bindings of symbols to locals. */
export class LocalScope {
  /** Per symbol: 0, or index of its innermost binding. */
  #heads = new Int32Array(4096);
  readonly #symbols: number[] = [0];
  readonly #previous: number[] = [0];
  readonly #locals: number[] = [0];

  /** Opens a block; the result closes it, and tells which bindings are its own. */
  open(): number {
    return this.#symbols.length;
  }

  /** Closes the block that `open` gave this mark for. */
  close(mark: number): void {
    const symbols = this.#symbols;
    while (symbols.length > mark) {
      this.#heads[symbols.pop() as number] = this.#previous.pop() as number;
      this.#locals.pop();
    }
  }

  /** Binds a symbol in the innermost block. */
  bind(symbol: number, local: number): void {
    if (symbol >= this.#heads.length) {
      const wide = new Int32Array(Math.max(symbol + 1, this.#heads.length * 2));
      wide.set(this.#heads);
      this.#heads = wide;
    }
    this.#symbols.push(symbol);
    this.#previous.push(this.#heads[symbol] as number);
    this.#locals.push(local);
    this.#heads[symbol] = this.#symbols.length - 1;
  }

  /** The local that a symbol names, -1 for none. */
  find(symbol: number): number {
    const binding = symbol < this.#heads.length ? (this.#heads[symbol] as number) : 0;
    return binding === 0 ? -1 : (this.#locals[binding] as number);
  }

  /** The local that a symbol names in the block of `mark` or one inside it, -1 for none. */
  findSince(symbol: number, mark: number): number {
    const binding = symbol < this.#heads.length ? (this.#heads[symbol] as number) : 0;
    return binding >= mark && binding !== 0 ? (this.#locals[binding] as number) : -1;
  }
}
