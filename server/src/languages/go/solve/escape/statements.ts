// The walk over statements: what is assigned where, and in which loop variables live.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { localOf, type LocalId } from '../../resolve/checkedBody.js';
import { constantCondition, decidedCase, endsList, fallsThrough } from '../../resolve/deadCode.js';
import { assign, assignFromTuple, declareFrom, isAssignOperator } from './assignments.js';
import { call, deferred, isCall } from './calls.js';
import { DEEPEST, VALUE, deref, type Builder } from './builder.js';
import { isInside } from './closures.js';
import { discard, expression, unparenthesized } from './expressions.js';
import { Form, Free } from './forms.js';
import { Base, LocFlag, type Loc, type NoteIndex } from './graph.js';
import { rangeOver } from './ranges.js';
import { Reason } from './reasons.js';

/** Walks the statements of a block; what labels did to the loop depth ends with it. */
export function block(b: Builder, node: NodeIndex): void {
  if (node < 0) return;
  const depth = b.depth;
  if (++b.nesting < DEEPEST) {
    const { next } = b.tree;
    const end = next[node] as number;
    for (let child = node + 1; child < end; child = next[child] as number) {
      if (b.tree.kind[child] === GoKind.StatementList) statements(b, child);
      else statement(b, child);
    }
  }
  b.nesting--;
  b.depth = depth;
}

function statements(b: Builder, list: NodeIndex): void {
  const { next } = b.tree;
  const end = next[list] as number;
  for (let child = list + 1; child < end; child = next[child] as number) {
    statement(b, child);
    if (endsList(b.file, b.world.constants, child, end)) return;
  }
}

/** Walks one statement. */
export function statement(b: Builder, node: NodeIndex): void {
  const { tree } = b;
  switch (tree.kind[node] as GoKind) {
    case GoKind.ExpressionStatement: {
      const inner = node + 1;
      if (tree.kind[inner] === GoKind.CallExpression) call(b, inner, Base.Blank, VALUE, 0, null);
      else discard(b, inner);
      return;
    }
    case GoKind.Block: return block(b, node);
    case GoKind.StatementList: return statements(b, node);
    case GoKind.ShortVarDeclaration: return assign(b, node, tree.childByField(node, GoField.Left), tree.childByField(node, GoField.Right), true);
    case GoKind.AssignmentStatement: {
      const operator = tree.childByField(node, GoField.Operator);
      const left = tree.childByField(node, GoField.Left);
      const right = tree.childByField(node, GoField.Right);
      if (operator >= 0 && isAssignOperator(tree.kind[operator] as GoKind)) return compoundAssignment(b, node, left + 1, right + 1, operator);
      return assign(b, node, left, right, false);
    }
    case GoKind.IncStatement: case GoKind.DecStatement: return compoundAssignment(b, node, node + 1, -1, -1);
    case GoKind.VarDeclaration: return variables(b, node);
    case GoKind.ReturnStatement:
      returnStatement(b, node);
      b.guarded++; // what follows may be passed over, too, or is jumped to; undone at the end of the function
      return;
    case GoKind.IfStatement: return ifStatement(b, node);
    case GoKind.ForStatement: return forStatement(b, node);
    case GoKind.ExpressionSwitchStatement: return switchStatement(b, node);
    case GoKind.TypeSwitchStatement: return typeSwitch(b, node);
    case GoKind.SelectStatement: return selectStatement(b, node);
    case GoKind.SendStatement: return send(b, node);
    case GoKind.GoStatement: case GoKind.DeferStatement: return deferred(b, node);
    case GoKind.LabeledStatement: return labeled(b, node);
    case GoKind.ReceiveStatement: return receive(b, node);
    default: return;
  }
}

function variables(b: Builder, node: NodeIndex): void {
  const { next, kind } = b.tree;
  const end = next[node] as number;
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] === GoKind.VarSpecList) variables(b, child);
    else if (kind[child] === GoKind.VarSpec) declareFrom(b, child);
  }
}

