// The room of a slice that an expression makes, and whether an `append` fits in it, as constants in straight-line code say.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf } from '../../resolve/checkedBody.js';
import { Builtin } from '../../resolve/objects.js';
import { TypeKind } from '../../types/typeKind.js';
import { constantInt } from './builtins.js';
import type { Builder } from './builder.js';
import { unparenthesized } from './expressions.js';
import { Free } from './forms.js';
import type { Loc } from './graph.js';
import type { Room } from './rooms.js';
import { constantBytes } from './strings.js';

/** Nesting of expressions that is followed. */
const DEEP = 6;
const NOTHING: readonly Loc[] = [];

/** Says what room a variable has after it was given a value. */
export function keepRoom(b: Builder, variable: Loc, room: Room): void {
  b.rooms.set(variable, { ...room, made: b.rooms.time, variables: room.variables.includes(variable) ? room.variables : [...room.variables, variable] });
}

/** Room of a slice without any, nil or `[]T{}`. Nothing is known in loops: there is one buffer on the stack for all rounds. */
export function emptyRoom(b: Builder, type: number): Room | undefined {
  if (b.depth > 1 || b.loops > 0) return undefined;
  return b.coreKind(type) === TypeKind.Slice ? { length: 0, capacity: 0, fromEmpty: true, limit: -1, made: 0, variables: NOTHING } : undefined;
}

/** Room of the slice that an expression makes, as known before it is walked. */
export function roomOf(b: Builder, expression: NodeIndex, depth = 0): Room | undefined {
  if (depth > DEEP || expression < 0) return undefined;
  const node = unparenthesized(b, expression);
  switch (b.kind(node)) {
    case GoKind.Identifier: {
      const loc = b.variableAt(node);
      return loc < 0 ? undefined : b.rooms.of(loc);
    }
    case GoKind.SliceExpression: return sliced(b, node, depth);
    case GoKind.CompositeLiteral: {
      const elements = b.tree.childByField(node, GoField.Body);
      return elements >= 0 && b.tree.childCount(elements) === 0 ? emptyRoom(b, b.typeOf(node)) : undefined;
    }
    case GoKind.CallExpression: case GoKind.TypeConversionExpression: {
      const kind = callKindOf(b.file, node);
      if (kind === CallKind.Conversion) return converted(b, node);
      if (kind !== CallKind.Builtin) return undefined;
      const args = argumentsOf(b, node);
      const which = callTargetOf(b.file, node);
      if (which === Builtin.Make) return made(b, node, args);
      return which === Builtin.Append ? appended(b, args, depth) : undefined;
    }
    default: return undefined;
  }
}

/** Says of an `append` whether what it appends fits. Detail of one that began empty: the elements there are then. */
export function judgeAppend(b: Builder, form: Loc, args: readonly NodeIndex[], before: Room | undefined): void {
  if (!before) return;
  const [slice] = args;
  if (slice === undefined || args.length < 2) return;
  const count = countOf(b, args, 0);
  let variables = before.variables;
  if (count >= 0 && before.length + count <= before.capacity) b.graph.free[form] = Free.Fits;
  else if (before.fromEmpty && count >= 0) b.graph.detail[form] = before.length + count;
  else if (before.limit >= 0 && before.length === 0 && before.made === b.rooms.time && isSpread(b, args)) {
    const named = sameLength(b, before.limit, args[1] as NodeIndex);
    if (!named) return;
    b.graph.free[form] = Free.Fits;
    variables = [...variables, ...named];
  } else return;
  for (const variable of variables) b.rooms.relied.push(form, variable);
}

function argumentsOf(b: Builder, call: NodeIndex): NodeIndex[] {
  const list = b.tree.childByField(call, GoField.Arguments);
  const found: NodeIndex[] = [];
  if (list < 0) return found;
  const { next, kind } = b.tree;
  const end = next[list] as number;
  for (let child = list + 1; child < end && found.length < 64; child = next[child] as number) found.push(kind[child] === GoKind.VariadicArgument ? child + 1 : child);
  return found;
}

function isSpread(b: Builder, args: readonly NodeIndex[]): boolean {
  return b.kind(b.tree.parent[args[args.length - 1] as number] as number) === GoKind.VariadicArgument;
}

