// Trait selection: which impl, bound or rule of the language makes a type implement a trait. Associated types are in projections.ts.
// Works with inference variables; answers about types without any are kept until declarations change.
import type { Predicate } from '../resolve/lowered.js';
import type { Signatures } from '../resolve/signatures.js';
import { BoundMatcher } from './boundMatcher.js';
import { builtin } from './builtinTraits.js';
import { ImplIndex } from './implTable.js';
import { Known } from './known.js';
import { Projections } from './projections.js';
import { AMBIGUOUS, NONE, Via, type Selection } from './selection.js';
import { Prim, PRIM_BASE, TypeFlag, TypeTag, UNKNOWN, type DefId, type TypeId } from './typeTable.js';
import { Unifier, VarKind } from './unifier.js';

const MAX_DEPTH = 7;
const MAX_STEPS = 1000;
const NO_CRATES: ReadonlySet<number> = new Set();

/** Trait queries over a program. */
export class Traits {
  readonly unifier: Unifier;
  readonly known: Known;
  readonly projections: Projections;
  readonly matcher: BoundMatcher;
  readonly #impls: ImplIndex;
  readonly #memo = new Map<TypeId, Selection>();
  /** Projections being worked out. */
  nesting = 0;
  /** Function whose bounds hold. */
  env: DefId = 0;
  #steps = 0;
  #seenFrom: DefId = -1;
  #seen = NO_CRATES;
  /** Selections that were asked for: a measure of work. */
  asked = 0;
  /** Selections left: a body that asks for more gets no more answers, so that time stays bounded. */
  budget = 0;

  constructor(readonly signatures: Signatures) {
    this.unifier = new Unifier(signatures.world.types);
    this.known = new Known(signatures);
    this.projections = new Projections(this);
    this.matcher = new BoundMatcher(signatures, this.unifier);
    this.#impls = new ImplIndex(signatures);
  }

  /** Forgets answers; after declarations changed. */
  clear(): void {
    this.#memo.clear();
    this.#impls.clear();
    this.projections.clear();
    this.#seenFrom = -1;
  }

  /** Says whose bounds hold from now on. */
  enter(env: DefId): void {
    this.env = env;
  }

