// Expressions: dispatch by kind, names, literals, selectors, indexing, slicing, assertions.
// Not here: operators (operators.ts), calls (calls.ts), composite literals (composites.ts).
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { floatValue, intValue, runeValue } from '../../declare/literals.js';
import { ObjectKind, Resolution, type ObjectId } from '../objects.js';
import { SelectionKind } from '../selectionTable.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { LAZY_STRING, LocalFlag } from '../checkedBody.js';
import { callExpression, conversionExpression } from './calls.js';
import { MAX_DEPTH, Mode, type Checker } from './checker.js';
import { compositeLiteral } from './composites.js';
import { functionLiteral } from './functions.js';
import { binaryExpression, unaryExpression } from './operators.js';
import { instantiated, typeExpression } from './typeExpressions.js';
import { assign, convertUntyped } from './untyped.js';
import { valueReadAsType } from './valuesReadAsTypes.js';

/** Checks an expression (or a type where one may stand): records types, values and references, sets the mode, returns the type. */
export function expression(c: Checker, node: NodeIndex): TypeId {
  if (node === NO_NODE) {
    c.mode = Mode.Invalid;
    return 0;
  }
  if (c.depth > MAX_DEPTH) return c.unknown(node);
  c.depth++;
  const type = dispatch(c, node);
  c.depth--;
  return type;
}

/** Checks an expression that must be a value; a type or a bare package is unknown. */
export function valueExpression(c: Checker, node: NodeIndex): TypeId {
  const type = expression(c, node);
  return c.mode === Mode.Type ? 0 : type;
}

function dispatch(c: Checker, node: NodeIndex): TypeId {
  switch (c.kind[node] as GoKind) {
    case GoKind.Identifier:
      return identifier(c, node);
    case GoKind.SelectorExpression:
      return selectorOf(c, node, c.child(node, GoField.Operand), c.child(node, GoField.Field));
    case GoKind.CallExpression:
      return callExpression(c, node);
    case GoKind.IntLiteral: {
      const value = intValue(c.tree.textOf(node));
      if (value !== null) c.value[node] = c.program.constants.int(value);
      return c.result(node, BasicType.UntypedInt, Mode.Constant);
    }
    case GoKind.InterpretedStringLiteral:
    case GoKind.RawStringLiteral:
      c.value[node] = LAZY_STRING;
      return c.result(node, BasicType.UntypedString, Mode.Constant);
    case GoKind.Nil:
      return c.result(node, BasicType.UntypedNil, Mode.Nil);
    case GoKind.True:
    case GoKind.False:
      c.value[node] = c.program.constants.bool(c.kind[node] === GoKind.True);
      return c.result(node, BasicType.UntypedBool, Mode.Constant);
    case GoKind.RuneLiteral:
      c.value[node] = c.program.constants.int(runeValue(c.tree.textOf(node)));
      return c.result(node, BasicType.UntypedRune, Mode.Constant);
    case GoKind.FloatLiteral:
      c.value[node] = c.program.constants.float(floatValue(c.tree.textOf(node)));
      return c.result(node, BasicType.UntypedFloat, Mode.Constant);
    case GoKind.ImaginaryLiteral:
      c.value[node] = c.program.constants.complex(0, floatValue(c.tree.textOf(node).slice(0, -1)));
      return c.result(node, BasicType.UntypedComplex, Mode.Constant);
    case GoKind.Iota:
      if (c.scope.find(c.symbol(node)) >= 0) return identifier(c, node); // a variable of that name
      c.value[node] = c.iota;
      return c.result(node, BasicType.UntypedInt, Mode.Constant);
    case GoKind.BinaryExpression:
      return binaryExpression(c, node);
    case GoKind.UnaryExpression:
      return unaryExpression(c, node);
    case GoKind.ParenthesizedExpression: {
      const inner = c.firstChild(node);
      const type = expression(c, inner);
      if (inner !== NO_NODE) {
        c.value[node] = c.value[inner] as number;
        c.ref[node] = c.ref[inner] as number;
      }
      c.type[node] = type;
      return type;
    }
    case GoKind.CompositeLiteral:
      return compositeLiteral(c, node);
    case GoKind.FuncLiteral:
      return functionLiteral(c, node);
    case GoKind.IndexExpression:
      return indexOf(c, node, c.child(node, GoField.Operand), c.child(node, GoField.Index));
    case GoKind.SliceExpression:
      return slice(c, node);
    case GoKind.TypeAssertionExpression: {
      valueExpression(c, c.child(node, GoField.Operand));
      return c.result(node, typeExpression(c, c.child(node, GoField.Type)), Mode.CommaOk);
    }
    case GoKind.TypeConversionExpression:
      return conversionExpression(c, node);
    case GoKind.TypeInstantiationExpression:
      return instantiation(c, node);
    case GoKind.VariadicArgument:
      return expression(c, c.firstChild(node));
    case GoKind.TypeIdentifier: case GoKind.GenericType: case GoKind.QualifiedType: case GoKind.PointerType: case GoKind.StructType: case GoKind.InterfaceType:
    case GoKind.ArrayType: case GoKind.SliceType: case GoKind.MapType: case GoKind.ChannelType: case GoKind.FunctionType: case GoKind.ParenthesizedType: {
      const before = c.uncertain;
      const type = typeExpression(c, node);
      if (type === 0) {
        c.uncertain = before; // a function or another value, which no type expression knows
        return c.kind[node] === GoKind.GenericType ? genericFunction(c, node) : valueReadAsType(c, node);
      }
      c.mode = Mode.Type;
      return type;
    }
    default:
      return c.unknown(node);
  }
}

