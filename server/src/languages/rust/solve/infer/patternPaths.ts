// Paths in patterns: constants, unit variants, and the structs and variants whose fields a pattern names.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../../declare/facts.js';
import type { Field } from '../../resolve/lowered.js';
import { TypeTag, type DefId, type TypeId } from '../../types/typeTable.js';
import type { Inferrer } from './inferrer.js';
import { structPath, valuePath } from './paths.js';

/** A unit struct, variant or constant that a name in a pattern means. */
export function patternConstant(inferrer: Inferrer, node: NodeIndex, item: DefId, type: TypeId): void {
  const { state } = inferrer;
  const kind = state.world.defs.kind(item);
  if (kind === ItemKind.Variant || kind === ItemKind.Struct) {
    const owner = kind === ItemKind.Variant ? state.world.defs.parent(item) : item;
    let at = state.resolved(type);
    while (state.types.tag(at) === TypeTag.Ref) at = state.resolved(state.types.arg(at, 0));
    if (state.isVariable(at)) inferrer.tryUnify(at, state.types.adt(owner, state.traits.freshArgs(owner)));
  }
  state.setType(node, type);
}

/** A path as a pattern: what it names says the type of the value. */
export function patternPath(inferrer: Inferrer, node: NodeIndex, type: TypeId): void {
  const value = valuePath(inferrer, node);
  if (value === null) return;
  let at = type;
  while (inferrer.state.types.tag(at) === TypeTag.Ref) at = inferrer.state.resolved(inferrer.state.types.arg(at, 0));
  if (inferrer.state.world.defs.kind(value.def) === ItemKind.Variant) inferrer.tryUnify(at, inferrer.state.types.adt(inferrer.state.world.defs.parent(value.def), value.args));
}

/** Fields of the struct or variant that a pattern's path names, for a value of type `type`; null when unknown. */
export function patternFields(inferrer: Inferrer, path: NodeIndex, type: TypeId): readonly Field[] | null {
  if (path === NO_NODE) return null;
  const { state } = inferrer;
  const kind = state.tree.kind[path];
  const item = kind === RustKind.Identifier || kind === RustKind.TypeIdentifier || kind === RustKind.ScopedIdentifier || kind === RustKind.ScopedTypeIdentifier || kind === RustKind.GenericType || kind === RustKind.GenericTypeWithTurbofish ? structPath(inferrer, path) : null;
  if (item === null) return null;
  const owner = state.world.defs.kind(item.def) === ItemKind.Variant ? state.world.defs.parent(item.def) : item.def;
  inferrer.tryUnify(type, state.types.adt(owner, item.args));
  return state.signatures.fields(item.def).map((f) => ({ ...f, type: state.subst(f.type, item.args) }));
}
