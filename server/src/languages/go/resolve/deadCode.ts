// Code that never runs and that the compiler leaves out: what constants switch off, and what follows a statement that does not end. The same rules
// as the compiler's own (cmd/compile/internal/noder/writer.go: staticBool, terminates, stmts, switchStmt); what only later passes find is not here.
import { type FlatTree, type NodeIndex, NO_NODE } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { ConstantKind, type ConstantTable } from '../types/constants.js';
import { binaryConstant } from '../types/constantOps.js';
import { CallKind, callKindOf, callTargetOf, type CheckedFile, type ConstantReader } from './checkedBody.js';
import { Builtin } from './objects.js';

/** Nesting of conditions and statements that is followed. */
const DEEPEST = 20;

/** The value of a condition that constants decide, by one side of `&&` or `||` too; null for any other. */
export function constantCondition(file: CheckedFile, constants: ConstantTable, condition: NodeIndex, depth = 0): boolean | null {
  if (condition < 0 || depth > DEEPEST) return null;
  const { tree } = file;
  const node = unparenthesized(tree, condition);
  const value = file.value[node] as number;
  if (value > 0) return constants.kind(value) === ConstantKind.Bool ? constants.value(value) === true : null;
  const kind = tree.kind[node] as GoKind;
  if (kind !== GoKind.BinaryExpression && kind !== GoKind.UnaryExpression) return null;
  const operator = tree.childByField(node, GoField.Operator);
  const token = operator < 0 ? GoKind.Error : (tree.kind[operator] as GoKind);
  if (token === GoKind.Bang) {
    const operand = constantCondition(file, constants, tree.childByField(node, GoField.Operand), depth + 1);
    return operand === null ? null : !operand;
  }
  if (token !== GoKind.AmpAmp && token !== GoKind.PipePipe) return null;
  const decides = token === GoKind.PipePipe;
  const left = constantCondition(file, constants, tree.childByField(node, GoField.Left), depth + 1);
  if (left === decides) return left;
  const right = constantCondition(file, constants, tree.childByField(node, GoField.Right), depth + 1);
  return left !== null || right === decides ? right : null;
}

/** Whether the rest of a list of statements, which ends at `end`, never runs: `node` does not end, and no label comes after it. */
export function endsList(file: CheckedFile, constants: ConstantTable, node: NodeIndex, end: number): boolean {
  const { next, kind } = file.tree;
  const rest = next[node] as number;
  if (rest >= end || !terminates(file, constants, node, 0)) return false;
  for (let after = rest; after < end; after = next[after] as number) if (kind[after] === GoKind.LabeledStatement) return false;
  return true;
}

/** Whether nothing that follows a statement in its list runs. */
function terminates(file: CheckedFile, constants: ConstantTable, node: NodeIndex, depth: number): boolean {
  const { tree } = file;
  if (node < 0 || depth > DEEPEST) return false;
  switch (tree.kind[node] as GoKind) {
    case GoKind.ReturnStatement: case GoKind.GotoStatement: return true;
    case GoKind.ExpressionStatement: {
      const call = node + 1 < (tree.next[node] as number) ? unparenthesized(tree, node + 1) : NO_NODE;
      return call >= 0 && tree.kind[call] === GoKind.CallExpression && callKindOf(file, call) === CallKind.Builtin && callTargetOf(file, call) === Builtin.Panic;
    }
    case GoKind.IfStatement: {
      const alternative = tree.childByField(node, GoField.Alternative);
      const decided = constantCondition(file, constants, tree.childByField(node, GoField.Condition));
      if (decided !== true && (alternative < 0 || !terminates(file, constants, alternative, depth + 1))) return false;
      return decided === false || terminates(file, constants, tree.childByField(node, GoField.Consequence), depth + 1);
    }
    case GoKind.Block: case GoKind.StatementList: {
      let last: NodeIndex = NO_NODE;
      const end = tree.next[node] as number;
      for (let child = node + 1; child < end; child = tree.next[child] as number) if (tree.kind[child] !== GoKind.EmptyStatement) last = child;
      return terminates(file, constants, last, depth + 1);
    }
    default: return false;
  }
}

/** Of a switch over a constant whose cases are constants: the case that always runs, NO_NODE when none does; null for any other switch. */
export function decidedCase(file: CheckedFile, constants: ConstantTable, reader: ConstantReader, node: NodeIndex): NodeIndex | null {
  const { tree } = file;
  const { next, kind } = tree;
  const tag = tree.childByField(node, GoField.Value);
  if (tag >= 0 && file.value[tag] === 0) return null;
  const value = tag < 0 ? constants.bool(true) : reader.constantOf(file, tag);
  if (value <= 0) return null;
  const end = next[node] as number;
  let found: NodeIndex = NO_NODE;
  search: for (let child = node + 1; child < end; child = next[child] as number) {
    if (kind[child] === GoKind.DefaultCase) found = child;
    if (kind[child] !== GoKind.ExpressionCase) continue;
    const values = tree.childByField(child, GoField.Value);
    const last = values < 0 ? -1 : (next[values] as number);
    for (let item = values + 1; item < last; item = next[item] as number) {
      const other = file.value[item] === 0 ? 0 : reader.constantOf(file, item);
      const equal = other <= 0 ? 0 : binaryConstant(constants, GoKind.EqEq, value, other, true);
      if (equal <= 0) return null;
      if (constants.value(equal) !== true) continue;
      found = child;
      break search;
    }
  }
  return found !== NO_NODE && fallsThrough(tree, found) ? null : found;
}

/** Whether a case ends by going on with the next one. */
export function fallsThrough(tree: FlatTree, node: NodeIndex): boolean {
  return tree.kind[(tree.next[node] as number) - 1] === GoKind.FallthroughStatement;
}

function unparenthesized(tree: FlatTree, node: NodeIndex): NodeIndex {
  let at = node;
  while (tree.kind[at] === GoKind.ParenthesizedExpression && at + 1 < (tree.next[at] as number)) at++;
  return at;
}