function compoundAssignment(b: Builder, node: NodeIndex, left: NodeIndex, right: NodeIndex, operator: NodeIndex): void {
  const type = b.typeOf(left);
  const joins = operator >= 0 && b.kind(operator) === GoKind.PlusAssign && b.isString(type);
  if (joins) {
    const loc = b.location(node, Form.ConcatenationAssignment, type);
    if (right >= 0 && b.kind(right) === GoKind.InterpretedStringLiteral && b.tree.next[right] === right + 1) b.graph.free[loc] = Free.Empty; // s += ""
    const part = right < 0 ? -1 : unparenthesized(b, b.kind(right) === GoKind.ExpressionList ? right + 1 : right);
    if (part >= 0 && b.kind(part) === GoKind.BinaryExpression) b.preset.set(part, Free.Joined);
  }
  assign(b, node, left, right, false, true);
}

function returnStatement(b: Builder, node: NodeIndex): void {
  const list = node + 1;
  const fn = b.body.functions[b.home - (b.functionBase[b.bodyIndex] as number)];
  const results = fn?.results ?? [];
  if (list >= (b.tree.next[node] as number)) {
    for (const local of results) b.reassigned(b.locOf(local)); // a bare return assigns the results to themselves
    return;
  }
  if (b.fn !== b.home) returnsFromBodies(b, node);
  const note = b.note(0, node, Reason.Returned);
  b.returning = true;
  returned(b, list, results, note);
  b.returning = false;
}

/** Walks the values of a return. */
function returned(b: Builder, list: NodeIndex, results: readonly LocalId[], note: NoteIndex): void {
  const { next } = b.tree;
  const end = next[list] as number;
  const first = list + 1;
  if (results.length > 1 && (next[first] as number) >= end && isCall(b, first)) {
    assignFromTuple(b, first, results.map((local) => b.locOf(local)), note);
    return;
  }
  let i = 0;
  for (let value = first; value < end; value = next[value] as number) {
    const local = results[i++];
    if (local === undefined) discard(b, value);
    else expression(b, value, b.locOf(local), VALUE, note);
  }
  for (const local of results) b.reassigned(b.locOf(local));
}

/** A return in the body of a loop over a function: each such body around it is a closure that sets the results. */
function returnsFromBodies(b: Builder, node: NodeIndex): void {
  for (const pending of b.iterators) if (pending.returns < 0 && pending.home === b.home && isInside(b, b.fn, pending.fn)) pending.returns = node;
}

function ifStatement(b: Builder, first: NodeIndex): void {
  const { tree } = b;
  let guards = 0;
  const mark = b.rooms.mark();
  const changed: Loc[] = [];
  for (let node = first; ; ) {
    const initializer = tree.childByField(node, GoField.Initializer);
    if (initializer >= 0) statement(b, initializer);
    const condition = tree.childByField(node, GoField.Condition);
    const known = condition >= 0 ? constantCondition(b.file, b.world.constants, condition) : null;
    if (condition >= 0 && known === null) discard(b, condition);
    if (known === null) b.guarded++;
    if (known !== false) block(b, tree.childByField(node, GoField.Consequence));
    b.rooms.rewind(mark, changed);
    const alternative = tree.childByField(node, GoField.Alternative);
    const isChain = alternative >= 0 && tree.kind[alternative] === GoKind.IfStatement;
    if (alternative >= 0 && known !== true && !isChain) block(b, alternative);
    if (known === null) guards++;
    if (!isChain || known === true) break;
    node = alternative;
  }
  b.guarded -= guards;
  b.rooms.rewind(mark, changed);
  b.rooms.join(changed);
}

function forStatement(b: Builder, node: NodeIndex): void {
  const { tree } = b;
  const body = tree.childByField(node, GoField.Body);
  const head = node + 1;
  if (head !== body && tree.kind[head] === GoKind.RangeClause) return rangeOver(b, node, head, body);
  const depth = b.depth;
  let condition = -1;
  let update = -1;
  if (head !== body && tree.kind[head] === GoKind.ForClause) {
    const initializer = tree.childByField(head, GoField.Initializer);
    if (initializer >= 0) {
      statement(b, initializer);
      if (b.body.perIterationLoops && tree.kind[initializer] === GoKind.ShortVarDeclaration) onePerIteration(b, tree.childByField(initializer, GoField.Left));
    }
    condition = tree.childByField(head, GoField.Condition);
    update = tree.childByField(head, GoField.Update);
  } else if (head !== body) condition = head;
  if (condition >= 0 && constantCondition(b.file, b.world.constants, condition) === false) return;
  const mark = b.rooms.mark();
  const rooms = b.rooms.putAway();
  b.depth++;
  b.loops++;
  b.guarded++;
  if (condition >= 0) discard(b, condition);
  if (update >= 0) statement(b, update);
  block(b, body);
  b.depth = depth;
  b.loops--;
  b.guarded--;
  b.rooms.takeOut(rooms, mark);
}

