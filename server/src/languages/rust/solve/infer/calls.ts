// Calls: paths, methods, values. Arguments are checked in two rounds, closures last, so that what the others say reaches them.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../../declare/facts.js';
import { callSignature } from '../../types/builtinTraits.js';
import { TypeFlag, TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import type { Inferrer } from './inferrer.js';
import { CallKind } from './inferredBody.js';
import { findMethod, instantiate } from './methods.js';
import { typeArguments, valuePath, type PathValue } from './paths.js';

/** Infers a call_expression. */
export function callExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  let fn = tree.childByField(node, RustField.Function);
  const args = argumentNodes(inferrer, tree.childByField(node, RustField.Arguments));
  let turbofish = NO_NODE;
  if (tree.kind[fn] === RustKind.GenericFunction) {
    const inner = tree.childByField(fn, RustField.Function);
    if (tree.kind[inner] === RustKind.FieldExpression) {
      turbofish = tree.childByField(fn, RustField.TypeArguments);
      fn = inner;
    }
  }
  switch (tree.kind[fn]) {
    case RustKind.FieldExpression: {
      const field = tree.childByField(fn, RustField.Field);
      if (field !== NO_NODE && tree.kind[field] === RustKind.FieldIdentifier) return methodCall(inferrer, node, fn, field, turbofish, args, wanted);
      break;
    }
    case RustKind.Identifier: case RustKind.ScopedIdentifier: case RustKind.GenericFunction: case RustKind.Self: {
      if ((tree.kind[fn] === RustKind.Identifier || tree.kind[fn] === RustKind.Self) && state.local(inferrer.symbol(fn), fn) >= 0) break;
      const value = valuePath(inferrer, fn);
      if (value === null) {
        for (const arg of args) inferrer.infer(arg, 0);
        return UNKNOWN;
      }
      const kind = state.world.defs.kind(value.def);
      if (kind === ItemKind.Function || kind === ItemKind.Struct || kind === ItemKind.Variant) {
        state.setAux(fn, -0x40000000 - value.def);
        return pathCall(inferrer, node, value, args, wanted);
      }
      const type = inferrer.valueType(fn, value);
      state.setType(fn, type);
      return valueCall(inferrer, node, type, args);
    }
    default:
  }
  return valueCall(inferrer, node, inferrer.infer(fn, 0), args);
}

function argumentNodes(inferrer: Inferrer, list: NodeIndex): NodeIndex[] {
  const { tree } = inferrer.state;
  const nodes: NodeIndex[] = [];
  if (list === NO_NODE) return nodes;
  for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
    if (tree.kind[child] !== RustKind.AttributeItem) nodes.push(child);
  }
  return nodes;
}

/** Parameter types as hints, after a trial in which the result is what is wanted. */
function hints(inferrer: Inferrer, params: readonly TypeId[], result: TypeId, wanted: TypeId): readonly TypeId[] {
  const { state } = inferrer;
  if (wanted === 0 || (state.types.flags(result) & TypeFlag.Infer) === 0) return params;
  const at = state.unifier.shallow(wanted);
  if (state.isVariable(at) || at === UNKNOWN) return params;
  const mark = state.unifier.mark();
  const count = state.unifier.count;
  let found: readonly TypeId[] = params;
  if (state.unifier.unify(result, at)) {
    const deep: TypeId[] = [];
    for (let i = 0; i < params.length; i++) deep.push(state.unifier.deep(params[i] as number));
    found = deep;
  }
  state.unifier.rollback(mark);
  state.unifier.truncate(count);
  return found;
}

function checkArguments(inferrer: Inferrer, args: readonly NodeIndex[], params: readonly TypeId[], expected: readonly TypeId[], from: number): void {
  const { state } = inferrer;
  const { tree } = state;
  let closures = false;
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] as number;
      const isClosure = tree.kind[arg] === RustKind.ClosureExpression;
      if (isClosure) closures = true;
      if (isClosure !== (round === 1)) continue;
      const param = params[i + from];
      const hint = expected[i + from];
      if (param === undefined) inferrer.infer(arg, 0);
      else if (hint !== undefined && hint !== param && !isClosure) {
        const type = inferrer.infer(arg, hint);
        inferrer.state.setType(arg, type);
        coerceTo(inferrer, arg, type, param, hint);
      } else inferrer.check(arg, param);
    }
    if (!closures) return;
    if (round === 0) state.solvePending();
  }
}

/** The hint may hold what only a coercion reaches (`dyn Trait`): the parameter decides, the hint helps where it is plain. */
function coerceTo(inferrer: Inferrer, arg: NodeIndex, type: TypeId, param: TypeId, hint: TypeId): void {
  const { state } = inferrer;
  const at = state.unifier.shallow(param);
  if (state.isVariable(at) && state.types.tag(hint) === TypeTag.Ref && state.types.tag(state.unifier.shallow(type)) === TypeTag.Ref) {
    state.unify(at, hint);
    inferrer.state.adjusted.set(arg, hint);
    return;
  }
  inferrer.check(arg, 0);
  void hint;
  const actual = state.typeOf(arg);
  const mark = state.unifier.mark();
  if (!state.unify(actual === 0 ? type : actual, param)) state.unifier.rollback(mark);
}

