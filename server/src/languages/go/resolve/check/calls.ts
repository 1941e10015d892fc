// Calls and conversions. Builtins are in builtins.ts.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { SelectionKind } from '../selectionTable.js';
import { convertedConstant } from '../../types/constantOps.js';
import { defaultType } from '../../types/typeMeasure.js';
import { BasicType, isIntegerKind, isNumericKind, TypeKind, type TypeId } from '../../types/typeKind.js';
import { CALL_KIND_BITS, CallKind, LAZY_STRING, leadingStars } from '../checkedBody.js';
import { builtinCall } from './builtins.js';
import { Mode, type Checker } from './checker.js';
import { expression, instantiateFunction, namedFunction, valueExpression } from './expressions.js';
import { typeArguments } from './typeExpressions.js';
import { assign, assignTuple, convertUntyped, noteConversion } from './untyped.js';

/** Checks `f(…)`, which may be a conversion or a builtin. */
export function callExpression(c: Checker, node: NodeIndex): TypeId {
  const callee = c.child(node, GoField.Function);
  const list = c.child(node, GoField.Arguments);
  let signature = expression(c, callee);
  if (c.mode === Mode.Type) return conversion(c, node, signature, list === NO_NODE ? NO_NODE : c.firstChild(list));
  if (c.mode === Mode.Builtin) return builtinCall(c, node, callee, list);
  const written = c.child(node, GoField.TypeArguments);
  if (written !== NO_NODE) signature = instantiateFunction(c, callee, callee, typeArguments(c, written));
  const target = classify(c, callee);
  c.ref[node] = target;
  if ((target & ((1 << CALL_KIND_BITS) - 1)) === CallKind.Interface) c.interfaceCalls.push(node);
  return call(c, node, callee, signature, list);
}

/** Checks `T(x)` where T is written as a type, or what turns out to be a call of an instantiated function. */
export function conversionExpression(c: Checker, node: NodeIndex): TypeId {
  const typeNode = c.child(node, GoField.Type);
  const operand = c.child(node, GoField.Operand);
  const type = expression(c, typeNode);
  if (c.mode === Mode.Type || type === 0) {
    const loads = leadingStars(c.tree, typeNode);
    return loads === 0 ? conversion(c, node, type, operand) : loaded(c, node, type, operand, loads);
  }
  c.ref[node] = classify(c, typeNode);
  return call(c, node, typeNode, type, operand);
}

/** `*(*[]T)(x)` reads through what x is converted to: the stars before the parenthesis are no part of the type, though the grammar says so. */
function loaded(c: Checker, node: NodeIndex, type: TypeId, operand: NodeIndex, loads: number): TypeId {
  let pointer = type;
  for (let i = 0; i < loads; i++) pointer = c.types.elem(pointer);
  conversion(c, node, pointer, operand);
  let value = pointer;
  for (let i = 0; i < loads; i++) value = c.types.elem(c.core(value));
  return value === 0 ? c.unknown(node) : c.result(node, value, Mode.Variable);
}

/** How a callee is called, as CheckedFile.ref keeps it. */
function classify(c: Checker, callee: NodeIndex): number {
  let at = callee;
  while (c.kind[at] === GoKind.ParenthesizedExpression) at = c.firstChild(at);
  if (at === NO_NODE) return CallKind.Unknown;
  if (c.kind[at] === GoKind.FuncLiteral) return ((c.ref[at] as number) << CALL_KIND_BITS) | CallKind.Literal;
  const named = namedFunction(c, at);
  if (named !== 0) return (named << CALL_KIND_BITS) | CallKind.Static;
  if (c.kind[at] === GoKind.SelectorExpression && (c.ref[at] as number) > 0) {
    const { kind } = c.program.selections.get(c.ref[at] as number);
    if (kind === SelectionKind.InterfaceMethod || kind === SelectionKind.ConstraintMethod) return ((c.ref[at] as number) << CALL_KIND_BITS) | CallKind.Interface;
  }
  return c.type[callee] === 0 ? CallKind.Unknown : CallKind.Value;
}

/** First argument of a call: a child of an argument_list, or the single operand of a conversion node. */
function firstArgument(c: Checker, list: NodeIndex): NodeIndex {
  return list === NO_NODE ? NO_NODE : c.kind[list] === GoKind.ArgumentList ? c.firstChild(list) : list;
}

