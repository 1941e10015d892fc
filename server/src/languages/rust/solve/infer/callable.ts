// What a type that is no variable takes and gives when it is called.
import type { DefId, TypeId, TypeTable } from '../../types/typeTable.js';
import { TypeTag, UNKNOWN } from '../../types/typeTable.js';
import type { InferState } from './state.js';

/** Parameters and result of what can be called; result 0 where it is not told. */
export interface Callable {
  readonly params: readonly TypeId[];
  readonly result: TypeId;
}

interface CallBound {
  readonly trait: DefId;
  readonly args: readonly TypeId[];
  readonly assoc: readonly { readonly name: number; readonly type: TypeId }[];
}

/** A function pointer, or what a bound of `Fn`, `FnMut` or `FnOnce` makes callable; null for others. */
export function callableOf(state: InferState, type: TypeId): Callable | null {
  const { types } = state;
  if (types.tag(type) === TypeTag.FnPtr) return { params: types.args(type).slice(1), result: types.arg(type, 0) };
  for (const bound of boundsOf(state, type)) {
    if (state.traits.known.traitRole(bound.trait) !== 'fn') continue;
    const tuple = bound.args[0] ?? UNKNOWN;
    if (types.tag(tuple) === TypeTag.Tuple) return { params: types.args(tuple), result: bound.assoc[0]?.type ?? 0 };
  }
  return null;
}

function boundsOf({ types, traits, signatures, owner }: InferState, type: TypeId): readonly CallBound[] {
  switch (types.tag(type)) {
    case TypeTag.Opaque: return traits.opaqueBounds(type);
    case TypeTag.Param: return signatures.bounds.env(owner).filter((bound) => bound.self === type);
    case TypeTag.Dyn: return dynBounds(types, type);
    default: return [];
  }
}

function dynBounds(types: TypeTable, dyn: TypeId): readonly CallBound[] {
  const bounds: { trait: DefId; args: readonly TypeId[]; assoc: { name: number; type: TypeId }[] }[] = [];
  for (const part of types.args(dyn)) {
    if (types.tag(part) === TypeTag.Bound) bounds.push({ trait: types.head(part), args: types.args(part), assoc: [] });
    else bounds[bounds.length - 1]?.assoc.push({ name: types.head(part), type: types.arg(part, 0) });
  }
  return bounds;
}
