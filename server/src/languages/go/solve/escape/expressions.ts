// The walk over expressions: what their values are made of, and what they allocate.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf } from '../../resolve/checkedBody.js';
import { ObjectKind } from '../../resolve/objects.js';
import { SelectionKind } from '../../resolve/selectionTable.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { address, DEEPEST, deref, VALUE, type Builder, type Weight } from './builder.js';
import { call, conversion, methodValue } from './calls.js';
import { closure, genericFunctionValue } from './closures.js';
import { isStatic, literal } from './literals.js';
import { Form, Free } from './forms.js';
import { Base, type Loc, type NoteIndex } from './graph.js';
import { concatenation, presetOperands } from './strings.js';
import { Reason } from './reasons.js';
import { valueReadAsType } from './valuesReadAsTypes.js';

/** Walks an expression for what it does and drops its value. */
export function discard(b: Builder, node: NodeIndex): void {
  expression(b, node, Base.Blank, VALUE, 0);
}

/** The expression inside parentheses. */
export function unparenthesized(b: Builder, node: NodeIndex): NodeIndex {
  let at = node;
  while (b.tree.kind[at] === GoKind.ParenthesizedExpression && at + 1 < (b.tree.next[at] as number)) at++;
  return at;
}

/**
 * Walks `node` and lets its value, after the implicit conversion to an interface where there is one, flow to `target`.
 */
export function expression(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  if (++b.nesting < DEEPEST) {
    if (b.file.convert[node] !== 0) converted(b, node, target, weight, note);
    else plain(b, node, target, weight, note);
  }
  b.nesting--;
}

function converted(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const type = b.typeOf(node);
  const kind = b.types.kind(type);
  if (kind === TypeKind.UntypedNil || type === BasicType.Unknown) return plain(b, node, target, weight, note);
  const loc = box(b, node, type, target, weight, note);
  if (loc >= 0) plain(b, node, loc, VALUE, b.note(0, node, Reason.Boxed));
  else plain(b, node, target, weight, b.note(note, node, Reason.Boxed));
}

/** A value of a type is put into an interface: answers the place for its copy, -1 when the interface holds the value itself. */
export function box(b: Builder, node: NodeIndex, type: TypeId, target: Loc, weight: Weight, note: NoteIndex): Loc {
  if (b.facts.isDirectInterface(type)) {
    const loc = b.location(node, Form.Box, type);
    b.graph.free[loc] = Free.PointerShaped;
    return -1;
  }
  const inner = unparenthesized(b, node);
  const loc = b.location(node, Form.Box, type);
  if (b.graph.free[loc] === Free.No) b.graph.free[loc] = boxedForFree(b, inner, type);
  b.flow(target, address(weight), b.note(note, node, Reason.Boxed), loc);
  return loc;
}

/** What a struct of one field or an array of one element holds, however deep: the compiler boxes such a value as what it holds. */
function soleComponent(b: Builder, type: TypeId): TypeId {
  let at = type;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const under = b.types.underlying(at);
    const kind = b.types.kind(under);
    if (kind === TypeKind.Struct && b.types.fieldCount(under) === 1) at = b.types.fieldType(under, 0);
    else if (kind === TypeKind.Array && b.types.arrayLength(under) === 1) at = b.types.elem(under);
    else break;
  }
  return at;
}

function boxedForFree(b: Builder, node: NodeIndex, type: TypeId): Free {
  if (b.isConstant(node)) return Free.Constant;
  if (b.linked && isLinked(b, node)) return Free.StaticData;
  const size = b.facts.sizeOf(type);
  if (size === 0) return Free.ZeroSized;
  const kind = b.types.underKind(soleComponent(b, type));
  if (kind === TypeKind.Bool || kind === TypeKind.Int8 || kind === TypeKind.Uint8) return Free.OneByte;
  return Free.No;
}

/** Whether the linker lays out a value of a package variable: literals of constants, and `T("…")`. */
function isLinked(b: Builder, node: NodeIndex): boolean {
  if (b.kind(node) === GoKind.CallExpression) return callKindOf(b.file, node) === CallKind.Conversion;
  return isStatic(b, node);
}