/** Checks a name. */
export function identifier(c: Checker, node: NodeIndex): TypeId {
  const symbol = c.symbol(node);
  const local = c.scope.find(symbol);
  if (local >= 0) {
    c.ref[node] = -1 - local;
    const flags = c.localFlags[local] as number;
    const type = c.localType[local] as TypeId;
    if ((flags & (LocalFlag.Type | LocalFlag.Const)) === 0) {
      if ((c.localOwner[local] as number) !== c.current) c.mention(local);
      return c.result(node, type, Mode.Variable);
    }
    if (flags & LocalFlag.Type) return c.result(node, type, Mode.Type);
    c.value[node] = c.localValue[local] as number;
    return c.result(node, type, Mode.Constant);
  }
  if (symbol === c.program.blank) return c.result(node, 0, Mode.Variable);
  const object = c.findObject(symbol);
  c.ref[node] = object;
  return objectValue(c, node, object);
}

/** A node stands for a package-level or predeclared object. */
function objectValue(c: Checker, node: NodeIndex, object: ObjectId): TypeId {
  const { objects } = c.program;
  if (object === 0) return c.unknown(node);
  if (objects.state[object] !== Resolution.Done) c.program.resolve(object);
  const type = objects.type[object] as TypeId;
  switch (objects.kind[object] as ObjectKind) {
    case ObjectKind.Var:
      if (type === 0) c.uncertain = true;
      return c.result(node, type, Mode.Variable);
    case ObjectKind.Const:
      c.value[node] = objects.value[object] as number;
      return c.result(node, type, Mode.Constant);
    case ObjectKind.Type:
      return c.result(node, type, Mode.Type);
    case ObjectKind.Func:
      c.mentionFunction(object);
      return c.result(node, type, Mode.Value);
    case ObjectKind.Builtin:
      return c.result(node, 0, Mode.Builtin);
    default:
      return c.unknown(node);
  }
}

