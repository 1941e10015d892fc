// Whether a node is evaluated each time what stands around it is: branches, loops that may be left before, closures that run later.
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';

/** When a node is evaluated. */
export const enum Place { Straight = 0, Branch = 1, InFuture = 2 }

/** Whether a node is evaluated at each run of its body. */
export function placeInBody(tree: FlatTree, node: NodeIndex, root: NodeIndex, isHandedOn: (closure: NodeIndex) => boolean): Place {
  let place = Place.Straight as Place;
  for (let child = node, up = tree.parent[node] as number; up >= 0 && child !== root; child = up, up = tree.parent[up] as number) {
    switch (tree.kind[up] as number) {
      case RustKind.IfExpression as number: if (tree.field[child] !== (RustField.Condition as number)) place = Place.Branch; break;
      case RustKind.MatchExpression as number: if (tree.field[child] === (RustField.Body as number)) place = Place.Branch; break;
      case RustKind.WhileExpression as number: case RustKind.ForExpression as number: if (tree.field[child] === (RustField.Body as number)) place = Place.Branch; break;
      case RustKind.ClosureExpression as number:
        if (isResult(tree, up) || isStored(tree, up) || isHandedOn(up)) return Place.InFuture;
        place = Place.Branch;
        break;
      case RustKind.LoopExpression as number: if (mayLeave(tree, up, node)) place = Place.Branch; break;
      case RustKind.AsyncBlock as number: return Place.InFuture;
      case RustKind.BinaryExpression as number: {
        const operator = tree.kind[tree.childByField(up, RustField.Operator)];
        if (tree.field[child] === (RustField.Right as number) && (operator === (RustKind.AmpAmp as number) || operator === (RustKind.PipePipe as number))) place = Place.Branch;
        break;
      }
      case RustKind.FunctionItem as number: return place;
      default: break;
    }
  }
  return place;
}

/** Whether a `loop` may be left, or go on, before a node inside of it is reached. */
function mayLeave(tree: FlatTree, loop: NodeIndex, node: NodeIndex): boolean {
  const { kind, next } = tree;
  for (let at = loop + 1; at < node; at++) {
    switch (kind[at] as number) {
      case RustKind.BreakExpression as number: case RustKind.ContinueExpression as number: return true;
      case RustKind.LoopExpression as number: case RustKind.WhileExpression as number: case RustKind.ForExpression as number: case RustKind.ClosureExpression as number: case RustKind.AsyncBlock as number: case RustKind.FunctionItem as number:
        // what lies around the node is gone into
        if ((next[at] as number) <= node) at = (next[at] as number) - 1;
        break;
      default: break;
    }
  }
  return false;
}

/** Whether a closure is what its function returns: it runs later, if at all. */
function isResult(tree: FlatTree, closure: NodeIndex): boolean {
  const block = tree.parent[closure] as number;
  return block >= 0 && tree.kind[block] === (RustKind.Block as number) && tree.next[closure] === tree.next[block] && tree.kind[tree.parent[block] as number] === (RustKind.FunctionItem as number);
}

/** Whether a closure becomes the value of a field, itself or in a box: it runs later, if at all. */
function isStored(tree: FlatTree, closure: NodeIndex): boolean {
  const up = tree.parent[closure] as number;
  if (up < 0) return false;
  if (tree.kind[up] === (RustKind.FieldInitializer as number)) return true;
  const call = tree.parent[up] as number;
  if (tree.kind[up] !== (RustKind.Arguments as number) || call < 0 || tree.nextSibling(tree.firstChild(up)) !== NO_NODE) return false;
  const fn = tree.firstChild(call);
  return tree.kind[fn] === (RustKind.ScopedIdentifier as number) && /^(?:\w+::)*(?:Box|Arc|Rc)::new$/.test(tree.textOf(fn)) || tree.kind[fn] === (RustKind.Identifier as number) && tree.textOf(fn) === 'Some';
}
