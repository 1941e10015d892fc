// Calls of predeclared functions and of package unsafe's.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoKind } from '../../../../syntax/kinds/go.generated.js';
import { Builtin } from '../objects.js';
import { SelectionKind } from '../selectionTable.js';
import { binaryConstant, stringConstantLength } from '../../types/constantOps.js';
import { ConstantKind } from '../../types/constants.js';
import { fieldOffset } from '../../types/typeMeasure.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { CALL_KIND_BITS, CallKind } from '../checkedBody.js';
import { Mode, type Checker } from './checker.js';
import { expression, valueExpression } from './expressions.js';
import { assign, assignTuple, convertUntyped } from './untyped.js';

/** Checks a call of a builtin. */
export function builtinCall(c: Checker, node: NodeIndex, callee: NodeIndex, list: NodeIndex): TypeId {
  const builtin = builtinOf(c, callee);
  c.ref[node] = (builtin << CALL_KIND_BITS) | CallKind.Builtin;
  const args: NodeIndex[] = [];
  if (list !== NO_NODE) for (let child = list + 1; child < (c.next[list] as number); child = c.next[child] as number) args.push(child);
  const first = args[0] ?? NO_NODE;
  const { types } = c;
  switch (builtin) {
    case Builtin.New: {
      const type = expression(c, first);
      if (c.mode === Mode.Type) return c.result(node, types.pointer(type), Mode.Value);
      convertUntyped(c, first, 0);
      return first === NO_NODE || c.type[first] === 0 ? c.unknown(node) : c.result(node, types.pointer(c.type[first] as TypeId), Mode.Value);
    }
    case Builtin.Make: {
      const type = expression(c, first);
      for (const arg of args.slice(1)) integer(c, arg);
      return c.result(node, type, Mode.Value);
    }
    case Builtin.Append:
      return append(c, node, args);
    case Builtin.Len:
    case Builtin.Cap:
      return length(c, node, first);
    case Builtin.Copy:
      valueExpression(c, first);
      if (args[1] !== undefined) {
        valueExpression(c, args[1]);
        convertUntyped(c, args[1], BasicType.String);
      }
      return c.result(node, BasicType.Int, Mode.Value);
    case Builtin.Delete: {
      const map = c.core(valueExpression(c, first));
      if (args[1] !== undefined) {
        valueExpression(c, args[1]);
        assign(c, args[1], types.key(map));
      }
      return c.result(node, BasicType.EmptyTuple, Mode.NoValue);
    }
    case Builtin.Panic:
      valueExpression(c, first);
      if (first !== NO_NODE) assign(c, first, BasicType.EmptyInterface);
      return c.result(node, BasicType.EmptyTuple, Mode.NoValue);
    case Builtin.Recover:
      return c.result(node, BasicType.EmptyInterface, Mode.Value);
    case Builtin.Min:
    case Builtin.Max:
      return extreme(c, node, args, builtin === Builtin.Min);
    case Builtin.Complex:
      return complexValue(c, node, args);
    case Builtin.Real:
    case Builtin.Imag:
      return part(c, node, first, builtin === Builtin.Real);
    case Builtin.Print: case Builtin.Println: case Builtin.Clear: case Builtin.Close:
      for (const arg of args) {
        valueExpression(c, arg);
        convertUntyped(c, arg, 0);
      }
      return c.result(node, BasicType.EmptyTuple, Mode.NoValue);
    default:
      return unsafeCall(c, node, builtin, args);
  }
}

function builtinOf(c: Checker, callee: NodeIndex): Builtin {
  let at = callee;
  while (c.kind[at] === GoKind.ParenthesizedExpression) at = c.firstChild(at);
  const object = Math.abs(c.ref[at] as number);
  return (c.program.objects.value[object] ?? 0) as Builtin;
}

function integer(c: Checker, node: NodeIndex): void {
  valueExpression(c, node);
  convertUntyped(c, node, BasicType.Int);
}

function append(c: Checker, node: NodeIndex, args: readonly NodeIndex[]): TypeId {
  const first = args[0] ?? NO_NODE;
  const type = valueExpression(c, first);
  if (type === BasicType.UntypedNil) return c.unknown(node);
  const under = c.core(type);
  const elem = c.types.elem(under);
  for (const arg of args.slice(1)) {
    if (c.kind[arg] === GoKind.VariadicArgument) {
      const inner = c.firstChild(arg);
      valueExpression(c, inner);
      convertUntyped(c, inner, c.type[inner] === BasicType.UntypedString ? BasicType.String : type);
      continue;
    }
    const its = valueExpression(c, arg);
    if (c.types.kind(its) === TypeKind.Tuple && args.length === 2) assignTuple(c, arg, its, () => elem);
    else assign(c, arg, elem);
  }
  return type === 0 ? c.unknown(node) : c.result(node, type, Mode.Value);
}

function length(c: Checker, node: NodeIndex, arg: NodeIndex): TypeId {
  const type = valueExpression(c, arg);
  const constant = c.mode === Mode.Constant;
  if (arg !== NO_NODE && constant && (c.types.underKind(type) === TypeKind.String || type === BasicType.UntypedString)) {
    c.value[node] = c.program.constants.int(Math.max(0, stringConstantLength(c.program.constants, c.constant(arg))));
    convertUntyped(c, arg, 0);
    return c.result(node, BasicType.Int, Mode.Constant);
  }
  let under = c.types.underlying(type);
  if (c.types.kind(under) === TypeKind.Pointer) under = c.types.underlying(c.types.elem(under));
  if (c.types.kind(under) === TypeKind.Array && c.types.arrayLength(under) >= 0 && !hasCallOrReceive(c, arg)) {
    c.value[node] = c.program.constants.int(c.types.arrayLength(under));
    return c.result(node, BasicType.Int, Mode.Constant);
  }
  return c.result(node, BasicType.Int, Mode.Value);
}

