// All loaded crates and their definitions: loading of files, expansion of item macros, indexes of impls and traits by name.
// Not here: what a name in a scope means (names.ts), what a type expression means (lower.ts).
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { DeclaredFile } from '../declare/facts.js';
import { ItemFlag, ItemKind } from '../declare/facts.js';
import { RustField } from '../../../syntax/kinds/rust.generated.js';
import { NO_NODE } from '../../../syntax/flatTree.js';
import type { Words } from '../declare/words.js';
import { TypeTable, type DefId } from '../types/typeTable.js';
import { BUILTIN_ITEM_MACROS } from '../declare/builtinMacros.js';
import type { CrateProvider, CrateSource, LoadedCrate } from './crates.js';
import type { OutlinedEffect } from './outlines.js';
import type { PackedFile } from './pack.js';
import { Definitions, type LoadedFile } from './definitions.js';
import { moduleFiles, readFiles } from './moduleFiles.js';
import { WorldIndex } from './worldIndex.js';
import type { FlatTree } from '../../../syntax/flatTree.js';

const MAX_FILES = 20_000;
const MAX_EXPANSION_DEPTH = 6;
/** Macros of one name that are tried. */
const MAX_MEANT = 6;
const STANDARD: readonly string[] = ['core', 'alloc', 'std'];

/** Gives the tree of a declared file, for what facts do not hold (texts of macros). */
export type TreeOf = (declared: DeclaredFile) => FlatTree | null;

/** Crates, files, definitions and their indexes. */
export class World {
  readonly types = new TypeTable();
  readonly defs: Definitions;
  readonly crates: LoadedCrate[] = [];
  readonly #index: WorldIndex;
  /** What functions cost whose bodies are not at hand, as their crate's outline says. */
  readonly effects = new Map<DefId, OutlinedEffect>();
  /** Expansions under a definition (module, impl, trait): further files. */
  readonly #expansions = new Map<DefId, LoadedFile[]>();
  readonly #crateById = new Map<string, LoadedCrate>();
  readonly #moduleFiles = new Map<DefId, LoadedFile>();
  readonly #seen = new Map<number, Set<number>>();
  #ranks = 0;
  /** While a crate is loaded once more: its files of before. */
  #reuse: { readonly crate: LoadedCrate; readonly files: Map<string, LoadedFile>; readonly expansions: Map<DefId, LoadedFile>; readonly keep: (file: LoadedFile, declared: DeclaredFile) => Int32Array } | null = null;
  /** The first definition that is not of the standard library; 0 while nothing else is loaded. */
  standardEnd: DefId = 0;

  /** Increased whenever declarations change: caches of answers compare it. */
  epoch = 0;
  /** Hears of each crate that was loaded from its sources. */
  onLoaded: (crate: LoadedCrate) => void = () => undefined;

  constructor(readonly symbols: SymbolTable, readonly words: Words, readonly provider: CrateProvider, readonly treeOf: TreeOf) {
    this.defs = new Definitions(symbols);
    this.#index = new WorldIndex(this.defs, words);
  }

  /** Impls by the last name of their trait's path (aliases resolved). */
  get traitImpls(): ReadonlyMap<number, readonly DefId[]> {
    return this.#index.traitImpls;
  }

  /** Inherent impls by the last name of their self type's path. */
  get inherentImpls(): ReadonlyMap<number, readonly DefId[]> {
    return this.#index.inherentImpls;
  }

  /** Inherent impls of types that are no path (`[T]`, `*const T`, `!`). */
  get otherInherent(): readonly DefId[] {
    return this.#index.otherInherent;
  }

  /** Names of type aliases: an inherent impl may call its type by one. */
  get typeAliases(): ReadonlySet<number> {
    return this.#index.typeAliases;
  }

  /** Names of type aliases and associated types, and names that imports give: what they mean has to be looked up. */
  get aliases(): ReadonlySet<number> {
    return this.#index.aliases;
  }

  /** Traits that have a member of this name. */
  get traitsByMember(): ReadonlyMap<number, readonly DefId[]> {
    return this.#index.traitsByMember;
  }

  /** The crate with this id, with all of its files; null when there is none. */
  load(id: string): LoadedCrate | null {
    const known = this.#crateById.get(id);
    if (known) return known;
    const source = this.provider.crate(id);
    return source === null ? null : this.#loadSource(source);
  }

