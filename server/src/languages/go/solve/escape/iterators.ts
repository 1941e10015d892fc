// Functions that are ranged over: what an iterator does with the loop body. `range f` calls a function that may be known; `range f(x)` one
// that a call answers, which is known when the call is inlined and returns one function literal, or what another such call returns.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf, type CheckedBody } from '../../resolve/checkedBody.js';
import type { FuncId } from '../../resolve/objects.js';
import { staticValue, ZERO_VALUE } from '../../resolve/staticValue.js';
import { TypeKind, type TypeId } from '../../types/typeKind.js';
import type { LeakTag } from '../escapeContract.js';
import { address, DEEPEST, VALUE, type Builder, type ResultHoles } from './builder.js';
import { argumentsOf, declared, functionAt, isCall, literalCallee, parameterHole } from './calls.js';
import { discard, expression, unparenthesized } from './expressions.js';
import { Free } from './forms.js';
import { Base, type Loc } from './graph.js';
import { bitsOf, leakDerefs, LEAKS_TO_HEAP, LeakTo, tagOf } from './leaks.js';
import { Reason } from './reasons.js';

/** What the compiler inlines at most, and what a call costs that it may not inline (its own figures). */
const INLINE_BUDGET = 80;
const CALL_COST = 57;

/** Tag for a loop body that is handed to a function of which nothing is known. */
const UNKNOWN = tagOf(LEAKS_TO_HEAP);

/** The call of an iterator with a loop body: where the body's closure goes. */
export function rangeFunctionCall(b: Builder, iterator: NodeIndex, closure: Loc): void {
  const holes: ResultHoles = { target: [], weight: [], note: [] };
  const value = iteratorValue(b, iterator);
  if (value !== ZERO_VALUE) {
    const object = functionAt(b, value);
    const kind = b.kind(value);
    const callee = object > 0 ? declared(b, object, b.core(b.typeOf(iterator)))
      : kind === GoKind.FuncLiteral && b.functionBase.length > 0 ? literalCallee(b, b.file.ref[value] as number, 0)
      : kind === GoKind.SelectorExpression && (b.file.ref[value] as number) > 0 && b.world.selections.get(b.file.ref[value] as number).method > 0 ? declared(b, b.world.selections.get(b.file.ref[value] as number).method, 0) : null;
    if (callee) {
      discard(b, iterator);
      const hole = parameterHole(b, iterator, callee, callee.isMethod ? 1 : 0, holes, Reason.Argument);
      b.flow(hole.loc, address(hole.weight), hole.note, closure);
      return;
    }
    if (keepsWhatItCalls(b, iterator)) {
      discard(b, iterator);
      b.graph.free[closure] = Free.KnownIterator;
      return;
    }
  }
  expression(b, iterator, Base.Callee, VALUE, 0);
  b.flow(Base.Heap, address(VALUE), b.note(0, iterator, Reason.UnknownIterator, iterator), closure);
}

/** Whether an expression is an iterator that a call answers and that keeps what it calls for each value to itself. */
export function keepsWhatItCalls(b: Builder, iterator: NodeIndex): boolean {
  if (!isIterator(b, b.typeOf(iterator))) return false;
  const value = iteratorValue(b, iterator);
  return value !== ZERO_VALUE && isCall(b, value) && callKindOf(b.file, value) === CallKind.Static && keepsBody(b, value, 0);
}

/** What an iterator is: followed through conversions and locals that are set once. */
function iteratorValue(b: Builder, iterator: NodeIndex): NodeIndex {
  let value = staticValue(b.body, unparenthesized(b, iterator));
  for (let steps = 0; steps < 8 && value !== ZERO_VALUE; steps++) {
    const kind = b.kind(value);
    if ((kind !== GoKind.CallExpression && kind !== GoKind.TypeConversionExpression) || callKindOf(b.file, value) !== CallKind.Conversion) return value;
    const list = argumentsOf(b, value);
    const operand = list >= 0 && kind === GoKind.CallExpression ? b.tree.firstChild(list) : list;
    if (operand < 0) return value;
    value = staticValue(b.body, unparenthesized(b, operand));
  }
  return value;
}

/**
 * Whether the iterator that a call answers keeps loop bodies to itself. One that hands them on to an iterator among its arguments does
 * when that one does.
 */