/** How many elements an `append` adds, -1 when not known. */
function countOf(b: Builder, args: readonly NodeIndex[], depth: number): number {
  return isSpread(b, args) ? lengthOf(b, args[1] as NodeIndex, depth) : args.length - 1;
}

function lengthOf(b: Builder, node: NodeIndex, depth: number): number {
  const bytes = constantBytes(b, node);
  if (bytes >= 0) return bytes;
  const inner = unparenthesized(b, node);
  if (b.kind(inner) !== GoKind.SliceExpression) return roomOf(b, inner, depth + 1)?.length ?? -1;
  const end = b.tree.childByField(inner, GoField.End);
  const start = startOf(b, inner);
  if (start < 0) return -1;
  if (end >= 0) {
    const last = constantInt(b, end);
    return last < 0 ? -1 : last - start;
  }
  return roomOf(b, inner, depth + 1)?.length ?? -1;
}

function startOf(b: Builder, slice: NodeIndex): number {
  const start = b.tree.childByField(slice, GoField.Start);
  return start < 0 ? 0 : constantInt(b, start);
}

/** `x[:n]`, of an array, of what a pointer to one leads to, or of a slice with known room. */
function sliced(b: Builder, node: NodeIndex, depth: number): Room | undefined {
  const operand = b.tree.childByField(node, GoField.Operand);
  const start = startOf(b, node);
  if (operand < 0 || start < 0 || b.tree.childByField(node, GoField.Capacity) >= 0) return undefined;
  let type = b.core(b.typeOf(operand));
  if (b.types.kind(type) === TypeKind.Pointer) type = b.core(b.types.elem(type));
  const array = b.types.kind(type) === TypeKind.Array ? b.types.arrayLength(type) : -1;
  const room = array >= 0 ? undefined : roomOf(b, operand, depth + 1);
  if (array < 0 && !room) return undefined;
  const endNode = b.tree.childByField(node, GoField.End);
  const end = endNode >= 0 ? constantInt(b, endNode) : array >= 0 ? array : (room?.length ?? -1);
  if (end < start) return undefined;
  if (room?.fromEmpty === true) return start === 0 && end <= room.length ? { ...room, length: end } : undefined;
  const capacity = array >= 0 ? array : (room?.capacity ?? 0);
  if (capacity < end) return undefined;
  if (start > 0 && (room?.limit ?? -1) >= 0) return undefined;
  return { length: end - start, capacity: capacity - start, fromEmpty: false, limit: room?.limit ?? -1, made: room?.made ?? 0, variables: room?.variables ?? NOTHING };
}

/** `[]T(nil)`. */
function converted(b: Builder, node: NodeIndex): Room | undefined {
  const [operand] = b.kind(node) === GoKind.CallExpression ? argumentsOf(b, node) : [b.tree.childByField(node, GoField.Operand)];
  return operand !== undefined && operand >= 0 && b.kind(unparenthesized(b, operand)) === GoKind.Nil ? emptyRoom(b, b.typeOf(node)) : undefined;
}

function made(b: Builder, node: NodeIndex, args: readonly NodeIndex[]): Room | undefined {
  if (b.coreKind(b.typeOf(node)) !== TypeKind.Slice || args[1] === undefined) return undefined;
  const length = constantInt(b, args[1]);
  if (length < 0) return undefined;
  const last = args[2];
  const capacity = last === undefined ? length : atLeast(b, last, 0);
  if (length === 0 && (last === undefined || constantInt(b, last) === 0)) return emptyRoom(b, b.typeOf(node));
  const limit = last !== undefined && constantInt(b, last) < 0 ? unparenthesized(b, last) : -1;
  return capacity < length && (limit < 0 || length > 0) ? undefined : { length, capacity, fromEmpty: false, limit, made: b.rooms.time, variables: NOTHING };
}

