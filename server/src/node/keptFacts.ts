// Facts that one run keeps, as bytes: threads share them, and a text is made of them only when an engine reads it.
import type { FactsStore, UnitFacts } from '../analysis/language.js';
import type { LanguageId } from '../syntax/grammar.js';

/** Facts as they cross threads. */
export interface PackedFacts {
  readonly language: LanguageId;
  readonly unit: string;
  readonly name: string | null;
  readonly version: number;
  /** UTF-8. */
  readonly body: Uint8Array;
}

/** The facts of a run in one thread. */
export class KeptFacts implements FactsStore {
  readonly #known = new Map<string, UnitFacts>();
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  /**
   * @param arrivals takes in what other threads found out since
   * @param publish tells other threads
   */
  constructor(private readonly arrivals: () => readonly PackedFacts[] = () => [], private readonly publish: (facts: PackedFacts) => void = () => undefined) {}

  load(language: LanguageId, unit: string): UnitFacts | null {
    for (const facts of this.arrivals()) this.add(facts);
    return this.#known.get(`${language}:${unit}`) ?? (unit === '' ? (this.#known.get(`${language}:.`) ?? null) : null);
  }

  save(facts: UnitFacts): void {
    const encoded = this.#encoder.encode(facts.body);
    const body = new Uint8Array(new SharedArrayBuffer(encoded.length));
    body.set(encoded);
    const packed: PackedFacts = { language: facts.language, unit: facts.unit, name: facts.name ?? null, version: facts.version, body };
    this.add(packed);
    this.publish(packed);
  }

  /** Only by id: several units of a workspace may have one name. */
  add({ language, unit, name, version, body }: PackedFacts): void {
    const decoder = this.#decoder;
    this.#known.set(`${language}:${unit}`, {
      language, unit, version, ...(name === null ? {} : { name }),
      get body() { return decoder.decode(body.slice()); }, // shared memory is not decoded in place
    });
  }
}
