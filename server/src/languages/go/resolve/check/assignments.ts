// Assignments and local declarations.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { defaultType } from '../../types/typeMeasure.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { LAZY_STRING, LocalFlag } from '../checkedBody.js';
import { instantiateValue } from './calls.js';
import { Mode, type Checker } from './checker.js';
import { valueExpression } from './expressions.js';
import { listItems, singleExpression, tupleItem } from './statements.js';
import { typeExpression } from './typeExpressions.js';
import { assign, boxes, convertUntyped } from './untyped.js';

/** Whether a target of `:=` is a name; `iota` may be one, which the grammar has as a literal. */
function isName(c: Checker, target: NodeIndex): boolean {
  return c.kind[target] === GoKind.Identifier || c.kind[target] === GoKind.Iota;
}

/** Checks `a, b = …` and `a op= b`. */
export function assignment(c: Checker, node: NodeIndex): void {
  const leftNode = c.child(node, GoField.Left);
  const rightNode = c.child(node, GoField.Right);
  const operator = c.child(node, GoField.Operator);
  const target = onlyItem(c, leftNode);
  const value = onlyItem(c, rightNode);
  if (target !== NO_NODE && value !== NO_NODE && (operator === NO_NODE || c.kind[operator] === GoKind.Eq)) {
    const type = isBlank(c, target) ? 0 : valueExpression(c, target);
    assignValue(c, value, type);
    return;
  }
  const left = listItems(c, leftNode);
  const right = listItems(c, rightNode);
  const types: TypeId[] = [];
  for (const target of left) types.push(isBlank(c, target) ? 0 : valueExpression(c, target));
  if (operator !== NO_NODE && c.kind[operator] !== GoKind.Eq) {
    const op = c.kind[operator] as GoKind;
    const value = right[0] ?? NO_NODE;
    valueExpression(c, value);
    if (value !== NO_NODE) convertUntyped(c, value, op === GoKind.ShlAssign || op === GoKind.ShrAssign ? BasicType.Uint : (types[0] ?? 0));
    return;
  }
  assignValues(c, right, types.length, (i) => types[i] ?? 0, null);
}

/** Checks right-hand sides for `count` targets; `targetOf` is the type of a target (0: none known), `take` hears the type that each value has. */
function assignValues(c: Checker, right: readonly NodeIndex[], count: number, targetOf: (index: number) => TypeId, take: ((index: number, type: TypeId) => void) | null): void {
  const only = right[0] ?? NO_NODE;
  if (right.length === 1 && count > 1) {
    const type = valueExpression(c, only);
    for (let i = 0; i < count; i++) {
      const item = tupleItem(c, type, i);
      const target = targetOf(i);
      if (target !== 0 && item !== BasicType.UntypedBool && boxes(c, item, target)) c.tupleConversions.push(only, i, target);
      take?.(i, defaultType(item));
    }
    return;
  }
  for (let i = 0; i < right.length; i++) {
    const value = right[i] as NodeIndex;
    assignValue(c, value, targetOf(i));
    take?.(i, c.type[value] as TypeId);
  }
}

/** Checks a value for a target of a type; 0 for none known. */
function assignValue(c: Checker, value: NodeIndex, target: TypeId): void {
  const type = valueExpression(c, value);
  if (target !== 0 && c.types.isGeneric(type) && c.types.kind(type) === TypeKind.Func) instantiateValue(c, value, type, target);
  assign(c, value, target);
}

/** The only expression of an expression_list, or the node itself when it is none; NO_NODE where there are several or none. */
function onlyItem(c: Checker, node: NodeIndex): NodeIndex {
  return node === NO_NODE || c.kind[node] !== GoKind.ExpressionList ? node : singleExpression(c, node);
}

function isBlank(c: Checker, node: NodeIndex): boolean {
  return c.kind[node] === GoKind.Identifier && (c.tree.end[node] as number) - (c.tree.start[node] as number) === 1 && c.tree.text.charCodeAt(c.tree.start[node] as number) === 95;
}

/** Checks `a, b := …`; `flags` for the locals it declares. Names are declared after the values were checked. */
export function shortDeclaration(c: Checker, node: NodeIndex, flags: number): void {
  const leftNode = c.child(node, GoField.Left);
  const rightNode = c.child(node, GoField.Right);
  const mark = c.blockMark;
  const only = onlyItem(c, leftNode);
  const value = onlyItem(c, rightNode);
  if (only !== NO_NODE && value !== NO_NODE && c.kind[only] === GoKind.Identifier && c.scope.findSince(c.symbol(only), mark) < 0) {
    assignValue(c, value, 0);
    declareAt(c, only, c.type[value] as TypeId, flags);
    return;
  }
  const left = listItems(c, leftNode);
  const right = listItems(c, rightNode);
  const targets: TypeId[] = [];
  const olds: number[] = [];
  for (const target of left) {
    const old = isName(c, target) ? c.scope.findSince(c.symbol(target), mark) : -1;
    olds.push(old);
    targets.push(old >= 0 ? (c.localType[old] as TypeId) : 0);
  }
  const found: TypeId[] = [];
  assignValues(c, right, left.length, (i) => targets[i] ?? 0, (i, type) => { found[i] = type; });
  left.forEach((target, i) => {
    if (!isName(c, target)) {
      valueExpression(c, target);
      return;
    }
    const old = olds[i] as number;
    if (old >= 0) {
      c.ref[target] = -1 - old;
      c.type[target] = c.localType[old] as TypeId;
      if ((c.localOwner[old] as number) !== c.current) c.mention(old);
    } else declareAt(c, target, found[i] ?? 0, flags);
  });
}

