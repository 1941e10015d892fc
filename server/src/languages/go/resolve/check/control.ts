// Branches, loops, switches, select.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { defaultType } from '../../types/typeMeasure.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { LocalFlag } from '../checkedBody.js';
import { constantCondition } from '../deadCode.js';
import { declareAt, shortDeclaration } from './assignments.js';
import type { Checker } from './checker.js';
import { expression, valueExpression } from './expressions.js';
import { block, closeScope, listItems, nestedBlock, openScope, statement } from './statements.js';
import { typeExpression } from './typeExpressions.js';
import { assign, boxes, convertUntyped } from './untyped.js';

/** Checks an if statement and its chain of `else if`, iteratively. */
export function ifStatement(c: Checker, node: NodeIndex): void {
  const around = c.blockMark;
  const outer = c.scope.open();
  const { dead } = c;
  let at = node;
  while (at !== NO_NODE && c.kind[at] === GoKind.IfStatement) {
    c.blockMark = c.scope.open();
    statement(c, c.child(at, GoField.Initializer));
    const condition = c.child(at, GoField.Condition);
    valueExpression(c, condition);
    const decided = constantCondition(c.columns, c.program.constants, condition);
    const then = c.child(at, GoField.Consequence);
    const reached = c.dead;
    if (decided === false) c.dead = true;
    if (then !== NO_NODE) nestedBlock(c, then);
    c.dead = reached || decided === true;
    at = c.child(at, GoField.Alternative);
  }
  if (at !== NO_NODE) nestedBlock(c, at);
  c.dead = dead;
  c.scope.close(outer);
  c.blockMark = around;
}

/** Checks a for statement, in a scope of its own. */
export function forStatement(c: Checker, node: NodeIndex): void {
  const around = openScope(c);
  const body = c.child(node, GoField.Body);
  const head = c.firstChild(node);
  if (head !== NO_NODE && head !== body) {
    if (c.kind[head] === GoKind.ForClause) forClause(c, head);
    else if (c.kind[head] === GoKind.RangeClause) rangeClause(c, head);
    else {
      valueExpression(c, head);
    }
  }
  if (body !== NO_NODE) nestedBlock(c, body);
  closeScope(c, around);
}

function forClause(c: Checker, node: NodeIndex): void {
  const initializer = c.child(node, GoField.Initializer);
  if (initializer !== NO_NODE && c.kind[initializer] === GoKind.ShortVarDeclaration) shortDeclaration(c, initializer, LocalFlag.LoopVariable);
  else statement(c, initializer);
  const condition = c.child(node, GoField.Condition);
  valueExpression(c, condition);
  statement(c, c.child(node, GoField.Update));
}

function rangeClause(c: Checker, node: NodeIndex): void {
  const left = c.child(node, GoField.Left);
  const right = c.child(node, GoField.Right);
  const over = valueExpression(c, right);
  const items = listItems(c, left);
  const defines = left !== NO_NODE && right !== NO_NODE && c.tree.text.slice(c.tree.end[left] as number, c.tree.start[right] as number).includes(':=');
  if (defines) {
    convertUntyped(c, right, 0);
    const [key, value] = rangeTypes(c, right === NO_NODE ? 0 : (c.type[right] as TypeId));
    items.forEach((item, i) => {
      if (c.kind[item] === GoKind.Identifier) declareAt(c, item, i === 0 ? key : value, LocalFlag.LoopVariable | LocalFlag.Range);
      else expression(c, item);
    });
    return;
  }
  const targets: TypeId[] = items.map((item) => valueExpression(c, item));
  if (right === NO_NODE) return;
  convertUntyped(c, right, c.isUntyped(over) && over !== BasicType.UntypedString ? (targets[0] ?? 0) : 0);
  const [key, value] = rangeTypes(c, c.type[right] as TypeId);
  [key, value].forEach((type, i) => {
    const target = targets[i] ?? 0;
    if (target !== 0 && boxes(c, type, target)) c.tupleConversions.push(right, i, target);
  });
}

