// Literals and the expressions that build a value of parts: numbers, arrays, structs.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../../declare/facts.js';
import { TypeFlag, TypeTag, UNKNOWN, USIZE, type TypeId } from '../../types/typeTable.js';
import { VarKind } from '../../types/unifier.js';
import type { Inferrer } from './inferrer.js';
import { structPath } from './paths.js';
import { lastChild } from './walk.js';

/** A number: its suffix, what is wanted, or a variable of its kind. */
export function numberLiteral(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { text } = state.tree;
  const end = state.tree.end[node] as number;
  const start = state.tree.start[node] as number;
  const last = text.charCodeAt(end - 1);
  if (end - start > 2 && (last === 56 || last === 54 || last === 50 || last === 52 || last === 101)) {
    const match = /[iuf](?:8|16|32|64|128|size)$/.exec(text.slice(start, end));
    if (match && !text.startsWith('0x', start)) return state.signatures.lowering.primitive(state.world.symbols.intern(match[0]));
    if (match && match[0] !== 'f8' && !match[0].startsWith('f')) return state.signatures.lowering.primitive(state.world.symbols.intern(match[0]));
  }
  if (wanted !== 0) {
    const at = state.unifier.shallow(wanted);
    if (state.types.tag(at) === TypeTag.Prim && state.types.head(at) >= 3 && state.types.head(at) <= 14) return at;
    // in a table of numbers a variable for each would make a chain as long as the table
    if (state.types.tag(at) === TypeTag.Infer && state.unifier.kindOf(at) === VarKind.Integer) return at;
  }
  return state.unifier.fresh(VarKind.Integer);
}

/** `[a, b]` and `[x; n]`. */
export function arrayExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  const at = wanted === 0 ? 0 : state.resolved(wanted);
  const element = at !== 0 && (types.tag(at) === TypeTag.Array || types.tag(at) === TypeTag.Slice) ? types.arg(at, 0) : state.fresh();
  const length = tree.childByField(node, RustField.Length);
  let count = 0;
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
    if (tree.kind[child] === RustKind.AttributeItem) continue;
    if (child === length) inferrer.check(child, USIZE);
    else {
      inferrer.check(child, element);
      count++;
    }
  }
  if (length === NO_NODE) return types.array(element, types.constant(count));
  return types.array(element, inferrer.written.constantAt(length));
}

/** `S { … }`. */
export function structExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree, types, signatures } = state;
  const item = structPath(inferrer, tree.childByField(node, RustField.Name));
  const body = tree.childByField(node, RustField.Body);
  const owner = item === null ? 0 : state.world.defs.kind(item.def) === ItemKind.Variant ? state.world.defs.parent(item.def) : item.def;
  const type = item === null ? UNKNOWN : types.adt(owner, item.args);
  if (item !== null && wanted !== 0 && (types.flags(type) & TypeFlag.Infer) !== 0) {
    const at = state.unifier.shallow(wanted);
    if (types.tag(at) === TypeTag.Adt && types.head(at) === owner) inferrer.tryUnify(type, at);
  }
  const fields = item === null ? null : signatures.fields(item.def);
  if (body === NO_NODE) return type;
  for (let child = body + 1, end = tree.next[body] as number; child < end; child = tree.next[child] as number) {
    const kind = tree.kind[child];
    if (kind === RustKind.FieldInitializer) {
      const nameNode = tree.childByField(child, RustField.Field);
      const name = nameNode === NO_NODE ? 0 : inferrer.symbol(nameNode);
      const field = fields?.find((f) => f.name === name);
      inferrer.check(tree.childByField(child, RustField.Value), field === undefined || item === null ? 0 : state.subst(field.type, item.args));
    } else if (kind === RustKind.ShorthandFieldInitializer) {
      const nameNode = lastChild(tree, child);
      const field = fields?.find((f) => f.name === inferrer.symbol(nameNode));
      inferrer.check(nameNode, field === undefined || item === null ? 0 : state.subst(field.type, item.args));
    } else if (kind === RustKind.BaseFieldInitializer) inferrer.check(lastChild(tree, child), type);
  }
  return type;
}