function hasCallOrReceive(c: Checker, node: NodeIndex): boolean {
  for (let at = node; at < (c.next[node] as number); at++) {
    const kind = c.kind[at] as GoKind;
    if (kind === GoKind.CallExpression) {
      const callKind = (c.ref[at] as number) & ((1 << CALL_KIND_BITS) - 1);
      if (callKind !== CallKind.Conversion && c.value[at] === 0) return true;
    } else if (kind === GoKind.Arrow) return true;
  }
  return false;
}

function extreme(c: Checker, node: NodeIndex, args: readonly NodeIndex[], least: boolean): TypeId {
  let type = 0;
  let constant = args.length > 0;
  for (const arg of args) {
    const its = valueExpression(c, arg);
    if (c.mode !== Mode.Constant) constant = false;
    if (type === 0 || (c.isUntyped(type) && (!c.isUntyped(its) || its > type))) type = its;
  }
  for (const arg of args) convertUntyped(c, arg, type);
  if (constant) {
    let best = c.constant(args[0] as NodeIndex);
    for (const arg of args) {
      const value = c.constant(arg);
      const less = binaryConstant(c.program.constants, least ? GoKind.Less : GoKind.Greater, value, best, true);
      if (c.program.constants.kind(less) === ConstantKind.Bool && c.program.constants.value(less) === true) best = value;
    }
    c.value[node] = best;
    return c.result(node, type, Mode.Constant);
  }
  return type === 0 ? c.unknown(node) : c.result(node, type, Mode.Value);
}

function complexValue(c: Checker, node: NodeIndex, args: readonly NodeIndex[]): TypeId {
  let float = 0;
  let constant = true;
  for (const arg of args) {
    const type = valueExpression(c, arg);
    if (c.mode !== Mode.Constant) constant = false;
    if (!c.isUntyped(type)) float = type;
  }
  if (constant && float === 0 && args.length === 2) {
    const { constants } = c.program;
    c.value[node] = constants.complex(Number(constants.value(c.constant(args[0] as NodeIndex))), Number(constants.value(c.constant(args[1] as NodeIndex))));
    return c.result(node, BasicType.UntypedComplex, Mode.Constant);
  }
  for (const arg of args) convertUntyped(c, arg, float === 0 ? BasicType.Float64 : float);
  return c.result(node, c.types.underKind(float) === TypeKind.Float32 ? BasicType.Complex64 : BasicType.Complex128, Mode.Value);
}

function part(c: Checker, node: NodeIndex, arg: NodeIndex, real: boolean): TypeId {
  const type = valueExpression(c, arg);
  const { constants } = c.program;
  if (c.mode === Mode.Constant) {
    const value = constants.value(c.constant(arg));
    const pair = typeof value === 'object' ? value : [Number(value), 0];
    c.value[node] = constants.float((real ? pair[0] : pair[1]) ?? 0);
    if (c.isUntyped(type)) return c.result(node, BasicType.UntypedFloat, Mode.Constant);
  }
  convertUntyped(c, arg, 0);
  return c.result(node, c.types.underKind(type) === TypeKind.Complex64 ? BasicType.Float32 : BasicType.Float64, c.value[node] !== 0 ? Mode.Constant : Mode.Value);
}

function unsafeCall(c: Checker, node: NodeIndex, builtin: Builtin, args: readonly NodeIndex[]): TypeId {
  const { types, program } = c;
  const first = args[0] ?? NO_NODE;
  const type = expression(c, first);
  for (const arg of args.slice(1)) integer(c, arg);
  const { typeFacts, constants } = program;
  switch (builtin) {
    case Builtin.UnsafeAdd:
      return c.result(node, BasicType.UnsafePointer, Mode.Value);
    case Builtin.UnsafeSlice:
      return c.result(node, types.slice(types.elem(c.core(type))), Mode.Value);
    case Builtin.UnsafeSliceData:
      return c.result(node, types.pointer(types.elem(c.core(type))), Mode.Value);
    case Builtin.UnsafeString:
      return c.result(node, BasicType.String, Mode.Value);
    case Builtin.UnsafeStringData:
      convertUntyped(c, first, 0);
      return c.result(node, types.pointer(BasicType.Uint8), Mode.Value);
    case Builtin.UnsafeSizeof:
    case Builtin.UnsafeAlignof: {
      convertUntyped(c, first, 0);
      const its = first === NO_NODE ? 0 : (c.type[first] as TypeId);
      const value = builtin === Builtin.UnsafeSizeof ? typeFacts.sizeOf(its) : typeFacts.alignOf(its);
      if (value < 0 || types.isGeneric(its)) return c.result(node, BasicType.Uintptr, Mode.Value);
      c.value[node] = constants.int(value);
      return c.result(node, BasicType.Uintptr, Mode.Constant);
    }
    case Builtin.UnsafeOffsetof: {
      const selection = first === NO_NODE ? null : program.selections.get(Math.max(0, c.ref[first] as number));
      let offset = selection?.kind === SelectionKind.Field ? 0 : -1;
      let struct = selection ? types.underlying(selection.receiver) : 0;
      if (types.kind(struct) === TypeKind.Pointer) struct = types.underlying(types.elem(struct));
      for (const index of selection?.path ?? []) {
        if (offset >= 0) offset += fieldOffset(types, typeFacts, struct, index);
        struct = types.underlying(types.fieldType(struct, index));
      }
      if (offset < 0) return c.result(node, BasicType.Uintptr, Mode.Value);
      c.value[node] = constants.int(offset);
      return c.result(node, BasicType.Uintptr, Mode.Constant);
    }
    default:
      return c.unknown(node);
  }
}
