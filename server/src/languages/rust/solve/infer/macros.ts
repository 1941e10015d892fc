// Macro calls: their arguments are inferred like any expressions; known macros say what they yield.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { macroName } from '../../declare/macroTree.js';
import { PathRoot } from '../../declare/facts.js';
import { macroResult } from '../../models/macros.js';
import { Space } from '../../resolve/names.js';
import { BOOL, NEVER, STR, TypeFlag, TypeTag, U8, UNIT, UNKNOWN, type TypeId } from '../../types/typeTable.js';
import { block } from './controlFlow.js';
import type { Inferrer } from './inferrer.js';

/** Infers a macro_invocation. */
export function macroInvocation(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  const name = macroName(tree, node);
  const fragment = state.expanded.fragments.get(node);
  const { known } = state.traits;
  let argument = NO_NODE;
  if (fragment !== undefined) {
    state.macroRoots.push(fragment.root);
    if (fragment.made !== null) {
      state.holdsMade = true;
      return block(inferrer, fragment.root, wanted, isStatement(inferrer, node));
    }
    argument = tree.firstChild(fragment.root);
    if (argument !== NO_NODE && tree.kind[argument] === RustKind.ExpressionStatement) argument = tree.firstChild(argument);
  }
  const vec = known.trait('Vec');
  if (name === 'vec' && vec !== 0) {
    const at = wanted === 0 ? UNKNOWN : state.unifier.shallow(wanted);
    const element = types.tag(at) === TypeTag.Adt && types.head(at) === vec ? types.arg(at, 0) : state.fresh();
    if (argument !== NO_NODE) inferrer.infer(argument, types.slice(element));
    const array = argument === NO_NODE ? UNKNOWN : state.unifier.shallow(state.typeOf(argument));
    if (types.tag(array) === TypeTag.Array) inferrer.tryUnify(element, types.arg(array, 0));
    return types.adt(vec, [element, types.adt(known.trait('Global'), [])]);
  }
  const mark = state.mark();
  const elements: TypeId[] = [];
  let first = UNKNOWN;
  if (fragment !== undefined && argument !== NO_NODE) {
    const kind = tree.kind[argument];
    if (kind === RustKind.TupleExpression || kind === RustKind.ParenthesizedExpression) {
      for (let child = argument + 1, end = tree.next[argument] as number; child < end; child = tree.next[child] as number) {
        let value = child;
        if (tree.kind[child] === RustKind.AssignmentExpression) value = lastOf(tree.next, child); // `name = value`
        const compared = elements.length === 1 && COMPARES.has(name);
        const type = inferrer.infer(value, compared ? first : 0);
        // both sides of a comparison are mostly of one type: what one leaves open the other says
        if (compared && (types.flags(state.unifier.deep(type)) & TypeFlag.Infer) !== 0) inferrer.tryUnify(first, type);
        if (elements.length === 0) first = type;
        elements.push(type);
      }
    } else first = block(inferrer, fragment.root, 0);
  }
  state.leave(mark);
  const string = known.trait('String');
  switch (name) {
    case 'format': return string === 0 ? UNKNOWN : types.adt(string, []);
    case 'println': case 'print': case 'eprintln': case 'eprint': case 'assert': case 'assert_eq': case 'assert_ne': case 'debug_assert': case 'debug_assert_eq': case 'debug_assert_ne':
    case 'trace': case 'debug': case 'info': case 'warn': case 'error': case 'event': case 'log': return UNIT;
    case 'panic': case 'todo': case 'unimplemented': case 'unreachable': case 'bail': case 'compile_error': return NEVER;
    case 'write': case 'writeln': return writeResult(inferrer, first);
    case 'matches': return BOOL;
    case 'concat': case 'stringify': case 'include_str': case 'env': case 'file': case 'module_path': return types.ref(STR, false);
    case 'include_bytes': return types.ref(types.array(U8, UNKNOWN), false);
    case 'line': case 'column': return 3 + 11;
    case 'cfg': return BOOL;
    case 'format_args': return types.adt(known.trait('Arguments'), []);
    case 'dbg': return elements.length === 1 ? first : types.tuple(elements);
    case 'pin': return types.adt(known.trait('Pin'), [types.ref(first, true)]);
    case 'ready': {
      const poll = state.resolved(first);
      return types.tag(poll) === TypeTag.Adt && types.head(poll) === known.trait('Poll') ? types.arg(poll, 0) : UNKNOWN;
    }
    case 'join': case 'try_join': return joined(inferrer, name === 'try_join', elements);
    default: return resultOf(inferrer, name);
  }
}

