// Statements. Assignments and declarations are in assignments.ts, loops and switches in control.ts.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { assignment, constDeclaration, receiveStatement, shortDeclaration, typeDeclaration, varDeclaration } from './assignments.js';
import { MAX_DEPTH, type Checker, type OpenFunction } from './checker.js';
import { endsList } from '../deadCode.js';
import { forStatement, ifStatement, selectStatement, switchStatement, typeSwitch } from './control.js';
import { expression, valueExpression } from './expressions.js';
import { assign, assignTuple, convertUntyped } from './untyped.js';

/** Checks the statements of a block in the present scope: the caller opens one where the block has its own. */
export function block(c: Checker, node: NodeIndex): void {
  const { dead } = c;
  const end = c.next[node] as number;
  for (let child = node + 1; child < end; child = c.next[child] as number) {
    statement(c, child);
    if (!c.dead && endsList(c.columns, c.program.constants, child, end)) c.dead = true;
  }
  c.dead = dead;
}

/** Checks one statement. */
export function statement(c: Checker, node: NodeIndex): void {
  if (node === NO_NODE) return;
  if (c.depth > MAX_DEPTH) {
    c.uncertain = true;
    return;
  }
  c.depth++;
  dispatch(c, node);
  c.depth--;
}

function dispatch(c: Checker, node: NodeIndex): void {
  switch (c.kind[node] as GoKind) {
    case GoKind.StatementList:
      return block(c, node);
    case GoKind.Block:
      return nestedBlock(c, node);
    case GoKind.ExpressionStatement: {
      const inner = c.firstChild(node);
      expression(c, inner);
      if (inner !== NO_NODE) convertUntyped(c, inner, 0);
      return;
    }
    case GoKind.ShortVarDeclaration:
      return shortDeclaration(c, node, 0);
    case GoKind.AssignmentStatement:
      return assignment(c, node);
    case GoKind.IncStatement:
    case GoKind.DecStatement:
      valueExpression(c, c.firstChild(node));
      return;
    case GoKind.ReturnStatement:
      return returnStatement(c, node);
    case GoKind.IfStatement:
      return ifStatement(c, node);
    case GoKind.ForStatement:
      return forStatement(c, node);
    case GoKind.ExpressionSwitchStatement:
      return switchStatement(c, node);
    case GoKind.TypeSwitchStatement:
      return typeSwitch(c, node);
    case GoKind.SelectStatement:
      return selectStatement(c, node);
    case GoKind.GoStatement:
    case GoKind.DeferStatement:
      expression(c, c.firstChild(node));
      return;
    case GoKind.SendStatement: {
      const channel = valueExpression(c, c.child(node, GoField.Channel));
      const value = c.child(node, GoField.Value);
      valueExpression(c, value);
      if (value !== NO_NODE) assign(c, value, c.types.elem(c.core(channel)));
      return;
    }
    case GoKind.ReceiveStatement:
      return receiveStatement(c, node);
    case GoKind.LabeledStatement: {
      const label = c.firstChild(node);
      if (label !== NO_NODE) statement(c, (c.next[label] as number) < (c.next[node] as number) ? (c.next[label] as number) : NO_NODE);
      return;
    }
    case GoKind.VarDeclaration:
      return varDeclaration(c, node);
    case GoKind.ConstDeclaration:
      return constDeclaration(c, node);
    case GoKind.TypeDeclaration:
      return typeDeclaration(c, node);
    case GoKind.Error:
      c.uncertain = true;
      return block(c, node);
    default:
  }
}

/** Opens a scope; the result, the block around it, closes it again. */
export function openScope(c: Checker): number {
  const around = c.blockMark;
  c.blockMark = c.scope.open();
  return around;
}

/** Closes the innermost scope and comes back to the block around it. */
export function closeScope(c: Checker, around: number): void {
  c.scope.close(c.blockMark);
  c.blockMark = around;
}

/** Checks a block in a scope of its own. */
export function nestedBlock(c: Checker, node: NodeIndex): void {
  const around = openScope(c);
  block(c, node);
  closeScope(c, around);
}

function returnStatement(c: Checker, node: NodeIndex): void {
  const list = c.firstChild(node);
  if (list === NO_NODE) return;
  const { types } = c;
  const { signature } = c.functions[c.current] as OpenFunction;
  const count = types.resultCount(signature);
  const single = singleExpression(c, list);
  if (single !== NO_NODE && count !== 1) {
    const type = valueExpression(c, single);
    if (types.kind(type) === TypeKind.Tuple && type !== BasicType.EmptyTuple) assignTuple(c, single, type, (i) => (i < count ? types.result(signature, i) : 0));
    else convertUntyped(c, single, 0);
    return;
  }
  let i = 0;
  for (let child = list + 1; child < (c.next[list] as number); child = c.next[child] as number) {
    valueExpression(c, child);
    assign(c, child, i < count ? types.result(signature, i) : 0);
    i++;
  }
}

/** The only expression of an expression_list, or NO_NODE when there are several. */
export function singleExpression(c: Checker, list: NodeIndex): NodeIndex {
  const first = c.firstChild(list);
  return first !== NO_NODE && (c.next[first] as number) >= (c.next[list] as number) ? first : NO_NODE;
}

/** Expressions of an expression_list. */
export function listItems(c: Checker, list: NodeIndex): NodeIndex[] {
  const items: NodeIndex[] = [];
  if (list === NO_NODE) return items;
  if (c.kind[list] !== GoKind.ExpressionList) return [list];
  for (let child = list + 1; child < (c.next[list] as number); child = c.next[child] as number) items.push(child);
  return items;
}

/** Type of the value at a position when a single expression stands for several: a call's tuple, or a value with its `ok`. */
export function tupleItem(c: Checker, type: TypeId, index: number): TypeId {
  if (c.types.kind(type) === TypeKind.Tuple) return index < c.types.listLength(type) ? c.types.listItem(type, index) : 0;
  return index === 0 ? type : index === 1 ? BasicType.UntypedBool : 0;
}