function keepsBody(b: Builder, call: NodeIndex, depth: number): boolean {
  const id = callTargetOf(b.file, call);
  const tag = bodyTagOf(b, id);
  if (tag === null || leakDerefs(bitsOf(tag), LeakTo.Heap) < 0) return true;
  const list = argumentsOf(b, call);
  if (depth > DEEPEST || list < 0 || b.kind(list) !== GoKind.ArgumentList) return false;
  const { next } = b.tree;
  const end = next[list] as number;
  for (let argument = list + 1; argument < end; argument = next[argument] as number) {
    if (!isIterator(b, b.typeOf(argument))) continue;
    const value = iteratorValue(b, argument);
    if (value !== ZERO_VALUE && isCall(b, value) && callKindOf(b.file, value) === CallKind.Static && keepsBody(b, value, depth + 1)) return true;
  }
  return false;
}

/** Tag that a function's summary has for the bodies of loops over what it returns; null when there is none. */
function bodyTagOf(b: Builder, id: FuncId): LeakTag | null {
  const leaks = id > 0 && b.bodyIndexOf(id) < 0 ? b.context.summaryOf(id)?.leaks : undefined;
  return leaks?.[parameterCount(b, id)] ?? null;
}

function parameterCount(b: Builder, id: FuncId): number {
  const { objects } = b.world;
  return b.types.paramCount(objects.type[id] as TypeId) + (objects.kind[id] === 5 ? 1 : 0);
}

/** Whether a type is that of functions that can be ranged over. */
function isIterator(b: Builder, type: TypeId): boolean {
  const core = b.core(type);
  return b.types.kind(core) === TypeKind.Func && b.types.resultCount(core) === 0 && b.types.paramCount(core) === 1 && b.coreKind(b.types.param(core, 0)) === TypeKind.Func;
}

/** Of a function that returns an iterator: the tag of the loop bodies that this is called with. Null for other functions. */
export function loopBodyTag(b: Builder, body: CheckedBody, tagOfParameter: (block: NodeIndex, local: number) => LeakTag): LeakTag | null {
  const fn = body.functions[0];
  const result = fn?.results.length === 1 ? (fn.results[0] as number) : -1;
  if (!fn || result < 0 || fn.body < 0 || !isIterator(b, body.locals.type[result] as TypeId)) return null;
  const returned = soleReturn(b, fn.body);
  if (returned < 0 || body.directives.includes('go:noinline')) return UNKNOWN;
  const value = iteratorValue(b, returned);
  if (value === ZERO_VALUE) return UNKNOWN;
  if (b.kind(value) === GoKind.FuncLiteral) {
    const literal = body.functions[b.file.ref[value] as number];
    return literal?.node === value && literal.params.length === 1 ? tagOfParameter(literal.body, literal.params[0] as number) : UNKNOWN;
  }
  const object = functionAt(b, value);
  if (object > 0) return b.bodyIndexOf(object) < 0 ? (b.context.summaryOf(object)?.leaks[0] ?? UNKNOWN) : UNKNOWN;
  return isCall(b, value) && callKindOf(b.file, value) === CallKind.Static && keepsBody(b, value, 0) ? '' : UNKNOWN;
}

/** The value of the only return of a function that the compiler can inline; -1 for none. */
function soleReturn(b: Builder, block: NodeIndex): NodeIndex {
  const { kind, next } = b.tree;
  const end = next[block] as number;
  let found = -1;
  let cost = 0;
  for (let node = block + 1; node < end; node++) {
    switch (kind[node] as GoKind) {
      case GoKind.FuncLiteral: node = (next[node] as number) - 1; break;
      case GoKind.DeferStatement: case GoKind.GoStatement: case GoKind.SelectStatement: return -1;
      case GoKind.ReturnStatement: {
        const list = node + 1;
        if (found >= 0 || list >= (next[node] as number)) return -1;
        found = list + 1;
        break;
      }
      case GoKind.CallExpression: if (callKindOf(b.file, node) !== CallKind.Builtin && callKindOf(b.file, node) !== CallKind.Conversion && node !== found) cost += CALL_COST; break;
      case GoKind.ExpressionList: case GoKind.StatementList: case GoKind.ArgumentList: case GoKind.Block: continue;
      default: break;
    }
    if (++cost > INLINE_BUDGET) return -1;
  }
  return found;
}