/** Checks `operand.field`, written at `node`. */
export function selectorOf(c: Checker, node: NodeIndex, operand: NodeIndex, field: NodeIndex): TypeId {
  if (operand === NO_NODE || field === NO_NODE) return c.unknown(node);
  const name = c.symbol(field);
  const isName = c.kind[operand] === GoKind.Identifier || c.kind[operand] === GoKind.PackageIdentifier;
  if (isName) {
    const symbol = c.symbol(operand);
    if (c.scope.find(symbol) < 0 && c.program.findInPackage(c.file, symbol) === 0) {
      const pkg = c.program.importedPackage(c.file, symbol);
      if (pkg !== null) {
        const object = pkg === 0 ? 0 : c.program.memberOf(pkg, name);
        c.ref[node] = -object;
        return objectValue(c, node, object);
      }
    }
  }
  const base = isName ? identifier(c, operand) : expression(c, operand);
  if (c.mode === Mode.Invalid || base === 0) return c.unknown(node);
  const isType = c.mode === Mode.Type;
  const addressable = c.mode === Mode.Variable;
  const id = c.program.selector.select(base, name, c.file.package.id);
  if (id === 0) return c.unknown(node);
  c.ref[node] = id;
  const selection = c.program.selections.get(id);
  if (selection.kind === SelectionKind.Field) {
    const throughPointer = selection.derefs.includes(1);
    return c.result(node, selection.type, addressable || throughPointer ? Mode.Variable : Mode.Value);
  }
  if (selection.method !== 0) c.mentionFunction(selection.method);
  if (!isType) return c.result(node, selection.type, Mode.Value);
  return c.result(node, methodExpressionType(c, base, selection.type), Mode.Value);
}

/** `T.m`: the signature with the receiver as first parameter. */
function methodExpressionType(c: Checker, receiver: TypeId, signature: TypeId): TypeId {
  const { types } = c;
  const params: TypeId[] = [receiver];
  const results: TypeId[] = [];
  for (let i = 0; i < types.paramCount(signature); i++) params.push(types.param(signature, i));
  for (let i = 0; i < types.resultCount(signature); i++) results.push(types.result(signature, i));
  return types.func(params, results, types.isVariadic(signature));
}

/** Checks an index of an array, slice or string. */
export function indexValue(c: Checker, node: NodeIndex): void {
  if (node === NO_NODE) return;
  valueExpression(c, node);
  convertUntyped(c, node, BasicType.Int);
}

/** Checks `operand[at]`, written at `node`: an element, or an instantiation. */
export function indexOf(c: Checker, node: NodeIndex, operand: NodeIndex, at: NodeIndex): TypeId {
  const { types } = c;
  const base = expression(c, operand);
  const mode = c.mode;
  if (mode === Mode.Type) {
    const type = instantiated(c, base, [typeExpression(c, at)]);
    return c.result(node, type, Mode.Type);
  }
  if (mode === Mode.Value && types.kind(base) === TypeKind.Func) return instantiateFunction(c, node, operand, [typeExpression(c, at)]);
  let under = c.core(base);
  let kind = types.kind(under);
  if (kind === TypeKind.Pointer) {
    under = types.underlying(types.elem(under));
    kind = types.kind(under);
    if (kind !== TypeKind.Array) under = 0;
    indexValue(c, at);
    return under === 0 ? c.unknown(node) : c.result(node, types.elem(under), Mode.Variable);
  }
  switch (kind) {
    case TypeKind.Map:
      valueExpression(c, at);
      assign(c, at, types.key(under));
      return c.result(node, types.elem(under), Mode.MapIndex);
    case TypeKind.Slice:
      indexValue(c, at);
      return c.result(node, types.elem(under), Mode.Variable);
    case TypeKind.Array:
      indexValue(c, at);
      return c.result(node, types.elem(under), mode === Mode.Variable ? Mode.Variable : Mode.Value);
    case TypeKind.String:
    case TypeKind.UntypedString:
      if (kind === TypeKind.UntypedString) convertUntyped(c, operand, BasicType.String);
      indexValue(c, at);
      return c.result(node, BasicType.Uint8, Mode.Value);
    default:
      valueExpression(c, at);
      convertUntyped(c, at, 0);
      return c.result(node, elementOfSet(c, base), Mode.Value) || c.unknown(node);
  }
}

/** Element of a type parameter without core type whose types are all indexable, such as `[]byte | string`. */
function elementOfSet(c: Checker, type: TypeId): TypeId {
  if (c.types.kind(type) !== TypeKind.TypeParam) return 0;
  let elem = 0;
  for (const term of c.program.typeFacts.typeSet(type)) {
    const under = c.types.kind(term) === TypeKind.Pointer ? c.types.underlying(c.types.elem(term)) : term;
    const its = c.types.kind(under) === TypeKind.String ? BasicType.Uint8 : c.types.elem(under);
    if (elem !== 0 && its !== elem) return 0;
    elem = its;
  }
  return elem;
}

