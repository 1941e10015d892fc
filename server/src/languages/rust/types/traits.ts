// Trait selection: which impl, bound or rule of the language makes a type implement a trait, and what its associated types are.
// Works with inference variables; answers about types without any are kept until declarations change.
import { ItemFlag, ItemKind } from '../declare/facts.js';
import type { Predicate, Signatures } from '../resolve/signatures.js';
import { Known } from './known.js';
import { NEVER, Prim, TypeFlag, TypeTag, UNIT, UNKNOWN, USIZE, type DefId, type TypeId } from './typeTable.js';
import { Unifier, VarKind } from './unifier.js';

/** How a trait is fulfilled. */
export const enum Via { None = 0, Impl = 1, Bound = 2, Builtin = 3, Ambiguous = 4, Object = 5 }

/** A way to fulfil a trait. */
export interface Selection {
  readonly via: Via;
  readonly impl: DefId;
  /** Arguments of the impl, maybe variables. */
  readonly args: readonly TypeId[];
  /** For a bound: it. */
  readonly bound: Predicate | null;
}

const NONE: Selection = { via: Via.None, impl: 0, args: [], bound: null };
const AMBIGUOUS: Selection = { via: Via.Ambiguous, impl: 0, args: [], bound: null };
const BUILTIN: Selection = { via: Via.Builtin, impl: 0, args: [], bound: null };
const MAX_DEPTH = 7;

interface ImplTable {
  readonly byHead: Map<number, DefId[]>;
  readonly blanket: DefId[];
  /** Size of the name index when the table was made. */
  readonly seen: number;
}

/** Trait queries over a program. */
export class Traits {
  readonly unifier: Unifier;
  readonly known: Known;
  readonly #tables = new Map<DefId, ImplTable>();
  readonly #memo = new Map<TypeId, Selection>();
  readonly #projections = new Map<TypeId, TypeId>();
  #depth = 0;
  /** Function whose bounds hold. */
  env: DefId = 0;
  #steps = 0;
  /** Selections left: a body that asks for more gets no more answers, so that time stays bounded. */
  budget = 0;

  constructor(readonly signatures: Signatures) {
    this.unifier = new Unifier(signatures.world.types);
    this.known = new Known(signatures);
  }

  /** Forgets answers; after declarations changed. */
  clear(): void {
    this.#tables.clear();
    this.#memo.clear();
    this.#projections.clear();
    this.known.clear();
  }

  /** Says whose bounds hold from now on. */
  enter(env: DefId): void {
    if (env === this.env) return;
    this.env = env;
  }

  /** A key for the head of a type: impls are grouped by it. 0 for types that any impl may match. */
  headKey(type: TypeId): number {
    const { types } = this.signatures.world;
    const tag = types.tag(type);
    switch (tag) {
      case TypeTag.Adt: return types.head(type) * 32 + 1;
      case TypeTag.Prim: return types.head(type) * 32 + 2;
      case TypeTag.Ref: return types.head(type) * 32 + 3;
      case TypeTag.Ptr: return types.head(type) * 32 + 4;
      case TypeTag.Slice: return 5;
      case TypeTag.Array: return 6;
      case TypeTag.Tuple: return types.argCount(type) * 32 + 7;
      case TypeTag.FnPtr: return types.argCount(type) * 32 + 8;
      case TypeTag.Never: return 9;
      case TypeTag.Dyn: return types.argCount(type) === 0 ? 10 : types.head(types.arg(type, 0)) * 32 + 10;
      case TypeTag.FnDef: return 11;
      case TypeTag.Closure: case TypeTag.Future: return 12;
      case TypeTag.Opaque: return 13;
      default: return 0;
    }
  }

