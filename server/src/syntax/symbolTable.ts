// Interned names: equal text is the same small integer within one table. Numbers are an implementation detail of a thread
// and must not reach facts or reports, where order and content have to be the same whoever computed them.

/** A table of interned strings. Symbols are positive; 0 is the empty string. */
export class SymbolTable {
  readonly #texts: string[] = [''];
  readonly #lengths: number[] = [0];
  #slots = new Int32Array(1 << 12);
  #hashes = new Int32Array(1 << 12);

  constructor() {
    this.intern('');
  }

  /** Number of symbols handed out; every symbol is below it. */
  get size(): number {
    return this.#texts.length;
  }

  /** The symbol of `text`. */
  intern(text: string): number {
    return text.length === 0 ? 0 : this.internSlice(text, 0, text.length);
  }

  /** The symbol of `text.slice(start, end)`, without making that string when it is known. */
  internSlice(text: string, start: number, end: number): number {
    if (start >= end) return 0;
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    const length = end - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const symbol = this.#slots[slot] as number;
      if (symbol === 0) return this.#add(text.slice(start, end), hash, slot);
      if (this.#hashes[slot] === hash && this.#lengths[symbol] === length && this.#equals(symbol, text, start)) return symbol;
    }
  }

  /** The symbol of `text` if it was interned before, else -1. */
  find(text: string): number {
    if (text.length === 0) return 0;
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const symbol = this.#slots[slot] as number;
      if (symbol === 0) return -1;
      if (this.#hashes[slot] === hash && this.#texts[symbol] === text) return symbol;
    }
  }

  /** The text of a symbol of this table. */
  text(symbol: number): string {
    return this.#texts[symbol] ?? '';
  }

  #equals(symbol: number, text: string, start: number): boolean {
    const known = this.#texts[symbol] as string;
    for (let i = 0; i < known.length; i++) if (known.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
    return true;
  }

  #add(slice: string, hash: number, slot: number): number {
    const symbol = this.#texts.length;
    // A slice keeps its whole source alive in V8; a copy does not.
    this.#texts.push(unshared(slice));
    this.#lengths.push(slice.length);
    this.#slots[slot] = symbol;
    this.#hashes[slot] = hash;
    if (this.#texts.length * 2 > this.#slots.length) this.#grow();
    return symbol;
  }

  #grow(): void {
    const oldSlots = this.#slots;
    const oldHashes = this.#hashes;
    const size = oldSlots.length * 2;
    const mask = size - 1;
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(size);
    for (let i = 0; i < oldSlots.length; i++) {
      const symbol = oldSlots[i] as number;
      if (symbol === 0) continue;
      const hash = oldHashes[i] as number;
      let slot = hash & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = symbol;
      this.#hashes[slot] = hash;
    }
  }
}

/** A copy of `slice` that does not share memory with the string it was cut from (short slices are copied by the engine anyway). */
function unshared(slice: string): string {
  if (slice.length < 13) return slice;
  const units: number[] = [];
  for (let i = 0; i < slice.length; i++) units.push(slice.charCodeAt(i));
  return units.length < 4096 ? String.fromCharCode(...units) : slice;
}