/** Whether a macro stands where a statement does: what it declares by a name that it is given, the statements after it see. */
function isStatement({ state: { tree } }: Inferrer, node: NodeIndex): boolean {
  const up = tree.parent[node] as number;
  return up >= 0 && (tree.kind[up] === RustKind.ExpressionStatement || tree.kind[up] === RustKind.Block);
}

const COMPARES: ReadonlySet<string> = new Set(['assert_eq', 'assert_ne', 'debug_assert_eq', 'debug_assert_ne']);

/** The type that a macro of a library gives, as models name it. */
function resultOf(inferrer: Inferrer, name: string): TypeId {
  const path = macroResult(name);
  if (path === undefined) return UNKNOWN;
  const { state } = inferrer;
  const def = state.names.path(state.scope, PathRoot.Extern, path.split('::').map((segment) => state.world.symbols.intern(segment)), Space.Type);
  return def === 0 ? UNKNOWN : state.types.adt(def, []);
}

/** `join!(a, b)`: the outputs of the futures; `try_join!` the successes of theirs, with the first one's error. */
function joined(inferrer: Inferrer, fallible: boolean, futures: readonly TypeId[]): TypeId {
  const { state } = inferrer;
  const { types } = state;
  const { known } = state.traits;
  const trait = known.trait('IntoFuture');
  if (trait === 0 || futures.length === 0) return UNKNOWN;
  const outputs = futures.map((future) => {
    const at = state.resolved(future);
    return at === UNKNOWN || state.isVariable(at) ? UNKNOWN : state.normalize(types.make(TypeTag.Projection, trait, known.output, [at]));
  });
  if (!fallible) return types.tuple(outputs);
  const result = known.trait('Result');
  const isResult = (type: TypeId): boolean => types.tag(type) === TypeTag.Adt && types.head(type) === result;
  const successes = outputs.map((type) => (isResult(type) ? types.arg(type, 0) : UNKNOWN));
  const error = outputs.find(isResult);
  return result === 0 ? UNKNOWN : types.adt(result, [types.tuple(successes), error === undefined ? UNKNOWN : types.arg(error, 1)]);
}

/** `write!(to, …)`: `fmt::Result` for what is a `fmt::Write`, `io::Result<()>` else. */
function writeResult(inferrer: Inferrer, to: TypeId): TypeId {
  const { state } = inferrer;
  const { symbols } = state.world;
  let at = state.resolved(to);
  while (state.types.tag(at) === TypeTag.Ref) at = state.resolved(state.types.arg(at, 0));
  const candidates = state.world.traitsByMember.get(symbols.intern('write_fmt')) ?? [];
  const result = state.traits.known.trait('Result');
  for (const trait of candidates) {
    if (at === UNKNOWN || state.isVariable(at)) break;
    const mark = state.unifier.mark();
    const selection = state.traits.select(trait, [at]);
    state.unifier.rollback(mark);
    if (selection.via === 0) continue;
    const def = state.signatures.memberOf(trait, symbols.intern('write_fmt'), 7);
    return def === 0 ? UNKNOWN : state.normalize(state.signatures.signature(def).result);
  }
  // Formatter has an inherent one
  const fmt = inferrer.state.traits.known.trait('Debug');
  return fmt === 0 || result === 0 ? UNKNOWN : state.types.adt(result, [UNIT, UNKNOWN]);
}

function lastOf(next: Uint32Array, node: NodeIndex): NodeIndex {
  let last = NO_NODE;
  for (let child = node + 1, end = next[node] as number; child < end; child = next[child] as number) last = child;
  return last;
}