function call(c: Checker, node: NodeIndex, callee: NodeIndex, calleeType: TypeId, list: NodeIndex): TypeId {
  const { types, next } = c;
  let signature = types.kind(calleeType) === TypeKind.Func ? calleeType : c.core(calleeType);
  const first = firstArgument(c, list);
  const end = first === NO_NODE ? NO_NODE : (next[list] as number);
  const argTypes = c.arguments; // of the calls around this one, too: this one's begin at `base`
  const base = argTypes.length;
  let spread = false;
  for (let arg = first; arg < end; arg = next[arg] as number) {
    if (c.kind[arg] === GoKind.VariadicArgument) spread = true;
    argTypes.push(valueExpression(c, arg));
  }
  const given = argTypes.length - base;
  if (types.kind(signature) !== TypeKind.Func) {
    argTypes.length = base;
    for (let arg = first; arg < end; arg = next[arg] as number) convertUntyped(c, arg, 0);
    return c.unknown(node);
  }
  const tuple = given === 1 && types.kind(argTypes[base] as TypeId) === TypeKind.Tuple ? (argTypes[base] as TypeId) : 0;
  if (types.isGeneric(signature)) signature = inferred(c, callee, signature, first, end, base, tuple, spread);
  const count = types.paramCount(signature);
  const variadic = types.isVariadic(signature);
  if (tuple !== 0) passTuple(c, first, tuple, signature);
  else {
    let i = 0;
    for (let arg = first; arg < end; arg = next[arg] as number) {
      if (spread && i === given - 1) {
        const inner = c.firstChild(arg);
        if (inner !== NO_NODE) assign(c, inner, variadic ? types.param(signature, count - 1) : 0);
      } else argument(c, arg, argTypes[base + i] as TypeId, targetType(c, signature, count, variadic, i));
      i++;
    }
  }
  argTypes.length = base;
  const results = types.resultCount(signature);
  if (results === 1) return c.result(node, types.result(signature, 0), Mode.Value);
  if (results === 0) return c.result(node, BasicType.EmptyTuple, Mode.NoValue);
  return c.result(node, types.resultTuple(signature), Mode.Value);
}

/** `f(g())` where g has several results. By itself: a closure in `call` would cost every call. */
function passTuple(c: Checker, argument: NodeIndex, tuple: TypeId, signature: TypeId): void {
  const count = c.types.paramCount(signature);
  const variadic = c.types.isVariadic(signature);
  assignTuple(c, argument, tuple, (i) => targetType(c, signature, count, variadic, i));
}

/** Type that an argument at a position becomes; 0 for one too many. */
function targetType(c: Checker, signature: TypeId, count: number, variadic: boolean, i: number): TypeId {
  if (variadic && i >= count - 1) return c.types.elem(c.types.param(signature, count - 1));
  return i < count ? c.types.param(signature, i) : 0;
}

/** One argument becomes a parameter of `target`; a generic function value takes its type arguments from it. */
function argument(c: Checker, node: NodeIndex, type: TypeId, target: TypeId): void {
  if (target !== 0 && c.types.isGeneric(type) && c.types.kind(type) === TypeKind.Func) instantiateValue(c, node, type, target);
  assign(c, node, target);
}

/** A generic function used as a value of a function type: its type arguments follow from the type. */
export function instantiateValue(c: Checker, node: NodeIndex, type: TypeId, target: TypeId): void {
  const named = namedFunction(c, node);
  const params = c.program.objects.typeParams[named] ?? [];
  if (named === 0 || params.length === 0 || c.instances.has(node)) return;
  const bound: TypeId[] = params.map(() => 0);
  c.program.inference.unify(type, c.core(target), params, bound);
  c.program.inference.complete(params, bound);
  if (bound.includes(0)) return;
  c.instances.set(node, bound);
  c.type[node] = c.program.substitution.apply(type, params, bound);
}

