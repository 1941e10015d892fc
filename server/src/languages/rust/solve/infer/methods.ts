// Which function a method call or an associated path means: inherent impls, traits in scope, bounds, with autoderef and autoref.
import { ItemFlag, ItemKind, Visibility } from '../../declare/facts.js';
import { headKey } from '../../types/implTable.js';
import { I32, PRIM_BASE, PRIM_NAMES, Prim, F64, TypeFlag, TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import { Via } from '../../types/selection.js';
import { VarKind } from '../../types/unifier.js';
import type { Signatures } from '../../resolve/signatures.js';
import type { InferState } from './state.js';

/** A function found by name on a type. */
export interface Found {
  readonly def: DefId;
  /** Impl or trait that holds it. */
  readonly owner: DefId;
  /** The type that is `Self` in it. */
  readonly self: TypeId;
  readonly derefs: number;
}

const MAX_STEPS = 12;
const NO_CANDIDATES: readonly DefId[] = [];

/** Inherent members by head of the self type and name; one per program. */
export class InherentIndex {
  readonly #byHead = new Map<number, Map<number, DefId[]>>();
  /** Lists of it that are to be put in the order of the sources before they are shown. */
  readonly #unordered = new Set<DefId[]>();
  #otherSeen = -1;
  readonly #seen = new Map<number, number>();
  /** Answers of method look-ups for types without variables and parameters: by scope's traits, then type and name. */
  readonly memo = new Map<ReadonlySet<DefId>, Map<number, Found | null>>();

  /** Symbols of the primitives' names. */
  readonly primNames: readonly number[];
  /** The same for types with parameters, whose answers hold where the same bounds do. */
  readonly #openMemo = new Map<number, Found | null>();
  #openFrom: DefId = 0;
  #openTraits: ReadonlySet<DefId> | null = null;

  /** The inferrer of the last body. V8 throws away the code that it made for a class when a collection finds none of its objects. */
  latest: object | null = null;

  constructor(readonly signatures: Signatures) {
    this.primNames = PRIM_NAMES.map((name) => signatures.world.symbols.intern(name));
  }

  /** Answers about types that hold parameters of `owner`, with these traits in scope. */
  openMemo(owner: DefId, traits: ReadonlySet<DefId>): Map<number, Found | null> {
    if (this.#openFrom !== owner || this.#openTraits !== traits) {
      this.#openMemo.clear();
      this.#openFrom = owner;
      this.#openTraits = traits;
    }
    return this.#openMemo;
  }

  /** Forgets everything; after declarations changed. */
  clear(): void {
    this.#byHead.clear();
    this.#unordered.clear();
    this.memo.clear();
    this.#seen.clear();
    this.#otherSeen = -1;
    this.#epoch = -1;
    this.#openMemo.clear();
    this.#openTraits = null;
  }

  #epoch = -1;

  #enterFrom(name: number): void {
    const impls = this.signatures.world.inherentImpls.get(name);
    if (impls === undefined) return;
    const seen = this.#seen.get(name) ?? 0;
    this.#seen.set(name, impls.length);
    for (let i = seen; i < impls.length; i++) this.#enter(impls[i] as number);
  }

  /** Members called `name` of inherent impls whose self type has this head. */
  candidates(key: number, typeName: number, name: number): readonly DefId[] {
    const { world } = this.signatures;
    if (this.#epoch !== world.epoch) {
      this.#epoch = world.epoch;
      for (const alias of world.typeAliases) this.#enterFrom(alias);
    }
    if (typeName !== 0) {
      const impls = world.inherentImpls.get(typeName);
      if (impls !== undefined && (this.#seen.get(typeName) ?? 0) < impls.length) this.#enterFrom(typeName);
    } else if (this.#otherSeen < world.otherInherent.length) {
      const from = Math.max(0, this.#otherSeen);
      this.#otherSeen = world.otherInherent.length;
      for (let i = from; i < world.otherInherent.length; i++) this.#enter(world.otherInherent[i] as number);
    }
    const found = this.#byHead.get(key)?.get(name);
    if (found === undefined) return NO_CANDIDATES;
    if (this.#unordered.delete(found)) found.sort((a, b) => world.inSourceOrder(a, b));
    return found;
  }

  #enter(impl: DefId): void {
    if ((this.signatures.world.defs.flags(impl) & ItemFlag.Inactive) !== 0) return;
    const { world } = this.signatures;
    const key = headKey(world.types, this.signatures.implHeader(impl).self);
    let names = this.#byHead.get(key);
    if (names === undefined) this.#byHead.set(key, (names = new Map()));
    for (const [name, defs] of this.signatures.members(impl)) {
      const list = names.get(name);
      if (list === undefined) names.set(name, [...defs]);
      else {
        list.push(...defs);
        this.#unordered.add(list); // impls that call the type by an alias were entered when the alias was seen
      }
    }
  }
}

/** Inherent members called `name` of a type, as far as their impl fits it. */
function inherent(state: InferState, index: InherentIndex, type: TypeId, name: number): readonly DefId[] {
  const { types, world } = state;
  const tag = types.tag(type);
  let typeName = 0;
  if (tag === TypeTag.Adt) typeName = world.defs.name(types.head(type));
  else if (tag === TypeTag.Prim) typeName = index.primNames[types.head(type)] ?? 0;
  else if (tag !== TypeTag.Dyn && tag !== TypeTag.Slice && tag !== TypeTag.Array && tag !== TypeTag.Ptr && tag !== TypeTag.Never && tag !== TypeTag.Tuple) return NO_CANDIDATES;
  let all = index.candidates(headKey(types, type), typeName, name);
  // `Rc` and its like have private functions of many names
  if (all.some((def) => isForeign(state, def))) all = all.filter((def) => !isForeign(state, def));
  if (all.length < 2) return all;
  return all.filter((def) => fits(state, world.defs.parent(def), type));
}

/** Whether a function is another crate's own affair. */
function isForeign({ world, owner }: InferState, def: DefId): boolean {
  return world.defs.visibility(def) !== Visibility.Public && world.defs.fileOf(def).crate !== world.defs.fileOf(owner).crate;
}

/** Whether an inherent impl may be one of `type`: its header unifies. */
function fits(state: InferState, impl: DefId, type: TypeId): boolean {
  const mark = state.unifier.mark();
  const count = state.unifier.count;
  const args = state.traits.freshArgs(impl);
  const ok = state.unifier.unify(state.signatures.subst(state.signatures.implHeader(impl).self, args), type);
  state.unifier.rollback(mark);
  state.unifier.truncate(count);
  return ok;
}

/** Finds the method `name` on a receiver of type `receiver`. Null when it is not known. */
export function findMethod(state: InferState, index: InherentIndex, receiver: TypeId, name: number): Found | null {
  const { types } = state;
  const deep = state.unifier.deep(receiver);
  const traits = state.traitsInScope();
  const flags = types.flags(deep);
  if ((flags & TypeFlag.Infer) !== 0) return search(state, index, deep, name, traits);
  let memo = (flags & TypeFlag.Param) !== 0 ? index.openMemo(state.owner, traits) : index.memo.get(traits);
  if (memo === undefined) index.memo.set(traits, (memo = new Map()));
  const key = deep * 0x200000 + name;
  let found = memo.get(key);
  if (found === undefined) {
    found = search(state, index, deep, name, traits);
    // on the way through `Deref`, its type may have been told by variables of this body: they mean something else in the next
    if (found !== null && (types.flags(found.self) & TypeFlag.Infer) !== 0) found = { ...found, self: state.unifier.deep(found.self) };
    if (found === null || (types.flags(found.self) & TypeFlag.Infer) === 0) memo.set(key, found);
  }
  return found;
}

function search(state: InferState, index: InherentIndex, receiver: TypeId, name: number, traits: ReadonlySet<DefId>): Found | null {
  const { types, unifier } = state;
  let step = receiver;
  for (let derefs = 0; derefs < MAX_STEPS; derefs++) {
    step = derefs === 0 ? unifier.shallow(step) : state.resolved(step);
    const tag = types.tag(step);
    if (step === UNKNOWN) return null;
    if (tag === TypeTag.Infer) {
      const kind = unifier.kindOf(step);
      if (kind === VarKind.General) return null;
      const trial = atStep(state, index, step, tag, name, traits, derefs);
      if (trial !== null) return trial;
      unifier.bind(step, kind === VarKind.Integer ? I32 : F64);
      step = unifier.shallow(step);
    }
    const found = atStep(state, index, step, types.tag(step), name, traits, derefs);
    if (found !== null) return found;
    let next = state.traits.projections.deref(step);
    if (next === UNKNOWN && tag === TypeTag.Array) next = types.slice(types.arg(step, 0));
    if (next === UNKNOWN) return null;
    step = state.normalize(next);
  }
  return null;
}

function atStep(state: InferState, index: InherentIndex, step: TypeId, tag: TypeTag, name: number, traits: ReadonlySet<DefId>, derefs: number): Found | null {
  const { types, signatures } = state;
  const own = inherent(state, index, step, name);
  // by value
  for (const def of own) if (isMethod(state, def)) {
    const kind = signatures.selfKind(def);
    if (kind === 1 || kind === 4) return { def, owner: state.world.defs.parent(def), self: step, derefs };
  }
  const isRef = tag === TypeTag.Ref;
  const target = isRef ? state.unifier.shallow(types.arg(step, 0)) : UNKNOWN;
  const mutable = isRef && types.head(step) === 1;
  if (isRef && target !== UNKNOWN) {
    for (const def of inherent(state, index, target, name)) if (isMethod(state, def)) {
      const kind = signatures.selfKind(def);
      if (kind === 2 || (kind === 3 && mutable)) return { def, owner: state.world.defs.parent(def), self: target, derefs: derefs + 1 };
    }
  }
  const byTrait = (self: TypeId, accept: (kind: number) => boolean, extra: number): Found | null => fromTraits(state, self, name, traits, accept, derefs + extra);
  // no text or slice can be handed over by value: `text[1..].into()` converts the reference
  const unsized = tag === TypeTag.Slice || step === PRIM_BASE + Prim.Str;
  let found = byTrait(step, (k) => (k === 1 && !unsized) || k === 4, 0);
  if (found !== null) return found;
  if (isRef && target !== UNKNOWN) {
    found = byTrait(target, (k) => k === 2 || (k === 3 && mutable), 1);
    if (found !== null) return found;
  }
  for (const def of own) if (isMethod(state, def) && signatures.selfKind(def) === 2) return { def, owner: state.world.defs.parent(def), self: step, derefs };
  found = byTrait(step, (k) => k === 2, 0);
  if (found !== null) return found;
  // a method that takes `self` of an impl for `&T`
  found = byTrait(types.ref(step, false), (k) => k === 1, 0);
  if (found !== null) return found;
  for (const def of own) if (isMethod(state, def) && signatures.selfKind(def) === 3) return { def, owner: state.world.defs.parent(def), self: step, derefs };
  return byTrait(step, (k) => k === 3, 0);
}

function isMethod(state: InferState, def: DefId): boolean {
  return state.world.defs.kind(def) === ItemKind.Function && state.signatures.selfKind(def) !== 0;
}

function fromTraits(state: InferState, self: TypeId, name: number, scope: ReadonlySet<DefId>, accept: (kind: number) => boolean, derefs: number): Found | null {
  const { types, world, signatures, traits } = state;
  const candidates = world.traitsByMember.get(name);
  if (candidates === undefined) return null;
  const tag = types.tag(self);
  let fallback: Found | null = null;
  let seen = 0;
  for (const trait of candidates) {
    if (trait === seen) continue;
    seen = trait;
    const def = signatures.memberOf(trait, name, ItemKind.Function);
    if (def === 0 || !accept(signatures.selfKind(def))) continue;
    const bounded = tag === TypeTag.Param || tag === TypeTag.Dyn || tag === TypeTag.Opaque || tag === TypeTag.Projection;
    if (!scope.has(trait) && !bounded) continue;
    const mark = state.unifier.mark();
    const count = state.unifier.count;
    const args = traits.freshArgs(trait);
    args[0] = self;
    const selection = traits.select(trait, args);
    state.unifier.rollback(mark);
    state.unifier.truncate(count);
    if (selection.via === Via.None) continue;
    if (!scope.has(trait) && selection.via !== Via.Bound && selection.via !== Via.Object) continue;
    const found = { def, owner: trait, self, derefs };
    if (selection.via !== Via.Ambiguous || candidates.length === 1) return found;
    fallback ??= found;
  }
  return fallback;
}

/** Finds `name` as an associated function or constant of `type` (`Type::name`). */
export function findAssociated(state: InferState, index: InherentIndex, type: TypeId, name: number): Found | null {
  const { types, world, signatures, traits } = state;
  let self = state.unifier.shallow(type);
  if (self === UNKNOWN) return null;
  if (types.tag(self) === TypeTag.Infer) {
    const kind = state.unifier.kindOf(self);
    if (kind === VarKind.General) return null;
    self = kind === VarKind.Integer ? I32 : F64;
  }
  const own = inherent(state, index, self, name).find((def) => {
    const kind = world.defs.kind(def);
    return kind === ItemKind.Function || kind === ItemKind.Const;
  });
  if (own !== undefined) return { def: own, owner: world.defs.parent(own), self, derefs: 0 };
  // first the scope: an import may load the crate that has the trait
  const scope = state.traitsInScope();
  const candidates = world.traitsByMember.get(name);
  if (candidates === undefined) return null;
  const tag = types.tag(self);
  let fallback: Found | null = null;
  for (const trait of candidates) {
    const def = signatures.memberOf(trait, name, ItemKind.Function) || signatures.memberOf(trait, name, ItemKind.Const);
    if (def === 0) continue;
    const bounded = tag === TypeTag.Param || tag === TypeTag.Projection;
    if (!scope.has(trait) && !bounded) continue;
    const mark = state.unifier.mark();
    const args = traits.freshArgs(trait);
    args[0] = self;
    const selection = traits.select(trait, args);
    state.unifier.rollback(mark);
    if (selection.via === Via.None) continue;
    if (!scope.has(trait) && selection.via !== Via.Bound) continue;
    const found = { def, owner: trait, self, derefs: 0 };
    if (selection.via !== Via.Ambiguous) return found;
    fallback ??= found;
  }
  return fallback;
}

/** Arguments for a found function: those of its impl or trait by its self type, fresh ones for its own parameters. */
export function instantiate(state: InferState, found: Found): TypeId[] {
  const args = state.traits.freshArgs(found.def);
  if (state.world.defs.kind(found.owner) === ItemKind.Trait) args[0] = found.self;
  else state.unify(state.signatures.subst(state.signatures.implHeader(found.owner).self, args), found.self);
  return args;
}

/** Primitive type by its index. */
export function primitive(prim: number): TypeId {
  return PRIM_BASE + prim;
}
