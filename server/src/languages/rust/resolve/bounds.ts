// Bounds of definitions: those an item declares, those that hold inside of it, supertraits, and associated types found through them.
// Not here: whether a type fulfils a bound (types/traits.ts).
import { ItemKind, TypeCode } from '../declare/facts.js';
import { hasGenerics, skipGenerics, skipType } from '../declare/factsReader.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from '../types/typeTable.js';
import { dropFrom, HEADER } from './definitions.js';
import type { BoundView, LowerContext } from './lower.js';
import type { Predicate } from './lowered.js';
import type { Signatures } from './signatures.js';

const NO_PREDICATES: readonly Predicate[] = [];

/** Bounds of a program's definitions, lowered when asked for and kept. */
export class Bounds {
  readonly #predicates = new Map<DefId, readonly Predicate[]>();
  readonly #env = new Map<DefId, readonly Predicate[]>();
  readonly #supers = new Map<DefId, readonly BoundView[]>();
  readonly #above = new Map<DefId, ReadonlySet<DefId>>();
  /** Traits whose supertraits are being worked out. */
  #unfinished = 0;
  #clauseDepth = 0;

  constructor(readonly signatures: Signatures) {}

  /** Forgets the bounds of definitions from `first` on. */
  forgetFrom(first: DefId): void {
    for (const table of [this.#predicates, this.#env, this.#supers, this.#above]) dropFrom(table, first);
  }

  /** Bounds that an item declares itself; for a trait its supertraits too. */
  predicates(def: DefId): readonly Predicate[] {
    return this.#predicates.get(def) ?? this.#lowerPredicates(def);
  }

  // What is worked out once stands by itself: closures in it would cost every question.

  #lowerPredicates(def: DefId): readonly Predicate[] {
    this.#predicates.set(def, NO_PREDICATES);
    const generics = this.signatures.generics(def);
    const context = this.signatures.context(def);
    const made: Predicate[] = [];
    const { code } = context;
    const trait = this.signatures.world.defs.kind(def) === ItemKind.Trait;
    if (generics.code !== null) {
      generics.code.parameters.forEach((parameter, i) => {
        if (!parameter.constant) this.list(context, this.signatures.param(def, generics.base + i + (trait ? 1 : 0)), parameter.bounds, made);
      });
      for (const clause of generics.code.clauses) this.list(context, this.signatures.lowering.type(context, clause), skipType(code, clause), made);
      if (trait) this.list(context, this.signatures.param(def, 0), generics.code.end, made);
    }
    if (this.signatures.world.defs.kind(def) === ItemKind.Function) made.push(...this.signatures.signature(def).implicitBounds);
    const list = made.length === 0 ? NO_PREDICATES : made;
    this.#predicates.set(def, list);
    return list;
  }

  /** Adds the bounds that the List at `at` puts on `self`. */
  list(context: LowerContext, self: TypeId, at: number, into: Predicate[]): void {
    const { code } = context;
    let next = at + 1;
    for (let left = code[at] as number; left > 0; left--) {
      if (code[next] === TypeCode.Bound) {
        const bound = this.signatures.lowering.bound({ ...context, self: context.self === 0 ? self : context.self }, next + 1, self);
        if (bound !== null && bound.trait !== 0) into.push({ self, trait: bound.trait, args: bound.args, assoc: bound.assoc });
      }
      next = skipType(code, next);
    }
  }

  /** All bounds that hold inside of an item: its own, those of what it stands in, supertraits, bounds of associated types. */
  env(def: DefId): readonly Predicate[] {
    return this.#env.get(def) ?? this.#lowerEnv(def);
  }

  #lowerEnv(def: DefId): readonly Predicate[] {
    this.#env.set(def, NO_PREDICATES);
    const all: Predicate[] = [];
    const { defs } = this.signatures.world;
    let at = def;
    for (let guard = 0; at !== 0 && guard < 50; guard++) {
      const kind = defs.kind(at);
      if (kind === ItemKind.Module) break;
      if (hasGenerics(kind)) {
        all.push(...this.predicates(at));
        if (kind === ItemKind.Trait) all.push({ self: this.signatures.param(at, 0), trait: at, args: this.signatures.identityArgs(at).slice(1), assoc: [] });
      }
      at = defs.parent(at);
    }
    for (let i = 0; i < all.length && i < 300; i++) {
      const { self, trait, args } = all[i] as Predicate;
      for (const parent of this.supertraits(trait)) {
        const full = [self, ...args];
        const next = { self, trait: parent.trait, args: parent.args.map((a) => this.signatures.subst(a, full)), assoc: parent.assoc.map((a) => ({ name: a.name, type: this.signatures.subst(a.type, full) })) };
        if (!all.some((p) => p.self === self && p.trait === next.trait && sameTypes(p.args, next.args) && next.assoc.length === 0)) all.push(next);
      }
    }
    this.#env.set(def, all);
    return all;
  }

  /** Direct supertraits, over the trait's parameters. */
  supertraits(trait: DefId): readonly BoundView[] {
    return this.#supers.get(trait) ?? this.#lowerSupertraits(trait);
  }