/** Declares the local that an identifier names, and records it there. A blank one declares nothing. */
export function declareAt(c: Checker, node: NodeIndex, type: TypeId, flags: number): void {
  if (isBlank(c, node)) return;
  const local = c.declare(c.symbol(node), type, node, flags);
  c.ref[node] = -1 - local;
  c.type[node] = type;
  if (type === 0) c.uncertain = true;
}

/** Checks the communication of a select case that receives: `v, ok := <-ch`, `x = <-ch`, `<-ch`. */
export function receiveStatement(c: Checker, node: NodeIndex): void {
  const left = c.child(node, GoField.Left);
  const right = c.child(node, GoField.Right);
  if (left === NO_NODE) {
    valueExpression(c, right);
    return;
  }
  const between = c.tree.text.slice(c.tree.end[left] as number, c.tree.start[right === NO_NODE ? left : right] as number);
  if (between.includes(':')) shortDeclaration(c, node, 0);
  else {
    const types: TypeId[] = [];
    for (const target of listItems(c, left)) types.push(isBlank(c, target) ? 0 : valueExpression(c, target));
    assignValues(c, listItems(c, right), types.length, (i) => types[i] ?? 0, null);
  }
}

/** Checks a local `var` declaration. */
export function varDeclaration(c: Checker, node: NodeIndex): void {
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) {
    if (c.kind[child] === GoKind.VarSpecList) varDeclaration(c, child);
    else if (c.kind[child] === GoKind.VarSpec) varSpec(c, child);
  }
}

function varSpec(c: Checker, spec: NodeIndex): void {
  const found = varSpecTypes(c, spec);
  let i = 0;
  for (let child = spec + 1; child < (c.next[spec] as number); child = c.next[child] as number) {
    if (c.field[child] === GoField.Name && c.kind[child] === GoKind.Identifier) declareAt(c, child, found(i++), 0);
  }
}

/** Checks type and values of a var_spec; the result tells the type of each name. */
export function varSpecTypes(c: Checker, spec: NodeIndex): (index: number) => TypeId {
  const typeNode = c.child(spec, GoField.Type);
  const written = typeNode === NO_NODE ? 0 : typeExpression(c, typeNode);
  const values = listItems(c, c.child(spec, GoField.Value));
  let names = 0;
  for (let child = spec + 1; child < (c.next[spec] as number); child = c.next[child] as number) if (c.field[child] === GoField.Name && c.kind[child] === GoKind.Identifier) names++;
  const found: TypeId[] = [];
  if (values.length > 0) assignValues(c, values, names, () => written, (i, type) => { found[i] = type; });
  return (i) => (typeNode !== NO_NODE ? written : (found[i] ?? 0));
}

/** Checks a local `const` declaration. */
export function constDeclaration(c: Checker, node: NodeIndex): void {
  let iota = 0;
  let source = NO_NODE;
  const outer = c.iota;
  for (let spec = node + 1; spec < (c.next[node] as number); spec = c.next[spec] as number) {
    if (c.kind[spec] !== GoKind.ConstSpec) continue;
    if (c.child(spec, GoField.Value) !== NO_NODE) source = spec;
    c.iota = c.program.constants.int(iota++);
    const found: [TypeId, number][] = [];
    const names: NodeIndex[] = [];
    for (let child = spec + 1; child < (c.next[spec] as number); child = c.next[child] as number) if (c.kind[child] === GoKind.Identifier && c.field[child] !== GoField.Type) names.push(child);
    for (let i = 0; i < names.length; i++) found.push(source === NO_NODE ? [0, 0] : constantAt(c, source, i));
    names.forEach((name, i) => {
      const [type, value] = found[i] as [TypeId, number];
      declareAt(c, name, type, LocalFlag.Const);
      const local = -1 - (c.ref[name] as number);
      if (local >= 0 && c.ref[name] !== 0) c.localValue[local] = value;
    });
  }
  c.iota = outer;
}

/** Type and value of the constant at a position of a const_spec, with the present iota. Strings are computed. */
export function constantAt(c: Checker, spec: NodeIndex, index: number): [type: TypeId, value: number] {
  const typeNode = c.child(spec, GoField.Type);
  const written = typeNode === NO_NODE ? 0 : typeExpression(c, typeNode);
  const value = listItems(c, c.child(spec, GoField.Value))[index] ?? NO_NODE;
  if (value === NO_NODE) return [written, 0];
  c.clear(value); // an implicit repetition is checked once per constant
  valueExpression(c, value);
  if (c.mode !== Mode.Constant) c.uncertain = true;
  const id = c.value[value] === LAZY_STRING ? c.constant(value) : (c.value[value] as number);
  if (written !== 0) convertUntyped(c, value, written);
  return [written !== 0 ? written : (c.type[value] as TypeId), id];
}

/** Checks a local `type` declaration. */
export function typeDeclaration(c: Checker, node: NodeIndex): void {
  for (let spec = node + 1; spec < (c.next[node] as number); spec = c.next[spec] as number) {
    const name = c.child(spec, GoField.Name);
    const typeNode = c.child(spec, GoField.Type);
    if (name === NO_NODE || typeNode === NO_NODE) continue;
    if (c.kind[spec] === GoKind.TypeAlias) {
      declareAt(c, name, typeExpression(c, typeNode), LocalFlag.Type);
      continue;
    }
    const object = c.program.localType(c.owner, c.localTypes++, c.symbol(name), c.file);
    const type = c.types.named(object);
    declareAt(c, name, type, LocalFlag.Type);
    c.types.setUnderlying(type, 0);
    const under = typeExpression(c, typeNode);
    c.types.setUnderlying(type, c.types.underlying(under));
    if (c.types.kind(under) === TypeKind.Unknown) c.uncertain = true;
  }
}
