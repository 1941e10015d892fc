// Type inference for calls of generic functions: matches parameter types with argument types, then constraints with core types.
import type { TypeFacts } from '../types/typeFacts.js';
import { TypeKind, type TypeId } from '../types/typeKind.js';
import { METHOD_WORDS, type TypeTable } from '../types/typeTable.js';
import type { Substitution } from '../types/substitute.js';

/** Infers type arguments. One direction: only the callee's own parameters are bound, type parameters inside arguments are opaque. */
export class Inference {
  constructor(private readonly types: TypeTable, private readonly facts: () => TypeFacts, private readonly substitution: Substitution) {}

  /** Binds parameters that occur in `parameter` by what stands in their place in `argument`. `bound[i]` 0 is free. */
  unify(parameter: TypeId, argument: TypeId, params: readonly TypeId[], bound: TypeId[], depth = 0): void {
    const { types } = this;
    if (parameter === argument && !types.isGeneric(parameter)) return;
    if (argument === 0 || depth > 40 || !types.isGeneric(parameter)) return;
    const kind = types.kind(parameter);
    if (kind === TypeKind.TypeParam) {
      const at = params.indexOf(parameter);
      if (at < 0) return;
      const known = bound[at] as TypeId;
      if (known === 0) bound[at] = argument;
      else if (known !== argument) bound[at] = this.#prefer(known, argument);
      return;
    }
    let other = argument;
    if (kind !== TypeKind.Named && types.kind(other) === TypeKind.Named) other = types.underlying(other);
    if (kind !== TypeKind.Named && types.kind(other) === TypeKind.TypeParam) other = this.facts().coreType(other);
    if (types.kind(other) !== kind) {
      // An interface parameter such as Seq-like method sets binds through methods of the argument; not needed to decide what allocates.
      if (kind === TypeKind.Named && types.kind(types.underlying(parameter)) !== TypeKind.Interface) this.unify(types.underlying(parameter), other, params, bound, depth + 1);
      return;
    }
    const go = (p: TypeId, a: TypeId): void => this.unify(p, a, params, bound, depth + 1);
    switch (kind) {
      case TypeKind.Pointer: case TypeKind.Slice: case TypeKind.Array: case TypeKind.Chan:
        return go(types.elem(parameter), types.elem(other));
      case TypeKind.Map:
        go(types.key(parameter), types.key(other));
        return go(types.elem(parameter), types.elem(other));
      case TypeKind.Func: case TypeKind.Tuple: {
        const count = Math.min(types.listLength(parameter), types.listLength(other));
        for (let i = 0; i < count; i++) go(types.listItem(parameter, i), types.listItem(other, i));
        return;
      }
      case TypeKind.Named: {
        if (types.objectOf(parameter) !== types.objectOf(other)) {
          const under = types.underlying(parameter);
          if (types.kind(under) !== TypeKind.Interface && types.kind(under) !== TypeKind.Struct) go(under, types.underlying(other));
          return;
        }
        const count = Math.min(types.listLength(parameter), types.listLength(other));
        for (let i = 0; i < count; i++) go(types.listItem(parameter, i), types.listItem(other, i));
        return;
      }
      case TypeKind.Struct: {
        const count = Math.min(types.fieldCount(parameter), types.fieldCount(other));
        for (let i = 0; i < count; i++) go(types.fieldType(parameter, i), types.fieldType(other, i));
        return;
      }
      case TypeKind.Interface: {
        const count = Math.min(types.methodCount(parameter), types.methodCount(other));
        for (let i = 0; i < count * METHOD_WORDS; i += METHOD_WORDS) go(types.listItem(parameter, i + 2), types.listItem(other, i + 2));
        return;
      }
      default:
    }
  }

  /** Binds what is still free through core types of constraints, and puts bound arguments into bound ones. */
  complete(params: readonly TypeId[], bound: TypeId[]): void {
    const { types } = this;
    for (let round = 0; round < 3; round++) {
      let changed = false;
      for (let i = 0; i < params.length; i++) {
        const core = this.#coreTerm(params[i] as TypeId);
        if (core === 0) continue;
        const before = bound.join();
        if (bound[i] !== 0) this.unify(core, types.underlying(bound[i] as TypeId), params, bound);
        else bound[i] = this.substitution.apply(core, params, bound);
        if (bound.join() !== before) changed = true;
      }
      if (!changed) break;
    }
    for (let i = 0; i < bound.length; i++) if (bound[i] !== 0 && types.isGeneric(bound[i] as TypeId)) bound[i] = this.substitution.apply(bound[i] as TypeId, params.filter((p) => p !== bound[i]), bound.filter((_, k) => params[k] !== bound[i]));
  }

  /** The type of a constraint's single term as written, 0 when there are several or none. */
  #coreTerm(typeParam: TypeId): TypeId {
    const { types } = this;
    const constraint = types.underlying(types.constraint(typeParam));
    if (types.kind(constraint) !== TypeKind.Interface) return 0;
    let only = 0;
    for (let i = 0; i < types.embedCount(constraint); i++) {
      const embedded = types.embed(constraint, i);
      if (types.kind(embedded) === TypeKind.Union) {
        if (types.termCount(embedded) !== 1) return 0;
        only = types.termType(embedded, 0);
      } else if (types.underKind(embedded) !== TypeKind.Interface) only = embedded;
    }
    return only;
  }

  /** Of two types met for one parameter: a defined one before its underlying type, a bidirectional channel after a directed one. */
  #prefer(known: TypeId, other: TypeId): TypeId {
    const { types } = this;
    if (types.kind(known) === TypeKind.Named || types.kind(other) !== TypeKind.Named) return known;
    return types.underlying(other) === known ? other : known;
  }
}
