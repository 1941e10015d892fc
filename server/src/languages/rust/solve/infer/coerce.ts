// Places where a value's type may differ from the type wanted there: deref and unsizing coercions, `!`, function items to pointers.
import { callSignature } from '../../types/builtinTraits.js';
import { headKey } from '../../types/implTable.js';
import { NEVER, TypeTag, UNKNOWN, type TypeId } from '../../types/typeTable.js';
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import type { InferState } from './state.js';

/** Makes a value of type `actual` at `node` fit `wanted`; keeps what it becomes when that differs. Answers the type it has there. */
export function coerce(state: InferState, node: NodeIndex, actual: TypeId, wanted: TypeId): TypeId {
  if (actual === wanted || wanted === UNKNOWN || wanted === 0) return actual;
  const { types } = state;
  const from = state.unifier.shallow(actual);
  const to = state.unifier.shallow(wanted);
  if (from === NEVER) return to;
  const fromTag = types.tag(from);
  const toTag = types.tag(to);
  if (toTag === TypeTag.Infer || fromTag === TypeTag.Infer) {
    state.unify(from, to);
    return to;
  }
  if (toTag === TypeTag.Ref && fromTag === TypeTag.Ref) {
    coerceReference(state, node, from, to);
    return to;
  }
  if (toTag === TypeTag.Ptr && (fromTag === TypeTag.Ref || fromTag === TypeTag.Ptr)) {
    tryUnify(state, types.arg(from, 0), types.arg(to, 0));
    return to;
  }
  if (toTag === TypeTag.FnPtr && (fromTag === TypeTag.Closure || fromTag === TypeTag.FnDef)) {
    const signature = callSignature(state.signatures, from);
    if (signature !== null) {
      const parts = types.args(to);
      state.unify(signature.result, parts[0] as number);
      signature.params.forEach((p, i) => state.unify(p, parts[i + 1] ?? UNKNOWN));
    }
    return to;
  }
  if (toTag === TypeTag.Adt && fromTag === TypeTag.Adt && types.head(to) === types.head(from)) {
    const target = state.unifier.shallow(types.arg(to, 0));
    const source = state.unifier.shallow(types.arg(from, 0));
    if (types.argCount(to) > 0 && unsizes(state, source, target)) {
      state.adjusted.set(node, to);
      return to;
    }
    // Pin<Box<T>> to Pin<Box<dyn Trait>>
    if (types.tag(target) === TypeTag.Adt && types.tag(source) === TypeTag.Adt && types.head(target) === types.head(source) && unsizes(state, state.unifier.shallow(types.arg(source, 0)), state.unifier.shallow(types.arg(target, 0)))) {
      state.adjusted.set(node, to);
      return to;
    }
  }
  tryUnify(state, from, to);
  return to;
}

/** Whether a pointer to `source` becomes one to `target` by forgetting its size; settles what follows for the element. */
function unsizes(state: InferState, source: TypeId, target: TypeId): boolean {
  const { types } = state;
  const tag = types.tag(target);
  if (tag === TypeTag.Dyn) {
    if (types.tag(source) === TypeTag.Dyn) return false;
    if (types.tag(source) === TypeTag.Infer) return false;
    const expected = state.expectedCallable(target);
    const signature = expected === null ? null : callSignature(state.signatures, source);
    if (expected !== null && signature !== null) {
      signature.params.forEach((p, i) => state.unify(p, expected.params[i] ?? UNKNOWN));
      if (expected.result !== 0) coerce(state, -1, signature.result, expected.result);
    }
    return true;
  }
  if (tag === TypeTag.Slice && types.tag(source) === TypeTag.Array) {
    state.unify(types.arg(source, 0), types.arg(target, 0));
    return true;
  }
  return false;
}

function coerceReference(state: InferState, node: NodeIndex, from: TypeId, to: TypeId): void {
  const { types, unifier } = state;
  let source = unifier.shallow(types.arg(from, 0));
  const target = unifier.shallow(types.arg(to, 0));
  if (unsizes(state, source, target)) {
    state.adjusted.set(node, to);
    return;
  }
  if (types.tag(target) === TypeTag.Infer || types.tag(source) === TypeTag.Infer || source === UNKNOWN || target === UNKNOWN) {
    state.unify(source, target);
    return;
  }
  // deref until the heads agree
  const wanted = headKey(state.types, target);
  const start = source;
  for (let steps = 0; steps < 8; steps++) {
    if (headKey(state.types, source) === wanted && types.tag(source) === types.tag(target)) {
      const mark = unifier.mark();
      if (state.unify(source, target)) {
        if (steps > 0) state.adjusted.set(node, to);
        return;
      }
      unifier.rollback(mark);
    }
    if (types.tag(source) === TypeTag.Array && types.tag(target) === TypeTag.Slice) {
      state.unify(types.arg(source, 0), types.arg(target, 0));
      return;
    }
    const next = state.traits.projections.deref(source);
    if (next === UNKNOWN) break;
    source = state.unifier.shallow(state.normalize(next));
  }
  tryUnify(state, start, target);
}

function tryUnify(state: InferState, a: TypeId, b: TypeId): void {
  const mark = state.unifier.mark();
  if (!state.unify(a, b)) state.unifier.rollback(mark);
}