  /** Loads a crate as `load` does, but parses its files one a step. */
  *loadInSteps(id: string): Generator<void, void, void> {
    if (this.#crateById.has(id)) return;
    const source = this.provider.crate(id);
    if (source !== null && this.provider.packed(source) === null) yield* readFiles(this.provider, this.symbols, source, MAX_FILES);
    this.load(id);
    yield;
  }

  #loadSource(source: CrateSource): LoadedCrate | null {
    const crate: LoadedCrate = { index: this.crates.length, source, nameSymbol: this.symbols.intern(source.name), fromFacts: false, rank: 0, root: 0, indexed: false, files: [], externs: new Map() };
    const packed = this.provider.packed(source);
    if (packed !== null) return this.#loadPacked(crate, packed);
    const declared = this.provider.declare(source, source.root);
    if (declared === null) return null;
    this.crates.push(crate);
    this.#crateById.set(source.id, crate);
    if (source.origin !== 'std' && this.standardEnd === 0) this.standardEnd = this.defs.size;
    this.#fill(crate, declared);
    crate.indexed = true;
    this.epoch++;
    this.onLoaded(crate);
    return crate;
  }

  /** Adds the files of a crate, beginning with its root. */
  #fill(crate: LoadedCrate, declared: DeclaredFile): void {
    const { source } = crate;
    const root = this.#addFile(crate, source.root, declared, 0, 0);
    crate.root = root.defs[0] as number;
    const seen = new Set<string>([source.root]);
    this.#loadModules(crate, root, true, seen);
    this.seenBy(crate);
    if (crate.rank === 0) crate.rank = ++this.#ranks;
    for (let i = 0; i < crate.files.length; i++) this.#index.add(this.defs.files[crate.files[i] as number] as LoadedFile);
    for (let i = 0, end = crate.files.length; i < end; i++) this.#expandFile(crate, this.defs.files[crate.files[i] as number] as LoadedFile, 0, seen);
  }

  /**
   * Takes in what the sources of a crate declare now. Files that were there before, and the expansions of macro calls that were, keep their place;
   * `keep` says which items of such a file keep their numbers (0 for a new one). False when there is no root file any more.
   */
  reload(crate: LoadedCrate, keep: (file: LoadedFile, declared: DeclaredFile) => Int32Array, gone: (file: LoadedFile) => void): boolean {
    const declared = this.provider.declare(crate.source, crate.source.root);
    if (declared === null) return false;
    const reuse = { crate, files: new Map<string, LoadedFile>(), expansions: new Map<DefId, LoadedFile>(), keep };
    for (const at of crate.files) {
      const file = this.defs.files[at] as LoadedFile;
      if (file.expansionOf === 0) reuse.files.set(file.path, file);
      else reuse.expansions.set(file.expansionOf, file);
    }
    for (const [owner, list] of this.#expansions) if (list[0]?.crate === crate.index) this.#expansions.delete(owner);
    for (const [owner, file] of this.#moduleFiles) if (file.crate === crate.index) this.#moduleFiles.delete(owner);
    this.#index.drop(crate.index, this.standardEnd);
    this.#seen.clear();
    crate.externs.clear();
    crate.files.length = 0;
    this.#reuse = reuse;
    this.#fill(crate, declared);
    this.#reuse = null;
    this.#index.settle(crate.index, this.standardEnd, this.crates);
    for (const file of [...reuse.files.values(), ...reuse.expansions.values()]) {
      gone(file);
      file.declared = null;
      file.details = null;
    }
    this.epoch++;
    return true;
  }

  #loadPacked(crate: LoadedCrate, packed: readonly PackedFile[]): LoadedCrate {
    crate.fromFacts = true;
    if (crate.source.origin !== 'std' && this.standardEnd === 0) this.standardEnd = this.defs.size;
    crate.rank = ++this.#ranks;
    this.crates.push(crate);
    this.#crateById.set(crate.source.id, crate);
    const made: LoadedFile[] = [];
    for (const one of packed) {
      const owner = one.ownerFile < 0 ? 0 : ((made[one.ownerFile] as LoadedFile).defs[one.ownerOrdinal] as number);
      const call = one.call === null ? 0 : (made[one.call[0]]?.defs[one.call[1]] ?? 0);
      const file = this.defs.add(crate.index, one.path ?? crate.source.root, null, one.facts, owner, one.expansion ? call || owner : 0);
      file.details = one.details;
      crate.files.push(file.index);
      made.push(file);
      if (one.effects !== undefined) for (const [ordinal, effect] of one.effects) this.effects.set(file.defs[ordinal] as number, effect);
      if (owner === 0) crate.root = file.defs[0] as number;
      else if (one.expansion) {
        const list = this.#expansions.get(owner);
        if (list === undefined) this.#expansions.set(owner, [file]);
        else list.push(file);
      } else this.#moduleFiles.set(owner, file);
      this.#index.add(file);
      if (one.expansion && this.defs.kind(owner) === ItemKind.Trait) this.#index.addMembers(file, owner);
    }
    crate.indexed = true;
    this.epoch++;
    return crate;
  }

  crateOf(def: DefId): LoadedCrate {
    return this.crates[this.defs.fileOf(def).crate] as LoadedCrate;
  }

  /** Orders definitions as their sources do: by crate, file and place. */
  inSourceOrder(a: DefId, b: DefId): number {
    const [one, other] = [this.defs.fileOf(a), this.defs.fileOf(b)];
    if (one === other) return this.defs.ordinalOf(a) - this.defs.ordinalOf(b);
    const { files, rank } = this.crates[one.crate] as LoadedCrate;
    return one.crate === other.crate ? files.indexOf(one.index) - files.indexOf(other.index) : rank - (this.crates[other.crate] as LoadedCrate).rank;
  }

  /**
   * Crates whose macros and impls a crate sees whether or not its code names a type or trait of theirs: itself, std, and what it imports of the workspace.
   * The rest of what happens to be loaded must not show in an answer.
   */
  seenBy(crate: LoadedCrate): ReadonlySet<number> {
    let seen = this.#seen.get(crate.index);
    if (seen !== undefined) return seen;
    seen = new Set([crate.index]);
    if (crate.source.origin === 'std') { // while it is being made, the later ones are not there yet
      for (const name of STANDARD) if (this.#crateById.has(name)) seen.add((this.#crateById.get(name) as LoadedCrate).index);
      return seen;
    }
    this.#seen.set(crate.index, seen);
    for (const name of STANDARD) {
      const standard = this.load(name);
      if (standard !== null) seen.add(standard.index);
    }
    for (const id of crate.source.externs.values()) {
      if (this.provider.crate(id)?.origin !== 'workspace') continue;
      const imported = this.load(id);
      if (imported !== null) seen.add(imported.index);
    }
    return seen;
  }

  #addFile(crate: LoadedCrate, path: string, declared: DeclaredFile, owner: DefId, expansionOf: DefId): LoadedFile {
    const known = this.#reuse?.crate !== crate ? undefined : expansionOf === 0 ? this.#reuse.files.get(path) : this.#reuse.expansions.get(expansionOf);
    const file = known ?? this.defs.add(crate.index, path, declared, declared.facts, owner, expansionOf);
    if (known !== undefined) {
      if (expansionOf === 0) this.#reuse?.files.delete(path);
      else this.#reuse?.expansions.delete(expansionOf);
      known.owner = owner;
      if (known.declared !== declared && this.#reuse !== null) this.defs.replace(known, declared.facts, declared, this.#reuse.keep(known, declared));
    }
    crate.files.push(file.index);
    return file;
  }

  /** `around` are the inline modules that the file itself stands in: those around the macro call that made it. */
  #loadModules(crate: LoadedCrate, file: LoadedFile, isRoot: boolean, seen: Set<string>, around: readonly string[] = []): void {
    for (const { ordinal, path } of moduleFiles(this.provider, this.symbols, crate.source, file.facts, file.path, isRoot, around)) {
      if (seen.has(path) || crate.files.length > MAX_FILES) continue;
      seen.add(path);
      const declared = this.provider.declare(crate.source, path);
      if (declared === null) continue;
      const child = this.#addFile(crate, path, declared, file.defs[ordinal] as number, 0);
      this.#moduleFiles.set(file.defs[ordinal] as number, child);
      this.#loadModules(crate, child, false, seen);
    }
  }

  /** Calls `visit` with every child: those of `mod name;` in its file and those that macros made included. */
  eachChild(def: DefId, visit: (child: DefId) => void): void {
    this.defs.eachChild(def, visit);
    const file = this.#moduleFiles.get(def);
    if (file !== undefined) this.eachChild(file.defs[0] as number, visit);
    const expansions = this.#expansions.get(def);
    if (expansions !== undefined) for (const expansion of expansions) this.eachChild(expansion.defs[0] as number, visit);
  }

  #expandFile(crate: LoadedCrate, file: LoadedFile, depth: number, seen: Set<string>): void {
    if (depth > MAX_EXPANSION_DEPTH || file.declared === null) return;
    const tree = this.treeOf(file.declared);
    if (tree === null) return;
    const { code, items } = file.facts;
    for (let ordinal = 1; ordinal < items.length; ordinal++) {
      const at = items[ordinal] as number;
      if (code[at] !== ItemKind.MacroCall || ((code[at + 2] as number) & ItemFlag.Inactive) !== 0) continue;
      const call = file.defs[ordinal] as number;
      const made = this.#made(crate, file, ordinal, tokenTreeText(tree, file.declared.nodes[ordinal] as number), crate.source.origin === 'dependency');
      if (made === null) continue;
      const parent = code[at + 5] as number;
      const parentKind = code[items[parent] as number];
      const member = parentKind === ItemKind.Impl || parentKind === ItemKind.Trait;
      const ownerOfFile = file.defs[parent] as number;
      const owner = parent === 0 && file.owner !== 0 ? file.owner : ownerOfFile;
      const expansion = this.#addFile(crate, file.path, made, owner, call);
      const list = this.#expansions.get(owner);
      if (list === undefined) this.#expansions.set(owner, [expansion]);
      else list.push(expansion);
      this.#index.add(expansion);
      if (member && parentKind === ItemKind.Trait) this.#index.addMembers(expansion, owner);
      this.#expandFile(crate, expansion, depth + 1, seen);
      if (!member) this.#loadExpandedModules(crate, file, parent, expansion, seen);
    }
  }

  /** Files of `mod name;` that a macro made (`cfg_net! { pub mod net; }`), `parent` being the ordinal of the module around the call. */
  #loadExpandedModules(crate: LoadedCrate, file: LoadedFile, parent: number, expansion: LoadedFile, seen: Set<string>): void {
    const around: string[] = [];
    const { code, items, names } = file.facts;
    for (let at = parent; at > 0; at = code[(items[at] as number) + 5] as number) {
      if (code[items[at] as number] !== ItemKind.Module) return; // inside of a body
      around.unshift(this.symbols.text(names[code[(items[at] as number) + 4] as number] as number));
    }
    const from = crate.files.length;
    this.#loadModules(crate, expansion, file.path === crate.source.root, seen, around);
    const end = crate.files.length;
    for (let i = from; i < end; i++) this.#index.add(this.defs.files[crate.files[i] as number] as LoadedFile);
    for (let i = from; i < end; i++) this.#expandFile(crate, this.defs.files[crate.files[i] as number] as LoadedFile, 0, seen);
  }

  /** The items that the macro call at `ordinal` makes, in a file of their own; null when they cannot be told. `input` is the text that the macro is given. */
  #made(crate: LoadedCrate, file: LoadedFile, ordinal: number, input: string | null, outline: boolean): DeclaredFile | null {
    const { code, items, names } = file.facts;
    const at = items[ordinal] as number;
    const name = names[code[at + 4] as number] as number;
    const meant = this.likeliestMacros(this.macrosNamed(crate, name), file, ordinal);
    const text = this.symbols.text(name);
    if (meant.length === 0 && !BUILTIN_ITEM_MACROS.has(text)) return null;
    if (input === null) return null;
    const parentKind = code[items[code[at + 5] as number] as number];
    const member = parentKind === ItemKind.Impl || parentKind === ItemKind.Trait;
    const flags = (code[at + 2] as number) & (ItemFlag.Test | ItemFlag.Inactive);
    const definitions = (other: string): readonly string[] =>
      this.likeliestMacros(this.macrosNamed(crate, this.symbols.find(other)), file, ordinal).slice(0, MAX_MEANT).flatMap((macro) => this.macroDefinitionText(macro) ?? []);
    // macros of one name in several modules: the first that fits the call
    for (const macro of meant.slice(0, MAX_MEANT)) {
      const definition = this.macroDefinitionText(macro);
      const made = definition === null ? null : this.provider.expand(crate.source, { name: text, input, definition, definitions, flags, outline }, member);
      if (made !== null) return made.declared;
    }
    return BUILTIN_ITEM_MACROS.has(text) ? (this.provider.expand(crate.source, { name: text, input, definition: null, definitions, flags, outline }, member)?.declared ?? null) : null;
  }

  /** The declarations of an expansion once more, from the text that the macro is given. */
  expandAgain(expansion: LoadedFile, input: string | null): DeclaredFile | null {
    const call = expansion.expansionOf;
    return this.#made(this.crateOf(call), this.defs.fileOf(call), this.defs.ordinalOf(call), input, false);
  }

  /** Macros of a name that a crate sees. */
  macrosNamed(crate: LoadedCrate, name: number): readonly DefId[] {
    const seen = this.seenBy(crate);
    return (this.#index.macros.get(name) ?? []).filter((macro) => seen.has(this.defs.fileOf(macro).crate));
  }

  /** Macros of one name in the order in which a call at `ordinal` may mean them: those before it in the file, those of the crate, those of imported crates. */
  likeliestMacros(candidates: readonly DefId[], file: LoadedFile, ordinal: number): readonly DefId[] {
    const rank = (candidate: DefId): number => {
      const home = this.defs.fileOf(candidate);
      let r: number;
      if (home === file) r = this.defs.ordinalOf(candidate) < ordinal ? 1e9 + this.defs.ordinalOf(candidate) : 5e8;
      else if (home.crate === file.crate) r = 1e6;
      else r = (this.defs.flags(candidate) & ItemFlag.MacroUse) !== 0 ? 1 : 0;
      return (this.defs.flags(candidate) & ItemFlag.Inactive) !== 0 ? r / 1e9 : r;
    };
    return candidates.length < 2 ? candidates : [...candidates].sort((a, b) => rank(b) - rank(a));
  }

  /** Whether the crate of a definition has a macro of its own by this name. */
  definesMacro(def: DefId, name: number): boolean {
    const { index } = this.crateOf(def);
    return (this.#index.macros.get(name) ?? []).some((macro) => this.defs.fileOf(macro).crate === index);
  }

  /** Text between the outer delimiters of a macro_rules definition; null when its source is not at hand. */
  macroDefinitionText(macro: DefId): string | null {
    const home = this.defs.fileOf(macro);
    if (home.declared === null) return home.details?.macros.get(this.defs.ordinalOf(macro)) ?? null;
    const tree = this.treeOf(home.declared);
    if (tree === null) return null;
    const node = home.declared.nodes[this.defs.ordinalOf(macro)] as number;
    const name = tree.childByField(node, RustField.Name);
    if (name === NO_NODE) return null;
    const text = tree.text.slice(tree.end[name] as number, tree.end[node] as number);
    const open = text.search(/[{([]/);
    return open < 0 ? null : text.slice(open + 1, text.lastIndexOf(text[open] === '{' ? '}' : text[open] === '(' ? ')' : ']'));
  }

  /** The macro that a name means anywhere in the loaded crates; 0 for none. */
  findMacro(name: number): DefId {
    return this.#index.macros.get(name)?.[0] ?? 0;
  }
}

/** The text between the delimiters of a macro call; null when it has none. */
export function tokenTreeText(tree: FlatTree, node: number): string | null {
  const name = tree.childByField(node, RustField.Macro);
  const from = name === NO_NODE ? (tree.start[node] as number) : (tree.end[name] as number);
  return tokenTreeIn(tree.text.slice(from, tree.end[node] as number));
}

/** The text between the outer delimiters of a macro call's text; null when it has none. */
export function tokenTreeIn(text: string): string | null {
  const open = text.search(/[{([]/);
  if (open < 0) return null;
  const close = Math.max(text.lastIndexOf('}'), text.lastIndexOf(')'), text.lastIndexOf(']'));
  return close <= open ? null : text.slice(open + 1, close);
}
