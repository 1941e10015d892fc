// Closures and async blocks: parameters from what is expected, results, captures.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { TypeTag, UNKNOWN, type TypeId } from '../../types/typeTable.js';
import type { Inferrer } from './inferrer.js';
import { lastChild } from './walk.js';
import { bindPattern, Mode } from './patterns.js';
import type { ClosureRecord } from './state.js';

/** Infers a closure_expression; `wanted` may say its parameters. */
export function closure(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  const expected = wanted === 0 ? null : state.expectedCallable(wanted);
  const list = tree.childByField(node, RustField.Parameters);
  const patterns: { pattern: NodeIndex; type: TypeId }[] = [];
  if (list !== NO_NODE) {
    for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
      const kind = tree.kind[child];
      if (kind === RustKind.AttributeItem || kind === RustKind.MutableSpecifier) continue;
      const hint = expected?.params[patterns.length];
      if (kind === RustKind.Parameter) {
        const type = inferrer.written.typeAt(tree.childByField(child, RustField.Type));
        if (hint !== undefined) inferrer.tryUnify(type, hint);
        patterns.push({ pattern: tree.childByField(child, RustField.Pattern), type });
      } else patterns.push({ pattern: child, type: hint ?? state.fresh() });
    }
  }
  const resultNode = tree.childByField(node, RustField.ReturnType);
  const result = resultNode !== NO_NODE ? inferrer.written.typeAt(resultNode) : state.fresh();
  const isAsync = tree.childByKind(node, RustKind.TokenAsync) !== NO_NODE;
  const type = types.make(TypeTag.Closure, state.owner, state.closureCount++, [result, ...patterns.map((p) => p.type)]);
  const record: ClosureRecord = { node, type, async: false, move: tree.childByKind(node, RustKind.TokenMove) !== NO_NODE, captures: new Map(), depth: state.closureStack.length };
  state.closures.push(record);
  // the expectation of the result reaches the body through the obligation once the variable is this closure
  const hint = expected !== null && expected.result !== 0 && resultNode === NO_NODE && !isAsync ? state.unifier.shallow(expected.result) : 0;
  const outer = { returnType: state.returnType, breaks: state.breaks.splice(0, state.breaks.length) };
  const mark = state.mark();
  state.closureStack.push(record);
  const output = isAsync ? state.fresh() : hint !== 0 && !state.isVariable(hint) && hint !== UNKNOWN ? hint : result;
  if (output === hint && output !== result) inferrer.tryUnify(result, hint);
  state.returnType = output;
  for (const { pattern, type: parameter } of patterns) bindPattern(inferrer, pattern, parameter, Mode.Move, true);
  inferrer.check(tree.childByField(node, RustField.Body), output);
  if (isAsync) inferrer.tryUnify(result, types.make(TypeTag.Future, state.owner, state.closureCount++ + 1, [output]));
  state.closureStack.pop();
  state.leave(mark);
  state.returnType = outer.returnType;
  state.breaks.push(...outer.breaks);
  return type;
}

/** Infers an async_block. */
export function asyncBlock(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  const output = state.fresh();
  const type = types.make(TypeTag.Future, state.owner, state.closureCount++ + 1, [output]);
  const record: ClosureRecord = { node, type, async: true, move: tree.childByKind(node, RustKind.TokenMove) !== NO_NODE, captures: new Map(), depth: state.closureStack.length };
  state.closures.push(record);
  const outer = { returnType: state.returnType, breaks: state.breaks.splice(0, state.breaks.length) };
  state.closureStack.push(record);
  state.returnType = output;
  inferrer.check(lastChild(tree, node), output);
  state.closureStack.pop();
  state.returnType = outer.returnType;
  state.breaks.push(...outer.breaks);
  return type;
}
