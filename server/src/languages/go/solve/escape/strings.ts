// Strings: chains of `+`, and the places where a conversion is read without a copy.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { byteLength } from '../../types/constants.js';
import { TypeKind, type TypeId } from '../../types/typeKind.js';
import type { Builder, Weight } from './builder.js';
import { discard, unparenthesized } from './expressions.js';
import { Form, Free } from './forms.js';
import type { Loc, NoteIndex } from './graph.js';
import { Reason } from './reasons.js';

/** Walks a chain of `+` over strings: one new string, whatever the number of operands. */
export function concatenation(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const loc = b.spill(node, Form.Concatenation, b.typeOf(node), target, weight, note, Reason.Allocated);
  const operands: NodeIndex[] = [];
  const stack: NodeIndex[] = [node];
  while (stack.length > 0) {
    const at = unparenthesized(b, stack.pop() as number);
    const operator = b.kind(at) === GoKind.BinaryExpression && !b.isConstant(at) ? b.tree.childByField(at, GoField.Operator) : -1;
    if (operator < 0 || b.kind(operator) !== GoKind.Plus) {
      operands.push(at);
      continue;
    }
    const left = b.tree.childByField(at, GoField.Left);
    const right = b.tree.childByField(at, GoField.Right);
    if (right >= 0) stack.push(right);
    if (left >= 0) stack.push(left);
  }
  let constant = 0;
  let others = 0;
  for (const operand of operands) {
    const bytes = constantBytes(b, operand);
    if (bytes < 0) others++;
    else constant += bytes;
  }
  b.graph.detail[loc] = constant;
  if (others === 0) b.graph.free[loc] = Free.Folded;
  else if (b.preset.get(node) === Free.Joined) b.graph.free[loc] = Free.Joined;
  for (const operand of operands) {
    if (constant > 0) presetInPlace(b, operand);
    discard(b, operand);
  }
}

/** Length of a string constant in bytes, -1 for what is none. */
export function constantBytes(b: Builder, node: NodeIndex): number {
  const value = b.context.constants.constantOf(b.file, node);
  if (value === 0) return -1;
  const text = b.world.constants.value(value);
  return typeof text === 'string' ? byteLength(text) : -1;
}

/** Says that a conversion at the node is only read. */
export function presetInPlace(b: Builder, node: NodeIndex): void {
  const at = unparenthesized(b, node);
  const kind = b.kind(at);
  if (kind === GoKind.CallExpression || kind === GoKind.TypeConversionExpression) b.preset.set(at, Free.ReadInPlace);
}

/** Operands of a comparison are read in place, and not copied for interfaces. */
export function presetOperands(b: Builder, operator: GoKind, left: NodeIndex, right: NodeIndex): void {
  if (operator < GoKind.EqEq || operator > GoKind.GreaterEq) return;
  for (const node of [left, right]) {
    if (b.file.convert[node] !== 0) b.preset.set(node, Free.Compared);
    else presetInPlace(b, node);
  }
}

/** Which conversion between strings and slices this is; Form.None for another. One of a type parameter is what it is for some type argument. */
export function stringConversion(b: Builder, to: TypeId, from: TypeId): Form {
  if (!b.facts.isTypeParam(to) && !b.facts.isTypeParam(from)) return conversionForm(b, b.core(to), b.core(from));
  for (const target of termsOf(b, to)) {
    for (const source of termsOf(b, from)) {
      const form = conversionForm(b, target, source);
      if (form !== Form.None) return form;
    }
  }
  return Form.None;
}

/** Detail of a conversion that one type argument makes a copy and another leaves as it is. */
export const BY_TYPE_ARGUMENT = -2;

/** Whether a type parameter may stand for types of several sorts. */
export function isOpen(b: Builder, type: TypeId): boolean {
  return b.facts.isTypeParam(type) && b.core(type) === 0;
}

function termsOf(b: Builder, type: TypeId): readonly TypeId[] {
  return b.facts.isTypeParam(type) ? b.facts.typeSet(type) : [b.core(type)];
}

function conversionForm(b: Builder, target: TypeId, source: TypeId): Form {
  const targetKind = b.types.kind(target);
  const sourceKind = b.types.kind(source);
  if (targetKind === TypeKind.String) {
    if (sourceKind === TypeKind.Slice) return elementKind(b, source) === TypeKind.Uint8 ? Form.BytesToString : elementKind(b, source) === TypeKind.Int32 ? Form.RunesToString : Form.None;
    const integer = (sourceKind >= TypeKind.Int && sourceKind <= TypeKind.Uintptr) || sourceKind === TypeKind.UntypedInt || sourceKind === TypeKind.UntypedRune;
    return integer ? Form.RuneToString : Form.None;
  }
  if (targetKind !== TypeKind.Slice || (sourceKind !== TypeKind.String && sourceKind !== TypeKind.UntypedString)) return Form.None;
  const element = elementKind(b, target);
  return element === TypeKind.Uint8 ? Form.StringToBytes : element === TypeKind.Int32 ? Form.StringToRunes : Form.None;
}

function elementKind(b: Builder, slice: TypeId): TypeKind {
  return b.types.underKind(b.types.elem(slice));
}
