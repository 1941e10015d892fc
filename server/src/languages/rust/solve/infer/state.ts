// The state of inference over one body: types by node, locals in scope, calls found, obligations that wait for types. Written by the other files
// of this folder, read once more when the body is finished (finished.ts).
import type { FlatTree, NodeIndex } from '../../../../syntax/flatTree.js';
import type { ExpandedTree } from '../../declare/macroTree.js';
import { ItemKind } from '../../declare/facts.js';
import type { Names } from '../../resolve/names.js';
import type { Predicate } from '../../resolve/lowered.js';
import type { Signatures } from '../../resolve/signatures.js';
import type { Configuration } from '../../declare/cfg.js';
import type { World } from '../../resolve/world.js';
import type { Traits } from '../../types/traits.js';
import { Via } from '../../types/selection.js';
import { TypeFlag, TypeTag, UNKNOWN, type DefId, type TypeId, type TypeTable } from '../../types/typeTable.js';
import { VarKind, type Unifier } from '../../types/unifier.js';
import { callableOf, type Callable } from './callable.js';
import type { CallKind, CaptureMode } from './inferredBody.js';

/** A call as inference found it; types may hold variables until the body is finished. */
export interface CallRecord {
  readonly kind: CallKind;
  readonly def: DefId;
  selfType: TypeId;
  args: readonly TypeId[];
  result: TypeId;
  readonly derefs: number;
}

/** A local variable. */
export interface Local {
  readonly node: NodeIndex;
  readonly symbol: number;
  type: TypeId;
  readonly mutable: boolean;
  readonly parameter: boolean;
  /** Nesting of closures at which it was declared. */
  readonly closureDepth: number;
}

/** A closure or async block being inferred. */
export interface ClosureRecord {
  readonly node: NodeIndex;
  readonly type: TypeId;
  readonly async: boolean;
  readonly move: boolean;
  readonly captures: Map<number, { mode: CaptureMode; node: NodeIndex }>;
  readonly depth: number;
}

/** A bound that waits for its types. */
interface Obligation {
  readonly trait: DefId;
  readonly args: readonly TypeId[];
  readonly assoc: readonly { readonly name: number; readonly type: TypeId }[];
}

/** A loop or labelled block that `break` can leave. */
export interface BreakTarget {
  readonly label: number;
  readonly loop: boolean;
  readonly type: TypeId;
  broken: boolean;
}

/** Bounds that follow from bounds are followed this far. */
const MAX_REQUIRED = 8;
const MAX_PENDING = 2000;

/** Inference over one body. */
export class InferState {
  readonly world: World;
  /** Which features decide between alternatives in this body's crate. */
  readonly configuration: Configuration;
  readonly types: TypeTable;
  readonly names: Names;
  readonly unifier: Unifier;
  readonly tree: FlatTree;
  readonly nodeTypes: Int32Array;
  readonly aux: Int32Array;
  readonly calls: CallRecord[] = [];
  readonly secondCalls = new Map<NodeIndex, CallRecord>();
  readonly adjusted = new Map<NodeIndex, TypeId>();
  readonly locals: Local[] = [];
  readonly closures: ClosureRecord[] = [];
  readonly macroRoots: NodeIndex[] = [];
  readonly #ranges: { first: NodeIndex; end: NodeIndex; offset: number }[] = [];
  readonly scopeSymbols: number[] = [];
  readonly scopeLocals: number[] = [];
  readonly breaks: BreakTarget[] = [];
  readonly closureStack: ClosureRecord[] = [];
  readonly #pending: Obligation[] = [];
  #triedCount = 0;
  #triedAt = -1;
  /** Module or block scope for names. */
  scope: DefId;
  /** Type of `Self`, 0 for none. */
  selfType: TypeId;
  returnType: TypeId = UNKNOWN;
  depth = 0;
  /** Whether it holds a macro that stands for what it makes. */
  holdsMade = false;
  closureCount = 0;

