// A finished body: what inference found, with final types, as the contract of inferredBody.ts. Calls are worked out when they are asked for.
import type { FlatTree, NodeIndex } from '../../../../syntax/flatTree.js';
import { NO_NODE } from '../../../../syntax/flatTree.js';
import { ItemKind } from '../../declare/facts.js';
import { macroName } from '../../declare/macroTree.js';
import { Via } from '../../types/selection.js';
import { TypeFlag, TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import { CallKind, type Callee, type Capture, type ClosureInfo, type InferredBody, type LocalVariable } from './inferredBody.js';
import type { CallRecord, InferState } from './state.js';

/** Makes the contract's view of a state after inference. */
export class FinishedBody implements InferredBody {
  readonly tree: FlatTree;
  readonly written: number;
  readonly locals: readonly LocalVariable[];
  readonly closures: readonly ClosureInfo[];
  readonly macroRoots: readonly NodeIndex[];
  readonly owner: DefId;
  readonly first: NodeIndex;
  readonly end: NodeIndex;
  readonly result: TypeId;
  /** Calls by the order in which inference found them; what it recorded of them is let go once they are worked out. */
  readonly #callees: (Callee | undefined)[] = [];
  readonly #second = new Map<NodeIndex, Callee>();
  #edges: readonly DefId[] | null = null;

  constructor(readonly state: InferState) {
    const { unifier } = state;
    state.solvePending();
    this.tree = state.tree;
    this.written = state.holdsMade ? state.expanded.written : state.tree.text.length;
    this.owner = state.owner;
    this.first = state.first;
    this.end = state.end;
    const finals = new Map<TypeId, TypeId>();
    const final = (type: TypeId): TypeId => {
      if ((state.types.flags(type) & TypeFlag.Infer) === 0) return type;
      let known = finals.get(type);
      if (known === undefined) {
        known = unifier.final(type);
        if ((state.types.flags(known) & TypeFlag.Projection) !== 0) known = state.traits.projections.normalize(known);
        finals.set(type, known);
      }
      return known;
    };
    const { nodeTypes } = state;
    for (let i = 0; i < nodeTypes.length; i++) nodeTypes[i] = final(nodeTypes[i] as number);
    for (const local of state.locals) local.type = final(local.type);
    for (const [node, type] of state.adjusted) state.adjusted.set(node, final(type));
    for (const call of state.calls) finish(call, final);
    for (const call of state.secondCalls.values()) finish(call, final);
    this.locals = state.locals;
    this.closures = state.closures.map((c) => ({ node: c.node, type: final(c.type), async: c.async, move: c.move, captures: [...c.captures].map(([local, at]): Capture => ({ local, mode: at.mode, node: at.node })) }));
    this.macroRoots = state.macroRoots.slice().sort((a, b) => a - b);
    this.result = final(state.returnType);
    state.leaveBody();
    // what is left belongs to the whole program
    unifier.reset();
  }

  typeOf(node: NodeIndex): TypeId {
    return this.state.typeOf(node);
  }

  adjustedTypeOf(node: NodeIndex): TypeId {
    return this.state.adjusted.get(node) ?? this.state.typeOf(node);
  }

  #aux(node: NodeIndex): number {
    const slot = this.state.slot(node);
    return slot < 0 ? 0 : (this.state.aux[slot] as number);
  }

  calleeOf(node: NodeIndex): Callee | null {
    const at = this.#aux(node);
    return at > 0 && at <= this.state.calls.length ? this.#callee(at - 1) : null;
  }

  intoIterOf(node: NodeIndex): Callee | null {
    return this.conversionOf(node);
  }

  conversionOf(node: NodeIndex): Callee | null {
    const known = this.#second.get(node);
    if (known !== undefined) return known;
    const record = this.state.secondCalls.get(node);
    if (record === undefined) return null;
    const callee = resolveCall(this.state, record);
    this.#second.set(node, callee);
    return callee;
  }

  localOf(node: NodeIndex): number {
    const at = this.#aux(node);
    return at < 0 && at > -0x40000000 ? -at - 1 : -1;
  }

  itemOf(node: NodeIndex): DefId {
    const at = this.#aux(node);
    return at <= -0x40000000 ? -0x40000000 - at : 0;
  }

  isForeign(node: NodeIndex): boolean {
    return this.state.expanded.fragments.get(node)?.made === 'foreign';
  }

  macroRootOf(node: NodeIndex): NodeIndex {
    return this.state.expanded.fragments.get(node)?.root ?? NO_NODE;
  }

  macroNameOf(node: NodeIndex): number {
    return this.state.world.symbols.intern(macroName(this.tree, node));
  }

  get callees(): readonly DefId[] {
    if (this.#edges === null) {
      const edges = new Set<DefId>();
      for (let i = 0; i < this.state.calls.length; i++) {
        const callee = this.#callee(i);
        if (callee.def !== 0 && callee.kind !== CallKind.Constructor) edges.add(callee.def);
      }
      for (const node of this.state.secondCalls.keys()) {
        const callee = this.conversionOf(node);
        if (callee !== null && callee.def !== 0) edges.add(callee.def);
      }
      for (const aux of this.state.aux) {
        if (aux > -0x40000000) continue;
        const def = -0x40000000 - aux;
        if (this.state.world.defs.kind(def) === ItemKind.Function) edges.add(def);
      }
      this.#edges = [...edges].sort((a, b) => a - b);
    }
    return this.#edges;
  }

  #callee(index: number): Callee {
    let callee = this.#callees[index];
    if (callee === undefined) {
      callee = resolveCall(this.state, this.state.calls[index] as CallRecord);
      this.#callees[index] = callee;
      this.state.calls[index] = WORKED_OUT;
    }
    return callee;
  }
}