function slice(c: Checker, node: NodeIndex): TypeId {
  const { types } = c;
  const operand = c.child(node, GoField.Operand);
  const base = valueExpression(c, operand);
  for (const field of [GoField.Start, GoField.End, GoField.Capacity]) indexValue(c, c.child(node, field));
  if (base === BasicType.UntypedString) {
    convertUntyped(c, operand, BasicType.String);
    return c.result(node, BasicType.String, Mode.Value);
  }
  let under = c.core(base);
  if (under === 0 && types.kind(base) === TypeKind.TypeParam) return c.result(node, base, Mode.Value); // bytes or string
  if (types.kind(under) === TypeKind.Pointer) under = types.underlying(types.elem(under));
  if (types.kind(under) === TypeKind.Array) return c.result(node, types.slice(types.elem(under)), Mode.Value);
  return base === 0 ? c.unknown(node) : c.result(node, base, Mode.Value);
}

/** `f[int, string]`, or a generic type with several arguments. */
function instantiation(c: Checker, node: NodeIndex): TypeId {
  const args: TypeId[] = [];
  const base = c.firstChild(node);
  const type = expression(c, base);
  const mode = c.mode;
  for (let child = base === NO_NODE ? NO_NODE : (c.next[base] as number); child !== NO_NODE && child < (c.next[node] as number); child = c.next[child] as number) {
    const arg = typeExpression(c, child);
    if (arg !== 0) args.push(arg);
  }
  if (mode === Mode.Type) return c.result(node, instantiated(c, type, args), Mode.Type);
  return instantiateFunction(c, node, base, args);
}

/** A generic_type node whose base is a function after all: `slices.Clone[[]int]`. */
function genericFunction(c: Checker, node: NodeIndex): TypeId {
  const base = c.child(node, GoField.Type);
  let object = 0;
  if (c.kind[base] === GoKind.QualifiedType) object = -(c.ref[base] as number);
  else if ((c.ref[base] as number) > 0) object = c.ref[base] as number;
  if (!c.isFunction(object)) return valueReadAsType(c, node);
  c.program.resolve(object);
  objectValue(c, base, object);
  const args: TypeId[] = [];
  const list = c.child(node, GoField.TypeArguments);
  for (let child = list + 1; list !== NO_NODE && child < (c.next[list] as number); child = c.next[child] as number) args.push(typeExpression(c, child));
  return instantiateFunction(c, node, base, args);
}

/** The function that an expression names directly, 0 when it names none. */
export function namedFunction(c: Checker, node: NodeIndex): ObjectId {
  let at = node;
  while (at !== NO_NODE && c.kind[at] === GoKind.ParenthesizedExpression) at = c.firstChild(at);
  if (at === NO_NODE) return 0;
  const ref = c.ref[at] as number;
  const kind = c.kind[at] as GoKind;
  const object = kind === GoKind.SelectorExpression || kind === GoKind.QualifiedType ? -ref : ref;
  if (kind === GoKind.SelectorExpression && ref > 0) return c.program.selections.get(ref).method;
  return object > 0 && (kind === GoKind.Identifier || kind === GoKind.TypeIdentifier || kind === GoKind.SelectorExpression || kind === GoKind.QualifiedType
    || kind === GoKind.IndexExpression || kind === GoKind.TypeInstantiationExpression || kind === GoKind.GenericType) && c.isFunction(object) ? object : 0;
}

/** Puts written type arguments into a generic function; the rest is inferred at the call. */
export function instantiateFunction(c: Checker, node: NodeIndex, base: NodeIndex, args: readonly TypeId[]): TypeId {
  const object = namedFunction(c, base);
  if (object === 0) return c.unknown(node);
  const params = c.program.objects.typeParams[object] ?? [];
  const bound: TypeId[] = params.map((_, i) => args[i] ?? 0);
  c.program.inference.complete(params, bound);
  c.instances.set(base, bound);
  if (node !== base) c.ref[node] = object; // a name says already what it names, a selector by another code
  const type = c.program.substitution.apply(c.program.objects.type[object] as TypeId, params, bound);
  if (!bound.includes(0)) c.type[base] = type;
  return c.result(node, type, Mode.Value);
}
