// Generics, bounds, signatures, fields and impl headers of definitions, lowered when asked for and kept. Everything speaks of parameters
// (`TypeTag.Param`); `subst` puts arguments in their place.
import { ItemFlag, ItemKind, PathRoot, TypeCode, type Visibility } from '../declare/facts.js';
import { hasGenerics, implParts, readGenerics, skipGenerics, skipList, skipType } from '../declare/factsReader.js';
import { TypeFlag, TypeTag, UNIT, UNKNOWN, type DefId, type TypeId } from '../types/typeTable.js';
import { Bounds } from './bounds.js';
import { dropFrom, HEADER } from './definitions.js';
import { Lowering, type LowerContext } from './lower.js';
import type { Field, Generics, ImplHeader, Predicate, Signature } from './lowered.js';
import type { Names } from './names.js';
import type { World } from './world.js';

const NO_TYPES: readonly TypeId[] = [];

/** Lowered declarations of a world. */
export class Signatures {
  readonly lowering: Lowering;
  readonly bounds: Bounds;
  readonly #generics = new Map<DefId, Generics>();
  readonly #signatures = new Map<DefId, Signature>();
  readonly #headers = new Map<DefId, ImplHeader>();
  readonly #fields = new Map<DefId, readonly Field[]>();
  readonly #aliases = new Map<DefId, TypeId>();
  readonly #members = new Map<DefId, Map<number, DefId[]>>();
  readonly #contexts = new Map<DefId, LowerContext>();

  constructor(readonly world: World, readonly names: Names) {
    this.lowering = new Lowering(this);
    this.bounds = new Bounds(this);
  }

  /** Forgets what was lowered of definitions from `first` on; after declarations changed. */
  forgetFrom(first: DefId): void {
    for (const table of [this.#generics, this.#signatures, this.#headers, this.#fields, this.#aliases, this.#members, this.#contexts]) dropFrom(table, first);
    this.bounds.forgetFrom(first);
  }

  // --- members

  /** Members of a trait or impl by name. */
  members(owner: DefId): ReadonlyMap<number, readonly DefId[]> {
    return this.#members.get(owner) ?? this.#readMembers(owner);
  }

  #readMembers(owner: DefId): ReadonlyMap<number, readonly DefId[]> {
    const made = new Map<number, DefId[]>();
    this.world.eachChild(owner, (child) => {
      if ((this.world.defs.flags(child) & ItemFlag.Inactive) !== 0) return;
      const name = this.world.defs.name(child);
      const list = made.get(name);
      if (list === undefined) made.set(name, [child]);
      else list.push(child);
    });
    this.#members.set(owner, made);
    return made;
  }

  /** The member of a kind and name; 0 for none. */
  memberOf(owner: DefId, name: number, kind: ItemKind): DefId {
    const list = this.members(owner).get(name);
    if (list !== undefined) for (const def of list) if (this.world.defs.kind(def) === kind) return def;
    return 0;
  }

  // --- generics

  generics(def: DefId): Generics {
    let generics = this.#generics.get(def);
    if (generics !== undefined) return generics;
    const { defs } = this.world;
    const kind = defs.kind(def);
    const parentDef = kind === ItemKind.Function || kind === ItemKind.AssocType || kind === ItemKind.Const ? this.#container(def) : 0;
    const parent = parentDef === 0 ? null : this.generics(parentDef);
    const base = parent === null ? 0 : parent.count;
    const code = hasGenerics(kind) ? readGenerics(defs.fileOf(def).facts.code, defs.offsetOf(def) + HEADER) : null;
    const { names: fileNames } = defs.fileOf(def).facts;
    const names = kind === ItemKind.Trait ? [0] : [];
    if (code !== null) for (const parameter of code.parameters) names.push(fileNames[parameter.name] as number);
    generics = { parent, base, names, code, count: base + names.length };
    this.#generics.set(def, generics);
    if (kind === ItemKind.Function) {
      const implicit = this.signature(def).implicit;
      if (implicit > 0) {
        const all = names.slice();
        for (let i = 0; i < implicit; i++) all.push(0);
        generics = { parent, base, names: all, code, count: base + all.length };
        this.#generics.set(def, generics);
      }
    }
    return generics;
  }

  /** The impl or trait that holds a member; 0 when it is none. */
  #container(def: DefId): DefId {
    const parent = this.world.defs.parent(def);
    if (parent === 0) return 0;
    const kind = this.world.defs.kind(parent);
    return kind === ItemKind.Impl || kind === ItemKind.Trait ? parent : 0;
  }