function plain(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const { tree, file } = b;
  const kind = tree.kind[node] as GoKind;
  if (file.value[node] !== 0 && b.isConstant(node)) return;
  const type = file.type[node] as number;
  let to = target;
  if (to !== Base.Blank && weight >= 0 && type !== 0 && b.types.kind(type) !== TypeKind.Tuple && !b.facts.hasPointers(type)) to = Base.Blank;
  switch (kind) {
    case GoKind.Identifier: case GoKind.Iota: {
      const loc = b.variableAt(node);
      if (loc >= 0) b.flow(to, weight, note, loc);
      else genericFunctionValue(b, node, file.ref[node] as number, to, weight, note);
      return;
    }
    case GoKind.TypeInstantiationExpression: return genericFunctionValue(b, node, file.ref[node] as number, to, weight, note);
    case GoKind.ParenthesizedExpression: return expression(b, node + 1, to, weight, note);
    case GoKind.SelectorExpression: return selectorOf(b, node, tree.childByField(node, GoField.Operand), to, weight, note);
    case GoKind.CallExpression: return call(b, node, to, weight, note, null);
    case GoKind.TypeConversionExpression: {
      if (callKindOf(file, node) === CallKind.Conversion) return conversion(b, node, tree.childByField(node, GoField.Operand), to, weight, note);
      return call(b, node, to, weight, note, null);
    }
    case GoKind.UnaryExpression: return unary(b, node, to, weight, note);
    case GoKind.BinaryExpression: return binary(b, node, to, weight, note);
    case GoKind.IndexExpression: return indexOf(b, node, tree.childByField(node, GoField.Operand), tree.childByField(node, GoField.Index), to, weight, note);
    case GoKind.SliceExpression: return slice(b, node, to, weight, note);
    case GoKind.TypeAssertionExpression: {
      const operand = tree.childByField(node, GoField.Operand);
      if (operand < 0) return;
      const direct = type === 0 || b.facts.isInterface(type) || b.facts.isDirectInterface(type);
      return expression(b, operand, to, direct ? weight : deref(weight), b.note(note, node, Reason.Field));
    }
    case GoKind.CompositeLiteral: return literal(b, node, node, tree.childByField(node, GoField.Body), b.typeOf(node), to, weight, note);
    case GoKind.LiteralValue: return elidedLiteral(b, node, to, weight, note);
    case GoKind.LiteralElement: return expression(b, node + 1, to, weight, note);
    case GoKind.FuncLiteral: return closure(b, node, to, weight, note);
    case GoKind.TypeIdentifier: case GoKind.QualifiedType: case GoKind.GenericType: case GoKind.ParenthesizedType: case GoKind.PointerType: case GoKind.TypeElem: case GoKind.PackageIdentifier:
      return valueReadAsType(b, node, to, weight, note);
    default: return;
  }
}

function elidedLiteral(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const type = b.typeOf(node);
  if (b.types.underKind(type) !== TypeKind.Pointer) return literal(b, node, node, node, type, target, weight, note);
  const pointee = b.types.elem(b.types.underlying(type));
  const loc = b.spill(node, Form.AddressedLiteral, pointee, target, weight, note, Reason.Allocated);
  literal(b, node, node, node, pointee, loc, VALUE, 0);
}

/** Walks `operand.field`, written at `node`. */
export function selectorOf(b: Builder, node: NodeIndex, operand: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const ref = b.file.ref[node] as number;
  if (ref < 0) return genericFunctionValue(b, node, -ref, target, weight, note);
  if (operand < 0) return;
  if (ref === 0) return discard(b, operand);
  const selection = b.world.selections.get(ref);
  if (selection.kind !== SelectionKind.Field) {
    if (b.isType(operand)) return;
    return methodValue(b, node, operand, selection, target, weight, note);
  }
  let through = 0;
  for (const step of selection.derefs) through += step;
  const next = through === 0 ? weight : (((weight >> 1) + through) << 1);
  expression(b, operand, target, next, b.note(note, node, through === 0 ? Reason.Field : Reason.PointerField));
}

