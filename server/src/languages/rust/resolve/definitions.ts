// The table of definitions of all loaded files: every item is one definition, as columns. Names and contents are read from the files' facts.
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { DeclaredFile, FileFacts } from '../declare/facts.js';
import { ItemFlag, type ItemKind } from '../declare/facts.js';
import type { DefId } from '../types/typeTable.js';

/** What is kept of a file's text when the text itself is not at hand. */
export interface FileDetails {
  /** By ordinal of the item: start and end of its name, -1 for none. */
  readonly places: Int32Array;
  /** By ordinal: start, end and node of the item where its text is read again by itself, -1 for others. Empty where that is not known. */
  readonly spans: Int32Array;
  /** Texts of macros' definitions by ordinal, between their braces. */
  readonly macros: ReadonlyMap<number, string>;
}

/** A file whose items are definitions. */
export interface LoadedFile {
  readonly index: number;
  readonly crate: number;
  /** Path of the source, or of the crate's facts where there is none. */
  readonly path: string;
  facts: FileFacts;
  /** Nodes of the items; null for facts without sources. */
  declared: DeclaredFile | null;
  /** Stands in for `declared`; null where that is at hand, or nothing is known. */
  details: FileDetails | null;
  /** By ordinal. */
  defs: Int32Array;
  /** Children of each item by ordinal: `children[childStart[o]] …`; empty for a file of few items. */
  childStart: Int32Array;
  children: Int32Array;
  /** Definition that holds the items of the file (module, or impl for a macro's expansion); 0 for a crate's root file. */
  owner: DefId;
  /** For an expansion: the definition of the macro call. */
  readonly expansionOf: DefId;
}

/** Fixed part of an item's code. */
export const HEADER = 6;

/** Columns over definitions. Id 0 is no definition. */
export class Definitions {
  #file = new Int32Array(1 << 12);
  #ordinal = new Int32Array(1 << 12);
  #count = 1;
  readonly files: LoadedFile[] = [];
  readonly #byPath = new Map<string, LoadedFile[]>();

  constructor(readonly symbols: SymbolTable) {}

  get size(): number {
    return this.#count;
  }

  /** Adds a file; its items get fresh ids, or those of `keep` by ordinal where it has one. */
  add(crate: number, path: string, declared: DeclaredFile | null, facts: FileFacts, owner: DefId, expansionOf: DefId): LoadedFile {
    const file: LoadedFile = { index: this.files.length, crate, path, facts, declared, details: null, defs: NO_ITEMS, childStart: NO_ITEMS, children: NO_ITEMS, owner, expansionOf };
    this.files.push(file);
    if (expansionOf === 0) {
      const same = this.#byPath.get(path);
      if (same === undefined) this.#byPath.set(path, [file]);
      else same.push(file);
    }
    this.replace(file, facts, declared, null);
    return file;
  }

  /** Files at a path whose text is known: one for each crate that holds it. What macros made of it is not among them. */
  filesAt(path: string): readonly LoadedFile[] {
    return this.#byPath.get(path)?.filter((file) => file.declared !== null || file.details !== null) ?? NO_FILES;
  }

  /** Gives a file new facts. `keep[ordinal]` is the id that an item keeps, 0 for a new one. */
  replace(file: LoadedFile, facts: FileFacts, declared: DeclaredFile | null, keep: Int32Array | null): void {
    const count = facts.items.length;
    file.facts = facts;
    file.declared = declared;
    file.defs = new Int32Array(count);
    for (let ordinal = 0; ordinal < count; ordinal++) {
      const kept = keep === null ? 0 : (keep[ordinal] as number);
      const def = kept > 0 ? kept : this.#allocate();
      file.defs[ordinal] = def;
      this.#file[def] = file.index;
      this.#ordinal[def] = ordinal;
    }
    this.#linkChildren(file);
  }

