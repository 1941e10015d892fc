// What a name means in a module: its items, imports, globs, the prelude, crates. Imports are followed when a name is asked for, so cycles of
// imports end at the name that is already being looked up. Not here: locals, generics, associated items.
import { ItemFlag, ItemKind, PathRoot, Visibility } from '../declare/facts.js';
import type { DefId } from '../types/typeTable.js';
import type { LoadedCrate } from './crates.js';
import { dropFrom, HEADER } from './definitions.js';
import type { World } from './world.js';

/** Namespaces of names. */
export const enum Space { Type = 0, Value = 1, Macro = 2 }

interface Import {
  readonly use: DefId;
  /** Offset of the import in the code of the file of `use`. */
  readonly at: number;
  /** For a glob: the module it names, once known; -1 before. */
  target: DefId;
}

/** Definitions by name. Most scopes are small, and have nothing in most of their tables: those are one empty table. */
type Table = Map<number, DefId>;
const EMPTY: Table = new Map();

interface Scope {
  readonly module: DefId;
  /** Per namespace: name → definition. */
  readonly items: readonly Table[];
  readonly imports: ReadonlyMap<number, readonly Import[]>;
  readonly globs: readonly Import[];
  /** The `extern crate` items among them, whose crates stand in `items`. */
  readonly crates: ReadonlyMap<number, DefId>;
  /** What was found by way of imports, likewise. */
  readonly answers: Table[];
}

const NO_IMPORTS: ReadonlyMap<number, readonly Import[]> = new Map();
const NO_CRATES: ReadonlyMap<number, DefId> = new Map();
const PENDING = -1;
const MAX_DEPTH = 64;

/** Looks names up in modules of a world. */
export class Names {
  readonly #scopes = new Map<DefId, Scope>();
  readonly #preludes = new Map<number, DefId>();
  readonly #traits = new Map<DefId, Set<DefId>>();
  readonly #more = new WeakMap<ReadonlySet<DefId>, Map<DefId, ReadonlySet<DefId>>>();
  readonly #ownTraits = new Map<DefId, readonly DefId[]>();
  readonly #std: readonly string[] = ['core', 'alloc', 'std'];
  #depth = 0;
  readonly #provisional: { readonly answers: Map<number, DefId>; readonly name: number }[] = [];

  constructor(readonly world: World) {}