  /** Selects for `args[0]: trait<args[1…]>`. Bindings that the selection implies are made only when it is unique. */
  select(trait: DefId, args: readonly TypeId[], depth = 0): Selection {
    this.asked++;
    if (depth === 0 && this.nesting === 0) this.#steps = 0;
    if (depth > MAX_DEPTH || this.#steps++ > MAX_STEPS || this.budget-- < 0) return AMBIGUOUS;
    const { types } = this.signatures.world;
    const self = this.unifier.shallow(args[0] as number);
    const tag = types.tag(self);
    if (self === UNKNOWN) return AMBIGUOUS;
    if (tag === TypeTag.Infer && this.unifier.kindOf(self) === VarKind.General) return AMBIGUOUS;
    let flags = 0;
    for (let i = 0; i < args.length; i++) flags |= types.flags(args[i] as number);
    let full = args;
    if ((flags & TypeFlag.Infer) !== 0) {
      full = args.map((a) => this.unifier.deep(a));
      flags = 0;
      for (let i = 0; i < full.length; i++) flags |= types.flags(full[i] as number);
    }
    if ((flags & (TypeFlag.Infer | TypeFlag.Param | TypeFlag.Unknown)) === 0) {
      const key = types.make(TypeTag.Bound, trait, 1, full);
      const known = this.#memo.get(key);
      if (known !== undefined) return known;
      const found = this.#select(trait, self, full, depth, true);
      // an answer for lack of time is this body's alone
      if ((depth === 0 && this.budget >= 0 && this.#steps <= MAX_STEPS) || found.via !== Via.Ambiguous) this.#memo.set(key, this.#freeze(found));
      return found;
    }
    return this.#select(trait, self, full, depth, false);
  }

  #freeze(selection: Selection): Selection {
    return selection.args.length === 0 ? selection : { ...selection, args: selection.args.map((a) => this.unifier.deep(a)) };
  }

  /** `closed` says that no variable, parameter or unknown type is in the question: then only crates that it names can have the impl. */
  #select(trait: DefId, self: TypeId, args: readonly TypeId[], depth: number, closed: boolean): Selection {
    const { world } = this.signatures;
    const { types } = world;
    const tag = types.tag(self);
    // bounds of the environment
    if (this.env !== 0 && (tag === TypeTag.Param || tag === TypeTag.Projection || (types.flags(self) & (TypeFlag.Param | TypeFlag.Projection)) !== 0)) {
      const bound = this.matcher.best(this.signatures.bounds.env(this.env), trait, args);
      if (bound !== null) return bound;
    }
    if (tag === TypeTag.Projection) {
      for (const bound of this.signatures.bounds.projectionBounds(self)) {
        const found = this.matcher.match({ self, ...bound }, trait, args, 0);
        if (found !== null) return found;
      }
    }
    if (tag === TypeTag.Opaque) {
      const bounds = this.opaqueBounds(self);
      const found = this.matcher.best(bounds, trait, args);
      if (found !== null) return found;
    }
    if (tag === TypeTag.Dyn) {
      const found = this.matcher.ofObject(self, trait, args);
      if (found !== null) return found;
    }
    const ruled = builtin(this, trait, self, tag, args, depth);
    if (ruled !== null) return ruled;
    return this.#fromImpls(trait, self, tag, args, depth, closed);
  }

  /** Impls of a trait for types with the head of `self` that the environment sees. */
  implsFor(trait: DefId, self: TypeId, env: DefId): readonly DefId[] {
    const { world } = this.signatures;
    const seen = world.seenBy(world.crateOf(env));
    return this.#impls.forHead(trait, self).filter((impl) => impl < world.standardEnd || seen.has(world.defs.fileOf(impl).crate));
  }

  /** Bounds of an `impl Trait` type. */
  opaqueBounds(type: TypeId): readonly Predicate[] {
    const { types } = this.signatures.world;
    const list = this.signatures.signature(types.head(type)).opaques[types.extra(type)] ?? [];
    const args = types.args(type);
    return list.map((p) => ({ self: type, trait: p.trait, args: p.args.map((a) => this.signatures.subst(a, args)), assoc: p.assoc.map((a) => ({ name: a.name, type: this.signatures.subst(a.type, args) })) }));
  }

  #fromImpls(trait: DefId, self: TypeId, tag: TypeTag, args: readonly TypeId[], depth: number, closed: boolean): Selection {
    const blanket = this.#impls.blanket(trait);
    let candidates: readonly DefId[];
    if (tag === TypeTag.Infer) {
      const wanted = this.unifier.kindOf(self) === VarKind.Integer ? INTEGERS : FLOATS;
      const all: DefId[] = [];
      for (const prim of wanted) all.push(...this.#impls.forHead(trait, PRIM_BASE + prim));
      candidates = all.concat(blanket);
    } else {
      const own = this.#impls.forHead(trait, self);
      candidates = own.length === 0 ? blanket : blanket.length === 0 ? own : own.concat(blanket);
    }
    if (candidates.length === 0) return NONE;
    let best: DefId = 0;
    let bestSure = false;
    let count = 0;
    const mark = this.unifier.mark();
    const vars = this.unifier.count;
    for (const impl of candidates) {
      if (!this.#mayMatch(impl, args) || !this.#sees(impl, trait, args, closed)) continue;
      const sure = this.#matchImpl(impl, args, depth);
      this.unifier.rollback(mark);
      this.unifier.truncate(vars);
      if (sure === 0) continue;
      if (sure === 1 && !bestSure) {
        best = impl;
        bestSure = true;
        count = 1;
      } else if (sure === 1) {
        count++;
        // a specialised impl comes before a blanket one, once nothing is left open that would choose between them: `Error: From<_>` may yet be `From<Error>`
        if (blanket.includes(best) !== blanket.includes(impl) && !this.#isOpen(args)) {
          if (blanket.includes(best)) best = impl;
          count--;
        }
      } else if (!bestSure) {
        best = impl;
        count++;
      } else if (!blanket.includes(impl) && (this.#isOpen(args) || !this.#isVague(impl))) count++;
      // nothing that follows makes it unique again
      if (count > 1 && bestSure && !blanket.includes(best)) return AMBIGUOUS;
    }
    if (count === 0) return NONE;
    if (count > 1) return AMBIGUOUS;
    const fresh = this.freshArgs(best);
    this.#unifyHeader(best, fresh, args);
    this.#bindByBounds(best, fresh, depth);
    return { via: Via.Impl, impl: best, args: fresh, bound: null };
  }

  /**
   * Whether an impl counts where the environment stands: it is of a crate that is seen from there, or of one that the query itself names. Others happen
   * to be loaded for the sake of other code, and must not show in an answer.
   */
  #sees(impl: DefId, trait: DefId, args: readonly TypeId[], closed: boolean): boolean {
    const { world } = this.signatures;
    if (world.standardEnd === 0 || impl < world.standardEnd) return true;
    const { crate } = world.defs.fileOf(impl);
    if (!closed && this.#seenFrom !== this.env) {
      this.#seenFrom = this.env;
      this.#seen = this.env === 0 ? NO_CRATES : world.seenBy(world.crateOf(this.env));
    }
    if ((!closed && this.#seen.has(crate)) || world.defs.fileOf(trait).crate === crate) return true;
    for (let i = 0; i < args.length; i++) if (this.#names(args[i] as number, crate)) return true;
    return false;
  }

  /** Whether a type in an impl's header could not be told. Of an impl that may be any, one that fits what is asked is not in doubt: two would not be allowed. */
  #isVague(impl: DefId): boolean {
    const { types } = this.signatures.world;
    const header = this.signatures.implHeader(impl);
    return (types.flags(header.self) & TypeFlag.Unknown) !== 0 || header.args.some((arg) => (types.flags(arg) & TypeFlag.Unknown) !== 0);
  }

  /** Whether an argument of a trait is not known yet. */
  #isOpen(args: readonly TypeId[]): boolean {
    for (let i = 1; i < args.length; i++) if (this.signatures.world.types.tag(this.unifier.shallow(args[i] as number)) === TypeTag.Infer) return true;
    return false;
  }

  /** Whether a type is made of one that a crate declares. */
  #names(type: TypeId, crate: number): boolean {
    const { types, defs } = this.signatures.world;
    const tag = types.tag(type);
    if ((tag === TypeTag.Adt || tag === TypeTag.FnDef || tag === TypeTag.Bound || tag === TypeTag.Closure || tag === TypeTag.Future || tag === TypeTag.Opaque) && defs.fileOf(types.head(type)).crate === crate) return true;
    for (let i = 0, count = types.argCount(type); i < count; i++) if (this.#names(types.arg(type, i), crate)) return true;
    return false;
  }

  /** Fresh variables for all parameters of a definition. */
  freshArgs(def: DefId): TypeId[] {
    const count = this.signatures.genericCount(def);
    if (count === 0) return [];
    const args = new Array<TypeId>(count);
    for (let i = 0; i < count; i++) args[i] = this.unifier.fresh();
    return args;
  }

  /** Parameters that only a bound's associated type speaks of: the `T` of `impl<T, F: FnMut() -> Poll<T>> Future for PollFn<F>`. */
  #bindByBounds(impl: DefId, fresh: readonly TypeId[], depth: number): void {
    const { types } = this.signatures.world;
    if (!fresh.some((variable) => types.tag(this.unifier.shallow(variable)) === TypeTag.Infer && this.unifier.kindOf(this.unifier.shallow(variable)) === VarKind.General)) return;
    for (const predicate of this.signatures.bounds.predicates(impl)) {
      if (predicate.assoc.length === 0) continue;
      const self = this.projections.normalizeTop(this.unifier.deep(this.signatures.subst(predicate.self, fresh)));
      if (types.tag(self) === TypeTag.Infer) continue;
      const inner = [self];
      for (let i = 0; i < predicate.args.length; i++) inner.push(this.#plain(this.signatures.subst(predicate.args[i] as number, fresh)));
      const found = this.select(predicate.trait, inner, depth + 1);
      if (found.via === Via.None || found.via === Via.Ambiguous) continue;
      for (const assoc of predicate.assoc) {
        const is = this.projections.projectSelected(found, predicate.trait, inner, assoc.name);
        if (is !== UNKNOWN) this.unifier.unify(is, this.signatures.subst(assoc.type, fresh));
      }
    }
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
      const a = this.projections.normalizeTop(this.unifier.shallow(left));
      const b = this.projections.normalizeTop(this.unifier.shallow(right));
      if (a === left && b === right) continue;
      if (!this.unifier.unify(a, b)) return false;
    }
    deferred.length = 0;
    return true;
  }

  /** False when an impl's header shows by itself that it does not apply. */
  #mayMatch(impl: DefId, args: readonly TypeId[]): boolean {
    const header = this.signatures.implHeader(impl);
    if (!this.unifier.mayUnify(header.self, args[0] as number)) return false;
    for (let i = 0; i < header.args.length; i++) if (!this.unifier.mayUnify(header.args[i] as number, args[i + 1] ?? UNKNOWN)) return false;
    return true;
  }

  /** 1 when the impl applies, 2 when it may, 0 when it does not. */
  #matchImpl(impl: DefId, args: readonly TypeId[], depth: number): 0 | 1 | 2 {
    const fresh = this.freshArgs(impl);
    if (!this.#unifyHeader(impl, fresh, args)) return 0;
    if (this.#steps++ > MAX_STEPS) return 2;
    let sure: 1 | 2 = 1;
    const { types } = this.signatures.world;
    for (const arg of args) if ((types.flags(arg) & TypeFlag.Unknown) !== 0) sure = 2;
    if (this.#isVague(impl)) sure = 2;
    for (const predicate of this.signatures.bounds.predicates(impl)) {
      const role = this.known.traitRole(predicate.trait);
      if (role === 'auto' || role === 'sized') continue;
      const self = this.projections.normalizeTop(this.unifier.deep(this.signatures.subst(predicate.self, fresh)));
      const inner = [self, ...predicate.args.map((a) => this.#plain(this.signatures.subst(a, fresh)))];
      const found = this.select(predicate.trait, inner, depth + 1);
      if (found.via === Via.None) return 0;
      if (found.via === Via.Ambiguous) sure = 2;
      else if (predicate.assoc.length > 0) {
        for (const assoc of predicate.assoc) {
          const is = this.projections.projectSelected(found, predicate.trait, inner, assoc.name);
          if (is === UNKNOWN) sure = 2;
          else if (!this.unifier.unify(is, this.signatures.subst(assoc.type, fresh))) return 0;
        }
      }
    }
    return sure;
  }

  /** A type without the projections that can be told: a number's variable takes no projection (`FnMut(I::Item)` for a range of literals). */
  #plain(type: TypeId): TypeId {
    return (this.signatures.world.types.flags(type) & TypeFlag.Projection) === 0 ? type : this.projections.normalize(this.unifier.deep(type));
  }
}

const INTEGERS: readonly number[] = [Prim.I32, Prim.I8, Prim.I16, Prim.I64, Prim.I128, Prim.Isize, Prim.U8, Prim.U16, Prim.U32, Prim.U64, Prim.U128, Prim.Usize];
const FLOATS: readonly number[] = [Prim.F64, Prim.F32];