/** The variables of a loop's head are declared anew in each round. */
export function onePerIteration(b: Builder, names: NodeIndex): void {
  if (names < 0) return;
  const { next } = b.tree;
  const end = next[names] as number;
  for (let name = names + 1; name < end; name = next[name] as number) {
    const loc = b.variableAt(name);
    if (loc >= 0) {
      b.graph.depth[loc] = b.depth + 1;
      b.graph.loops[loc] = Math.min(b.loops + 1, 255);
    }
  }
}

function switchStatement(b: Builder, node: NodeIndex): void {
  const { tree } = b;
  const { next, kind } = tree;
  const initializer = tree.childByField(node, GoField.Initializer);
  if (initializer >= 0) statement(b, initializer);
  const decided = decidedCase(b.file, b.world.constants, b.context.constants, node);
  if (decided !== null) {
    if (decided !== NO_NODE) caseStatements(b, decided);
    return;
  }
  const value = tree.childByField(node, GoField.Value);
  if (value >= 0) {
    if (hasConstantCases(b, node)) presetReadInPlace(b, value);
    discard(b, value);
  }
  const end = next[node] as number;
  const changed: Loc[] = [];
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] !== GoKind.ExpressionCase && kind[child] !== GoKind.DefaultCase) continue;
    caseBody(b, child, changed, (values) => {
      const last = next[values] as number;
      for (let item = values + 1; item < last; item = next[item] as number) {
        b.preset.set(item, Free.Compared);
        discard(b, item);
      }
    });
    if (fallsThrough(tree, child)) b.rooms.join(changed);
  }
  b.rooms.join(changed);
}

/** Walks the statements of the case that a switch always comes to. */
function caseStatements(b: Builder, node: NodeIndex): void {
  const { next, kind, field } = b.tree;
  const end = next[node] as number;
  const { depth } = b;
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] === GoKind.StatementList) statements(b, child);
    else if (field[child] === 0) statement(b, child);
  }
  b.depth = depth;
}

/** Whether all that a switch compares with is constant: only then does nothing happen between the comparisons. */
function hasConstantCases(b: Builder, node: NodeIndex): boolean {
  const { next, kind } = b.tree;
  const end = next[node] as number;
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] !== GoKind.ExpressionCase) continue;
    const values = b.tree.childByField(child, GoField.Value);
    if (values < 0) continue;
    const last = next[values] as number;
    for (let item = values + 1; item < last; item = next[item] as number) if (!b.isConstant(item)) return false;
  }
  return true;
}

/** `switch string(b)`: the bytes are compared in place when the cases are constants. */
function presetReadInPlace(b: Builder, value: NodeIndex): void {
  const kind = b.kind(value);
  if (kind === GoKind.CallExpression || kind === GoKind.TypeConversionExpression) b.preset.set(value, Free.ReadInPlace);
}

function caseBody(b: Builder, node: NodeIndex, changed: Loc[], values: (list: NodeIndex) => void): void {
  const { next, kind, field } = b.tree;
  const end = next[node] as number;
  const depth = b.depth;
  const mark = b.rooms.mark();
  b.guarded++;
  if (++b.nesting < DEEPEST) for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] === GoKind.StatementList) statements(b, child);
    else if (field[child] === GoField.Value) values(child);
    else if (field[child] === 0) statement(b, child);
  }
  b.nesting--;
  b.depth = depth;
  b.guarded--;
  b.rooms.rewind(mark, changed);
}

