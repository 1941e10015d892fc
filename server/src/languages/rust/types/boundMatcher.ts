// Bounds as a way to fulfil a trait: those of parameters, opaque types, projections and trait objects, and the supertraits that follow from them.
import type { Predicate } from '../resolve/lowered.js';
import type { Signatures } from '../resolve/signatures.js';
import { Via, type Selection } from './selection.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from './typeTable.js';
import type { Unifier } from './unifier.js';

const NO_TYPES: readonly TypeId[] = [];

/** Matches bounds against a wanted trait; what matches is unified. */
export class BoundMatcher {
  constructor(readonly signatures: Signatures, readonly unifier: Unifier) {}

  /** The bound that says most of those that match; null when none does. */
  best(bounds: readonly Predicate[], trait: DefId, args: readonly TypeId[]): Selection | null {
    let found: Selection | null = null;
    for (const bound of bounds) {
      const one = this.match(bound, trait, args, 0);
      if (one === null) continue;
      if (found === null || (one.bound !== null && one.bound.assoc.length > 0)) found = one;
    }
    return found;
  }

  /** A bound, or a supertrait of it, as a selection of `args[0]: trait<args[1…]>`; null when it does not match. */
  match(bound: Predicate, trait: DefId, args: readonly TypeId[], depth: number): Selection | null {
    if (bound.trait === trait) {
      const mark = this.unifier.mark();
      let ok = this.#sameSelf(bound.self, args[0] as number);
      for (let i = 0; i < bound.args.length && ok; i++) ok = this.unifier.unify(bound.args[i] as number, args[i + 1] ?? UNKNOWN);
      if (ok) return { via: Via.Bound, impl: 0, args: NO_TYPES, bound };
      this.unifier.rollback(mark);
      return null;
    }
    const { bounds } = this.signatures;
    if (depth > 6 || !bounds.above(bound.trait).has(trait) || !this.#sameSelf(bound.self, args[0] as number)) return null;
    return this.#matchSupertraits(bound, trait, args, depth);
  }

  #matchSupertraits(bound: Predicate, trait: DefId, args: readonly TypeId[], depth: number): Selection | null {
    const full = [bound.self, ...bound.args];
    for (const parent of this.signatures.bounds.supertraits(bound.trait)) {
      const parentArgs = parent.args.map((arg) => this.signatures.subst(arg, full));
      // an associated type that the bound fixes holds for the supertrait as well
      const assoc = parent.assoc.length === 0 ? bound.assoc : [...parent.assoc.map((one) => ({ name: one.name, type: this.signatures.subst(one.type, full) })), ...bound.assoc];
      const found = this.match({ self: bound.self, trait: parent.trait, args: parentArgs, assoc }, trait, args, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  #sameSelf(a: TypeId, b: TypeId): boolean {
    if (a === b) return true;
    const { types } = this.signatures.world;
    if (types.tag(a) === TypeTag.Param || types.tag(b) === TypeTag.Param || types.tag(a) !== types.tag(b)) return false;
    const mark = this.unifier.mark();
    let ok: boolean;
    if (types.tag(a) === TypeTag.Projection) {
      ok = types.head(a) === types.head(b) && types.extra(a) === types.extra(b);
      for (let i = 0, count = types.argCount(a); i < count && ok; i++) ok = this.unifier.unify(types.arg(a, i), types.arg(b, i));
    } else ok = this.unifier.unify(a, b);
    if (!ok) this.unifier.rollback(mark);
    return ok;
  }

  /** What the bounds of a `dyn` type say. */
  ofObject(self: TypeId, trait: DefId, args: readonly TypeId[]): Selection | null {
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
      const found = this.match({ self, trait: types.head(part), args: types.args(part), assoc }, trait, args, 0);
      if (found !== null) return { ...found, via: Via.Object };
    }
    return null;
  }
}
