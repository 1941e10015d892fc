// The embedded facts of the standard library: one text, read when first asked, cut into packages when they are.

/** Version of the format; facts of another version are not read. */
export const FACTS_VERSION = 1;

/** Facts by import path. */
export class StandardFacts {
  #text: string | null = null;
  #at: Map<string, readonly [start: number, end: number]> | null = null;

  constructor(private readonly read: () => string | null) {}

  has(path: string): boolean {
    return this.#index().has(path);
  }

  /** Body of a package's facts, null when there is none. */
  body(path: string): string | null {
    const range = this.#index().get(path);
    return range && this.#text !== null ? this.#text.slice(range[0], range[1]) : null;
  }

  /** Import paths, in the order of the text. */
  paths(): readonly string[] {
    return [...this.#index().keys()];
  }

  #index(): ReadonlyMap<string, readonly [number, number]> {
    if (this.#at !== null) return this.#at;
    const index = new Map<string, readonly [number, number]>();
    this.#at = index;
    const text = this.read();
    if (text === null || !text.startsWith(`heaplight-go-facts ${FACTS_VERSION}`)) return index;
    this.#text = text;
    for (let at = text.indexOf('\n\n'); at >= 0;) {
      const start = at + 2;
      const next = text.indexOf('\n\n', start);
      const end = next < 0 ? text.length : next;
      const space = text.indexOf(' ', start);
      if (space > 0 && space < end) index.set(text.slice(start, space), [start, end]);
      at = next;
    }
    return index;
  }
}
