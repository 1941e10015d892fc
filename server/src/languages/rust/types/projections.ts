// Associated types: what `<T as Trait>::Name` is, as far as trait selection can tell. Not here: projections that wait for inference (solve/infer/state.ts).
import { ItemKind } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import { callSignature } from './builtinTraits.js';
import { Via, type Selection } from './selection.js';
import type { Traits } from './traits.js';
import { PRIM_BASE, Prim, TypeFlag, TypeTag, UNIT, UNKNOWN, USIZE, type DefId, type TypeId } from './typeTable.js';

/** Projections of a program; answers about types without variables and parameters are kept. */
export class Projections {
  readonly #kept = new Map<TypeId, TypeId>();
  readonly #derefs = new Map<TypeId, TypeId>();
  readonly signatures: Signatures;

  constructor(readonly traits: Traits) {
    this.signatures = traits.signatures;
  }

  /** Forgets answers; after declarations changed. */
  clear(): void {
    this.#kept.clear();
    this.#derefs.clear();
  }

  /** A projection's type if it can be told, else the projection itself. Other types are returned as they are. */
  normalizeTop(type: TypeId): TypeId {
    const { types } = this.signatures.world;
    let at = type;
    for (let guard = 0; guard < 8 && types.tag(at) === TypeTag.Projection; guard++) {
      const next = this.project(at);
      if (next === UNKNOWN || next === at) return at;
      at = this.traits.unifier.shallow(next);
    }
    return at;
  }

  /** The type of a projection; UNKNOWN when it cannot be told (yet), itself when it is rigid. */
  project(projection: TypeId): TypeId {
    const { types } = this.signatures.world;
    const clean = (types.flags(projection) & (TypeFlag.Infer | TypeFlag.Param | TypeFlag.Unknown)) === 0;
    if (clean) {
      const known = this.#kept.get(projection);
      if (known !== undefined) return known;
      this.#kept.set(projection, UNKNOWN);
    }
    if (this.traits.nesting > 24) return UNKNOWN;
    this.traits.nesting++;
    const args = types.args(projection);
    args[0] = this.normalizeTop(this.traits.unifier.shallow(args[0] as number));
    let result = UNKNOWN;
    const role = this.traits.known.traitRole(types.head(projection));
    if (role === 'discriminant') result = this.traits.known.isize;
    else {
      const selection = this.traits.select(types.head(projection), args);
      if (selection.via !== Via.None && selection.via !== Via.Ambiguous) result = this.projectSelected(selection, types.head(projection), args, types.extra(projection));
      else if (selection.via === Via.None && types.tag(args[0]) === TypeTag.Param) result = projection;
    }
    this.traits.nesting--;
    result = this.traits.unifier.deep(result);
    if (clean) {
      if (this.traits.nesting > 0 && result === UNKNOWN) this.#kept.delete(projection);
      else this.#kept.set(projection, result);
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
        return types.make(TypeTag.Projection, trait, name, args.map((a) => this.traits.unifier.deep(a)));
      }
      case Via.Builtin: {
        const self = this.traits.unifier.shallow(args[0] as number);
        if (types.tag(self) === TypeTag.Future) return types.arg(self, 0);
        const call = callSignature(this.signatures, self);
        if (call !== null) return call.result;
        if (this.traits.known.traitRole(trait) === 'pointee') return types.tag(self) === TypeTag.Slice || self === PRIM_BASE + Prim.Str ? USIZE : UNIT;
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
    // a type without variables and parameters leads to the same from everywhere
    const closed = (types.flags(type) & (TypeFlag.Infer | TypeFlag.Param | TypeFlag.Projection | TypeFlag.Unknown)) === 0;
    if (closed) {
      const known = this.#derefs.get(type);
      if (known !== undefined) return known;
    }
    const trait = this.traits.known.trait('Deref');
    if (trait === 0) return UNKNOWN;
    const selection = this.traits.select(trait, [type]);
    if (selection.via === Via.None && closed && this.traits.budget > 0) this.#derefs.set(type, UNKNOWN);
    if (selection.via === Via.None || selection.via === Via.Ambiguous) return UNKNOWN;
    const target = this.traits.unifier.shallow(this.projectSelected(selection, trait, [type], this.traits.known.target));
    if (closed && (types.flags(target) & (TypeFlag.Infer | TypeFlag.Unknown)) === 0) this.#derefs.set(type, target);
    return target;
  }
}