function typeSwitch(b: Builder, node: NodeIndex): void {
  const { tree } = b;
  const { next, kind } = tree;
  const initializer = tree.childByField(node, GoField.Initializer);
  if (initializer >= 0) statement(b, initializer);
  const value = tree.childByField(node, GoField.Value);
  const end = next[node] as number;
  const source = b.temporary(false);
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] !== GoKind.TypeCase && kind[child] !== GoKind.DefaultCase) continue;
    const local: LocalId = localOf(b.file, child);
    if (local < 0) continue;
    const loc = b.locOf(local);
    b.guarded++;
    b.declare(loc);
    b.guarded--;
    const type = b.graph.type[loc] as number;
    if (!b.facts.hasPointers(type)) continue;
    const weight = b.facts.isInterface(type) || b.facts.isDirectInterface(type) ? VALUE : deref(VALUE);
    b.flow(loc, weight, b.note(0, child, Reason.SwitchCase), source);
  }
  if (value >= 0) expression(b, value, source, VALUE, 0);
  const changed: Loc[] = [];
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] === GoKind.TypeCase || kind[child] === GoKind.DefaultCase) caseBody(b, child, changed, () => undefined);
  }
  b.rooms.join(changed);
}

function selectStatement(b: Builder, node: NodeIndex): void {
  const { next, kind } = b.tree;
  const end = next[node] as number;
  const mark = b.rooms.mark();
  const changed: Loc[] = [];
  for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] !== GoKind.CommunicationCase && kind[child] !== GoKind.DefaultCase) continue;
    const communication = b.tree.childByField(child, GoField.Communication);
    if (communication >= 0) statement(b, communication);
    const last = next[child] as number;
    const depth = b.depth;
    b.guarded++;
    if (communication >= 0 && kind[communication] === GoKind.ReceiveStatement) received(b, communication);
    for (let item = child + 1; item < last; item = next[item] as number) if (item !== communication) statement(b, item);
    b.depth = depth;
    b.guarded--;
    b.rooms.rewind(mark, changed);
  }
  b.rooms.join(changed);
}

/** The variables of a receive come to life only when its case is chosen; what it names is evaluated for all cases. */
function received(b: Builder, node: NodeIndex): void {
  const left = b.tree.childByField(node, GoField.Left);
  if (left < 0 || b.tree.childByKind(node, GoKind.ColonEq) < 0) return;
  const { next } = b.tree;
  const end = next[left] as number;
  for (let name = left + 1; name < end; name = next[name] as number) {
    const loc = b.variableAt(name);
    if (loc >= 0) b.graph.mark(loc, LocFlag.Guarded);
  }
}

function receive(b: Builder, node: NodeIndex): void {
  const left = b.tree.childByField(node, GoField.Left);
  const right = b.tree.childByField(node, GoField.Right);
  if (left < 0) {
    if (right >= 0) discard(b, right);
    return;
  }
  const declares = b.tree.childByKind(node, GoKind.ColonEq) >= 0;
  assign(b, node, left, right, declares);
}

function send(b: Builder, node: NodeIndex): void {
  const channel = b.tree.childByField(node, GoField.Channel);
  const value = b.tree.childByField(node, GoField.Value);
  if (channel >= 0) discard(b, channel);
  if (value >= 0) expression(b, value, Base.Heap, VALUE, b.note(0, b.tree.childByKind(node, GoKind.Arrow), Reason.Sent));
}

function labeled(b: Builder, node: NodeIndex): void {
  const { tree } = b;
  const label = tree.childByField(node, GoField.Label);
  if (label >= 0 && isJumpedBackTo(b, label)) b.depth++;
  b.rooms.forget(); // jumps come here with other values
  const end = tree.next[node] as number;
  for (let child = node + 1; child < end; child = tree.next[child] as number) if (child !== label) statement(b, child);
  b.rooms.forget();
}

/** Whether a goto after the label jumps to it. */
function isJumpedBackTo(b: Builder, label: NodeIndex): boolean {
  const { tree } = b;
  const fn = b.body.functions[b.home - (b.functionBase[b.bodyIndex] as number)];
  if (!fn || fn.body < 0) return false;
  const { symbols } = b.world;
  const name = tree.symbolOf(label, symbols);
  const end = tree.next[fn.body] as number;
  for (let node = label + 1; node < end; node++) {
    if (tree.kind[node] !== GoKind.GotoStatement) continue;
    const target = node + 1;
    if (target < end && tree.symbolOf(target, symbols) === name) return true;
  }
  return false;
}
