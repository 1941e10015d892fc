// RustProgram over a world: the questions that effects, sharing and rules ask.
import { Configuration } from '../declare/cfg.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { NO_NODE } from '../../../syntax/flatTree.js';
import { RustField } from '../../../syntax/kinds/rust.generated.js';
import { ItemFlag, ItemKind, PathRoot } from '../declare/facts.js';
import { typeText } from '../types/display.js';
import { Layouts } from '../types/layout.js';
import { Via } from '../types/selection.js';
import type { Traits } from '../types/traits.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId, type TypeTable } from '../types/typeTable.js';
import type { LoadedCrate } from './crates.js';
import { Space } from './names.js';
import { DefKind, type Candidates, type FieldView, type ImplChoice, type RustProgram, type SignatureView } from './program.js';
import type { Signatures } from './signatures.js';
import type { World } from './world.js';

const KINDS: Readonly<Record<number, DefKind>> = {
  [ItemKind.Module]: DefKind.Module, [ItemKind.BlockScope]: DefKind.Module, [ItemKind.Struct]: DefKind.Struct, [ItemKind.Enum]: DefKind.Enum, [ItemKind.Union]: DefKind.Union, [ItemKind.Trait]: DefKind.Trait, [ItemKind.Impl]: DefKind.Impl,
  [ItemKind.Function]: DefKind.Function, [ItemKind.Const]: DefKind.Const, [ItemKind.Static]: DefKind.Static, [ItemKind.TypeAlias]: DefKind.TypeAlias, [ItemKind.AssocType]: DefKind.AssocType, [ItemKind.MacroRules]: DefKind.Macro, [ItemKind.Variant]: DefKind.Variant,
};

/** Impls of a trait beyond are not looked at. */
const MAX_CANDIDATES = 64;

/** Answers over a world. */
export class WorldProgram implements RustProgram {
  readonly types: TypeTable;
  readonly symbols: SymbolTable;
  readonly #world: World;
  readonly #layouts: Layouts;
  readonly #paths = new Map<DefId, string>();
  readonly #found = new Map<string, DefId>();
  /** By method and crate, with the number of impls of the trait's name when they were gathered. */
  readonly #candidates = new Map<string, Candidates & { readonly seen: number }>();

  constructor(readonly signatures: Signatures, readonly traits: Traits) {
    this.#world = signatures.world;
    this.types = this.#world.types;
    this.symbols = this.#world.symbols;
    this.#layouts = new Layouts(signatures, traits);
  }

  /** Forgets answers; after declarations changed. */
  clear(): void {
    this.#paths.clear();
    this.#found.clear();
    this.#candidates.clear();
    this.#layouts.clear();
  }

