// Untyped constants and implicit conversions: what an expression becomes where it is used.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { defaultType } from '../../types/typeMeasure.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { MAX_DEPTH, type Checker } from './checker.js';

/** Gives an untyped expression the type that `target` asks for; 0 or an interface: its default type. Others stay. */
export function convertUntyped(c: Checker, node: NodeIndex, target: TypeId): void {
  const type = c.type[node] as TypeId;
  if (!c.isUntyped(type)) return;
  let final = target;
  if (c.isUntyped(target)) {
    if (target <= type || type === BasicType.UntypedBool || target >= BasicType.UntypedString) return;
  } else if (type === BasicType.UntypedNil) {
    if (target === 0) return;
  } else if (target === 0 || c.isInterface(target)) final = defaultType(type);
  setFinal(c, node, final, 0);
}

function setFinal(c: Checker, node: NodeIndex, final: TypeId, depth: number): void {
  let at = node;
  for (let steps = depth; steps < MAX_DEPTH * 50; steps++) {
    if (!c.isUntyped(c.type[at] as TypeId)) return;
    c.type[at] = final;
    switch (c.kind[at] as GoKind) {
      case GoKind.ParenthesizedExpression:
        at = c.firstChild(at);
        continue;
      case GoKind.UnaryExpression:
        if (c.value[at] !== 0) return;
        at = c.child(at, GoField.Operand);
        continue;
      case GoKind.BinaryExpression: {
        if (c.value[at] !== 0) return;
        const op = c.kind[c.child(at, GoField.Operator)] as GoKind;
        if (isComparison(op)) return;
        if (op !== GoKind.Shl && op !== GoKind.Shr) {
          const right = c.child(at, GoField.Right);
          if (steps - depth < MAX_DEPTH * 40) setFinal(c, right, final, steps + 1);
        }
        at = c.child(at, GoField.Left);
        continue;
      }
      default:
        return;
    }
  }
}

/** Whether an operator compares. */
export function isComparison(op: GoKind): boolean {
  return op >= GoKind.EqEq && op <= GoKind.GreaterEq;
}

/** An expression is used as a value of `target` (0: nothing asks): untyped constants get their type, a conversion to an interface is noted. */
export function assign(c: Checker, node: NodeIndex, target: TypeId): void {
  if (c.isUntyped(c.type[node] as TypeId)) convertUntyped(c, node, target);
  if (target !== 0) noteConversion(c, node, target);
}

/** Notes that the value of a node is put into an interface, if it is. */
export function noteConversion(c: Checker, node: NodeIndex, target: TypeId): void {
  if (boxes(c, c.type[node] as TypeId, target)) c.convert[node] = target;
}

/** Whether a value of `type` used as `target` is converted to an interface. */
export function boxes(c: Checker, type: TypeId, target: TypeId): boolean {
  return type !== 0 && c.types.underKind(target) === TypeKind.Interface && type !== BasicType.UntypedNil && c.types.underKind(type) !== TypeKind.Interface
    && c.types.kind(type) !== TypeKind.Tuple;
}

/** The single values of a tuple are used as values of `targets`. */
export function assignTuple(c: Checker, node: NodeIndex, tuple: TypeId, targets: (index: number) => TypeId): void {
  const count = c.types.listLength(tuple);
  for (let i = 0; i < count; i++) {
    const target = targets(i);
    if (target !== 0 && boxes(c, c.types.listItem(tuple, i), target)) c.tupleConversions.push(node, i, target);
  }
}
