// Composite literals.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { integerOf } from '../../types/constantOps.js';
import { TypeKind, type TypeId } from '../../types/typeKind.js';
import { Mode, type Checker } from './checker.js';
import { indexValue, valueExpression } from './expressions.js';
import { typeExpression } from './typeExpressions.js';
import { assign } from './untyped.js';

/** Checks `T{…}`. */
export function compositeLiteral(c: Checker, node: NodeIndex): TypeId {
  const typeNode = c.child(node, GoField.Type);
  const body = c.child(node, GoField.Body);
  let type = typeExpression(c, typeNode);
  const count = body === NO_NODE ? 0 : literalValue(c, body, type, 0);
  if (c.kind[typeNode] === GoKind.ImplicitLengthArrayType) {
    type = c.types.array(c.types.elem(type), count);
    c.type[typeNode] = type;
  }
  if (type === 0) return c.unknown(node);
  return c.result(node, type, Mode.Value);
}

/** Checks the elements of a literal of `type`; the result is the length of an array or slice. */
function literalValue(c: Checker, body: NodeIndex, type: TypeId, depth: number): number {
  const { types, next, kind } = c;
  let under = c.core(type);
  if (types.kind(under) === TypeKind.Pointer && depth > 0) under = c.core(types.elem(under)); // &T is left out
  const end = next[body] as number;
  switch (types.kind(under)) {
    case TypeKind.Struct: {
      let position = 0;
      for (let child = body + 1; child < end; child = next[child] as number) {
        if (kind[child] === GoKind.KeyedElement) {
          const field = fieldOfKey(c, c.child(child, GoField.Key), under);
          c.ref[child] = field + 1;
          element(c, c.child(child, GoField.Value), field < 0 ? 0 : types.fieldType(under, field), depth);
        } else if (kind[child] === GoKind.LiteralElement) {
          element(c, child, position < types.fieldCount(under) ? types.fieldType(under, position) : 0, depth);
          position++;
        }
      }
      return position;
    }
    case TypeKind.Map:
      for (let child = body + 1; child < end; child = next[child] as number) {
        if (kind[child] !== GoKind.KeyedElement) continue;
        element(c, c.child(child, GoField.Key), types.key(under), depth);
        element(c, c.child(child, GoField.Value), types.elem(under), depth);
      }
      return 0;
    default: {
      const elem = types.elem(under);
      let position = 0;
      let length = 0;
      for (let child = body + 1; child < end; child = next[child] as number) {
        if (kind[child] === GoKind.KeyedElement) {
          const at = keyPosition(c, c.child(child, GoField.Key));
          if (at >= 0) position = at;
          element(c, c.child(child, GoField.Value), elem, depth);
        } else if (kind[child] === GoKind.LiteralElement) element(c, child, elem, depth);
        else continue;
        position++;
        if (position > length) length = position;
      }
      return length;
    }
  }
}

/** Index of the field that a key names, -1 for none. */
function fieldOfKey(c: Checker, key: NodeIndex, struct: TypeId): number {
  const name = key === NO_NODE ? NO_NODE : c.firstChild(key);
  if (name === NO_NODE) return -1;
  const symbol = c.symbol(name);
  for (let i = 0; i < c.types.fieldCount(struct); i++) if (c.types.fieldName(struct, i) === symbol) return i;
  c.uncertain = true;
  return -1;
}

function keyPosition(c: Checker, key: NodeIndex): number {
  const node = key === NO_NODE ? NO_NODE : c.firstChild(key);
  if (node === NO_NODE) return -1;
  indexValue(c, node);
  const value = integerOf(c.program.constants, c.constant(node));
  return value === null ? -1 : Number(value);
}

/** Checks a literal_element used as a value of `type`. */
function element(c: Checker, wrapper: NodeIndex, type: TypeId, depth: number): void {
  if (wrapper === NO_NODE) return;
  const node = c.firstChild(wrapper);
  if (node === NO_NODE) return;
  if (c.kind[node] === GoKind.LiteralValue) {
    c.type[node] = type;
    if (type === 0) c.uncertain = true;
    if (depth < 100) literalValue(c, node, type, depth + 1);
    return;
  }
  valueExpression(c, node);
  assign(c, node, type);
}