  /** Forgets what was looked up in the scopes of definitions from `first` on; after declarations changed. */
  forgetFrom(first: DefId): void {
    for (const table of [this.#scopes, this.#traits, this.#ownTraits]) dropFrom(table, first);
  }

  /** The module, block scope, enum or trait in which the names of `def` are looked up: itself if it is one, else the nearest around it. */
  scopeOf(def: DefId): DefId {
    let at = def;
    for (let guard = 0; at !== 0 && guard < 1000; guard++) {
      const kind = this.world.defs.kind(at);
      if (kind === ItemKind.Module || kind === ItemKind.BlockScope) return at;
      at = this.world.defs.parent(at);
    }
    return this.world.crateOf(def).root;
  }

  /** The module that holds a scope; block scopes give way. */
  moduleOf(def: DefId): DefId {
    let at = this.scopeOf(def);
    while (this.world.defs.kind(at) === ItemKind.BlockScope) at = this.scopeOf(this.world.defs.parent(at));
    return at;
  }

  /** Whether code in `from` may name a part of `of` that has this visibility. Of what is restricted, but not private, that is true in the whole crate. */
  sees(from: DefId, of: DefId, visibility: Visibility): boolean {
    if (visibility === Visibility.Public) return true;
    const { defs } = this.world;
    if (defs.fileOf(from).crate !== defs.fileOf(of).crate) return false;
    if (visibility !== Visibility.Private) return true;
    const home = this.moduleOf(of);
    for (let at = this.moduleOf(from), guard = 0; guard < 200; at = this.moduleOf(defs.parent(at)), guard++) {
      if (at === home) return true;
      if (defs.parent(at) === 0) break;
    }
    return false;
  }

  #scope(module: DefId): Scope {
    return this.#scopes.get(module) ?? this.#readScope(module);
  }

  /** By itself, since its closures would cost every look-up. */
  #readScope(module: DefId): Scope {
    const { world } = this;
    const { defs } = world;
    const items: Table[] = [EMPTY, EMPTY, EMPTY];
    let imports: Map<number, Import[]> | null = null;
    let crates: Map<number, DefId> | null = null;
    const globs: Import[] = [];
    const add = (space: Space, def: DefId, name: number): void => {
      const known = items[space]?.get(name);
      if (known === undefined || ((defs.flags(known) & (ItemFlag.Inactive | ItemFlag.Test)) !== 0 && (defs.flags(def) & ItemFlag.Inactive) === 0)) tableFor(items, space).set(name, def);
    };
    world.eachChild(module, (def) => {
      const name = defs.name(def);
      switch (defs.kind(def)) {
        case ItemKind.Module: case ItemKind.Enum: case ItemKind.Union: case ItemKind.Trait: case ItemKind.TypeAlias: case ItemKind.AssocType:
          add(Space.Type, def, name);
          break;
        case ItemKind.Struct:
          add(Space.Type, def, name);
          if ((defs.flags(def) & (ItemFlag.TupleLike | ItemFlag.UnitLike)) !== 0) add(Space.Value, def, name);
          break;
        case ItemKind.Variant:
          add(Space.Type, def, name);
          add(Space.Value, def, name);
          break;
        case ItemKind.Function: case ItemKind.Const: case ItemKind.Static:
          add(Space.Value, def, name);
          break;
        case ItemKind.MacroRules:
          tableFor(items, Space.Macro).set(name, def);
          break;
        case ItemKind.ExternCrate: {
          const file = defs.fileOf(def);
          const at = defs.offsetOf(def);
          const crate = this.externCrate(world.crateOf(def), file.facts.names[file.facts.code[at + HEADER] as number] as number);
          if (crate !== null) {
            add(Space.Type, crate.root, name);
            (crates ??= new Map()).set(name, def);
          }
          break;
        }
        case ItemKind.Use: {
          const { code, names } = defs.fileOf(def).facts;
          const at = defs.offsetOf(def);
          let next = at + HEADER + 1;
          const inactive = (defs.flags(def) & ItemFlag.Inactive) !== 0;
          for (let left = code[at + HEADER] as number; left > 0; left--) {
            const end = next + 2 + (code[next + 1] as number);
            const entry: Import = { use: def, at: next, target: -1 };
            if (code[end] === 1) globs.push(entry);
            else {
              const alias = names[code[end + 1] as number] as number;
              imports ??= new Map();
              const list = imports.get(alias);
              if (list === undefined) imports.set(alias, [entry]);
              else if (inactive) list.push(entry);
              else list.unshift(entry);
            }
            next = end + 2;
          }
          break;
        }
        default:
      }
    });
    const scope: Scope = { module, items, imports: imports ?? NO_IMPORTS, globs, crates: crates ?? NO_CRATES, answers: [EMPTY, EMPTY, EMPTY] };
    this.#scopes.set(module, scope);
    return scope;
  }