  #lowerSupertraits(trait: DefId): readonly BoundView[] {
    this.#supers.set(trait, []);
    this.#unfinished++;
    const self = this.signatures.param(trait, 0);
    const list = this.predicates(trait).filter((p) => p.self === self);
    this.#unfinished--;
    this.#supers.set(trait, list);
    return list;
  }

  /** Supertraits of a trait, their supertraits, and so on. */
  above(trait: DefId): ReadonlySet<DefId> {
    const known = this.#above.get(trait);
    if (known !== undefined) return known;
    const all = new Set<DefId>();
    const left = [trait];
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      for (const parent of this.supertraits(at)) {
        if (all.has(parent.trait)) continue;
        all.add(parent.trait);
        left.push(parent.trait);
      }
    }
    if (this.#unfinished === 0) this.#above.set(trait, all);
    return all;
  }

  /** The projection of associated type `name` in a trait or its supertraits; UNKNOWN when there is none. */
  projectionIn(trait: DefId, args: readonly TypeId[], self: TypeId, name: number, depth = 0): TypeId {
    if (this.signatures.memberOf(trait, name, ItemKind.AssocType) !== 0) return this.signatures.world.types.make(TypeTag.Projection, trait, name, [self, ...args]);
    if (depth > 8) return UNKNOWN;
    // the code of the bounds is read, not the predicates: those may be in the making
    const context = this.signatures.context(trait);
    const generics = this.signatures.generics(trait);
    if (generics.code === null) return UNKNOWN;
    const lists = [generics.code.end];
    for (const clause of generics.code.clauses) if (context.code[clause] === TypeCode.Path && context.code[clause + 2] === 1 && this.signatures.lowering.name(context, context.code[clause + 3] as number) === this.signatures.world.words.selfType) lists.push(skipType(context.code, clause));
    for (const list of lists) {
      const found = this.#memberInBounds(context, list, (bound) => this.projectionIn(bound.trait, bound.args.map((a) => this.signatures.subst(a, [self, ...args])), self, name, depth + 1), name, depth);
      if (found !== UNKNOWN) return found;
    }
    return UNKNOWN;
  }

  #memberInBounds(context: LowerContext, list: number, make: (bound: BoundView) => TypeId, name: number, depth: number): TypeId {
    const { code } = context;
    let next = list + 1;
    for (let left = code[list] as number; left > 0; left--) {
      if (code[next] === TypeCode.Bound) {
        const trait = this.signatures.lowering.boundTrait(context, next + 1);
        if (trait !== 0 && this.#declares(trait, name, depth)) {
          const bound = this.signatures.lowering.bound(context, next + 1);
          if (bound !== null && bound.trait !== 0) {
            const found = make(bound);
            if (found !== UNKNOWN) return found;
          }
        }
      }
      next = skipType(code, next);
    }
    return UNKNOWN;
  }

  #declares(trait: DefId, name: number, depth: number): boolean {
    if (this.signatures.memberOf(trait, name, ItemKind.AssocType) !== 0) return true;
    if (depth > 8) return false;
    const context = this.signatures.context(trait);
    const end = this.signatures.generics(trait).code?.end;
    if (end === undefined) return false;
    const { code } = context;
    let next = end + 1;
    for (let left = code[end] as number; left > 0; left--) {
      if (code[next] === TypeCode.Bound) {
        const parent = this.signatures.lowering.boundTrait(context, next + 1);
        if (parent !== 0 && parent !== trait && this.#declares(parent, name, depth + 1)) return true;
      }
      next = skipType(code, next);
    }
    return false;
  }

  /** `self::name` by the bounds that `item` itself puts on `self`; UNKNOWN when none has it. */
  boundWithMember(item: DefId, self: TypeId, name: number): TypeId {
    const { types } = this.signatures.world;
    if (!hasGenerics(this.signatures.world.defs.kind(item))) return UNKNOWN;
    const generics = this.signatures.generics(item);
    if (generics.code === null) return UNKNOWN;
    const context = this.signatures.context(item);
    const make = (bound: BoundView): TypeId => this.projectionIn(bound.trait, bound.args, self, name);
    const tag = types.tag(self);
    if (tag === TypeTag.Param && types.head(self) === item) {
      const own = types.extra(self) - generics.base - (this.signatures.world.defs.kind(item) === ItemKind.Trait ? 1 : 0);
      const parameter = generics.code.parameters[own];
      if (parameter !== undefined && !parameter.constant) {
        const found = this.#memberInBounds(context, parameter.bounds, make, name, 0);
        if (found !== UNKNOWN) return found;
      }
    }
    for (const clause of generics.code.clauses) {
      const plain = context.code[clause] === TypeCode.Path && context.code[clause + 2] === 1;
      if (tag === TypeTag.Param && !plain) continue;
      if (tag !== TypeTag.Param && plain) continue;
      if (this.#clauseDepth > 4) continue;
      this.#clauseDepth++;
      const left = this.signatures.lowering.type(context, clause);
      this.#clauseDepth--;
      if (left !== self) continue;
      const found = this.#memberInBounds(context, skipType(context.code, clause), make, name, 0);
      if (found !== UNKNOWN) return found;
    }
    return UNKNOWN;
  }

  /** `(<T as Trait>::A)::name` by the bounds that the trait puts on `A`. */
  memberOfProjection(self: TypeId, name: number): TypeId {
    for (const bound of this.projectionBounds(self)) {
      const found = this.projectionIn(bound.trait, bound.args, self, name);
      if (found !== UNKNOWN) return found;
    }
    return UNKNOWN;
  }

  /** Bounds that a trait declares on the associated type of a projection. */
  projectionBounds(projection: TypeId): readonly BoundView[] {
    const { types, defs } = this.signatures.world;
    const member = this.signatures.memberOf(types.head(projection), types.extra(projection), ItemKind.AssocType);
    if (member === 0) return [];
    const context = this.signatures.context(member);
    const at = skipGenerics(context.code, defs.offsetOf(member) + HEADER);
    const made: Predicate[] = [];
    this.list(context, projection, at, made);
    const args = types.args(projection);
    return made.map((b) => ({ trait: b.trait, args: b.args.map((a) => this.signatures.subst(a, args)), assoc: b.assoc.map((a) => ({ name: a.name, type: this.signatures.subst(a.type, args) })) }));
  }
}

function sameTypes(a: readonly TypeId[], b: readonly TypeId[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