/** Types of the values that ranging over a type gives; 0 for none. */
export function rangeTypes(c: Checker, over: TypeId): readonly [key: TypeId, value: TypeId] {
  const { types } = c;
  let under = c.core(over);
  if (types.kind(under) === TypeKind.Pointer) under = types.underlying(types.elem(under));
  switch (types.kind(under)) {
    case TypeKind.String:
      return [BasicType.Int, BasicType.Int32];
    case TypeKind.Array:
    case TypeKind.Slice:
      return [BasicType.Int, types.elem(under)];
    case TypeKind.Map:
      return [types.key(under), types.elem(under)];
    case TypeKind.Chan:
      return [types.elem(under), 0];
    case TypeKind.Func: {
      const yielded = types.paramCount(under) > 0 ? c.core(types.param(under, 0)) : 0;
      const count = types.paramCount(yielded);
      return [count > 0 ? types.param(yielded, 0) : 0, count > 1 ? types.param(yielded, 1) : 0];
    }
    default:
      return under === 0 ? [0, 0] : [over, 0]; // an integer
  }
}

/** Checks an expression switch, in a scope of its own. */
export function switchStatement(c: Checker, node: NodeIndex): void {
  const around = openScope(c);
  statement(c, c.child(node, GoField.Initializer));
  const tag = c.child(node, GoField.Value);
  valueExpression(c, tag);
  if (tag !== NO_NODE) convertUntyped(c, tag, 0);
  const type = tag === NO_NODE ? BasicType.Bool : (c.type[tag] as TypeId);
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) {
    if (c.kind[child] === GoKind.ExpressionCase) {
      const values = c.child(child, GoField.Value);
      for (const value of listItems(c, values)) {
        valueExpression(c, value);
        assign(c, value, tag === NO_NODE && c.isUntyped(c.type[value] as TypeId) ? BasicType.Bool : type);
        if (tag !== NO_NODE && boxes(c, type, c.type[value] as TypeId)) c.tupleConversions.push(tag, 0, c.type[value] as TypeId);
      }
      caseBody(c, child);
    } else if (c.kind[child] === GoKind.DefaultCase) caseBody(c, child);
  }
  closeScope(c, around);
}

/** Checks the statements of a case in a scope of their own. */
function caseBody(c: Checker, node: NodeIndex): void {
  const around = openScope(c);
  caseStatements(c, node);
  closeScope(c, around);
}

function caseStatements(c: Checker, node: NodeIndex): void {
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) if (c.kind[child] === GoKind.StatementList) block(c, child);
}

/** Checks a type switch, in a scope of its own. */
export function typeSwitch(c: Checker, node: NodeIndex): void {
  const around = openScope(c);
  statement(c, c.child(node, GoField.Initializer));
  const alias = c.child(node, GoField.Alias);
  const operand = c.child(node, GoField.Value);
  const whole = valueExpression(c, operand);
  const name = alias === NO_NODE ? NO_NODE : (listItems(c, alias)[0] ?? NO_NODE);
  const symbol = name === NO_NODE ? 0 : c.symbol(name);
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) {
    const kind = c.kind[child] as GoKind;
    if (kind !== GoKind.TypeCase && kind !== GoKind.DefaultCase) continue;
    let count = 0;
    let only = 0;
    if (kind === GoKind.TypeCase) {
      for (let type = child + 1; type < (c.next[child] as number); type = c.next[type] as number) {
        if (c.field[type] !== GoField.Type || !isTypeNode(c.kind[type] as GoKind)) continue;
        count++;
        only = caseType(c, type);
      }
    }
    const outside = openScope(c);
    if (symbol !== 0 && symbol !== c.program.blank) {
      const local = c.declare(symbol, count === 1 && only !== BasicType.UntypedNil ? only : defaultType(whole), child, LocalFlag.TypeCase);
      c.ref[child] = -1 - local;
    }
    caseStatements(c, child);
    closeScope(c, outside);
  }
  closeScope(c, around);
}

/** Whether a node is a type rather than the comma between two. */
function isTypeNode(kind: GoKind): boolean {
  return kind >= GoKind.ParenthesizedType || kind === GoKind.Identifier;
}

function caseType(c: Checker, node: NodeIndex): TypeId {
  if ((c.tree.end[node] as number) - (c.tree.start[node] as number) === 3 && c.tree.textOf(node) === 'nil') {
    c.type[node] = BasicType.UntypedNil;
    return BasicType.UntypedNil;
  }
  return typeExpression(c, node);
}

/** Checks a select statement. */
export function selectStatement(c: Checker, node: NodeIndex): void {
  for (let child = node + 1; child < (c.next[node] as number); child = c.next[child] as number) {
    const around = openScope(c);
    statement(c, c.child(child, GoField.Communication));
    caseStatements(c, child);
    closeScope(c, around);
  }
}