/** The signature of a call with the type arguments that follow from its arguments. */
function inferred(c: Checker, callee: NodeIndex, signature: TypeId, first: NodeIndex, end: NodeIndex, base: number, tuple: TypeId, spread: boolean): TypeId {
  const { types, program } = c;
  const args: NodeIndex[] = [];
  for (let arg = first; arg < end; arg = c.next[arg] as number) args.push(arg);
  const argTypes = c.arguments.slice(base);
  const named = namedFunction(c, callee);
  const params = program.objects.typeParams[named] ?? [];
  if (named === 0 || params.length === 0) return signature;
  let at = callee;
  while (c.kind[at] === GoKind.ParenthesizedExpression) at = c.firstChild(at);
  const ref = c.kind[at] as GoKind;
  const name = ref === GoKind.IndexExpression || ref === GoKind.TypeInstantiationExpression || ref === GoKind.GenericType ? c.firstChild(at) : at;
  const before = c.instances.get(name);
  const bound: TypeId[] = before ? [...before] : params.map(() => 0);
  const generic = program.objects.type[named] as TypeId;
  const count = types.paramCount(generic);
  const variadic = types.isVariadic(generic);
  const parameter = (i: number): TypeId => {
    if (variadic && i >= count - 1 && !(spread && i === args.length - 1)) return types.elem(types.param(generic, count - 1));
    return i < count ? types.param(generic, i) : 0;
  };
  const given = tuple !== 0 ? types.listLength(tuple) : args.length;
  const untyped: TypeId[] = params.map(() => 0);
  for (let i = 0; i < given; i++) {
    const type = tuple !== 0 ? types.listItem(tuple, i) : (argTypes[i] as TypeId);
    const of = parameter(i);
    if (type === 0 || type === BasicType.UntypedNil) continue;
    if (c.isUntyped(type)) {
      const k = params.indexOf(of);
      if (k >= 0 && type > (untyped[k] as TypeId)) untyped[k] = type;
    } else if (!(types.isGeneric(type) && types.kind(type) === TypeKind.Func && tuple === 0 && genericValue(c, args[i] as NodeIndex))) program.inference.unify(of, type, params, bound);
  }
  for (let k = 0; k < bound.length; k++) if (bound[k] === 0 && untyped[k] !== 0) bound[k] = defaultType(untyped[k] as TypeId);
  program.inference.complete(params, bound);
  c.instances.set(name, bound);
  const result = program.substitution.apply(generic, params, bound);
  if (!bound.includes(0)) {
    c.type[name] = result;
    c.type[callee] = result;
  } else c.uncertain = true;
  return result;
}

/** Whether an argument is a generic function without type arguments. */
function genericValue(c: Checker, node: NodeIndex): boolean {
  const named = namedFunction(c, node);
  return named !== 0 && (c.program.objects.typeParams[named] ?? []).length > 0 && !c.instances.has(node);
}

/** Checks the operand of a conversion to `type`. */
function conversion(c: Checker, node: NodeIndex, type: TypeId, operandNode: NodeIndex): TypeId {
  c.ref[node] = CallKind.Conversion;
  const operand = operandNode !== NO_NODE && c.kind[operandNode] === GoKind.VariadicArgument ? c.firstChild(operandNode) : operandNode;
  if (operand === NO_NODE) return type === 0 ? c.unknown(node) : c.result(node, type, Mode.Value);
  const from = valueExpression(c, operand);
  const constant = c.mode === Mode.Constant;
  const { types, program } = c;
  const under = types.underlying(type);
  const kind = types.kind(under);
  const basic = kind >= TypeKind.Bool && kind <= TypeKind.String;
  if (constant && basic) {
    const value = c.value[operand] as number;
    const fromString = types.underKind(from) === TypeKind.String || from === BasicType.UntypedString;
    if (kind === TypeKind.String && fromString && value === LAZY_STRING) c.value[node] = LAZY_STRING;
    else c.value[node] = convertedConstant(program.constants, c.constant(operand), types.underlying(from), under as BasicType, kind);
    if (c.isUntyped(from)) {
      // string(65) keeps the integer's own default type; everything else becomes the target
      const keeps = kind === TypeKind.String && isIntegerKind(from as unknown as TypeKind);
      convertUntyped(c, operand, keeps ? 0 : type);
    }
    return c.result(node, type, Mode.Constant);
  }
  if (c.isUntyped(from)) {
    const keepsDefault = (kind === TypeKind.Slice && from === BasicType.UntypedString) || types.kind(type) === TypeKind.TypeParam
      || (kind === TypeKind.String && isIntegerKind(from as unknown as TypeKind)) || (basic && isNumericKind(kind) && !isNumericKind(from as unknown as TypeKind));
    convertUntyped(c, operand, from === BasicType.UntypedNil ? type : keepsDefault ? 0 : type);
  }
  if (type === 0) return c.unknown(node);
  noteConversion(c, operand, type);
  return c.result(node, type, Mode.Value);
}
