// Unary and binary operators. Chains of binary operators are walked iteratively: machines write them thousands long.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { binaryConstant, shiftConstant, unaryConstant } from '../../types/constantOps.js';
import { BasicType, isIntegerKind, TypeKind, type TypeId } from '../../types/typeKind.js';
import { LAZY_STRING } from '../checkedBody.js';
import { Mode, type Checker } from './checker.js';
import { expression, valueExpression } from './expressions.js';
import { boxes, convertUntyped, isComparison } from './untyped.js';

/** Checks a binary expression and the chain of binary expressions on its left. */
export function binaryExpression(c: Checker, node: NodeIndex): TypeId {
  let at = node;
  let count = 0;
  while (at !== NO_NODE && c.kind[at] === GoKind.BinaryExpression) {
    count++;
    at = c.child(at, GoField.Left);
  }
  valueExpression(c, at);
  let type = 0;
  let left = at;
  for (let i = 0; i < count; i++) {
    const parent = c.tree.parent[left] as number;
    const leftMode = c.mode;
    const right = c.child(parent, GoField.Right);
    valueExpression(c, right);
    type = combine(c, parent, left, right, leftMode);
    left = parent;
  }
  return type;
}

function combine(c: Checker, node: NodeIndex, left: NodeIndex, right: NodeIndex, leftMode: Mode): TypeId {
  if (left === NO_NODE || right === NO_NODE) return c.unknown(node);
  const op = c.kind[c.child(node, GoField.Operator)] as GoKind;
  if (op === GoKind.Shl || op === GoKind.Shr) return shift(c, node, left, right, op === GoKind.Shl);
  const constant = leftMode === Mode.Constant && c.mode === Mode.Constant;
  let x = c.type[left] as TypeId;
  let y = c.type[right] as TypeId;
  const xUntyped = c.isUntyped(x);
  const yUntyped = c.isUntyped(y);
  if (xUntyped && yUntyped) {
    if (x !== y && x !== BasicType.UntypedNil && y !== BasicType.UntypedNil) {
      const wider = x > y ? x : y;
      convertUntyped(c, left, wider);
      convertUntyped(c, right, wider);
      x = y = wider;
    }
  } else if (xUntyped) {
    convertUntyped(c, left, y);
    x = c.type[left] as TypeId;
  } else if (yUntyped) {
    convertUntyped(c, right, x);
    y = c.type[right] as TypeId;
  }
  if (isComparison(op)) {
    if (boxes(c, x, y)) c.convert[left] = y;
    else if (boxes(c, y, x)) c.convert[right] = x;
    if (constant) {
      c.value[node] = binaryConstant(c.program.constants, op, c.constant(left), c.constant(right), true);
      return c.result(node, BasicType.UntypedBool, Mode.Constant);
    }
    convertUntyped(c, left, 0);
    convertUntyped(c, right, 0);
    return c.result(node, BasicType.UntypedBool, Mode.Value);
  }
  const type = x === 0 ? y : x;
  if (!constant) return type === 0 ? c.unknown(node) : c.result(node, type, Mode.Value);
  if (op === GoKind.Plus && (c.value[left] === LAZY_STRING || c.value[right] === LAZY_STRING)) c.value[node] = LAZY_STRING;
  else c.value[node] = binaryConstant(c.program.constants, op, c.constant(left), c.constant(right), isIntegerKind(c.types.underKind(type)));
  return c.result(node, type, Mode.Constant);
}

function shift(c: Checker, node: NodeIndex, left: NodeIndex, right: NodeIndex, toLeft: boolean): TypeId {
  const type = c.type[left] as TypeId;
  const leftConstant = c.value[left] !== 0;
  if (leftConstant && c.value[right] !== 0) {
    c.value[node] = shiftConstant(c.program.constants, toLeft, c.value[left] as number, c.value[right] as number);
    // an untyped constant of a whole value shifts as an integer
    const result = type === BasicType.UntypedFloat || type === BasicType.UntypedComplex ? BasicType.UntypedInt : type;
    if (c.isUntyped(c.type[right] as TypeId)) convertUntyped(c, right, BasicType.Uint);
    return c.result(node, result, Mode.Constant);
  }
  convertUntyped(c, right, BasicType.Uint);
  return c.result(node, type, Mode.Value); // an untyped left operand gets its type from the context
}

/** Checks a unary expression; `*T` may be a type. */
export function unaryExpression(c: Checker, node: NodeIndex): TypeId {
  const { types } = c;
  const operand = c.child(node, GoField.Operand);
  const operator = c.child(node, GoField.Operator);
  if (operand === NO_NODE || operator === NO_NODE) return c.unknown(node);
  const op = c.kind[operator] as GoKind;
  const type = expression(c, operand);
  const mode = c.mode;
  switch (op) {
    case GoKind.Star:
      if (mode === Mode.Type) return c.result(node, types.pointer(type), Mode.Type);
      if (types.kind(c.core(type)) !== TypeKind.Pointer) return c.unknown(node);
      return c.result(node, types.elem(c.core(type)), Mode.Variable);
    case GoKind.Amp:
      return type === 0 ? c.unknown(node) : c.result(node, types.pointer(type), Mode.Value);
    case GoKind.Arrow: {
      const under = c.core(type);
      return types.kind(under) === TypeKind.Chan ? c.result(node, types.elem(under), Mode.CommaOk) : c.unknown(node);
    }
    default:
  }
  if (mode === Mode.Type || type === 0) return c.unknown(node);
  if (mode === Mode.Constant && c.value[operand] !== 0) {
    const kind = types.underKind(type);
    const unsigned = kind >= TypeKind.Uint && kind <= TypeKind.Uintptr ? c.program.typeFacts.sizeOf(type) : 0;
    c.value[node] = unaryConstant(c.program.constants, op, c.constant(operand), unsigned);
    return c.result(node, type, Mode.Constant);
  }
  return c.result(node, type, Mode.Value);
}
