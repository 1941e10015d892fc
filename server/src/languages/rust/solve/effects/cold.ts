// Why nobody counts a place: panics, errors under construction, logging, tests, static initialisers.
import type { ColdReason } from '../../../../analysis/site.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';
import { macroEffect } from '../../models/macros.js';
import type { RustProgram } from '../../resolve/program.js';
import { DefKind } from '../../resolve/program.js';
import { TypeTag, type TypeId } from '../../types/typeTable.js';
import type { SolvedFunction } from '../contract.js';
import type { CostEvent } from './bodyEffects.js';

/** Methods whose closure runs when there is an error. */
const ON_ERROR = new Set(['map_err', 'ok_or_else', 'with_context', 'wrap_err_with', 'inspect_err']);

/**
 * Whether callers are not told of an event: it happens on the way to a panic only, or in what builds for use leave out (`debug_assert!`). A function that
 * is merely `#[cold]` may well return.
 */
export function isUntold(event: CostEvent, fn: SolvedFunction, program: RustProgram): boolean {
  return isDebugging(event, program) || coldOf(event, fn, program) === 'panic' && (!program.isCold(fn.def) || coldOf(event, fn, program, false) === 'panic' || neverReturns(fn, program));
}

function isDebugging({ body, node }: CostEvent, program: RustProgram): boolean {
  const { kind, parent } = body.tree;
  for (let up = node; up >= 0; up = parent[up] as number) if (kind[up] === (RustKind.MacroInvocation as number) && program.symbols.text(body.macroNameOf(up)).startsWith('debug_assert')) return true;
  return false;
}

function neverReturns(fn: SolvedFunction, program: RustProgram): boolean {
  const signature = program.signature(fn.def, NO_TYPES);
  return signature !== null && program.types.tag(signature.result) === TypeTag.Never;
}

const NO_TYPES: readonly TypeId[] = [];

/** The reason why an event is cold, the nearest first; null when it is not. With `whole` false, what is said of the function around it does not count. */
export function coldOf(event: CostEvent, fn: SolvedFunction, program: RustProgram, whole = true): ColdReason | null {
  const { tree } = event.body;
  if (tree.kind[event.node] === (RustKind.TryExpression as number)) return 'error';
  for (let child = event.node, up = tree.parent[event.node] as number; up >= 0; child = up, up = tree.parent[up] as number) {
    const kind = tree.kind[up] as number;
    if (kind === (RustKind.MacroInvocation as number)) {
      const reason = coldInMacro(event, up, event.node, program);
      if (reason) return reason;
    } else if (kind === (RustKind.CallExpression as number)) {
      const callee = tree.firstChild(up);
      if (callee === child) continue;
      const name = lastName(tree, callee);
      if (name === 'Err') return 'error';
      if (onlyOnError(tree, name, child)) return 'error';
    } else if (kind === (RustKind.FunctionItem as number)) break;
  }
  if (event.cost.rule === 'rust/error-macro') return 'error';
  if (!whole) return null;
  if (fn.test) return 'test';
  if (fn.initialiser) return 'static';
  return coldFunction(fn, program);
}

function coldFunction(fn: SolvedFunction, program: RustProgram): ColdReason | null {
  if (program.isCold(fn.def)) return 'panic';
  const impl = program.parentOf(fn.def);
  if (program.kindOf(impl) !== DefKind.Impl) return null;
  const trait = program.traitOf(impl);
  if (trait === 0) return null;
  const name = program.symbols.text(program.nameOf(trait));
  return name === 'Debug' || name === 'Display' ? 'log' : name === 'Error' ? 'error' : null;
}

function coldInMacro(event: CostEvent, macro: NodeIndex, node: NodeIndex, program: RustProgram): ColdReason | null {
  const effect = macroEffect(program.symbols.text(event.body.macroNameOf(macro)));
  switch (effect?.does) {
    case 'panics': return 'panic';
    case 'fails': return 'error';
    case 'logs': return 'log';
    case 'asserts': {
      // The operands are evaluated each time, the message only when the assertion fails.
      const { tree } = event.body;
      let child = node;
      while ((tree.parent[child] as number) >= 0 && tree.kind[tree.parent[child] as number] !== (RustKind.TupleExpression as number) && (tree.parent[child] as number) !== macro) child = tree.parent[child] as number;
      let index = 0;
      const list = tree.parent[child] as number;
      for (let other = list + 1; other < child; other = tree.next[other] as number) index++;
      return index >= effect.operands ? 'panic' : null;
    }
    default: return null;
  }
}

function onlyOnError(tree: FlatTree, name: string, list: NodeIndex): boolean {
  if (tree.field[list] !== (RustField.Arguments as number)) return false;
  if (ON_ERROR.has(name)) return true;
  if (name !== 'unwrap_or_else') return false;
  const closure = tree.firstChild(list);
  const parameters = closure === NO_NODE ? NO_NODE : tree.childByField(closure, RustField.Parameters);
  return parameters !== NO_NODE && tree.firstChild(parameters) !== NO_NODE;
}

/** The last name of a called path or method; empty for other callees. */
export function lastName(tree: FlatTree, callee: NodeIndex): string {
  if (callee === NO_NODE) return '';
  switch (tree.kind[callee] as number) {
    case RustKind.Identifier as number: return tree.textOf(callee);
    case RustKind.GenericFunction as number: return lastName(tree, tree.firstChild(callee));
    case RustKind.ScopedIdentifier as number: return lastName(tree, tree.childByField(callee, RustField.Name));
    case RustKind.FieldExpression as number: {
      const field = tree.childByField(callee, RustField.Field);
      return field === NO_NODE ? '' : tree.textOf(field);
    }
    default: return '';
  }
}