/** A call of a function, tuple struct or variant by its path. */
export function pathCall(inferrer: Inferrer, node: NodeIndex, value: PathValue, args: readonly NodeIndex[], wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { signatures, types, world } = state;
  const kind = world.defs.kind(value.def);
  if (kind !== ItemKind.Function) {
    const owner = kind === ItemKind.Variant ? world.defs.parent(value.def) : value.def;
    const type = types.adt(owner, value.args);
    const params: TypeId[] = [];
    for (const field of signatures.fields(value.def)) params.push(state.subst(field.type, value.args));
    constructorArguments(inferrer, args, params, type, wanted);
    state.call(node, { kind: CallKind.Constructor, def: value.def, selfType: UNKNOWN, args: value.args, result: type, derefs: 0 });
    return type;
  }
  const signature = signatures.signature(value.def);
  const params = state.substAll(signature.params, value.args);
  const result = state.subst(signature.result, value.args);
  inferrer.require(value);
  checkArguments(inferrer, args, params, hints(inferrer, params, result, wanted), 0);
  record(inferrer, node, value.def, value.self, value.args, result, 0);
  return result;
}

function constructorArguments(inferrer: Inferrer, args: readonly NodeIndex[], params: readonly TypeId[], result: TypeId, wanted: TypeId): void {
  checkArguments(inferrer, args, params, hints(inferrer, params, result, wanted), 0);
}

function record(inferrer: Inferrer, node: NodeIndex, def: DefId, self: TypeId, args: readonly TypeId[], result: TypeId, derefs: number): void {
  inferrer.state.call(node, { kind: CallKind.Static, def, selfType: self, args, result, derefs });
}

/** A call of a value: closure, function pointer, anything that is `Fn`. */
export function valueCall(inferrer: Inferrer, node: NodeIndex, callee: TypeId, args: readonly NodeIndex[]): TypeId {
  const { state } = inferrer;
  const { types } = state;
  let type = state.resolved(callee);
  for (let i = 0; i < 8; i++) {
    const signature = callSignature(state.signatures, type);
    const expected = signature ?? (state.isVariable(type) ? null : state.expectedCallable(type));
    if (expected !== null) {
      const params: TypeId[] = [];
      for (let k = 0; k < expected.params.length; k++) params.push(state.normalize(expected.params[k] as number));
      checkArguments(inferrer, args, params, params, 0);
      const result = expected.result === 0 ? UNKNOWN : state.normalize(expected.result);
      state.call(node, { kind: CallKind.Value, def: types.tag(type) === TypeTag.FnDef ? types.head(type) : 0, selfType: type, args: types.tag(type) === TypeTag.FnDef ? types.args(type) : [], result, derefs: i });
      return result;
    }
    const next = state.traits.projections.deref(type);
    if (next === UNKNOWN) break;
    type = state.resolved(next);
  }
  for (const arg of args) inferrer.infer(arg, 0);
  if (state.isVariable(type)) return state.fresh();
  // an associated type or parameter that is callable through a bound of its own
  const trait = state.traits.known.trait('FnOnce');
  if (trait === 0 || type === UNKNOWN) return UNKNOWN;
  const result = state.fresh();
  state.require(trait, [type, state.fresh()], [{ name: state.traits.known.output, type: result }]);
  state.call(node, { kind: CallKind.Value, def: 0, selfType: type, args: [], result, derefs: 0 });
  return result;
}

function methodCall(inferrer: Inferrer, node: NodeIndex, fn: NodeIndex, field: NodeIndex, turbofish: NodeIndex, args: readonly NodeIndex[], wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { signatures, types } = state;
  const receiver = inferrer.infer(state.tree.childByField(fn, RustField.Value), 0);
  const type = state.resolved(receiver);
  const name = inferrer.symbol(field);
  const found = type === UNKNOWN ? null : findMethod(state, inferrer.index, type, name);
  if (found === null) {
    for (const arg of args) inferrer.infer(arg, 0);
    return UNKNOWN;
  }
  const generic = instantiate(state, found);
  if (turbofish !== NO_NODE) {
    const base = signatures.generics(found.def).base;
    state.unifyFrom(generic, base, typeArguments(inferrer, turbofish));
  }
  const signature = signatures.signature(found.def);
  if (signature.selfKind === 4) {
    const self = state.subst(signature.params[0] ?? UNKNOWN, generic);
    inferrer.tryUnify(self, type);
  }
  inferrer.require({ def: found.def, args: generic });
  const params = state.substAll(signature.params, generic, 1);
  const result = state.subst(signature.result, generic);
  checkArguments(inferrer, args, params, hints(inferrer, params, result, wanted), 0);
  void types;
  record(inferrer, node, found.def, found.self, generic, result, found.derefs);
  return result;
}
