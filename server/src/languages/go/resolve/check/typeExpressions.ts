// Type expressions: from syntax to type ids, with what each mentions resolved no further than needed.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { ObjectKind, type ObjectId } from '../objects.js';
import { integerOf } from '../../types/constantOps.js';
import { BasicType, ChanDirection, TypeKind, type TypeId } from '../../types/typeKind.js';
import { LocalFlag } from '../checkedBody.js';
import { MAX_DEPTH, Mode, type Checker } from './checker.js';
import { expression } from './expressions.js';

/** The type that a node denotes; 0 when it denotes none. Records it. */
export function typeExpression(c: Checker, node: NodeIndex): TypeId {
  if (node === NO_NODE) return 0;
  if (c.depth > MAX_DEPTH) return c.unknown(node);
  c.depth++;
  const type = readType(c, node);
  c.depth--;
  c.type[node] = type;
  if (type === 0) c.uncertain = true;
  return type;
}

function readType(c: Checker, node: NodeIndex): TypeId {
  const { types } = c;
  switch (c.kind[node] as GoKind) {
    case GoKind.TypeIdentifier:
    case GoKind.Identifier:
    case GoKind.PackageIdentifier:
      return named(c, node);
    case GoKind.QualifiedType: {
      const pkg = c.child(node, GoField.Package);
      const name = c.child(node, GoField.Name);
      if (pkg === NO_NODE || name === NO_NODE) return 0;
      const object = c.program.findImported(c.file, c.symbol(pkg), c.symbol(name));
      c.ref[node] = -object;
      return typeOfObject(c, object);
    }
    case GoKind.SelectorExpression:
    case GoKind.IndexExpression:
    case GoKind.UnaryExpression:
    case GoKind.ParenthesizedExpression:
    case GoKind.TypeInstantiationExpression: {
      const type = expression(c, node);
      return c.mode === Mode.Type ? type : 0;
    }
    case GoKind.ParenthesizedType:
    case GoKind.TypeConstraint:
    case GoKind.TypeElem:
      return typeElement(c, node);
    case GoKind.NegatedType:
      return types.union([typeExpression(c, afterToken(c, node)), 1]);
    case GoKind.GenericType: {
      const base = typeExpression(c, c.child(node, GoField.Type));
      return instantiated(c, base, typeArguments(c, c.child(node, GoField.TypeArguments)));
    }
    case GoKind.PointerType:
      return types.pointer(typeExpression(c, afterToken(c, node)));
    case GoKind.SliceType:
      return types.slice(typeExpression(c, c.child(node, GoField.Element)));
    case GoKind.ArrayType: {
      const length = c.child(node, GoField.Length);
      const elem = typeExpression(c, c.child(node, GoField.Element));
      return types.array(elem, constantLength(c, length));
    }
    case GoKind.ImplicitLengthArrayType:
      return types.array(typeExpression(c, c.child(node, GoField.Element)), -1);
    case GoKind.MapType:
      return types.map(typeExpression(c, c.child(node, GoField.Key)), typeExpression(c, c.child(node, GoField.Value)));
    case GoKind.ChannelType:
      return types.chan(typeExpression(c, c.child(node, GoField.Value)), directionOf(c, node));
    case GoKind.FunctionType:
      return signature(c, node);
    case GoKind.StructType:
      return structType(c, node);
    case GoKind.InterfaceType:
      return interfaceType(c, node);
    default:
      return 0;
  }
}

/** The child behind the token (`*`, `~`) that a type starts with. */
export function afterToken(c: Checker, node: NodeIndex): NodeIndex {
  const first = c.firstChild(node);
  const kind = first === NO_NODE ? 0 : (c.kind[first] as GoKind);
  return kind !== GoKind.Star && kind !== GoKind.Tilde ? first : (c.next[first] as number) < (c.next[node] as number) ? (c.next[first] as number) : NO_NODE;
}

function named(c: Checker, node: NodeIndex): TypeId {
  const symbol = c.symbol(node);
  const local = c.scope.find(symbol);
  if (local >= 0) {
    c.ref[node] = -1 - local;
    return (c.localFlags[local] as number) & LocalFlag.Type ? (c.localType[local] as TypeId) : 0;
  }
  const object = c.findObject(symbol);
  c.ref[node] = object;
  return typeOfObject(c, object);
}

/** The type that an object names, 0 when it is no type. */
export function typeOfObject(c: Checker, object: ObjectId): TypeId {
  const { objects } = c.program;
  if (objects.kind[object] !== ObjectKind.Type) return 0;
  c.program.resolve(object);
  return objects.type[object] as TypeId;
}

/** Types of a type_arguments node, in order. */
export function typeArguments(c: Checker, list: NodeIndex): TypeId[] {
  const args: TypeId[] = [];
  if (list === NO_NODE) return args;
  for (let child = list + 1; child < (c.next[list] as number); child = c.next[child] as number) args.push(typeExpression(c, child));
  return args;
}

/** A generic type with its arguments; aliases are replaced by what they stand for. */
export function instantiated(c: Checker, base: TypeId, args: readonly TypeId[]): TypeId {
  const { types } = c;
  if (args.length === 0 || base === 0) return base;
  if (types.kind(base) === TypeKind.Named && types.listLength(base) === 0) return types.named(types.objectOf(base), args);
  if (types.kind(base) === TypeKind.Named && !types.isGeneric(base)) return base;
  return c.program.instantiateAlias(base, args);
}