  genericCount(def: DefId): number {
    return this.generics(def).count;
  }

  /** The parameters of a definition as arguments to itself. */
  identityArgs(def: DefId): TypeId[] {
    const args: TypeId[] = [];
    this.#addIdentity(def, args);
    return args;
  }

  #addIdentity(def: DefId, into: TypeId[]): void {
    const { parent, names, base } = this.generics(def);
    if (parent !== null) this.#addIdentity(this.#container(def), into);
    for (let i = 0; i < names.length; i++) into.push(this.param(def, base + i));
  }

  param(owner: DefId, index: number): TypeId {
    return this.world.types.make(TypeTag.Param, owner, index, NO_TYPES);
  }

  /** The generic parameter that a name means inside of an item; UNKNOWN for none. */
  parameter(item: DefId, name: number): TypeId {
    const { defs } = this.world;
    let at = item;
    for (let guard = 0; at !== 0 && guard < 50; guard++) {
      const kind = defs.kind(at);
      if (hasGenerics(kind)) {
        const generics = this.#generics.get(at) ?? this.generics(at);
        const index = generics.names.indexOf(name);
        if (index >= 0 && name !== 0) return this.param(at, generics.base + index);
        if (kind !== ItemKind.Function && kind !== ItemKind.AssocType) return UNKNOWN;
      } else if (kind === ItemKind.Module) return UNKNOWN;
      at = defs.parent(at);
    }
    return UNKNOWN;
  }

  hasDefaults(def: DefId): boolean {
    return this.generics(def).code?.parameters.some((p) => p.fallback >= 0) ?? false;
  }

  /** Completes arguments by the defaults of parameters, else by UNKNOWN. For a trait `args` lack self. */
  fillDefaults(def: DefId, args: TypeId[], self: TypeId, isTrait: boolean): void {
    const generics = this.generics(def);
    const offset = isTrait ? 1 : 0;
    const wanted = generics.count - offset;
    while (args.length > wanted) args.pop();
    while (args.length < wanted) {
      const parameter = generics.code?.parameters[args.length];
      if (parameter === undefined || parameter.fallback < 0) args.push(UNKNOWN);
      else args.push(this.subst(this.lowering.type(this.context(def), parameter.fallback), isTrait ? [self === 0 ? UNKNOWN : self, ...args] : args));
    }
  }

  /** How the type expressions of an item are to be read. */
  context(def: DefId): LowerContext {
    let context = this.#contexts.get(def);
    if (context !== undefined) return context;
    const { defs } = this.world;
    const { facts } = defs.fileOf(def);
    let self: TypeId = 0;
    let at = def;
    for (let guard = 0; at !== 0 && self === 0 && guard < 50; guard++) {
      const kind = defs.kind(at);
      if (kind === ItemKind.Impl) self = at === def ? 0 : this.implHeader(at).self;
      else if (kind === ItemKind.Trait) self = this.param(at, 0);
      else if (kind === ItemKind.Struct || kind === ItemKind.Enum || kind === ItemKind.Union) self = this.world.types.adt(at, this.identityArgs(at));
      else if (kind === ItemKind.Module) break;
      if (at === def && kind === ItemKind.Impl) break;
      at = defs.parent(at);
    }
    context = { code: facts.code, names: facts.names, item: def, scope: this.names.scopeOf(def), self, fresh: null, opaque: null };
    if (defs.kind(def) === ItemKind.Impl) {
      // its own header is read without Self, everything else with
      const header = this.implHeader(def);
      context = { ...context, self: header.self };
    }
    this.#contexts.set(def, context);
    return context;
  }

  // --- impls

  implHeader(impl: DefId): ImplHeader {
    let header = this.#headers.get(impl);
    if (header !== undefined) return header;
    this.#headers.set(impl, { trait: 0, args: NO_TYPES, self: UNKNOWN });
    const { defs } = this.world;
    const { facts } = defs.fileOf(impl);
    const parts = implParts(facts.code, defs.offsetOf(impl), HEADER);
    const bare: LowerContext = { code: facts.code, names: facts.names, item: impl, scope: this.names.scopeOf(impl), self: 0, fresh: null, opaque: null };
    const self = this.lowering.type(bare, parts.self);
    this.#headers.set(impl, { trait: 0, args: NO_TYPES, self });
    let trait = 0;
    let args = NO_TYPES;
    if (parts.trait >= 0 && facts.code[parts.trait] === TypeCode.Bound) {
      const bound = this.lowering.bound({ ...bare, self }, parts.trait + 1);
      trait = bound?.trait ?? 0;
      args = bound?.args ?? NO_TYPES;
      if (trait === 0 && (defs.flags(impl) & ItemFlag.Derived) !== 0) {
        trait = this.#derivedTrait(impl, parts.trait + 1);
        if (trait !== 0) {
          const filled: TypeId[] = [];
          this.fillDefaults(trait, filled, self, true);
          args = filled;
        }
      }
    }
    header = { trait, args, self };
    this.#headers.set(impl, header);
    return header;
  }

  /** Derive macros are found by name where the trait itself is not in scope. */
  #derivedTrait(impl: DefId, at: number): DefId {
    const { code, names } = this.world.defs.fileOf(impl).facts;
    if (code[at + 1] !== 1) return 0;
    const home = DERIVED_TRAITS[this.world.symbols.text(names[code[at + 2] as number] as number)];
    if (home === undefined) return 0;
    const core = this.world.load('core');
    return core === null ? 0 : this.names.path(core.root, PathRoot.Crate, home.map((s) => this.world.symbols.intern(s)), 0);
  }

  /** The type of an associated type in an impl, or its default in a trait. */
  assocType(def: DefId): TypeId {
    let type = this.#aliases.get(def);
    if (type !== undefined) return type;
    this.#aliases.set(def, UNKNOWN);
    const { code } = this.world.defs.fileOf(def).facts;
    const at = skipList(code, skipGenerics(code, this.world.defs.offsetOf(def) + HEADER));
    type = code[at] === 1 ? this.lowering.type(this.context(def), at + 1) : UNKNOWN;
    this.#aliases.set(def, type);
    return type;
  }

  /** What a type alias stands for, over its own parameters. */
  alias(def: DefId): TypeId {
    let type = this.#aliases.get(def);
    if (type !== undefined) return type;
    this.#aliases.set(def, UNKNOWN);
    const { code } = this.world.defs.fileOf(def).facts;
    const at = skipGenerics(code, this.world.defs.offsetOf(def) + HEADER);
    type = code[at] === 1 ? this.lowering.type(this.context(def), at + 1) : UNKNOWN;
    this.#aliases.set(def, type);
    return type;
  }

  /** Type of a constant or static. */
  valueType(def: DefId): TypeId {
    let type = this.#aliases.get(def);
    if (type !== undefined) return type;
    this.#aliases.set(def, UNKNOWN);
    type = this.lowering.type(this.context(def), this.world.defs.offsetOf(def) + HEADER);
    this.#aliases.set(def, type);
    return type;
  }

  /** A constant's value as a type, UNKNOWN when it is not a literal. */
  constantValue(def: DefId): TypeId {
    const { defs } = this.world;
    if (defs.kind(def) !== ItemKind.Const) return UNKNOWN;
    const { code } = defs.fileOf(def).facts;
    const value = code[skipType(code, defs.offsetOf(def) + HEADER)] as number;
    return value < 0 ? UNKNOWN : this.world.types.constant(value);
  }

  // --- functions and fields

  signature(def: DefId): Signature {
    return this.#signatures.get(def) ?? this.#lowerSignature(def);
  }

  /** By itself, since its closures would cost every question. */
  #lowerSignature(def: DefId): Signature {
    this.#signatures.set(def, EMPTY_SIGNATURE);
    const { defs, types } = this.world;
    const generics = this.generics(def);
    const base = this.context(def);
    const { code } = base;
    const implicitBounds: Predicate[] = [];
    let implicit = 0;
    const own = generics.base + (generics.code?.parameters.length ?? 0);
    const argument: LowerContext = {
      ...base,
      opaque: (bounds) => {
        const param = this.param(def, own + implicit++);
        this.bounds.list(argument, param, bounds, implicitBounds);
        return param;
      },
    };
    let at = generics.code?.end ?? 0;
    const selfKind = code[at++] as number;
    const params: TypeId[] = [];
    for (let left = code[at++] as number; left > 0; left--) {
      params.push(this.lowering.type(argument, at));
      at = skipType(code, at);
    }
    const opaques: (readonly Predicate[])[] = [];
    const identity = this.identityArgs(def);
    for (let i = 0; i < implicit; i++) identity.push(this.param(def, own + i));
    const result: LowerContext = {
      ...base,
      opaque: (bounds) => {
        const index = opaques.length;
        const type = types.make(TypeTag.Opaque, def, index, identity);
        const list: Predicate[] = [];
        opaques.push(list);
        this.bounds.list(result, type, bounds, list);
        return type;
      },
    };
    let returned = code[at] === TypeCode.Tuple && code[at + 1] === 0 ? UNIT : this.lowering.type(result, at);
    if ((defs.flags(def) & ItemFlag.Async) !== 0) returned = types.make(TypeTag.Future, def, 0, [returned, ...params]);
    const signature: Signature = { selfKind, params, result: returned, implicit, opaques, implicitBounds };
    this.#signatures.set(def, signature);
    // what was kept on the way here did not count the `impl Trait` arguments yet
    if (implicit > 0) this.#generics.delete(def);
    return signature;
  }

  /** Self kind of a function without lowering its signature: 0 none, 1 `self`, 2 `&self`, 3 `&mut self`, 4 typed. */
  selfKind(def: DefId): number {
    const { code } = this.world.defs.fileOf(def).facts;
    return code[skipGenerics(code, this.world.defs.offsetOf(def) + HEADER)] as number;
  }

  /** Fields of a struct, union or variant, over the parameters of the type. */
  fields(def: DefId): readonly Field[] {
    let fields = this.#fields.get(def);
    if (fields !== undefined) return fields;
    this.#fields.set(def, []);
    const { defs } = this.world;
    const variant = defs.kind(def) === ItemKind.Variant;
    const context = this.context(variant ? defs.parent(def) : def);
    const { code, names } = defs.fileOf(def).facts;
    let at = defs.offsetOf(def) + HEADER;
    if (!variant) at = skipGenerics(code, at);
    const made: Field[] = [];
    for (let left = code[at++] as number; left > 0; left--) {
      made.push({ name: names[code[at] as number] as number, visibility: code[at + 1] as Visibility, type: this.lowering.type(context, at + 2) });
      at = skipType(code, at + 2);
    }
    fields = made;
    this.#fields.set(def, fields);
    return fields;
  }

  // --- substitution

  /** Replaces every parameter by the argument at its index; parameters beyond the arguments stay. */
  subst(type: TypeId, args: readonly TypeId[]): TypeId {
    const { types } = this.world;
    if ((types.flags(type) & TypeFlag.Param) === 0 || args.length === 0) return type;
    const tag = types.tag(type);
    if (tag === TypeTag.Param) return args[types.extra(type)] ?? type;
    const parts = types.args(type);
    for (let i = 0; i < parts.length; i++) parts[i] = this.subst(parts[i] as number, args);
    return types.make(tag, types.head(type), types.extra(type), parts);
  }
}

const EMPTY_SIGNATURE: Signature = { selfKind: 0, params: [], result: UNKNOWN, implicit: 0, opaques: [], implicitBounds: [] };

const DERIVED_TRAITS: Readonly<Record<string, readonly string[]>> = {
  Clone: ['clone', 'Clone'], Copy: ['marker', 'Copy'], Debug: ['fmt', 'Debug'], Default: ['default', 'Default'], PartialEq: ['cmp', 'PartialEq'], Eq: ['cmp', 'Eq'],
  PartialOrd: ['cmp', 'PartialOrd'], Ord: ['cmp', 'Ord'], Hash: ['hash', 'Hash'],
};
