// The facts of crates that an engine was handed by its store: found by directory or by name, read once, and what is wrong with them told.
import type { FactsStore, UnitFacts } from '../../../analysis/language.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { joinedPath } from '../layout/paths.js';
import { FACTS_VERSION, readCrateFacts, type CrateFacts } from './crateFacts.js';

/** Facts of a crate with the directory of its package. */
export interface ImportedCrate {
  readonly directory: string;
  readonly facts: CrateFacts;
}

/** Facts by unit and by name. */
export class ImportedFacts {
  readonly #found = new Map<string, ImportedCrate | null>();
  readonly #read = new Map<UnitFacts, ImportedCrate | null>();
  readonly #problems = new Map<string, string>();

  constructor(private readonly store: FactsStore, private readonly symbols: SymbolTable) {}

  /** Facts of the package in a directory, else of the crate of a name; null when there are none that can be used. */
  find(directory: string | null, name: string | null): ImportedCrate | null {
    return (directory === null ? null : this.#load(directory)) ?? (name === null ? null : this.#load(name));
  }

  /** Why facts cannot be used, as a sentence; null when they can or there are none. */
  problemOf(directory: string | null, name: string | null): string | null {
    if (this.find(directory, name) !== null) return null;
    return (directory === null ? undefined : this.#problems.get(directory)) ?? (name === null ? undefined : this.#problems.get(name)) ?? null;
  }

  /** Asks the store again from now on. */
  clear(): void {
    this.#found.clear();
    this.#read.clear();
    this.#problems.clear();
  }

  #load(unit: string): ImportedCrate | null {
    let found = this.#found.get(unit);
    if (found === undefined) {
      const facts = this.store.load('rust', unit);
      found = facts === null ? null : this.#readOnce(unit, facts);
      this.#found.set(unit, found);
    }
    return found;
  }

  #readOnce(asked: string, facts: UnitFacts): ImportedCrate | null {
    let read = this.#read.get(facts);
    if (read === undefined) {
      const directory = facts.unit;
      const crate = facts.version === FACTS_VERSION ? readCrateFacts(facts.body, this.symbols, (path) => joinedPath(directory, path)) : `they have the form ${facts.version}, this Heaplight reads the form ${FACTS_VERSION}`;
      if (typeof crate === 'string') this.#problems.set(asked, `The facts of ${directory} cannot be used: ${crate}.`);
      read = typeof crate === 'string' ? null : { directory, facts: crate };
      this.#read.set(facts, read);
    }
    return read;
  }
}