/** What a size is at least: a constant, a length, or a sum or product of such; -1 when not known. */
function atLeast(b: Builder, expression: NodeIndex, depth: number): number {
  const node = unparenthesized(b, expression);
  const constant = constantInt(b, node);
  if (constant >= 0 || depth > DEEP) return constant;
  if (b.kind(node) === GoKind.CallExpression) {
    const which = callTargetOf(b.file, node);
    return callKindOf(b.file, node) === CallKind.Builtin && (which === Builtin.Len || which === Builtin.Cap) ? 0 : -1;
  }
  const operator = b.kind(node) === GoKind.BinaryExpression ? b.tree.childByField(node, GoField.Operator) : -1;
  const isSum = operator >= 0 && b.kind(operator) === GoKind.Plus;
  if (!isSum && (operator < 0 || b.kind(operator) !== GoKind.Star)) return -1;
  const left = atLeast(b, b.tree.childByField(node, GoField.Left), depth + 1);
  const right = atLeast(b, b.tree.childByField(node, GoField.Right), depth + 1);
  return left < 0 || right < 0 ? -1 : isSum ? left + right : left * right;
}

function appended(b: Builder, args: readonly NodeIndex[], depth: number): Room | undefined {
  const [slice] = args;
  const before = slice === undefined ? undefined : roomOf(b, slice, depth + 1);
  // Of a size that is not constant one proof is made, after which the slice may be either array to the compiler.
  if (!before || before.limit >= 0) return undefined;
  const count = args.length < 2 ? 0 : countOf(b, args, depth + 1);
  if (count < 0) return undefined;
  const length = before.length + count;
  return before.fromEmpty || length <= before.capacity ? { ...before, length, limit: -1 } : undefined;
}

/** The variables by which two lengths are the same, `len(a)` and that of `a`, `len(a) - n` and that of `a[:len(a)-n]`; null when they differ. */
function sameLength(b: Builder, limit: NodeIndex, spread: NodeIndex): readonly Loc[] | null {
  const source = unparenthesized(b, spread);
  if (b.kind(source) === GoKind.Identifier) {
    if (b.kind(limit) !== GoKind.CallExpression || callKindOf(b.file, limit) !== CallKind.Builtin || callTargetOf(b.file, limit) !== Builtin.Len) return null;
    const [measured] = argumentsOf(b, limit);
    const loc = b.variableAt(source);
    return measured !== undefined && loc >= 0 && b.variableAt(unparenthesized(b, measured)) === loc ? [loc] : null;
  }
  if (b.kind(source) !== GoKind.SliceExpression || b.tree.childByField(source, GoField.Start) >= 0) return null;
  const operand = b.tree.childByField(source, GoField.Operand);
  const end = b.tree.childByField(source, GoField.End);
  const loc = operand < 0 ? -1 : b.variableAt(operand);
  const variables: Loc[] = [loc];
  return loc >= 0 && end >= 0 && sameValue(b, limit, unparenthesized(b, end), variables) ? variables : null;
}

/** Whether two expressions of local variables, constants and lengths are written alike; adds their variables to the list. */
function sameValue(b: Builder, one: NodeIndex, other: NodeIndex, variables: Loc[]): boolean {
  const size = (b.tree.next[one] as number) - one;
  if (size > 16 || (b.tree.next[other] as number) - other !== size) return false;
  for (let i = 0; i < size; i++) {
    const kind = b.kind(one + i);
    if (kind !== b.kind(other + i)) return false;
    switch (kind) {
      case GoKind.Identifier: {
        const loc = b.variableAt(one + i);
        if (b.file.ref[one + i] !== b.file.ref[other + i] || (loc < 0 && !isLen(b, one + i))) return false;
        if (loc >= 0) variables.push(loc);
        break;
      }
      case GoKind.IntLiteral: if (constantInt(b, one + i) !== constantInt(b, other + i)) return false; break;
      case GoKind.BinaryExpression: case GoKind.Plus: case GoKind.Minus: case GoKind.CallExpression: case GoKind.ArgumentList: case GoKind.ParenthesizedExpression: break;
      default: return false;
    }
  }
  return true;
}

function isLen(b: Builder, name: NodeIndex): boolean {
  const call = b.tree.parent[name] as number;
  return b.kind(call) === GoKind.CallExpression && callKindOf(b.file, call) === CallKind.Builtin && callTargetOf(b.file, call) === Builtin.Len;
}