  /** A name inside a module (or enum, trait, block scope), without looking outwards. 0 for none. */
  member(module: DefId, name: number, space: Space): DefId {
    const scope = this.#scope(module);
    const own = scope.items[space]?.get(name);
    // an item of another configuration gives way to an import of this one
    if (own !== undefined && ((this.world.defs.flags(own) & ItemFlag.Inactive) === 0 || !scope.imports.has(name))) return own;
    const known = scope.answers[space]?.get(name);
    if (known !== undefined) return known === PENDING ? 0 : known;
    if (this.#depth > MAX_DEPTH) return 0;
    if (scope.imports.size === 0 && scope.globs.length === 0) return 0;
    const answers = tableFor(scope.answers, space);
    answers.set(name, PENDING);
    this.#depth++;
    let found = 0;
    const imports = scope.imports.get(name);
    if (imports !== undefined) for (const entry of imports) if ((found = this.#follow(entry, space)) !== 0) break;
    if (found === 0) {
      for (const glob of scope.globs) {
        const target = this.#globTarget(glob);
        if (target !== 0 && target !== module && this.#gives(target, name, space, module) && (found = this.member(target, name, space)) !== 0) break;
      }
    }
    this.#depth--;
    if (found === 0 && own !== undefined) found = own;
    answers.set(name, found);
    // "nothing" below other look-ups may be due to a cycle: it holds for this look-up only, so that each place is visited once
    if (found === 0 && this.#depth > 0) this.#provisional.push({ answers, name });
    if (this.#depth === 0 && this.#provisional.length > 0) {
      for (const entry of this.#provisional) if (entry.answers.get(entry.name) === 0) entry.answers.delete(entry.name);
      this.#provisional.length = 0;
    }
    return found;
  }

  /** Whether a glob in `to` takes a name from a module: what is private there, imports included, is for the code inside of that module alone. */
  #gives(target: DefId, name: number, space: Space, to: DefId): boolean {
    const { defs } = this.world;
    if (space === Space.Macro || defs.kind(target) !== ItemKind.Module) return true;
    const scope = this.#scope(target);
    const own = scope.crates.get(name) ?? scope.items[space]?.get(name);
    if (own !== undefined) return this.sees(to, own, defs.visibility(own));
    return scope.imports.get(name)?.some(({ use }) => this.sees(to, use, defs.visibility(use))) ?? true;
  }

  #follow(entry: Import, space: Space): DefId {
    const { code, names } = this.world.defs.fileOf(entry.use).facts;
    const count = code[entry.at + 1] as number;
    const segments: number[] = [];
    for (let i = 0; i < count; i++) segments.push(names[code[entry.at + 2 + i] as number] as number);
    return this.path(this.scopeOf(entry.use), code[entry.at] as PathRoot, segments, space, true);
  }

  #globTarget(entry: Import): DefId {
    if (entry.target >= 0) return entry.target;
    entry.target = 0; // a glob that needs itself leads nowhere
    const found = this.#follow(entry, Space.Type);
    entry.target = found !== 0 || this.#depth <= 1 ? found : -1;
    return found;
  }

  /** A name as it is written in a scope: own names, those of blocks around it, the module's, crates, the prelude. */
  lookup(scope: DefId, name: number, space: Space): DefId {
    let at = scope;
    for (let guard = 0; guard < 100; guard++) {
      const found = this.member(at, name, space);
      if (found !== 0) return found;
      if (this.world.defs.kind(at) !== ItemKind.BlockScope) break;
      at = this.scopeOf(this.world.defs.parent(at));
    }
    if (space === Space.Type) {
      const crate = this.externCrate(this.world.crateOf(scope), name);
      if (crate !== null) return crate.root;
    }
    const prelude = this.#prelude(this.world.crateOf(scope));
    if (prelude !== 0) {
      const found = this.member(prelude, name, space);
      if (found !== 0) return found;
    }
    return 0;
  }

  /** Follows a path through modules, enums and traits to a definition of the wanted namespace. 0 when it leads elsewhere. */
  path(scope: DefId, root: PathRoot, segments: readonly number[], space: Space, isImport = false): DefId {
    return this.pathPrefix(scope, root, segments, space, isImport).rest === 0 ? this.#last : 0;
  }

  #last = 0;

  /** As `path`, but stops at a type or trait whose members are not modules' names; `rest` segments are left over after `def`. */
  pathPrefix(scope: DefId, root: PathRoot, segments: readonly number[], space: Space, isImport = false): { readonly def: DefId; readonly rest: number } {
    const { defs, words } = this.world;
    const crate = this.world.crateOf(scope);
    const count = segments.length;
    let at: DefId;
    let i = 0;
    this.#last = 0;
    switch (root) {
      case PathRoot.Crate: case PathRoot.DollarCrate:
        at = crate.root;
        break;
      case PathRoot.Self:
        at = this.moduleOf(scope);
        break;
      case PathRoot.Extern: {
        if (count === 0) return NOWHERE;
        const extern = this.externCrate(crate, segments[0] as number);
        at = extern !== null ? extern.root : this.member(crate.root, segments[0] as number, count === 1 ? space : Space.Type);
        i = 1;
        break;
      }
      default: {
        if (count === 0) return NOWHERE;
        const first = segments[0] as number;
        if (first === words.super) {
          at = this.moduleOf(scope);
          break;
        }
        at = this.lookup(scope, first, count === 1 ? space : Space.Type);
        if (at === 0 && isImport && crate.source.edition < 2018) at = this.member(crate.root, first, count === 1 ? space : Space.Type);
        i = 1;
      }
    }
    for (; i < count && at !== 0; i++) {
      const name = segments[i] as number;
      if (name === words.super) {
        const parent = defs.parent(at);
        if (parent === 0) return NOWHERE;
        at = this.moduleOf(parent);
        continue;
      }
      const kind = defs.kind(at);
      if (kind !== ItemKind.Module && kind !== ItemKind.Enum && kind !== ItemKind.BlockScope) break;
      const next = this.member(at, name, i === count - 1 ? space : Space.Type);
      if (next === 0) {
        if (kind === ItemKind.Enum) break;
        return NOWHERE;
      }
      at = next;
    }
    this.#last = at;
    return { def: at, rest: count - i };
  }

  /** A crate by the name that code of `crate` uses for it. */
  externCrate(crate: LoadedCrate, name: number): LoadedCrate | null {
    const known = crate.externs.get(name);
    if (known !== undefined) return known < 0 ? null : (this.world.crates[known] as LoadedCrate);
    crate.externs.set(name, -1);
    const text = this.world.symbols.text(name);
    const id = crate.source.externs.get(text) ?? (this.#std.includes(text) ? text : this.world.provider.outlineOf(crate.source, text));
    const loaded = id === null ? null : text === crate.source.name && crate.source.origin === 'std' ? crate : this.world.load(id);
    if (loaded !== null) crate.externs.set(name, loaded.index);
    return loaded;
  }

  #prelude(crate: LoadedCrate): DefId {
    const known = this.#preludes.get(crate.index);
    if (known !== undefined) return known;
    this.#preludes.set(crate.index, 0);
    const { symbols } = this.world;
    const home = this.world.load(crate.source.name === 'core' || crate.source.name === 'alloc' ? 'core' : 'std');
    if (home === null) return 0;
    const edition = crate.source.edition >= 2024 ? 'rust_2024' : crate.source.edition >= 2021 ? 'rust_2021' : 'rust_2018';
    const prelude = this.path(home.root, PathRoot.Crate, [symbols.intern('prelude'), symbols.intern(edition)], Space.Type);
    this.#preludes.set(crate.index, prelude);
    return prelude;
  }

  /** Traits whose methods can be called by name in a scope: those named, imported or glob-imported there, in the module around it, and in the prelude. */
  traitsInScope(scope: DefId): ReadonlySet<DefId> {
    let traits = this.#traits.get(scope);
    if (traits !== undefined) return traits;
    traits = new Set();
    this.#traits.set(scope, traits);
    let at = scope;
    const visited = new Set<DefId>();
    for (let guard = 0; guard < 100; guard++) {
      this.#collectTraits(at, traits, visited);
      if (this.world.defs.kind(at) !== ItemKind.BlockScope) break;
      at = this.scopeOf(this.world.defs.parent(at));
    }
    const prelude = this.#prelude(this.world.crateOf(scope));
    if (prelude !== 0) this.#collectTraits(prelude, traits, visited);
    return traits;
  }

  /** The same with one more: inside of an impl, the trait that it is of can be called by its methods' names. */
  traitsWith(scope: DefId, trait: DefId): ReadonlySet<DefId> {
    const traits = this.traitsInScope(scope);
    if (trait === 0 || traits.has(trait)) return traits;
    let more = this.#more.get(traits);
    if (more === undefined) this.#more.set(traits, (more = new Map()));
    let set = more.get(trait);
    if (set === undefined) more.set(trait, (set = new Set([...traits, trait])));
    return set;
  }

  #collectTraits(module: DefId, into: Set<DefId>, visited: Set<DefId>): void {
    if (visited.has(module) || visited.size > 500) return;
    visited.add(module);
    const scope = this.#scope(module);
    for (const trait of this.#traitsOf(module, scope)) into.add(trait);
    for (const glob of scope.globs) {
      const target = this.#globTarget(glob);
      if (target !== 0) this.#collectTraits(target, into, visited);
    }
  }

  /** Traits that a module declares or imports by name; kept, since many modules take them in by a glob or the prelude. */
  #traitsOf(module: DefId, scope: Scope): readonly DefId[] {
    let traits = this.#ownTraits.get(module);
    if (traits !== undefined) return traits;
    const { defs } = this.world;
    const found: DefId[] = [];
    for (const def of scope.items[Space.Type]?.values() ?? []) if (defs.kind(def) === ItemKind.Trait) found.push(def);
    for (const list of scope.imports.values()) {
      for (const entry of list) {
        const def = this.#follow(entry, Space.Type);
        if (def !== 0 && defs.kind(def) === ItemKind.Trait) found.push(def);
      }
    }
    traits = found;
    this.#ownTraits.set(module, traits);
    return traits;
  }
}

/** The table of a space, made when there is none yet. */
function tableFor(tables: Table[], space: Space): Table {
  let table = tables[space] ?? EMPTY;
  if (table === EMPTY) tables[space] = table = new Map();
  return table;
}

const NOWHERE = { def: 0, rest: 1 };
