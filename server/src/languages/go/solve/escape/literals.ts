// Composite literals.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { TypeKind, type TypeId } from '../../types/typeKind.js';
import { VALUE, type Builder, type Weight } from './builder.js';
import { expression } from './expressions.js';
import { Form } from './forms.js';
import { Base, type Loc, type NoteIndex } from './graph.js';
import { Reason } from './reasons.js';

/** Walks the elements of a literal of `type` that stands at `node`, its braces at `body`; `form` is what a site names. */
export function literal(b: Builder, node: NodeIndex, form: NodeIndex, body: NodeIndex, type: TypeId, target: Loc, weight: Weight, note: NoteIndex): void {
  const kind = b.coreKind(type);
  if (body < 0) return;
  let to = target;
  let at = weight;
  let carried = note;
  let reason = Reason.StructField;
  if (kind === TypeKind.Slice) {
    to = b.spill(form, Form.SliceLiteral, type, target, weight, note, Reason.Allocated);
    b.graph.detail[to] = literalLength(b, body);
    at = VALUE;
    carried = 0;
    reason = Reason.SliceElement;
  } else if (kind === TypeKind.Map) {
    const loc = b.spill(form, Form.MapLiteral, type, target, weight, note, Reason.Allocated);
    b.graph.detail[loc] = b.tree.childCount(body);
    to = Base.Heap;
    at = VALUE;
    carried = 0;
    reason = Reason.MapLiteralValue;
  } else if (kind === TypeKind.Array) reason = Reason.ArrayElement;
  const elements = b.note(carried, node, reason);
  const keys = kind === TypeKind.Map ? b.note(0, node, Reason.MapLiteralKey) : 0;
  const { next, kind: kinds } = b.tree;
  const end = next[body] as number;
  for (let child = body + 1; child < end; child = next[child] as number) {
    if (kinds[child] === GoKind.KeyedElement) {
      const key = b.tree.childByField(child, GoField.Key);
      const value = b.tree.childByField(child, GoField.Value);
      if (kind === TypeKind.Map && key >= 0) expression(b, key, Base.Heap, VALUE, keys);
      if (value >= 0) {
        const { linked } = b;
        if (kind === TypeKind.Map) b.linked = false; // code puts it into the map when the program starts
        expression(b, value, to, at, elements);
        b.linked = linked;
      }
    } else expression(b, child, to, at, elements);
  }
}

/** Number of elements between the braces of a slice literal, with indices that are constants followed; at least the count of what is written. */
export function literalLength(b: Builder, body: NodeIndex): number {
  const { next, kind } = b.tree;
  const end = next[body] as number;
  let at = 0;
  let most = 0;
  for (let child = body + 1; child < end; child = next[child] as number) {
    if (kind[child] === GoKind.KeyedElement) {
      const key = b.tree.childByField(child, GoField.Key);
      const value = key >= 0 ? b.context.constants.constantOf(b.file, key + 1) : 0;
      const number = value > 0 ? b.world.constants.value(value) : null;
      if (typeof number === 'number' && number >= 0 && number < 1e9) at = number;
    }
    at++;
    if (at > most) most = at;
  }
  return most;
}

/** Whether all parts of a literal are constants, literals of such, or functions: what the linker can lay out. */
export function isStatic(b: Builder, node: NodeIndex, depth = 0): boolean {
  if (depth > 50) return false;
  const { next, kind, field } = b.tree;
  switch (kind[node] as GoKind) {
    case GoKind.LiteralElement: case GoKind.ParenthesizedExpression: return isStatic(b, node + 1, depth + 1);
    case GoKind.KeyedElement: {
      const value = b.tree.childByField(node, GoField.Value);
      return value >= 0 && isStatic(b, value, depth + 1);
    }
    case GoKind.LiteralValue: {
      const end = next[node] as number;
      for (let child = node + 1; child < end; child = next[child] as number) if (!isStatic(b, child, depth + 1)) return false;
      return true;
    }
    case GoKind.CompositeLiteral: {
      if (b.coreKind(b.typeOf(node)) === TypeKind.Map) return false;
      const body = b.tree.childByField(node, GoField.Body);
      return body >= 0 && isStatic(b, body, depth + 1);
    }
    case GoKind.UnaryExpression: {
      const operator = b.tree.childByField(node, GoField.Operator);
      const operand = b.tree.childByField(node, GoField.Operand);
      return operator >= 0 && kind[operator] === GoKind.Amp && operand >= 0 && kind[operand] === GoKind.CompositeLiteral ? isStatic(b, operand, depth + 1) : b.isConstant(node);
    }
    case GoKind.Identifier: case GoKind.SelectorExpression: {
      if (b.isConstant(node)) return true;
      const object = kind[node] === GoKind.Identifier ? (b.file.ref[node] as number) : -(b.file.ref[node] as number);
      return object > 0 && (b.world.objects.kind[object] as number) >= 4;
    }
    case GoKind.Nil: case GoKind.True: case GoKind.False: case GoKind.IntLiteral: case GoKind.FloatLiteral: case GoKind.RuneLiteral: case GoKind.InterpretedStringLiteral: case GoKind.RawStringLiteral:
    case GoKind.ImaginaryLiteral:
      return true;
    case GoKind.FuncLiteral: return true;
    default: return field[node] === 0 && b.isConstant(node);
  }
}