function typeElement(c: Checker, node: NodeIndex): TypeId {
  const terms: number[] = [];
  let only = 0;
  let count = 0;
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) {
    const type = typeExpression(c, child);
    only = type;
    count++;
    if (c.kind[child] === GoKind.NegatedType && c.types.kind(type) === TypeKind.Union) terms.push(c.types.termType(type, 0), 1);
    else terms.push(type, 0);
  }
  return count === 1 ? only : c.types.union(terms);
}

function constantLength(c: Checker, node: NodeIndex): number {
  if (node === NO_NODE) return -1;
  expression(c, node);
  const value = integerOf(c.program.constants, c.constant(node));
  if (value !== null && c.isUntyped(c.type[node] as TypeId)) c.type[node] = BasicType.Int;
  return value === null || value < 0 ? -1 : Number(value);
}

function directionOf(c: Checker, node: NodeIndex): ChanDirection {
  const { text } = c.tree;
  const at = c.tree.start[node] as number;
  if (text.charCodeAt(at) === 60) return ChanDirection.Receive;
  const value = c.child(node, GoField.Value);
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) if (c.kind[child] === GoKind.Arrow && child < value) return ChanDirection.Send;
  return ChanDirection.Both;
}

/** Signature of a function_type, method_elem, func_literal or declaration: parameters and result fields. */
export function signature(c: Checker, node: NodeIndex): TypeId {
  const { words } = c; // of signatures around this one, too: this one's begin at `base`
  const base = words.length;
  const variadic = parameterTypes(c, c.child(node, GoField.Parameters));
  const params = words.length - base;
  const result = c.child(node, GoField.Result);
  if (result !== NO_NODE) {
    if (c.kind[result] === GoKind.ParameterList) parameterTypes(c, result);
    else words.push(typeExpression(c, result));
  }
  const type = c.types.signature(words, base, params, variadic);
  words.length = base;
  return type;
}

/** Puts the types of a parameter list on the stack of words, one per parameter; says whether the last one is variadic. */
function parameterTypes(c: Checker, list: NodeIndex): boolean {
  if (list === NO_NODE) return false;
  let variadic = false;
  for (let child = list + 1; child < (c.next[list] as number); child = c.next[child] as number) {
    const kind = c.kind[child] as GoKind;
    if (kind !== GoKind.ParameterDeclaration && kind !== GoKind.VariadicParameterDeclaration) continue;
    variadic = kind === GoKind.VariadicParameterDeclaration;
    const written = typeExpression(c, c.child(child, GoField.Type));
    const type = variadic ? c.types.slice(written) : written;
    let names = 0;
    for (let name = child + 1; name < (c.next[child] as number); name = c.next[name] as number) if (c.field[name] === GoField.Name && c.kind[name] === GoKind.Identifier) names++;
    for (let i = Math.max(1, names); i > 0; i--) c.words.push(type);
  }
  return variadic;
}

function structType(c: Checker, node: NodeIndex): TypeId {
  const words: number[] = [];
  const list = c.firstChild(node);
  if (list === NO_NODE || c.kind[list] !== GoKind.FieldDeclarationList) return c.types.struct(words);
  const { program } = c;
  const from = c.file.package.id;
  for (let field = list + 1; field < (c.next[list] as number); field = c.next[field] as number) {
    if (c.kind[field] !== GoKind.FieldDeclaration) continue;
    const typeNode = c.child(field, GoField.Type);
    let type = typeExpression(c, typeNode);
    let names = 0;
    let pointer = false;
    for (let child = field + 1; child < (c.next[field] as number); child = c.next[child] as number) {
      if (c.kind[child] === GoKind.Star) pointer = true;
      if (c.kind[child] !== GoKind.FieldIdentifier || c.field[child] !== GoField.Name) continue;
      const symbol = c.symbol(child);
      names++;
      words.push(symbol, program.isExported(symbol) ? 0 : from, type, 0);
    }
    if (names > 0) continue;
    if (pointer) type = c.types.pointer(type);
    const symbol = embeddedName(c, typeNode);
    words.push(symbol, program.isExported(symbol) ? 0 : from, type, 1);
  }
  return c.types.struct(words);
}

function embeddedName(c: Checker, node: NodeIndex): number {
  let at = node;
  for (let i = 0; i < 6 && at !== NO_NODE; i++) {
    const kind = c.kind[at] as GoKind;
    if (kind === GoKind.TypeIdentifier || kind === GoKind.Identifier) return c.symbol(at);
    at = kind === GoKind.QualifiedType ? c.child(at, GoField.Name) : kind === GoKind.GenericType ? c.child(at, GoField.Type) : c.firstChild(at);
  }
  return 0;
}

function interfaceType(c: Checker, node: NodeIndex): TypeId {
  const methods: number[] = [];
  const embeds: TypeId[] = [];
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) {
    if (c.kind[child] === GoKind.MethodElem) {
      const name = c.child(child, GoField.Name);
      if (name === NO_NODE) continue;
      const symbol = c.symbol(name);
      methods.push(symbol, c.program.isExported(symbol) ? 0 : c.file.package.id, signature(c, child));
    } else if (c.kind[child] === GoKind.TypeElem) embeds.push(typeExpression(c, child));
  }
  return c.types.interface(methods, embeds);
}