  constructor(readonly signatures: Signatures, readonly traits: Traits, readonly expanded: ExpandedTree, readonly owner: DefId, readonly first: NodeIndex, readonly end: NodeIndex, macros: readonly { first: NodeIndex; end: NodeIndex }[]) {
    this.world = signatures.world;
    this.configuration = this.world.crateOf(owner).source.configuration;
    this.types = this.world.types;
    this.names = signatures.names;
    this.unifier = traits.unifier;
    this.tree = expanded.tree;
    let size = end - first;
    for (const range of macros) {
      this.#ranges.push({ ...range, offset: size });
      size += range.end - range.first;
    }
    // one piece of memory for both columns
    const columns = new Int32Array(size * 2);
    this.nodeTypes = columns.subarray(0, size);
    this.aux = columns.subarray(size);
    const kind = this.world.defs.kind(owner);
    this.scope = this.names.scopeOf(owner);
    this.selfType = signatures.context(owner).self;
    this.unifier.reset();
    traits.budget = 4000 + (end - first) * 40;
    traits.enter(kind === ItemKind.Function || kind === ItemKind.Const ? owner : 0);
  }

  /** Traits whose methods can be called by name here. */
  traitsInScope(): ReadonlySet<DefId> {
    if (this.#implTrait < 0) {
      const { defs } = this.world;
      let at = this.owner;
      for (let guard = 0; at !== 0 && guard < 20 && defs.kind(at) !== ItemKind.Impl; guard++) at = defs.kind(at) === ItemKind.Module ? 0 : defs.parent(at);
      this.#implTrait = at === 0 ? 0 : this.signatures.implHeader(at).trait;
    }
    return this.names.traitsWith(this.scope, this.#implTrait);
  }

  #implTrait: DefId = -1;

  /** Lets go of what only inference itself needs. */
  leaveBody(): void {
    this.#pending.length = this.scopeSymbols.length = this.scopeLocals.length = this.breaks.length = this.closureStack.length = 0;
  }

  /** Index of a node's results. -1 for a node that is not of this body. */
  slot(node: NodeIndex): number {
    if (node >= this.first && node < this.end) return node - this.first;
    for (const range of this.#ranges) if (node >= range.first && node < range.end) return node - range.first + range.offset;
    return -1;
  }

  setType(node: NodeIndex, type: TypeId): TypeId {
    const slot = node >= this.first && node < this.end ? node - this.first : this.slot(node);
    if (slot >= 0) this.nodeTypes[slot] = type;
    return type;
  }

  typeOf(node: NodeIndex): TypeId {
    const slot = this.slot(node);
    return slot < 0 ? UNKNOWN : (this.nodeTypes[slot] as number);
  }

  setAux(node: NodeIndex, value: number): void {
    const slot = this.slot(node);
    if (slot >= 0) this.aux[slot] = value;
  }

  call(node: NodeIndex, record: CallRecord): void {
    this.calls.push(record);
    this.setAux(node, this.calls.length);
  }

  fresh(): TypeId {
    return this.unifier.fresh();
  }

  // --- locals

  declare(node: NodeIndex, symbol: number, type: TypeId, mutable: boolean, parameter: boolean): number {
    const index = this.locals.length;
    this.locals.push({ node, symbol, type, mutable, parameter, closureDepth: this.closureStack.length });
    this.scopeSymbols.push(this.isMade(node) ? -symbol : symbol);
    this.scopeLocals.push(index);
    this.setAux(node, -index - 1);
    this.setType(node, type);
    return index;
  }

  /** The local that an identifier means, -1 for none. What a macro declares by a name of its own, only the macro sees. */
  local(symbol: number, node: NodeIndex): number {
    if (this.isMade(node)) {
      const own = this.scopeSymbols.lastIndexOf(-symbol);
      if (own >= 0) return this.scopeLocals[own] as number;
    }
    const at = this.scopeSymbols.lastIndexOf(symbol);
    return at < 0 ? -1 : (this.scopeLocals[at] as number);
  }

  /** Whether a node stands in a macro's definition, and not in the file. */
  isMade(node: NodeIndex): boolean {
    return (this.tree.start[node] as number) >= this.expanded.written;
  }

  mark(): number {
    return this.scopeSymbols.length;
  }

  leave(mark: number): void {
    this.scopeSymbols.length = mark;
    this.scopeLocals.length = mark;
  }

  // --- types

  /** The type as far as it is known now; pending obligations are tried when it is not, or is a reference to what is not. */
  resolved(type: TypeId): TypeId {
    let at = this.unifier.shallow(type);
    if (this.#pending.length > 0) {
      let target = at;
      while (this.types.tag(target) === TypeTag.Ref) target = this.unifier.shallow(this.types.arg(target, 0));
      if (this.types.tag(target) === TypeTag.Infer) {
        this.solvePending();
        at = this.unifier.shallow(at);
      }
    }
    if (this.types.tag(at) === TypeTag.Projection) at = this.unifier.shallow(this.normalize(at));
    return at;
  }

  isVariable(type: TypeId): boolean {
    return this.types.tag(type) === TypeTag.Infer;
  }

  unify(a: TypeId, b: TypeId): boolean {
    const { unifier } = this;
    const ok = unifier.unify(a, b);
    const { deferred } = unifier;
    while (deferred.length > 0) {
      const right = deferred.pop() as number;
      const left = deferred.pop() as number;
      this.#equateProjection(left, right);
    }
    return ok;
  }

  #equateProjection(left: TypeId, right: TypeId): void {
    for (const [projection, other] of [[left, right], [right, left]] as const) {
      if (this.types.tag(projection) !== TypeTag.Projection) continue;
      if ((this.types.flags(projection) & TypeFlag.Infer) === 0) {
        const known = this.traits.projections.normalizeTop(projection);
        if (known !== projection) this.unifier.unify(known, other);
        this.unifier.deferred.length = 0;
        return;
      }
      this.require(this.types.head(projection), this.types.args(projection), [{ name: this.types.extra(projection), type: other }]);
      return;
    }
  }

  /** Replaces projections by what they are; those that wait for types become variables with an obligation. */
  normalize(type: TypeId, depth = 0): TypeId {
    const { types } = this;
    const flags = types.flags(type);
    if ((flags & TypeFlag.Projection) === 0 || depth > 30) return type;
    const tag = types.tag(type);
    if (tag === TypeTag.Projection && (flags & TypeFlag.Infer) === 0) {
      const known = this.traits.projections.normalizeTop(type);
      return known;
    }
    const args = types.args(type);
    let changed = false;
    for (let i = 0; i < args.length; i++) {
      const after = this.normalize(args[i] as number, depth + 1);
      if (after !== args[i]) {
        args[i] = after;
        changed = true;
      }
    }
    const rebuilt = changed ? types.make(tag, types.head(type), types.extra(type), args) : type;
    if (types.tag(rebuilt) !== TypeTag.Projection) return rebuilt;
    const deep = this.unifier.deep(rebuilt);
    if ((types.flags(deep) & TypeFlag.Infer) === 0) return this.traits.projections.normalizeTop(deep);
    const variable = this.fresh();
    this.require(types.head(deep), types.args(deep), [{ name: types.extra(deep), type: variable }]);
    return this.unifier.shallow(variable);
  }

  subst(type: TypeId, args: readonly TypeId[]): TypeId {
    const replaced = this.signatures.subst(type, args);
    return (this.types.flags(replaced) & TypeFlag.Projection) === 0 ? replaced : this.normalize(replaced);
  }

  /** Each type with arguments in the place of parameters, from an index on. */
  substAll(all: readonly TypeId[], args: readonly TypeId[], from = 0): TypeId[] {
    const replaced: TypeId[] = [];
    for (let i = from; i < all.length; i++) replaced.push(this.subst(all[i] as number, args));
    return replaced;
  }

  /** Makes the variables of `all` from an index on the same as what is given for them. */
  unifyFrom(all: readonly TypeId[], from: number, given: readonly TypeId[]): void {
    for (let i = 0; i < given.length; i++) {
      const at = all[from + i];
      if (at !== undefined) this.unify(at, given[i] as number);
    }
  }

  // --- obligations

  /** Requires `args[0]: trait<args[1…]>` with these associated types; now if possible, else later. */
  require(trait: DefId, args: readonly TypeId[], assoc: readonly { readonly name: number; readonly type: TypeId }[]): void {
    const obligation: Obligation = { trait, args, assoc };
    if (this.#requireDepth > MAX_REQUIRED || this.#pending.length > MAX_PENDING) return;
    this.#requireDepth++;
    if (!this.#try(obligation)) this.#pending.push(obligation);
    this.#requireDepth--;
  }

  #requireDepth = 0;

  requireAll(predicates: readonly Predicate[], args: readonly TypeId[]): void {
    for (const p of predicates) {
      if (p.args.length === 0 && p.assoc.length === 0 && this.traits.known.traitRole(p.trait) !== 'fn') continue;
      const all = [this.subst(p.self, args)];
      for (let i = 0; i < p.args.length; i++) all.push(this.subst(p.args[i] as number, args));
      const assoc: { name: number; type: TypeId }[] = [];
      for (const { name, type } of p.assoc) assoc.push({ name, type: this.subst(type, args) });
      this.require(p.trait, all, assoc);
    }
  }

  /** Whether the obligation is settled. */
  #try(obligation: Obligation): boolean {
    const { traits, unifier } = this;
    const self = unifier.shallow(obligation.args[0] as number);
    if (this.types.tag(self) === TypeTag.Infer && unifier.kindOf(self) === VarKind.General) return false;
    if (self === UNKNOWN) return true;
    const args = obligation.args.slice();
    args[0] = self;
    const selection = traits.select(obligation.trait, args);
    if (selection.via === Via.Ambiguous) return false;
    if (selection.via === Via.None) return true;
    if (selection.via === Via.Impl) {
      const header = this.signatures.implHeader(selection.impl);
      // a kept selection speaks of types without variables: what it says of the trait's arguments still has to be told
      for (let i = 0; i < header.args.length; i++) this.unify(this.subst(header.args[i] as number, selection.args), args[i + 1] ?? UNKNOWN);
      this.requireAll(this.signatures.bounds.predicates(selection.impl), selection.args);
    }
    for (const assoc of obligation.assoc) {
      const type = traits.projections.projectSelected(selection, obligation.trait, args, assoc.name);
      if (type !== UNKNOWN) this.unify(this.normalize(type), assoc.type);
      else this.#assocOfSuper(obligation, args, assoc);
    }
    return true;
  }

  /** `Output` belongs to `FnOnce`, not to `FnMut`: bounds name associated types of supertraits too. */
  #assocOfSuper(obligation: Obligation, args: readonly TypeId[], assoc: { readonly name: number; readonly type: TypeId }): void {
    if (this.signatures.memberOf(obligation.trait, assoc.name, ItemKind.AssocType) !== 0) return;
    const projection = this.signatures.bounds.projectionIn(obligation.trait, args.slice(1), args[0] as number, assoc.name);
    if (projection !== UNKNOWN) this.unify(this.normalize(projection), assoc.type);
  }

  /** Tries what waits until nothing moves. */
  solvePending(): void {
    const pending = this.#pending;
    // what waits waits for variables: without a new binding since the last try nothing has changed
    if (pending.length === this.#triedCount && this.unifier.bindings === this.#triedAt) return;
    for (let round = 0; round < 12; round++) {
      let moved = false;
      const batch = pending.splice(0, pending.length);
      for (const obligation of batch) {
        if (this.#try(obligation)) moved = true;
        else pending.push(obligation);
      }
      if (moved && pending.length > 0) continue;
      this.#triedCount = pending.length;
      this.#triedAt = this.unifier.bindings;
      return;
    }
  }

  /** What waits for a variable to become callable: parameters and result that a closure in its place would have; null when nothing says. */
  expectedCallable(type: TypeId): Callable | null {
    const at = this.unifier.shallow(type);
    const { types } = this;
    if (types.tag(at) === TypeTag.Infer) {
      for (const obligation of this.#pending) {
        if (this.unifier.shallow(obligation.args[0] as number) !== at || this.traits.known.traitRole(obligation.trait) !== 'fn') continue;
        const tuple = this.unifier.shallow(obligation.args[1] ?? UNKNOWN);
        if (types.tag(tuple) !== TypeTag.Tuple) continue;
        return { params: types.args(tuple), result: obligation.assoc[0]?.type ?? 0 };
      }
      return null;
    }
    return callableOf(this, at);
  }
}