const WORKED_OUT: CallRecord = { kind: CallKind.Builtin, def: 0, selfType: UNKNOWN, args: [], result: UNKNOWN, derefs: 0 };

function finish(call: CallRecord, final: (type: TypeId) => TypeId): void {
  call.selfType = final(call.selfType);
  call.result = final(call.result);
  const { args } = call;
  for (let i = 0; i < args.length; i++) {
    const type = final(args[i] as number);
    if (type === args[i]) continue;
    call.args = args.map(final);
    return;
  }
}

/** Finds the impl's own function behind a trait's method, now that types are final. */
function resolveCall(state: InferState, record: CallRecord): Callee {
  const { world, signatures, traits, types } = state;
  const owner = record.kind === CallKind.Static && record.def !== 0 ? world.defs.parent(record.def) : 0;
  const holder = owner === 0 ? 0 : world.defs.kind(owner);
  if (holder !== ItemKind.Trait) return calleeAs(record, record.kind, record.def, 0, holder === ItemKind.Impl ? owner : 0, record.selfType, record.args);
  traits.budget = 2000;
  traits.enter(world.defs.kind(state.owner) === ItemKind.Function ? state.owner : 0);
  const count = signatures.genericCount(owner);
  const self = record.args[0] ?? UNKNOWN;
  const selection = traits.select(owner, record.args.length === count ? record.args : record.args.slice(0, count));
  let kind = CallKind.Generic;
  let { def, args } = record;
  let impl = 0;
  if (selection.via === Via.Object) kind = CallKind.Dynamic;
  else if (selection.via === Via.Impl) {
    kind = CallKind.Static;
    impl = selection.impl;
    const own = signatures.memberOf(impl, world.defs.name(record.def), ItemKind.Function);
    if (own !== 0) {
      const all = selection.args.map((a) => traits.unifier.final(a));
      for (let i = count; i < args.length; i++) all.push(args[i] as number);
      def = own;
      args = all;
    }
  } else if (selection.via === Via.Builtin) kind = types.tag(self) === TypeTag.Closure || types.tag(self) === TypeTag.FnDef ? CallKind.Value : CallKind.Static;
  traits.unifier.reset();
  return calleeAs(record, kind, def, record.def, impl, self, args);
}

function calleeAs(record: CallRecord, kind: CallKind, def: DefId, traitMethod: DefId, impl: DefId, selfType: TypeId, args: readonly TypeId[]): Callee {
  return { kind, def, traitMethod, impl, selfType, args, result: record.result, derefs: record.derefs };
}