  #table(trait: DefId): ImplTable {
    const { world } = this.signatures;
    const all = world.traitImpls.get(world.defs.name(trait)) ?? [];
    let table = this.#tables.get(trait);
    if (table !== undefined && table.seen === all.length) return table;
    const byHead = new Map<number, DefId[]>();
    const blanket: DefId[] = [];
    this.#tables.set(trait, { byHead, blanket, seen: all.length });
    for (const impl of all) {
      const flags = world.defs.flags(impl);
      if ((flags & (ItemFlag.Inactive | ItemFlag.Negative)) !== 0) continue;
      const header = this.signatures.implHeader(impl);
      if (header.trait !== trait || header.self === UNKNOWN) continue;
      const tag = world.types.tag(header.self);
      if (tag === TypeTag.Param || tag === TypeTag.Projection) blanket.push(impl);
      else {
        const key = this.headKey(header.self);
        const list = byHead.get(key);
        if (list === undefined) byHead.set(key, [impl]);
        else list.push(impl);
      }
    }
    table = { byHead, blanket, seen: all.length };
    this.#tables.set(trait, table);
    return table;
  }

  /** Selects for `args[0]: trait<args[1…]>`. Bindings that the selection implies are made only when it is unique. */
  select(trait: DefId, args: readonly TypeId[], depth = 0): Selection {
    if (depth === 0 && this.#depth === 0) this.#steps = 0;
    if (depth > MAX_DEPTH || this.#steps++ > 1000 || this.budget-- < 0) return AMBIGUOUS;
    const { types } = this.signatures.world;
    const self = this.unifier.shallow(args[0] as number);
    const tag = types.tag(self);
    if (self === UNKNOWN) return AMBIGUOUS;
    if (tag === TypeTag.Infer && this.unifier.kindOf(self) === VarKind.General) return AMBIGUOUS;
    const full = args.map((a) => this.unifier.deep(a));
    let flags = 0;
    for (const arg of full) flags |= types.flags(arg);
    if ((flags & (TypeFlag.Infer | TypeFlag.Param | TypeFlag.Unknown)) === 0) {
      const key = types.make(TypeTag.Bound, trait, 1, full);
      const known = this.#memo.get(key);
      if (known !== undefined) return known;
      const found = this.#select(trait, self, full, depth);
      if (depth === 0 || found.via !== Via.Ambiguous) this.#memo.set(key, this.#freeze(found));
      return found;
    }
    return this.#select(trait, self, full, depth);
  }

  #freeze(selection: Selection): Selection {
    return selection.args.length === 0 ? selection : { ...selection, args: selection.args.map((a) => this.unifier.deep(a)) };
  }

  #select(trait: DefId, self: TypeId, args: readonly TypeId[], depth: number): Selection {
    const { world } = this.signatures;
    const { types } = world;
    const tag = types.tag(self);
    // bounds of the environment
    if (this.env !== 0 && (tag === TypeTag.Param || tag === TypeTag.Projection || (types.flags(self) & (TypeFlag.Param | TypeFlag.Projection)) !== 0)) {
      const bound = this.#fromBounds(this.signatures.env(this.env), trait, args);
      if (bound !== null) return bound;
    }
    if (tag === TypeTag.Projection) {
      for (const bound of this.signatures.projectionBounds(self)) {
        const found = this.#matchBound({ self, ...bound }, trait, args, 0);
        if (found !== null) return found;
      }
    }
    if (tag === TypeTag.Opaque) {
      const bounds = this.opaqueBounds(self);
      const found = this.#fromBounds(bounds, trait, args);
      if (found !== null) return found;
    }
    if (tag === TypeTag.Dyn) {
      const found = this.#objectBound(self, trait, args);
      if (found !== null) return found;
    }
    const builtin = this.#builtin(trait, self, tag, args, depth);
    if (builtin !== null) return builtin;
    return this.#fromImpls(trait, self, tag, args, depth);
  }

  /** Bounds of an `impl Trait` type. */
  opaqueBounds(type: TypeId): readonly Predicate[] {
    const { types } = this.signatures.world;
    const list = this.signatures.signature(types.head(type)).opaques[types.extra(type)] ?? [];
    const args = types.args(type);
    return list.map((p) => ({ self: type, trait: p.trait, args: p.args.map((a) => this.signatures.subst(a, args)), assoc: p.assoc.map((a) => ({ name: a.name, type: this.signatures.subst(a.type, args) })) }));
  }

  #fromBounds(bounds: readonly Predicate[], trait: DefId, args: readonly TypeId[]): Selection | null {
    let found: Selection | null = null;
    for (const bound of bounds) {
      const one = this.#matchBound(bound, trait, args, 0);
      if (one === null) continue;
      if (found === null || (one.bound !== null && one.bound.assoc.length > 0)) found = one;
    }
    return found;
  }

  #matchBound(bound: Predicate, trait: DefId, args: readonly TypeId[], depth: number): Selection | null {
    if (bound.trait === trait) {
      const mark = this.unifier.mark();
      let ok = this.#sameSelf(bound.self, args[0] as number);
      for (let i = 0; i < bound.args.length && ok; i++) ok = this.unifier.unify(bound.args[i] as number, args[i + 1] ?? UNKNOWN);
      if (ok) return { via: Via.Bound, impl: 0, args: [], bound };
      this.unifier.rollback(mark);
      return null;
    }
    if (depth > 6 || !this.#sameSelf(bound.self, args[0] as number)) return null;
    const full = [bound.self, ...bound.args];
    for (const parent of this.signatures.supertraits(bound.trait)) {
      const next: Predicate = { self: bound.self, trait: parent.trait, args: parent.args.map((a) => this.signatures.subst(a, full)), assoc: parent.assoc.map((a) => ({ name: a.name, type: this.signatures.subst(a.type, full) })) };
      // an associated type that the bound fixes holds for the supertrait as well
      const found = this.#matchBound({ ...next, assoc: [...next.assoc, ...bound.assoc] }, trait, args, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  #sameSelf(a: TypeId, b: TypeId): boolean {
    if (a === b) return true;
    const { types } = this.signatures.world;
    if (types.tag(a) === TypeTag.Param || types.tag(b) === TypeTag.Param || types.tag(a) !== types.tag(b)) return false;
    const mark = this.unifier.mark();
    const ok = types.tag(a) === TypeTag.Projection ? types.head(a) === types.head(b) && types.extra(a) === types.extra(b) && types.args(a).every((x, i) => this.unifier.unify(x, types.arg(b, i))) : this.unifier.unify(a, b);
    if (!ok) this.unifier.rollback(mark);
    return ok;
  }

  #objectBound(self: TypeId, trait: DefId, args: readonly TypeId[]): Selection | null {
    const { types } = this.signatures.world;
    const assoc: { name: number; type: TypeId }[] = [];
    const count = types.argCount(self);
    for (let i = 0; i < count; i++) {
      const part = types.arg(self, i);
      if (types.tag(part) === TypeTag.Assoc) assoc.push({ name: types.head(part), type: types.arg(part, 0) });
    }
    for (let i = 0; i < count; i++) {
      const part = types.arg(self, i);
      if (types.tag(part) !== TypeTag.Bound) continue;
      const found = this.#matchBound({ self, trait: types.head(part), args: types.args(part), assoc }, trait, args, 0);
      if (found !== null) return { ...found, via: Via.Object };
    }
    return null;
  }

  #builtin(trait: DefId, self: TypeId, tag: TypeTag, args: readonly TypeId[], depth: number): Selection | null {
    const { known } = this;
    const { types } = this.signatures.world;
    switch (known.traitRole(trait)) {
      case 'fn': {
        if (tag === TypeTag.Closure || tag === TypeTag.FnPtr || tag === TypeTag.FnDef) {
          const signature = this.callSignature(self);
          if (signature === null) return NONE;
          const mark = this.unifier.mark();
          if (args[1] !== undefined && !this.unifier.unify(types.tuple(signature.params), args[1])) {
            this.unifier.rollback(mark);
            return NONE;
          }
          return BUILTIN;
        }
        return null;
      }
      case 'future': return tag === TypeTag.Future ? BUILTIN : null;
      case 'sized': return tag === TypeTag.Slice || tag === TypeTag.Dyn || (tag === TypeTag.Prim && types.head(self) === Prim.Str) ? NONE : BUILTIN;
      case 'auto': return BUILTIN;
      case 'clone': case 'copy': {
        const copy = known.traitRole(trait) === 'copy';
        if (tag === TypeTag.Tuple || tag === TypeTag.Array) {
          const count = tag === TypeTag.Array ? 1 : types.argCount(self);
          for (let i = 0; i < count; i++) {
            const part = this.select(trait, [types.arg(self, i)], depth + 1);
            if (part.via === Via.None || part.via === Via.Ambiguous) return part;
          }
          return BUILTIN;
        }
        if (tag === TypeTag.FnDef || tag === TypeTag.FnPtr || tag === TypeTag.Never) return BUILTIN;
        if (tag === TypeTag.Closure) return copy ? AMBIGUOUS : BUILTIN;
        if (tag === TypeTag.Infer || tag === TypeTag.Prim) return types.head(self) === Prim.Str && tag === TypeTag.Prim ? NONE : BUILTIN;
        if (tag === TypeTag.Ref) return types.head(self) === 1 ? NONE : BUILTIN;
        if (tag === TypeTag.Ptr) return BUILTIN;
        return null;
      }
      case 'tuple': return tag === TypeTag.Tuple ? BUILTIN : NONE;
      case 'pointee': case 'discriminant': return BUILTIN;
      default: return null;
    }
  }

  /** Parameters and result of a callable type; null when it is none. */
  callSignature(type: TypeId): { readonly params: readonly TypeId[]; readonly result: TypeId } | null {
    const { types, defs } = this.signatures.world;
    switch (types.tag(type)) {
      case TypeTag.Closure: case TypeTag.FnPtr: {
        const parts = types.args(type);
        return { params: parts.slice(1), result: parts[0] as number };
      }
      case TypeTag.FnDef: {
        const def = types.head(type);
        const args = types.args(type);
        const kind = defs.kind(def);
        if (kind === ItemKind.Function) {
          const signature = this.signatures.signature(def);
          return { params: signature.params.map((p) => this.signatures.subst(p, args)), result: this.signatures.subst(signature.result, args) };
        }
        const owner = kind === ItemKind.Variant ? defs.parent(def) : def;
        return { params: this.signatures.fields(def).map((f) => this.signatures.subst(f.type, args)), result: types.adt(owner, args) };
      }
      default: return null;
    }
  }

  #fromImpls(trait: DefId, self: TypeId, tag: TypeTag, args: readonly TypeId[], depth: number): Selection {
    const table = this.#table(trait);
    let candidates: readonly DefId[];
    if (tag === TypeTag.Infer) {
      const wanted = this.unifier.kindOf(self) === VarKind.Integer ? INTEGERS : FLOATS;
      const all: DefId[] = [];
      for (const prim of wanted) all.push(...(table.byHead.get(prim * 32 + 2) ?? []));
      candidates = all.concat(table.blanket);
    } else {
      const own = table.byHead.get(this.headKey(self));
      candidates = own === undefined ? table.blanket : table.blanket.length === 0 ? own : own.concat(table.blanket);
    }
    if (candidates.length === 0) return NONE;
    let best: DefId = 0;
    let bestSure = false;
    let count = 0;
    const mark = this.unifier.mark();
    const vars = this.unifier.count;
    for (const impl of candidates) {
      const sure = candidates.length === 1 && depth > 0 ? this.#matchImpl(impl, args, depth) : this.#matchImpl(impl, args, depth);
      this.unifier.rollback(mark);
      this.unifier.truncate(vars);
      if (sure === 0) continue;
      if (sure === 1 && !bestSure) {
        best = impl;
        bestSure = true;
        count = 1;
      } else if (sure === 1) {
        count++;
        // a specialised impl comes before a blanket one
        if (table.blanket.includes(best) && !table.blanket.includes(impl)) { best = impl; count = 1; }
        else if (table.blanket.includes(impl) && !table.blanket.includes(best)) count--;
      } else if (!bestSure) {
        best = impl;
        count++;
      } else if (!table.blanket.includes(impl)) count++;
    }
    if (count === 0) return NONE;
    if (count > 1) return AMBIGUOUS;
    const fresh = this.freshArgs(best);
    this.#unifyHeader(best, fresh, args);
    return { via: Via.Impl, impl: best, args: fresh, bound: null };
  }

  /** Fresh variables for all parameters of a definition. */
  freshArgs(def: DefId): TypeId[] {
    const count = this.signatures.genericCount(def);
    const args: TypeId[] = [];
    for (let i = 0; i < count; i++) args.push(this.unifier.fresh());
    return args;
  }

  #unifyHeader(impl: DefId, fresh: readonly TypeId[], args: readonly TypeId[]): boolean {
    const header = this.signatures.implHeader(impl);
    if (!this.unifier.unify(this.signatures.subst(header.self, fresh), args[0] as number)) return false;
    for (let i = 0; i < header.args.length; i++) if (!this.unifier.unify(this.signatures.subst(header.args[i] as number, fresh), args[i + 1] ?? UNKNOWN)) return false;
    return this.#settleDeferred();
  }

  /** Decides the projections that unification met; false when one contradicts. */
  #settleDeferred(): boolean {
    const { deferred } = this.unifier;
    for (let guard = 0; deferred.length > 0 && guard < 16; guard++) {
      const right = deferred.pop() as number;
      const left = deferred.pop() as number;
      const a = this.normalizeTop(this.unifier.shallow(left));
      const b = this.normalizeTop(this.unifier.shallow(right));
      if (a === left && b === right) continue;
      if (!this.unifier.unify(a, b)) return false;
    }
    deferred.length = 0;
    return true;
  }

  /** 1 when the impl applies, 2 when it may, 0 when it does not. */
  #matchImpl(impl: DefId, args: readonly TypeId[], depth: number): 0 | 1 | 2 {
    const fresh = this.freshArgs(impl);
    if (!this.#unifyHeader(impl, fresh, args)) return 0;
    let sure: 1 | 2 = 1;
    const { types } = this.signatures.world;
    for (const arg of args) if ((types.flags(arg) & TypeFlag.Unknown) !== 0) sure = 2;
    for (const predicate of this.signatures.predicates(impl)) {
      const role = this.known.traitRole(predicate.trait);
      if (role === 'auto' || role === 'sized') continue;
      const self = this.normalizeTop(this.unifier.deep(this.signatures.subst(predicate.self, fresh)));
      const inner = [self, ...predicate.args.map((a) => this.#plain(this.signatures.subst(a, fresh)))];
      const found = this.select(predicate.trait, inner, depth + 1);
      if (found.via === Via.None) return 0;
      if (found.via === Via.Ambiguous) sure = 2;
      else if (predicate.assoc.length > 0) {
        for (const assoc of predicate.assoc) {
          const is = this.projectSelected(found, predicate.trait, inner, assoc.name);
          if (is === UNKNOWN) sure = 2;
          else if (!this.unifier.unify(is, this.signatures.subst(assoc.type, fresh))) return 0;
        }
      }
    }
    return sure;
  }

  /** A type without the projections that can be told: a number's variable takes no projection (`FnMut(I::Item)` for a range of literals). */
  #plain(type: TypeId): TypeId {
    return (this.signatures.world.types.flags(type) & TypeFlag.Projection) === 0 ? type : this.normalize(this.unifier.deep(type));
  }

  /** A projection's type if it can be told, else the projection itself. Other types are returned as they are. */
  normalizeTop(type: TypeId): TypeId {
    const { types } = this.signatures.world;
    let at = type;
    for (let guard = 0; guard < 8 && types.tag(at) === TypeTag.Projection; guard++) {
      const next = this.project(at);
      if (next === UNKNOWN || next === at) return at;
      at = this.unifier.shallow(next);
    }
    return at;
  }

  /** The type of a projection; UNKNOWN when it cannot be told (yet), itself when it is rigid. */
  project(projection: TypeId): TypeId {
    const { types } = this.signatures.world;
    const clean = (types.flags(projection) & (TypeFlag.Infer | TypeFlag.Param | TypeFlag.Unknown)) === 0;
    if (clean) {
      const known = this.#projections.get(projection);
      if (known !== undefined) return known;
      this.#projections.set(projection, UNKNOWN);
    }
    if (this.#depth > 24) return UNKNOWN;
    this.#depth++;
    const args = types.args(projection);
    args[0] = this.normalizeTop(this.unifier.shallow(args[0] as number));
    let result = UNKNOWN;
    const role = this.known.traitRole(types.head(projection));
    if (role === 'discriminant') result = this.known.isize;
    else {
      const selection = this.select(types.head(projection), args);
      if (selection.via !== Via.None && selection.via !== Via.Ambiguous) result = this.projectSelected(selection, types.head(projection), args, types.extra(projection));
      else if (selection.via === Via.None && types.tag(args[0]) === TypeTag.Param) result = projection;
    }
    this.#depth--;
    result = this.unifier.deep(result);
    if (clean) {
      if (this.#depth > 0 && result === UNKNOWN) this.#projections.delete(projection);
      else this.#projections.set(projection, result);
    }
    return result;
  }

  /** The associated type that a selection gives; UNKNOWN when it gives none. */
  projectSelected(selection: Selection, trait: DefId, args: readonly TypeId[], name: number): TypeId {
    const { types } = this.signatures.world;
    switch (selection.via) {
      case Via.Impl: {
        const member = this.signatures.memberOf(selection.impl, name, ItemKind.AssocType);
        if (member !== 0) return this.normalize(this.signatures.subst(this.signatures.assocType(member), selection.args));
        const fallback = this.signatures.memberOf(trait, name, ItemKind.AssocType);
        return fallback === 0 ? UNKNOWN : this.normalize(this.signatures.subst(this.signatures.assocType(fallback), args));
      }
      case Via.Bound: case Via.Object: {
        const found = selection.bound?.assoc.find((a) => a.name === name);
        if (found !== undefined) return this.normalize(found.type);
        if (selection.via === Via.Object) return UNKNOWN;
        return types.make(TypeTag.Projection, trait, name, args.map((a) => this.unifier.deep(a)));
      }
      case Via.Builtin: {
        const self = this.unifier.shallow(args[0] as number);
        if (types.tag(self) === TypeTag.Future) return types.arg(self, 0);
        const call = this.callSignature(self);
        if (call !== null) return call.result;
        if (this.known.traitRole(trait) === 'pointee') return types.tag(self) === TypeTag.Slice || self === 3 + Prim.Str ? USIZE : UNIT;
        return UNKNOWN;
      }
      default: return UNKNOWN;
    }
  }

  /** Replaces every projection inside of a type that can be told. */
  normalize(type: TypeId): TypeId {
    const { types } = this.signatures.world;
    if ((types.flags(type) & TypeFlag.Projection) === 0) return type;
    const tag = types.tag(type);
    const args = types.args(type);
    let changed = false;
    for (let i = 0; i < args.length; i++) {
      const after = this.normalize(args[i] as number);
      if (after !== args[i]) {
        args[i] = after;
        changed = true;
      }
    }
    const rebuilt = changed ? types.make(tag, types.head(type), types.extra(type), args) : type;
    return types.tag(rebuilt) === TypeTag.Projection ? this.normalizeTop(rebuilt) : rebuilt;
  }

  /** What a reference, smart pointer or other `Deref` leads to; UNKNOWN when it does not. */
  deref(type: TypeId): TypeId {
    const { types } = this.signatures.world;
    const tag = types.tag(type);
    if (tag === TypeTag.Ref || tag === TypeTag.Ptr) return types.arg(type, 0);
    if (tag !== TypeTag.Adt && tag !== TypeTag.Param && tag !== TypeTag.Projection && tag !== TypeTag.Opaque) return UNKNOWN;
    const trait = this.known.trait('Deref');
    if (trait === 0) return UNKNOWN;
    const selection = this.select(trait, [type]);
    if (selection.via === Via.None || selection.via === Via.Ambiguous) return UNKNOWN;
    return this.unifier.shallow(this.projectSelected(selection, trait, [type], this.known.target));
  }

  /** Whether a type is certainly uninhabited. */
  isNever(type: TypeId): boolean {
    return type === NEVER;
  }
}

const INTEGERS: readonly number[] = [Prim.I32, Prim.I8, Prim.I16, Prim.I64, Prim.I128, Prim.Isize, Prim.U8, Prim.U16, Prim.U32, Prim.U64, Prim.U128, Prim.Usize];
const FLOATS: readonly number[] = [Prim.F64, Prim.F32];
