// Inference variables and unification. One unifier serves inference and trait queries; variables are numbered from 0 in each body.
import { Prim, TypeFlag, TypeTag, F64, I32, UNKNOWN, type TypeId, type TypeTable } from './typeTable.js';

/** What a variable may become. */
export const enum VarKind { General = 0, Integer = 1, Float = 2 }

const NO_TYPES: readonly TypeId[] = [];
const MAX_DEPTH = 64;
/** How deep `mayUnify` looks. */
const REJECT_DEPTH = 3;

/** Bindings of inference variables, with a trail for trials. */
export class Unifier {
  /** Binding of each variable, -1 for none. */
  #bound = new Int32Array(256).fill(-1);
  #kind = new Uint8Array(256);
  /** Types of the variables, by number: the same in every body. */
  readonly #variables: TypeId[] = [];
  /** Bindings made so far, taken back ones too. */
  bindings = 0;
  #count = 0;
  readonly #trail: number[] = [];
  /** Projections that unification met and could not decide: left and right, pairwise. Taken by the owner. */
  readonly deferred: TypeId[] = [];
  #depth = 0;

  constructor(readonly types: TypeTable) {}

  get count(): number {
    return this.#count;
  }

  /** Forgets all variables. */
  reset(): void {
    this.#bound.fill(-1, 0, this.#count);
    this.#count = 0;
    this.#trail.length = 0;
    this.deferred.length = 0;
  }

