// Impls, traits' members and macros of all loaded crates, by name. Lists go by the order in which crates were loaded, and within a crate by that of its files.
import { ItemFlag, ItemKind, TypeCode } from '../declare/facts.js';
import { implParts, lastSegment } from '../declare/factsReader.js';
import type { Words } from '../declare/words.js';
import type { DefId } from '../types/typeTable.js';
import type { LoadedCrate } from './crates.js';
import { HEADER, type Definitions, type LoadedFile } from './definitions.js';

/** The indexes of a world. */
export class WorldIndex {
  /** Impls by the last name of their trait's path (aliases resolved), and inherent ones by that of their self type. */
  readonly traitImpls = new Map<number, DefId[]>();
  readonly inherentImpls = new Map<number, DefId[]>();
  /** Inherent impls of types that are no path (`[T]`, `*const T`, `!`). */
  readonly otherInherent: DefId[] = [];
  /** Names of type aliases: an inherent impl may call its type by one. Names stay when their crate is dropped: one too many costs a look-up. */
  readonly typeAliases = new Set<number>();
  /** Names of type aliases and associated types, and names that imports give: what they mean has to be looked up. */
  readonly aliases = new Set<number>();
  /** Traits that have a member of this name. */
  readonly traitsByMember = new Map<number, DefId[]>();
  readonly macros = new Map<number, DefId[]>();

  constructor(readonly defs: Definitions, readonly words: Words) {}

  /** Enters the impls, traits and macros of a file. */
  add(file: LoadedFile): void {
    const { code, items, names } = file.facts;
    const aliases = this.#aliases(file);
    for (let ordinal = 0; ordinal < items.length; ordinal++) {
      const at = items[ordinal] as number;
      const def = file.defs[ordinal] as number;
      if (code[at] === ItemKind.TypeAlias || code[at] === ItemKind.AssocType) this.aliases.add(names[code[at + 4] as number] as number);
      switch (code[at] as ItemKind) {
        case ItemKind.Impl: {
          if (((code[at + 2] as number) & (ItemFlag.Inactive | ItemFlag.Negative)) === ItemFlag.Inactive) break;
          const { trait, self } = implParts(code, at, HEADER);
          if (trait >= 0) {
            if (code[trait] !== TypeCode.Bound) break;
            const name = lastSegment(code, trait + 1);
            if (name >= 0) push(this.traitImpls, unalias(aliases, names[name] as number), def);
          } else if (code[self] === TypeCode.Path) {
            const name = lastSegment(code, self + 1);
            if (name >= 0) push(this.inherentImpls, unalias(aliases, names[name] as number), def);
          } else this.otherInherent.push(def);
          break;
        }
        case ItemKind.Function: case ItemKind.AssocType: case ItemKind.Const: {
          const parent = code[at + 5] as number;
          if (parent >= 0 && code[items[parent] as number] === ItemKind.Trait) push(this.traitsByMember, names[code[at + 4] as number] as number, file.defs[parent] as number);
          break;
        }
        case ItemKind.TypeAlias:
          this.typeAliases.add(names[code[at + 4] as number] as number);
          break;
        case ItemKind.MacroRules:
          push(this.macros, names[code[at + 4] as number] as number, def);
          break;
        default:
      }
    }
  }

  /** Enters the members that a macro made in a trait. */
  addMembers(file: LoadedFile, trait: DefId): void {
    this.defs.eachChild(file.defs[0] as number, (child) => push(this.traitsByMember, this.defs.name(child), trait));
  }

  /** Takes out all that a crate entered. Definitions below `standardEnd` are of the standard library, and come first in each list. */
  drop(crate: number, standardEnd: DefId): void {
    const stays = (def: DefId): boolean => this.defs.fileOf(def).crate !== crate;
    for (const map of this.#maps()) {
      for (const [name, list] of map) {
        if ((list[list.length - 1] as number) < standardEnd || list.every(stays)) continue;
        const left = list.filter(stays);
        if (left.length === 0) map.delete(name);
        else map.set(name, left);
      }
    }
    const others = this.otherInherent.filter(stays);
    this.otherInherent.length = 0;
    this.otherInherent.push(...others);
  }

  /** Puts what a crate entered last to where its turn is. */
  settle(crate: number, standardEnd: DefId, crates: readonly LoadedCrate[]): void {
    const rank = (def: DefId): number => (crates[this.defs.fileOf(def).crate] as LoadedCrate).rank;
    const isOwn = (def: DefId): boolean => this.defs.fileOf(def).crate === crate;
    for (const map of this.#maps()) for (const list of map.values()) if (list.length > 1 && (list[list.length - 1] as number) >= standardEnd && list.some(isOwn)) list.sort((a, b) => rank(a) - rank(b));
    this.otherInherent.sort((a, b) => rank(a) - rank(b));
  }

  #maps(): readonly Map<number, DefId[]>[] {
    return [this.traitImpls, this.inherentImpls, this.traitsByMember, this.macros];
  }

  #aliases(file: LoadedFile): Map<number, number> | null {
    const { code, items, names } = file.facts;
    let aliases: Map<number, number> | null = null;
    for (let ordinal = 0; ordinal < items.length; ordinal++) {
      const at = items[ordinal] as number;
      if (code[at] !== ItemKind.Use) continue;
      let next = at + HEADER + 1;
      for (let left = code[at + HEADER] as number; left > 0; left--) {
        const segments = code[next + 1] as number;
        const end = next + 2 + segments;
        if (segments > 0 && code[end] === 0) {
          const last = names[code[end - 1] as number] as number;
          const alias = names[code[end + 1] as number] as number;
          if (alias !== last) {
            this.aliases.add(alias);
            if (last !== this.words.self) (aliases ??= new Map()).set(alias, last);
          }
        }
        next = end + 2;
      }
    }
    return aliases;
  }
}

function unalias(aliases: Map<number, number> | null, name: number): number {
  return aliases === null ? name : (aliases.get(name) ?? name);
}

function push(map: Map<number, DefId[]>, key: number, def: DefId): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [def]);
  else list.push(def);
}
