// Assignments that store nothing new: `b.buf = b.buf[n:m]`, `x.f = x.g`. The compiler leaves them out, or the receiver of each such method
// would leak.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { SelectionKind } from '../../resolve/selectionTable.js';
import { TypeKind } from '../../types/typeKind.js';
import type { Builder } from './builder.js';

/** Whether `target = value` keeps all pointers where they are. */
export function isSelfAssignment(b: Builder, target: NodeIndex, value: NodeIndex): boolean {
  const kind = b.kind(target);
  if ((kind !== GoKind.SelectorExpression && kind !== GoKind.UnaryExpression && kind !== GoKind.IndexExpression) || b.file.convert[value] !== 0) return false;
  if (b.kind(value) === GoKind.SliceExpression) {
    const sliced = b.tree.childByField(value, GoField.Operand);
    if (sliced < 0 || b.coreKind(b.typeOf(sliced)) === TypeKind.Array) return false;
    const base = pointerBase(b, target);
    return base >= 0 && base === pointerBase(b, sliced);
  }
  if (b.kind(value) !== kind || kind === GoKind.UnaryExpression) return false;
  const targetOperand = b.tree.childByField(target, GoField.Operand);
  const valueOperand = b.tree.childByField(value, GoField.Operand);
  if (targetOperand < 0 || valueOperand < 0) return false;
  if (kind === GoKind.SelectorExpression) return isField(b, target) && isField(b, value) && same(b, targetOperand, valueOperand, 0);
  if (b.coreKind(b.typeOf(targetOperand)) === TypeKind.Map || b.coreKind(b.typeOf(valueOperand)) === TypeKind.Map) return false;
  return plain(b, b.tree.childByField(target, GoField.Index)) && plain(b, b.tree.childByField(value, GoField.Index)) && same(b, targetOperand, valueOperand, 0);
}

function isField(b: Builder, node: NodeIndex): boolean {
  const ref = b.file.ref[node] as number;
  return ref > 0 && b.world.selections.get(ref).kind === SelectionKind.Field;
}

/** The variable whose pointee is accessed (`x.f` through a pointer x, `*x`), as its ref; -1 for anything else. Local refs are negative: shifted. */
function pointerBase(b: Builder, node: NodeIndex): number {
  const kind = b.kind(node);
  let operand: NodeIndex;
  if (kind === GoKind.SelectorExpression) {
    const ref = b.file.ref[node] as number;
    if (ref <= 0) return -1;
    const selection = b.world.selections.get(ref);
    if (selection.kind !== SelectionKind.Field || selection.derefs.length !== 1 || selection.derefs[0] !== 1) return -1;
    operand = b.tree.childByField(node, GoField.Operand);
  } else if (kind === GoKind.UnaryExpression && b.kind(node + 1) === GoKind.Star) operand = b.tree.childByField(node, GoField.Operand);
  else if (kind === GoKind.ParenthesizedExpression) return pointerBase(b, node + 1);
  else return -1;
  if (operand < 0 || b.kind(operand) !== GoKind.Identifier) return -1;
  const ref = b.file.ref[operand] as number;
  return ref === 0 ? -1 : ref < 0 ? -ref * 2 : ref * 2 + 1;
}

/** Whether two expressions are the same variable, or the same fields, elements and pointees of it. */
function same(b: Builder, one: NodeIndex, other: NodeIndex, depth: number): boolean {
  const kind = b.kind(one);
  if (kind !== b.kind(other) || depth > 20) return false;
  switch (kind) {
    case GoKind.Identifier: return b.file.ref[one] !== 0 && b.file.ref[one] === b.file.ref[other];
    case GoKind.ParenthesizedExpression: return same(b, one + 1, other + 1, depth + 1);
    case GoKind.SelectorExpression:
      return b.file.ref[one] !== 0 && b.file.ref[one] === b.file.ref[other] && ((b.file.ref[one] as number) < 0 || sameOperand(b, one, other, depth));
    case GoKind.UnaryExpression: return b.kind(one + 1) === b.kind(other + 1) && sameOperand(b, one, other, depth);
    case GoKind.IndexExpression: {
      const first = b.tree.childByField(one, GoField.Index);
      const second = b.tree.childByField(other, GoField.Index);
      if (first < 0 || second < 0 || !sameOperand(b, one, other, depth)) return false;
      return b.isConstant(first) ? b.file.value[first] === b.file.value[second] : same(b, first, second, depth + 1);
    }
    default: return false;
  }
}

function sameOperand(b: Builder, one: NodeIndex, other: NodeIndex, depth: number): boolean {
  const first = b.tree.childByField(one, GoField.Operand);
  const second = b.tree.childByField(other, GoField.Operand);
  return first >= 0 && second >= 0 && same(b, first, second, depth + 1);
}

/** Whether evaluating the index changes nothing. */
function plain(b: Builder, node: NodeIndex, depth = 0): boolean {
  if (node < 0 || depth > 20) return false;
  if (b.isConstant(node)) return true;
  switch (b.kind(node)) {
    case GoKind.Identifier: case GoKind.IntLiteral: return true;
    case GoKind.ParenthesizedExpression: return plain(b, node + 1, depth + 1);
    case GoKind.BinaryExpression: return plain(b, b.tree.childByField(node, GoField.Left), depth + 1) && plain(b, b.tree.childByField(node, GoField.Right), depth + 1);
    case GoKind.SelectorExpression: case GoKind.UnaryExpression: return plain(b, b.tree.childByField(node, GoField.Operand), depth + 1);
    case GoKind.IndexExpression: return plain(b, b.tree.childByField(node, GoField.Operand), depth + 1) && plain(b, b.tree.childByField(node, GoField.Index), depth + 1);
    default: return false;
  }
}