  #allocate(): DefId {
    const def = this.#count++;
    if (def >= this.#file.length) {
      const files = new Int32Array(def * 2);
      files.set(this.#file);
      this.#file = files;
      const ordinals = new Int32Array(def * 2);
      ordinals.set(this.#ordinal);
      this.#ordinal = ordinals;
    }
    return def;
  }

  #linkChildren(file: LoadedFile): void {
    const { code, items } = file.facts;
    const count = items.length;
    if (count <= FEW_ITEMS) { // most expansions of macros: looking at each item costs less than columns of their own
      file.childStart = file.children = NO_ITEMS;
      return;
    }
    const start = new Int32Array(count + 1);
    for (let o = 0; o < count; o++) {
      const parent = code[(items[o] as number) + 5] as number;
      if (parent >= 0) start[parent + 1] = (start[parent + 1] as number) + 1;
    }
    for (let o = 0; o < count; o++) start[o + 1] = (start[o + 1] as number) + (start[o] as number);
    const children = new Int32Array(start[count] as number);
    const cursor = start.slice();
    for (let o = 0; o < count; o++) {
      const parent = code[(items[o] as number) + 5] as number;
      if (parent >= 0) {
        children[cursor[parent] as number] = o;
        cursor[parent] = (cursor[parent] as number) + 1;
      }
    }
    file.childStart = start;
    file.children = children;
  }

  fileOf(def: DefId): LoadedFile {
    return this.files[this.#file[def] as number] as LoadedFile;
  }

  ordinalOf(def: DefId): number {
    return this.#ordinal[def] as number;
  }

  /** Offset of the item's code in its file's facts. */
  offsetOf(def: DefId): number {
    return this.fileOf(def).facts.items[this.#ordinal[def] as number] as number;
  }

  kind(def: DefId): ItemKind {
    const file = this.fileOf(def);
    return file.facts.code[file.facts.items[this.#ordinal[def] as number] as number] as ItemKind;
  }

  flags(def: DefId): number {
    const file = this.fileOf(def);
    return file.facts.code[(file.facts.items[this.#ordinal[def] as number] as number) + 2] as number;
  }

  visibility(def: DefId): number {
    const file = this.fileOf(def);
    return file.facts.code[(file.facts.items[this.#ordinal[def] as number] as number) + 3] as number;
  }

  name(def: DefId): number {
    const { facts } = this.fileOf(def);
    return facts.names[facts.code[(facts.items[this.#ordinal[def] as number] as number) + 4] as number] as number;
  }

  /** The enclosing definition; the file's own module gives way to the `mod` item that owns the file. 0 for a crate's root. */
  parent(def: DefId): DefId {
    const file = this.fileOf(def);
    const parent = file.facts.code[(file.facts.items[this.#ordinal[def] as number] as number) + 5] as number;
    if (parent < 0) return file.owner === 0 ? 0 : this.parent(file.owner);
    if (parent === 0 && file.owner !== 0) return file.owner;
    return file.defs[parent] as number;
  }

  isTest(def: DefId): boolean {
    return (this.flags(def) & ItemFlag.Test) !== 0;
  }

  /** Calls `visit` with each direct child written in the item's own file. */
  eachChild(def: DefId, visit: (child: DefId) => void): void {
    const file = this.fileOf(def);
    const ordinal = this.#ordinal[def] as number;
    const { code, items } = file.facts;
    if (items.length <= FEW_ITEMS) {
      for (let o = 1; o < items.length; o++) if (code[(items[o] as number) + 5] === ordinal) visit(file.defs[o] as number);
      return;
    }
    for (let at = file.childStart[ordinal] as number, end = file.childStart[ordinal + 1] as number; at < end; at++) visit(file.defs[file.children[at] as number] as number);
  }
}

/** Takes the entries of definitions from `first` on out of a table. */
export function dropFrom(table: Map<DefId, unknown>, first: DefId): void {
  for (const def of table.keys()) if (def >= first) table.delete(def);
}

const NO_ITEMS = new Int32Array(0);
const FEW_ITEMS = 12;
const NO_FILES: readonly LoadedFile[] = [];