function unary(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const operator = b.tree.childByField(node, GoField.Operator);
  const operand = b.tree.childByField(node, GoField.Operand);
  if (operand < 0 || operator < 0) return;
  switch (b.kind(operator)) {
    case GoKind.Amp: {
      const inner = unparenthesized(b, operand);
      if (b.kind(inner) === GoKind.CompositeLiteral) {
        const loc = b.spill(node, Form.AddressedLiteral, b.typeOf(inner), target, weight, note, Reason.Allocated);
        return literal(b, inner, inner, b.tree.childByField(inner, GoField.Body), b.typeOf(inner), loc, VALUE, 0);
      }
      return expression(b, operand, target, address(weight), b.note(note, node, Reason.AddressOf));
    }
    case GoKind.Star: return expression(b, operand, target, deref(weight), b.note(note, node, Reason.Dereference));
    case GoKind.Arrow: return discard(b, operand);
    default: return discard(b, operand);
  }
}

/** Chains of one operator are walked in a loop: generated code has thousands of operands. */
function binary(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const { tree } = b;
  const operator = tree.childByField(node, GoField.Operator);
  if (operator >= 0 && tree.kind[operator] === GoKind.Plus && b.isString(b.typeOf(node))) return concatenation(b, node, target, weight, note);
  let at = node;
  while (tree.kind[at] === GoKind.BinaryExpression && !b.isConstant(at) && b.file.convert[at] === 0) {
    const left = tree.childByField(at, GoField.Left);
    const right = tree.childByField(at, GoField.Right);
    if (left < 0 || right < 0) break;
    const op = tree.childByField(at, GoField.Operator);
    if (at !== node && op >= 0 && tree.kind[op] === GoKind.Plus && b.isString(b.typeOf(at))) break;
    if (op >= 0) presetOperands(b, tree.kind[op] as GoKind, left, right);
    at = left;
  }
  if (at === node) return;
  discard(b, at);
  for (let up = tree.parent[at] as number; ; up = tree.parent[up] as number) {
    const op = tree.childByField(up, GoField.Operator);
    const guards = op >= 0 && (tree.kind[op] === GoKind.AmpAmp || tree.kind[op] === GoKind.PipePipe) ? 1 : 0; // the left side may decide alone
    b.guarded += guards;
    discard(b, tree.childByField(up, GoField.Right));
    b.guarded -= guards;
    if (up === node) return;
  }
}

/** Walks `operand[position]`, written at `node`. */
export function indexOf(b: Builder, node: NodeIndex, operand: NodeIndex, position: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  if (operand < 0) return;
  const ref = b.file.ref[node] as number;
  if (ref > 0 && b.world.objects.kind[ref] === ObjectKind.Func) return genericFunctionValue(b, node, ref, target, weight, note);
  if (b.isType(operand)) return;
  const kind = b.coreKind(b.typeOf(operand));
  if (kind === TypeKind.Map) {
    discard(b, operand);
    if (position >= 0) {
      presetOperands(b, GoKind.EqEq, position, position);
      lookupKey(b, position);
      discard(b, position);
    }
    return;
  }
  if (kind === TypeKind.Func) return discard(b, operand);
  expression(b, operand, target, kind === TypeKind.Array ? weight : deref(weight), b.note(note, node, Reason.Index));
  if (position >= 0) discard(b, position);
}

/** Keys of a lookup that are struct or array literals around `string(b)` are read in place, too. */
function lookupKey(b: Builder, key: NodeIndex): void {
  if (b.kind(key) !== GoKind.CompositeLiteral) return;
  const { next, kind } = b.tree;
  const end = next[key] as number;
  for (let node = key + 1; node < end; node++) if (kind[node] === GoKind.CallExpression || kind[node] === GoKind.TypeConversionExpression) b.preset.set(node, Free.ReadInPlace);
}

function slice(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const operand = b.tree.childByField(node, GoField.Operand);
  if (operand >= 0) {
    const array = b.coreKind(b.typeOf(operand)) === TypeKind.Array;
    const inner = b.note(note, node, Reason.Slice);
    expression(b, operand, target, array ? address(weight) : weight, array ? b.note(inner, operand, Reason.AddressOf) : inner);
  }
  for (const field of [GoField.Start, GoField.End, GoField.Capacity]) {
    const bound = b.tree.childByField(node, field);
    if (bound >= 0) discard(b, bound);
  }
}