  fresh(kind: VarKind = VarKind.General): TypeId {
    const index = this.#count++;
    if (index === this.#bound.length) {
      const bound = new Int32Array(index * 2).fill(-1);
      bound.set(this.#bound);
      this.#bound = bound;
      const kinds = new Uint8Array(index * 2);
      kinds.set(this.#kind);
      this.#kind = kinds;
    }
    this.#bound[index] = -1;
    this.#kind[index] = kind;
    return (this.#variables[index] ??= this.types.make(TypeTag.Infer, index, 0, NO_TYPES));
  }

  /** A point to which `rollback` can return. */
  mark(): number {
    return this.#trail.length;
  }

  /** Undoes bindings since a mark; variables made since stay allocated, unbound. */
  rollback(mark: number): void {
    while (this.#trail.length > mark) {
      const entry = this.#trail.pop() as number;
      if (entry >= 0) this.#bound[entry] = -1;
      else this.#kind[-entry - 1] = this.#trail.pop() as number;
    }
    this.deferred.length = 0;
  }

  /** Variables beyond `count` are given back; only when none of them is reachable. */
  truncate(count: number): void {
    this.#bound.fill(-1, count, this.#count);
    this.#count = count;
  }

  kindOf(variable: TypeId): VarKind {
    return this.#kind[this.types.head(variable)] as VarKind;
  }

  /** Follows variables at the top of a type. */
  shallow(type: TypeId): TypeId {
    let at = type;
    while (this.types.tag(at) === TypeTag.Infer) {
      const bound = this.#bound[this.types.head(at)] as number;
      if (bound < 0) return at;
      at = bound;
    }
    return at;
  }

  /** Replaces all bound variables. */
  deep(type: TypeId, depth = 0): TypeId {
    const { types } = this;
    if ((types.flags(type) & TypeFlag.Infer) === 0) return type;
    const tag = types.tag(type);
    if (tag === TypeTag.Infer) {
      const to = this.shallow(type);
      return to === type ? type : this.deep(to, depth + 1);
    }
    if (depth > MAX_DEPTH) return UNKNOWN;
    const args = types.args(type);
    let changed = false;
    for (let i = 0; i < args.length; i++) {
      const before = args[i] as number;
      const after = this.deep(before, depth + 1);
      if (after !== before) {
        args[i] = after;
        changed = true;
      }
    }
    return changed ? types.make(tag, types.head(type), types.extra(type), args) : type;
  }

  /** As `deep`; what is left unbound becomes `i32`, `f64` or UNKNOWN. */
  final(type: TypeId, depth = 0): TypeId {
    const { types } = this;
    if ((types.flags(type) & TypeFlag.Infer) === 0) return type;
    const tag = types.tag(type);
    if (tag === TypeTag.Infer) {
      const to = this.shallow(type);
      if (to !== type) return this.final(to, depth + 1);
      const kind = this.kindOf(to);
      return kind === VarKind.Integer ? I32 : kind === VarKind.Float ? F64 : UNKNOWN;
    }
    if (depth > MAX_DEPTH) return UNKNOWN;
    const args = types.args(type);
    for (let i = 0; i < args.length; i++) args[i] = this.final(args[i] as number, depth + 1);
    return types.make(tag, types.head(type), types.extra(type), args);
  }

  bind(variable: TypeId, type: TypeId): void {
    const index = this.types.head(variable);
    this.#bound[index] = type;
    this.bindings++;
    this.#trail.push(index);
  }

  /** Makes both types equal if that is possible. Partial bindings remain after a failure: mark and roll back where that matters. */
  unify(a: TypeId, b: TypeId): boolean {
    if (a === b) return true;
    const { types } = this;
    const left = this.shallow(a);
    const right = this.shallow(b);
    if (left === right || left === UNKNOWN || right === UNKNOWN) return true;
    const leftTag = types.tag(left);
    const rightTag = types.tag(right);
    if (leftTag === TypeTag.Infer) return this.#unifyVariable(left, right, rightTag);
    if (rightTag === TypeTag.Infer) return this.#unifyVariable(right, left, leftTag);
    if (leftTag === TypeTag.Projection || rightTag === TypeTag.Projection) {
      if (leftTag === rightTag && types.head(left) === types.head(right) && types.extra(left) === types.extra(right)) {
        const mark = this.#trail.length;
        if (this.#unifyArgs(left, right)) return true;
        this.rollbackKeepDeferred(mark);
      }
      this.deferred.push(left, right);
      return true;
    }
    if (leftTag !== rightTag) return false;
    switch (leftTag) {
      case TypeTag.Prim: case TypeTag.Param: case TypeTag.Const: case TypeTag.Never: return leftTag === TypeTag.Never;
      case TypeTag.Adt: case TypeTag.FnDef: case TypeTag.Bound: case TypeTag.Assoc: case TypeTag.Ref: case TypeTag.Ptr:
        if (types.head(left) !== types.head(right)) return false;
        return this.#unifyArgs(left, right);
      case TypeTag.Closure: case TypeTag.Future: case TypeTag.Opaque:
        if (types.head(left) !== types.head(right) || types.extra(left) !== types.extra(right)) return false;
        return this.#unifyArgs(left, right);
      default:
        return this.#unifyArgs(left, right);
    }
  }

  /**
   * Whether `unify` could succeed once fresh variables stand for the parameters of `pattern`: false only when it would fail whatever they become.
   * Binds nothing and makes no type, so that most impls are passed over before anything is made for them.
   */
  mayUnify(pattern: TypeId, type: TypeId, depth = 0): boolean {
    if (pattern === type || pattern === UNKNOWN || depth > REJECT_DEPTH) return true;
    const { types } = this;
    const tag = types.tag(pattern);
    if (tag === TypeTag.Param || tag === TypeTag.Projection || tag === TypeTag.Infer || tag === TypeTag.Never) return true;
    const other = this.shallow(type);
    if (other === UNKNOWN) return true;
    const otherTag = types.tag(other);
    if (otherTag === TypeTag.Projection) return true;
    if (otherTag === TypeTag.Infer) return tag === TypeTag.Prim || this.kindOf(other) === VarKind.General;
    if (tag !== otherTag) return false;
    if (tag === TypeTag.Prim || tag === TypeTag.Const) return pattern === other;
    if ((tag === TypeTag.Adt || tag === TypeTag.Ref || tag === TypeTag.Ptr) && types.head(pattern) !== types.head(other)) return false;
    const count = types.argCount(pattern);
    if (count !== types.argCount(other)) return false;
    for (let i = 0; i < count; i++) if (!this.mayUnify(types.arg(pattern, i), types.arg(other, i), depth + 1)) return false;
    return true;
  }

  rollbackKeepDeferred(mark: number): void {
    const kept = this.deferred.slice();
    this.rollback(mark);
    this.deferred.push(...kept);
  }

  #unifyArgs(left: TypeId, right: TypeId): boolean {
    const { types } = this;
    const count = types.argCount(left);
    if (count !== types.argCount(right)) return false;
    if (this.#depth > MAX_DEPTH) return false;
    this.#depth++;
    let ok = true;
    for (let i = 0; i < count && ok; i++) ok = this.unify(types.arg(left, i), types.arg(right, i));
    this.#depth--;
    return ok;
  }

  #unifyVariable(variable: TypeId, type: TypeId, tag: TypeTag): boolean {
    const kind = this.kindOf(variable);
    if (tag === TypeTag.Infer) {
      const other = this.kindOf(type);
      if (kind === VarKind.General) this.bind(variable, type);
      else if (other === VarKind.General || other === kind) this.bind(type, variable);
      else return false;
      return true;
    }
    if (kind !== VarKind.General) {
      if (tag !== TypeTag.Prim) return false;
      const prim = this.types.head(type);
      const fits = kind === VarKind.Integer ? prim >= Prim.I8 && prim <= Prim.Usize : prim >= Prim.F32 && prim <= Prim.F128;
      if (!fits) return false;
    } else if ((this.types.flags(type) & TypeFlag.Infer) !== 0 && this.#occurs(variable, type, 0)) return false;
    this.bind(variable, type);
    return true;
  }

  #occurs(variable: TypeId, type: TypeId, depth: number): boolean {
    const { types } = this;
    if ((types.flags(type) & TypeFlag.Infer) === 0) return false;
    const at = this.shallow(type);
    if (at === variable) return true;
    if (depth > MAX_DEPTH) return true;
    for (let i = 0, count = types.argCount(at); i < count; i++) if (this.#occurs(variable, types.arg(at, i), depth + 1)) return true;
    return false;
  }
}
