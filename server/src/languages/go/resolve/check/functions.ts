// Function literals, and the parameters and results of every function.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import type { TypeId } from '../../types/typeKind.js';
import { LocalFlag, type LocalId } from '../checkedBody.js';
import { Mode, type Checker, type OpenFunction } from './checker.js';
import { block } from './statements.js';
import { signature } from './typeExpressions.js';

/** Opens a function: its signature and body are filled by the caller. The present function becomes its parent. */
export function openFunction(c: Checker, node: NodeIndex, parent: number): OpenFunction {
  const opened: OpenFunction = { node, body: NO_NODE, signature: 0, parent, receiver: -1, params: [], results: [], captures: [] };
  c.functions.push(opened);
  c.current = c.functions.length - 1;
  return opened;
}

/** Checks `func(…) {…}`. */
export function functionLiteral(c: Checker, node: NodeIndex): TypeId {
  const type = signature(c, node);
  if (!c.skipLiterals) {
    const parent = c.current;
    const opened = openFunction(c, node, parent);
    c.ref[node] = c.current;
    opened.signature = type;
    opened.body = c.child(node, GoField.Body);
    const around = c.blockMark;
    const mark = c.scope.open();
    c.blockMark = mark;
    declareParameters(c, node, opened, type);
    if (opened.body !== NO_NODE) block(c, opened.body);
    c.scope.close(mark);
    c.blockMark = around;
    c.current = parent;
  }
  return c.result(node, type, Mode.Value);
}

/** Declares parameters and results of a function in the present block; `type` is its signature. */
export function declareParameters(c: Checker, node: NodeIndex, opened: OpenFunction, type: TypeId): void {
  const { types } = c;
  declareList(c, c.child(node, GoField.Parameters), LocalFlag.Param, opened.params, type);
  const last = opened.params[opened.params.length - 1];
  if (last !== undefined && types.isVariadic(type)) c.localFlags[last] = (c.localFlags[last] as number) | LocalFlag.Variadic;
  const result = c.child(node, GoField.Result);
  if (result === NO_NODE) return;
  if (c.kind[result] === GoKind.ParameterList) declareList(c, result, LocalFlag.Result, opened.results, type);
  else opened.results.push(c.declare(0, types.resultCount(type) > 0 ? types.result(type, 0) : 0, result, LocalFlag.Result));
}

/** Declares the parameters (or, with LocalFlag.Result, the results) of a signature. */
function declareList(c: Checker, list: NodeIndex, flag: LocalFlag, into: LocalId[], signature: TypeId): void {
  if (list === NO_NODE) return;
  for (let child = list + 1; child < (c.next[list] as number); child = c.next[child] as number) {
    const kind = c.kind[child] as GoKind;
    if (kind !== GoKind.ParameterDeclaration && kind !== GoKind.VariadicParameterDeclaration) continue;
    let named = false;
    for (let name = child + 1; name < (c.next[child] as number); name = c.next[name] as number) {
      if (c.field[name] !== GoField.Name || c.kind[name] !== GoKind.Identifier) continue;
      named = true;
      const local = c.declare(c.symbol(name), parameterType(c, signature, flag, into.length), name, flag);
      c.ref[name] = -1 - local;
      into.push(local);
    }
    if (!named) into.push(c.declare(0, parameterType(c, signature, flag, into.length), child, flag));
  }
}

function parameterType(c: Checker, signature: TypeId, flag: LocalFlag, index: number): TypeId {
  const { types } = c;
  if (flag === LocalFlag.Result) return index < types.resultCount(signature) ? types.result(signature, index) : 0;
  return index < types.paramCount(signature) ? types.param(signature, index) : 0;
}
