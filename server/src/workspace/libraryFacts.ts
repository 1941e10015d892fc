// Facts of libraries that nobody edits, kept on the disk from one session to the next: what their sources declare is read once and not once a session.
// Nothing is written while somebody waits; what is damaged, or of another engine, counts as not there.
import type { FactsStore, UnitFacts } from '../analysis/language.js';
import type { LanguageId } from '../syntax/grammar.js';
import { isWithin, type Host } from './host.js';
import type { CacheStorage } from './reportCache.js';

/** Of what is stored. */
const FORMAT = '1';
const NEWLINE = 10;

/** What is stored before the body of facts: a line of its own. */
type Head = readonly [digest: string, language: LanguageId, unit: string, name: string | null, version: number];

/** A store that keeps facts of libraries beyond the session; all others only as the store behind it does. */
export class LibraryFacts implements FactsStore {
  readonly #waiting: UnitFacts[] = [];
  /** Units that were asked for; null for those of which nothing is stored. */
  readonly #known = new Map<string, UnitFacts | null>();
  #storage: CacheStorage | null = null;
  #folder = '';
  /** Told that something waits to be written. */
  onWaiting: (() => void) | null = null;

  /**
   * @param behind asked first, and told of everything
   * @param engine identifies the engine that makes the facts
   * @param places directories below which sources never change, as they are now
   */
  constructor(private readonly behind: FactsStore, private readonly host: Pick<Host, 'encode' | 'decode' | 'hash'>, private readonly engine: string, private readonly places: () => readonly string[]) {}

  /** Where facts are kept; null for nowhere. */
  setStorage(storage: CacheStorage | null): void {
    this.#storage = storage;
    this.#folder = this.host.hash(`facts of libraries ${FORMAT} ${this.engine}`).slice(0, 16);
    this.#known.clear();
    this.#waiting.length = 0;
  }

  load(language: LanguageId, unit: string): UnitFacts | null {
    const here = this.behind.load(language, unit);
    if (here !== null || this.#storage === null || !this.#isLibrary(unit)) return here;
    const key = `${language}:${unit}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size === 0) this.#storage.used(this.#folder);
      known = this.#read(this.#storage, language, unit);
      this.#known.set(key, known);
    }
    return known;
  }

  save(facts: UnitFacts): void {
    this.behind.save(facts);
    if (this.#storage === null || !this.#isLibrary(facts.unit)) return;
    this.#waiting.push(facts);
    if (this.#waiting.length === 1) this.onWaiting?.();
  }

  /** Writes one of the facts that wait; whether more do. Takes milliseconds: for moments at which nobody waits. */
  writeNext(): boolean {
    const facts = this.#waiting.shift();
    if (facts !== undefined) this.#write(facts);
    return this.#waiting.length > 0;
  }

  /** Writes all that wait. */
  writeAll(): void {
    while (this.writeNext());
  }

  #isLibrary(unit: string): boolean {
    return this.places().some((place) => isWithin(place, unit));
  }

  #nameOf(language: LanguageId, unit: string): string {
    return `${this.#folder}/${this.host.hash(`${language}:${unit}`)}`;
  }

  #read(storage: CacheStorage, language: LanguageId, unit: string): UnitFacts | null {
    const bytes = storage.read(this.#nameOf(language, unit));
    const end = bytes?.indexOf(NEWLINE) ?? -1;
    if (bytes === null || end < 0) return null;
    const content = bytes.subarray(end + 1);
    const [digest, of, id, name, version] = headIn(this.host.decode(bytes.subarray(0, end)).text) ?? [];
    if (of !== language || id !== unit || name === undefined || version === undefined || digest !== this.host.hash(content)) return null;
    let text: string | null = this.host.decode(content).text;
    const again = (): string => this.#read(storage, language, unit)?.body ?? '';
    return {
      language, unit, version, ...(name === null ? {} : { name }),
      get body() { // an engine reads it once, and all of them together are large
        const body = text ?? again();
        text = null;
        return body;
      },
    };
  }

  #write({ language, unit, name, version, body }: UnitFacts): void {
    this.#known.delete(`${language}:${unit}`);
    const content = this.host.encode(body);
    const head = this.host.encode(`${JSON.stringify([this.host.hash(content), language, unit, name ?? null, version] satisfies Head)}\n`);
    const all = new Uint8Array(head.length + content.length);
    all.set(head);
    all.set(content, head.length);
    this.#storage?.write(this.#nameOf(language, unit), all);
  }
}

function headIn(line: string): Head | null {
  try {
    const head = JSON.parse(line) as unknown;
    return Array.isArray(head) && head.length === 5 ? (head as unknown as Head) : null;
  } catch {
    return null;
  }
}