  kindOf(def: DefId): DefKind {
    return def === 0 ? DefKind.None : (KINDS[this.#world.defs.kind(def)] ?? DefKind.None);
  }

  nameOf(def: DefId): number {
    if (def === 0) return 0;
    return this.#world.defs.parent(def) === 0 ? this.#world.crateOf(def).nameSymbol : this.#world.defs.name(def);
  }

  parentOf(def: DefId): DefId {
    let at = def === 0 ? 0 : this.#world.defs.parent(def);
    while (at !== 0 && this.#world.defs.kind(at) === ItemKind.BlockScope) at = this.#world.defs.parent(at);
    return at;
  }

  pathOf(def: DefId): string {
    if (def === 0) return '';
    let path = this.#paths.get(def);
    if (path !== undefined) return path;
    const parent = this.parentOf(def);
    const name = this.symbols.text(this.nameOf(def));
    if (parent === 0) path = name;
    else if (this.kindOf(def) === DefKind.Impl) {
      const header = this.signatures.implHeader(def);
      const self = this.#headPath(header.self);
      path = header.trait === 0 ? self : `<${self} as ${this.pathOf(header.trait)}>`;
    } else path = `${this.pathOf(parent)}::${name}`;
    this.#paths.set(def, path);
    return path;
  }

  #headPath(type: TypeId): string {
    const tag = this.types.tag(type);
    if (tag === TypeTag.Adt) return this.pathOf(this.types.head(type));
    if (tag === TypeTag.Ref) return `&${this.types.head(type) === 1 ? 'mut ' : ''}${this.#headPath(this.types.arg(type, 0))}`;
    return this.typeText(type);
  }

  modelKeyOf(def: DefId): string {
    const parent = this.parentOf(def);
    if (this.kindOf(parent) !== DefKind.Impl) return this.pathOf(def);
    const header = this.signatures.implHeader(parent);
    const name = this.symbols.text(this.nameOf(def));
    return header.trait === 0 ? `${this.#headPath(header.self)}::${name}` : `${this.pathOf(header.trait)}::${name} for ${this.#headPath(header.self)}`;
  }

  crateOf(def: DefId): number {
    return def === 0 ? 0 : this.#world.crateOf(def).nameSymbol;
  }

  definesMacro(def: DefId, name: number): boolean {
    return def !== 0 && this.#world.definesMacro(def, name);
  }

  configurationOf(def: DefId): Configuration {
    return def === 0 ? Configuration.everything : this.#world.crateOf(def).source.configuration;
  }

  originOf(def: DefId): 'workspace' | 'dependency' | 'std' {
    return def === 0 ? 'std' : this.#world.crateOf(def).source.origin;
  }

  find(path: string): DefId {
    let def = this.#found.get(path);
    if (def !== undefined) return def;
    def = 0;
    const segments = path.split('::');
    const crate = this.#world.load(segments[0] ?? '') ?? this.#world.crates.find((c) => c.source.name === segments[0]) ?? null;
    if (crate !== null) {
      const symbols = segments.slice(1).map((s) => this.symbols.intern(s));
      const { names } = this.signatures;
      def = names.path(crate.root, PathRoot.Crate, symbols, Space.Type) || names.path(crate.root, PathRoot.Crate, symbols, Space.Value);
      if (def === 0 && symbols.length > 1) {
        const owner = names.path(crate.root, PathRoot.Crate, symbols.slice(0, -1), Space.Type);
        const name = symbols[symbols.length - 1] as number;
        if (owner !== 0 && this.#world.defs.kind(owner) === ItemKind.Trait) def = this.member(owner, name);
        else if (owner !== 0) {
          for (const impl of this.#world.inherentImpls.get(this.#world.defs.name(owner)) ?? []) {
            if (this.types.head(this.signatures.implHeader(impl).self) === owner) def = def || this.member(impl, name);
          }
        }
      }
    }
    this.#found.set(path, def);
    return def;
  }

  isDerived(def: DefId): boolean {
    if (def === 0) return false;
    const at = this.kindOf(def) === DefKind.Impl ? def : this.parentOf(def);
    return at !== 0 && (this.#world.defs.flags(at) & ItemFlag.Derived) !== 0;
  }

  isTest(def: DefId): boolean {
    return def !== 0 && (this.#world.defs.flags(def) & ItemFlag.Test) !== 0;
  }

  isCold(def: DefId): boolean {
    return def !== 0 && (this.#world.defs.flags(def) & ItemFlag.Cold) !== 0;
  }

  isAsyncTrait(def: DefId): boolean {
    return def !== 0 && (this.#world.defs.flags(def) & (ItemFlag.AsyncTrait | ItemFlag.Async)) === (ItemFlag.AsyncTrait | ItemFlag.Async);
  }

  genericCount(def: DefId): number {
    return def === 0 ? 0 : this.signatures.genericCount(def);
  }

  hasSelf(def: DefId): boolean {
    return this.kindOf(def) === DefKind.Function && this.signatures.selfKind(def) !== 0;
  }

  isAsync(def: DefId): boolean {
    return this.kindOf(def) === DefKind.Function && (this.#world.defs.flags(def) & ItemFlag.Async) !== 0;
  }

  signature(def: DefId, args: readonly TypeId[]): SignatureView | null {
    if (this.kindOf(def) !== DefKind.Function) return null;
    const signature = this.signatures.signature(def);
    return {
      params: signature.params.map((p) => this.traits.projections.normalize(this.subst(p, args))), result: this.traits.projections.normalize(this.subst(signature.result, args)), hasSelf: signature.selfKind !== 0,
      async: (this.#world.defs.flags(def) & ItemFlag.Async) !== 0, cold: this.isCold(def),
    };
  }

  fields(def: DefId, args: readonly TypeId[]): readonly FieldView[] {
    const kind = this.kindOf(def);
    if (kind !== DefKind.Struct && kind !== DefKind.Union && kind !== DefKind.Variant) return [];
    const { start, end } = this.placeOf(def) ?? { start: -1, end: -1 };
    return this.signatures.fields(def).map((f) => ({ name: f.name, type: this.traits.projections.normalize(this.subst(f.type, args)), start, end }));
  }

  variants(def: DefId): readonly DefId[] {
    const found: DefId[] = [];
    if (def !== 0) this.#world.eachChild(def, (child) => { if (this.#world.defs.kind(child) === ItemKind.Variant) found.push(child); });
    return found;
  }

  placeOf(def: DefId): { readonly path: string; readonly start: number; readonly end: number } | null {
    if (def === 0) return null;
    const file = this.#world.defs.fileOf(def);
    const tree = file.declared === null ? null : this.#world.treeOf(file.declared);
    if (file.declared === null || tree === null || file.expansionOf !== 0) return null;
    const node = file.declared.nodes[this.#world.defs.ordinalOf(def)] as number;
    const name = tree.childByField(node, RustField.Name);
    const at = name === NO_NODE ? node : name;
    return { path: file.path, start: tree.start[at] as number, end: tree.end[at] as number };
  }

  selfTypeOf(impl: DefId): TypeId {
    return this.kindOf(impl) === DefKind.Impl ? this.signatures.implHeader(impl).self : UNKNOWN;
  }

  traitOf(impl: DefId): DefId {
    return this.kindOf(impl) === DefKind.Impl ? this.signatures.implHeader(impl).trait : 0;
  }

  candidatesOf(method: DefId, from: DefId): Candidates {
    const { defs } = this.#world;
    const trait = this.parentOf(method);
    const all = this.#world.traitImpls.get(defs.name(trait)) ?? [];
    const crate = from === 0 ? -1 : defs.fileOf(from).crate;
    const key = `${method} ${crate}`;
    let known = this.#candidates.get(key);
    if (known?.seen === all.length) return known;
    const seen = from === 0 ? null : this.#world.seenBy(this.#world.crateOf(from));
    const home = defs.fileOf(trait).crate;
    const name = this.nameOf(method);
    const methods: DefId[] = [];
    let opaque = 0;
    // what cannot be met is not looked at: its header may name crates that are not loaded
    const met = all.filter((impl) => {
      const of = defs.fileOf(impl).crate;
      return of === home || seen?.has(of) === true;
    });
    for (const impl of this.#inOrder(met, crate)) {
      if (this.signatures.implHeader(impl).trait !== trait) continue;
      if (methods.length + opaque === MAX_CANDIDATES) break;
      const member = this.member(impl, name) || method;
      if (this.originOf(member) === 'std') opaque++;
      else methods.push(member);
    }
    const own = met.some((impl) => this.originOf(impl) === 'workspace' && this.signatures.implHeader(impl).trait === trait);
    this.#candidates.set(key, (known = { methods, opaque, own, seen: all.length }));
    return known;
  }

  /** Impls by what a crate has to do with theirs, std first, then its own: whichever crates were loaded first. Within a crate they stay as they are. */
  #inOrder(impls: DefId[], crate: number): readonly DefId[] {
    const { crates, defs } = this.#world;
    const of = (impl: DefId): LoadedCrate => crates[defs.fileOf(impl).crate] as LoadedCrate;
    const place = ({ index, source }: LoadedCrate): number => (source.origin === 'std' ? 0 : index === crate ? 1 : source.origin === 'workspace' ? 2 : 3);
    return impls.sort((a, b) => {
      const [one, other] = [of(a), of(b)];
      if (one === other) return 0;
      const between = place(one) - place(other);
      return between !== 0 ? between : one.source.key === other.source.key ? one.index - other.index : one.source.key < other.source.key ? -1 : 1;
    });
  }

  member(owner: DefId, name: number): DefId {
    return this.signatures.members(owner).get(name)?.[0] ?? 0;
  }

  subst(type: TypeId, args: readonly TypeId[]): TypeId {
    return this.signatures.subst(type, args);
  }

  typeText(type: TypeId): string {
    return typeText(this.#world, type);
  }

  implementsTrait(self: TypeId, trait: DefId, args: readonly TypeId[], env: DefId): 1 | 0 | -1 {
    if (self === UNKNOWN || trait === 0) return -1;
    this.traits.budget = 2000;
    this.traits.enter(env);
    const selection = this.traits.select(trait, [self, ...args]);
    this.traits.unifier.reset();
    return selection.via === Via.None ? 0 : selection.via === Via.Ambiguous ? -1 : 1;
  }

  findImpl(self: TypeId, trait: DefId, args: readonly TypeId[], env: DefId): ImplChoice | null {
    if (self === UNKNOWN || trait === 0) return null;
    this.traits.budget = 2000;
    this.traits.enter(env);
    const selection = this.traits.select(trait, [self, ...args]);
    const found = selection.via === Via.None || selection.via === Via.Ambiguous ? null : { impl: selection.impl, args: selection.args.map((a) => this.traits.unifier.final(a)) };
    this.traits.unifier.reset();
    return found;
  }

  project(self: TypeId, trait: DefId, name: number, args: readonly TypeId[], env: DefId): TypeId {
    this.traits.budget = 2000;
    this.traits.enter(env);
    const type = this.traits.unifier.final(this.traits.projections.project(this.types.make(TypeTag.Projection, trait, name, [self, ...args])));
    this.traits.unifier.reset();
    return type;
  }

  resolveMethod(traitMethod: DefId, self: TypeId, traitArgs: readonly TypeId[], env: DefId): { readonly def: DefId; readonly impl: DefId; readonly args: readonly TypeId[] } | null {
    const trait = this.parentOf(traitMethod);
    if (trait === 0 || this.kindOf(trait) !== DefKind.Trait) return null;
    const choice = this.findImpl(self, trait, traitArgs, env);
    if (choice === null || choice.impl === 0) return null;
    const own = this.signatures.memberOf(choice.impl, this.nameOf(traitMethod), ItemKind.Function);
    return own !== 0 ? { def: own, impl: choice.impl, args: choice.args } : { def: traitMethod, impl: choice.impl, args: [self, ...traitArgs] };
  }

  implMethods(traitMethod: DefId, self: TypeId, env: DefId): readonly DefId[] {
    const name = this.nameOf(traitMethod);
    return this.traits.implsFor(this.parentOf(traitMethod), self, env).flatMap((impl) => this.member(impl, name) || []);
  }

  isCopy(type: TypeId, env: DefId): 1 | 0 | -1 {
    return this.implementsTrait(type, this.traits.known.trait('Copy'), [], env);
  }

  sizeOf(type: TypeId): { readonly size: number; readonly align: number } | null {
    this.traits.budget = 2000;
    return this.#layouts.sizeOf(type);
  }
}
