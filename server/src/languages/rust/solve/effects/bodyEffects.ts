// Walks one body once and lists the expressions that cost something: calls, macros, operators, `?`, awaits, loops' draws. Macros' arguments are
// bodies of their own. Not here: what a call costs (costSolver.ts), and everything a report says about it (rules/).
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';
import { statementAttributes } from '../../declare/attributes.js';
import { macroEffect } from '../../models/macros.js';
import { TypeTag, UNKNOWN, type TypeId } from '../../types/typeTable.js';
import { CallKind, CaptureMode, type Callee, type InferredBody } from '../infer/inferredBody.js';
import type { CostSolver } from './costSolver.js';
import { FREE, TEXT_WRITER, free, Level, onSomeCalls, stronger, type Cost } from './cost.js';
import { collectedCost } from './collecting.js';
import { dynamicCost } from './dynamic.js';
import { literalSize } from './literalSize.js';
import { placedEvents } from './madeEvents.js';
import { unresolvedCost } from './unresolved.js';
import { unwritten, withoutReferences, type CallTypes } from './slots.js';

/** An expression that costs something, or is proved free although it looks otherwise. */
export interface CostEvent {
  readonly body: InferredBody;
  readonly node: NodeIndex;
  readonly cost: Cost;
  /** The called function; null for macros and for unresolved calls. */
  readonly callee: Callee | null;
  /** The cost arises for what a `for` loop draws, once per iteration. */
  readonly drawn: boolean;
  /** Only with features that are off by default. */
  readonly optional: boolean;
  /** It is written in the definition of a macro of the same crate, and nowhere else: it counts for who calls the function, and has no place here. */
  readonly hidden: boolean;
}

const enum Look { No = 0, Call = 1, Macro = 2, Try = 3, Await = 4, For = 5, Operator = 6, Skip = 7, Literal = 8, Attribute = 9 }

const LOOK = new Uint8Array(512);
LOOK[RustKind.CallExpression] = Look.Call;
LOOK[RustKind.MacroInvocation] = Look.Macro;
LOOK[RustKind.TryExpression] = Look.Try;
LOOK[RustKind.AwaitExpression] = Look.Await;
LOOK[RustKind.ForExpression] = Look.For;
LOOK[RustKind.BinaryExpression] = Look.Operator;
LOOK[RustKind.CompoundAssignmentExpr] = Look.Operator;
LOOK[RustKind.AttributeItem] = Look.Attribute;
for (const kind of [RustKind.FunctionItem, RustKind.ImplItem, RustKind.TraitItem, RustKind.ModItem, RustKind.ConstItem, RustKind.StaticItem, RustKind.MacroDefinition, RustKind.StructItem, RustKind.EnumItem, RustKind.UseDeclaration]) LOOK[kind] = Look.Skip;

/** Lists the costs of a body: those of its own text in order, then those inside its macros. */
export function costsOfBody(body: InferredBody, solver: CostSolver): CostEvent[] {
  const events: CostEvent[] = [];
  const first = body.first + (isItem(body.tree.kind[body.first] as number) ? 1 : 0);
  walk(body, first, body.end, solver, events);
  for (const root of body.macroRoots) walk(body, root, body.tree.next[root] as number, solver, events);
  return placedEvents(body, events);
}

function walk(body: InferredBody, first: NodeIndex, end: NodeIndex, solver: CostSolver, events: CostEvent[]): void {
  const { tree } = body;
  const { kind, next } = tree;
  let optionalEnd = 0;
  for (let node = first; node < end; node++) {
    const from = events.length;
    const look = LOOK[kind[node] as number] as number;
    if (look === Look.No) continue;
    switch (look) {
      case Look.Call: call(body, node, solver, events); break;
      case Look.Macro: macro(body, node, solver, events); node = (next[node] as number) - 1; break;
      case Look.Try: {
        const conversion = body.conversionOf(node);
        if (!conversion) break;
        const cost = onSomeCalls(solver.costOf(conversion, unwritten(conversion), body.owner), 'the value is an error');
        // A question mark at a question mark would only be noise: the path is cold.
        if (cost.level !== Level.Possible) add(events, body, node, cost, conversion, false);
        break;
      }
      case Look.Await: awaited(body, node, solver, events); break;
      case Look.For: {
        const into = body.intoIterOf(node);
        if (into) add(events, body, node, solver.costOf(into, unwritten(into), body.owner), into, false);
        const draw = body.calleeOf(node);
        if (draw) add(events, body, node, solver.costOf(draw, unwritten(draw), body.owner), draw, true);
        break;
      }
      case Look.Operator: {
        const operand = body.typeOf(tree.firstChild(node));
        if (operand !== UNKNOWN && solver.program.types.tag(operand) === TypeTag.Prim) break;
        const callee = body.calleeOf(node);
        if (callee) add(events, body, node, solver.costOf(callee, unwritten(callee), body.owner), callee, false);
        break;
      }
      case Look.Skip: node = (next[node] as number) - 1; break;
      case Look.Attribute: {
        const says = statementAttributes(tree, node, solver.program.configurationOf(body.owner));
        if (says.optional) optionalEnd = Math.max(optionalEnd, next[says.last] as number);
        node = (next[says.absent ? says.last : node] as number) - 1;
        break;
      }
      default: break;
    }
    if (node < optionalEnd) for (let i = from; i < events.length; i++) events[i] = { ...(events[i] as CostEvent), optional: true };
  }
}

function isItem(kind: number): boolean {
  return kind === (RustKind.FunctionItem as number) || kind === (RustKind.ConstItem as number) || kind === (RustKind.StaticItem as number);
}

function add(events: CostEvent[], body: InferredBody, node: NodeIndex, cost: Cost, callee: Callee | null, drawn: boolean): void {
  if (cost === FREE) return;
  events.push({ body, node, cost, callee, drawn, optional: false, hidden: false });
}

/** The types at a call that is written with its arguments, of which the first `skip` do not count. */
class WrittenCall implements CallTypes {
  readonly self: TypeId;
  readonly result: TypeId;

  constructor(private readonly body: InferredBody, callee: Callee, private readonly list: NodeIndex, private readonly skip: number) {
    this.self = callee.selfType;
    this.result = callee.result;
  }

  argument(index: number): TypeId {
    return argumentType(this.body, this.list, index + this.skip);
  }

  capturesNothing(type: TypeId): boolean {
    return capturesNothing(this.body, type);
  }
}

function call(body: InferredBody, node: NodeIndex, solver: CostSolver, events: CostEvent[]): void {
  const callee = body.calleeOf(node);
  const { tree } = body;
  if (!callee || (callee.def === 0 && callee.kind !== CallKind.Value)) {
    if (!callee) add(events, body, node, unresolvedCost(body, node, solver), null, false);
    return;
  }
  if (callee.kind === CallKind.Constructor || callee.kind === CallKind.Builtin) return;
  const list = tree.childByField(node, RustField.Arguments);
  if (callee.kind === CallKind.Value) {
    let cost: Cost;
    if (callee.def === 0) {
      cost = closureCost(body, callee.selfType, solver, events);
      if (cost === FREE) cost = dynamicCost(callee, solver.program);
    } else cost = callee.traitMethod === 0 ? solver.costOfValue(callee.selfType, body.owner) : cloneOfClosure(body, callee, solver);
    add(events, body, node, cost, callee, false);
    return;
  }
  const method = isMethodCall(tree, node);
  // `Type::method(receiver, …)`: rows do not count the receiver.
  const skip = !method && solver.program.hasSelf(callee.def) ? 1 : 0;
  let cost = solver.costOf(callee, new WrittenCall(body, callee, list, skip), body.owner);
  if (cost === FREE && callee.traitMethod !== 0) cost = dynamicCost(callee, solver.program);
  // a capacity of zero is enough for a library's collection to hold no memory; one's own function may add to it
  if (cost.level > Level.None && isEmptyCase(body, node, list, callee, solver)) cost = cost.kind === 'callee' ? onSomeCalls(cost, 'it needs more than the capacity that is asked for') : free(isLiteralText(tree, receiverOf(tree, node)) || list !== NO_NODE ? 'an empty text or a capacity of zero needs no memory' : 'nothing to hold', cost.rule);
  if (method && cost.rule === 'rust/collect') cost = collectedCost(cost, callee.selfType, callee.result, solver.program);
  if (cost.level > Level.None && cost.size === null) {
    const size = literalSize(body, method ? receiverOf(tree, node) : NO_NODE, list, callee.result, cost, solver.program);
    if (size !== null) cost = { ...cost, size };
  }
  add(events, body, node, cost, callee, false);
}

/** Whether a closure of this body holds no variables. Macros may name variables inside of texts: a closure with one is not vouched for. */
function capturesNothing(body: InferredBody, type: TypeId): boolean {
  const closure = body.closures.find((one) => one.type === type);
  if (!closure || closure.captures.length > 0) return false;
  const { kind, next } = body.tree;
  for (let node = closure.node, end = next[node] as number; node < end; node++) if (kind[node] === (RustKind.MacroInvocation as number)) return false;
  return true;
}

/** Cost of cloning a closure that this body writes: that of the values it holds. */
function cloneOfClosure(body: InferredBody, callee: Callee, solver: CostSolver): Cost {
  const { program } = solver;
  const closure = body.closures.find((one) => one.type === callee.selfType);
  if (!closure || program.symbols.text(program.nameOf(callee.traitMethod)) !== 'clone') return FREE;
  let cost = FREE;
  for (const { local, mode } of closure.captures) {
    const held = body.locals[local];
    if (held && (closure.move || mode === CaptureMode.ByMove)) cost = stronger(cost, solver.traitCost('Clone', 'clone', held.type, UNKNOWN, body.owner));
  }
  return cost;
}

/** Cost of calling a closure that this body writes, by what was found inside it. */
function closureCost(body: InferredBody, type: TypeId, solver: CostSolver, events: readonly CostEvent[]): Cost {
  const target = withoutReferences(type, solver.program.types);
  if (solver.program.types.tag(target) !== TypeTag.Closure) return FREE;
  const closure = body.closures.find((one) => one.type === target);
  if (!closure) return FREE;
  const { start, end } = body.tree;
  const from = start[closure.node] as number;
  const to = end[closure.node] as number;
  const inside = events.find((event) => event.cost.level >= Level.Conditional && (start[event.node] as number) >= from && (end[event.node] as number) <= to);
  return inside ? { ...FREE, level: Level.Conditional, kind: 'callee', what: inside.cost.what, when: 'it takes a path that allocates', rule: 'rust/callee' } : FREE;
}

/** Type of an argument's expression, by position. */
function argumentType(body: InferredBody, list: NodeIndex, index: number): TypeId {
  if (list === NO_NODE) return UNKNOWN;
  const { next } = body.tree;
  for (let child = list + 1, end = next[list] as number; child < end; child = next[child] as number) if (index-- === 0) return body.typeOf(child);
  return UNKNOWN;
}

/** Whether a call is written `receiver.method(…)`. */
export function isMethodCall(tree: FlatTree, node: NodeIndex): boolean {
  let fn = tree.firstChild(node);
  if (fn !== NO_NODE && tree.kind[fn] === (RustKind.GenericFunction as number)) fn = tree.firstChild(fn);
  return fn !== NO_NODE && tree.kind[fn] === (RustKind.FieldExpression as number);
}

/** Receiver expression of a method call, or NO_NODE. */
export function receiverOf(tree: FlatTree, node: NodeIndex): NodeIndex {
  let fn = tree.firstChild(node);
  if (fn !== NO_NODE && tree.kind[fn] === (RustKind.GenericFunction as number)) fn = tree.firstChild(fn);
  return fn !== NO_NODE && tree.kind[fn] === (RustKind.FieldExpression as number) ? tree.firstChild(fn) : NO_NODE;
}

/** An empty literal is converted, or a capacity of literally zero is asked for. */
function isEmptyCase(body: InferredBody, node: NodeIndex, list: NodeIndex, callee: Callee, solver: CostSolver): boolean {
  const { tree } = body;
  const receiver = receiverOf(tree, node);
  const first = list === NO_NODE ? NO_NODE : tree.firstChild(list);
  if (receiver !== NO_NODE) return first === NO_NODE && isLiteralText(tree, receiver) && tree.end[receiver] === (tree.start[receiver] as number) + 2;
  if (first === NO_NODE || tree.nextSibling(first) !== NO_NODE) return false;
  if (tree.kind[first] === (RustKind.StringLiteral as number)) return tree.end[first] === (tree.start[first] as number) + 2 && solver.program.symbols.text(solver.program.nameOf(callee.def)) === 'from';
  return tree.kind[first] === (RustKind.IntegerLiteral as number) && tree.textOf(first) === '0' && solver.program.symbols.text(solver.program.nameOf(callee.def)).startsWith('with_capacity');
}

function isLiteralText(tree: FlatTree, node: NodeIndex): boolean {
  return node !== NO_NODE && tree.kind[node] === (RustKind.StringLiteral as number);
}

function awaited(body: InferredBody, node: NodeIndex, solver: CostSolver, events: CostEvent[]): void {
  const { types } = solver.program;
  const future = body.typeOf(body.tree.firstChild(node));
  if (types.tag(future) !== TypeTag.Future || types.extra(future) !== 0) return;
  add(events, body, node, solver.costOfAwait(types.head(future)), null, false);
}

function macro(body: InferredBody, node: NodeIndex, solver: CostSolver, events: CostEvent[]): void {
  const name = solver.program.symbols.text(body.macroNameOf(node));
  const effect = macroEffect(name);
  if (!effect) return;
  // a crate's own `bail!` is not anyhow's
  if ((effect.does === 'fails' || effect.does === 'allocates') && solver.program.definesMacro(body.owner, body.macroNameOf(node))) return;
  switch (effect.does) {
    case 'formats': add(events, body, node, formatCost(body.tree, node), null, false); break;
    case 'makesVec': add(events, body, node, vecCost(body, node, solver), null, false); break;
    case 'writes': add(events, body, node, writeCost(body, node, solver), null, false); break;
    case 'fails': add(events, body, node, { ...FREE, level: name === 'ensure' ? Level.Conditional : Level.Always, kind: effect.kind, what: effect.what, when: name === 'ensure' ? 'the condition does not hold' : null, rule: 'rust/error-macro' }, null, false); break;
    case 'allocates': add(events, body, node, { ...FREE, level: Level.Conditional, kind: effect.kind, what: effect.what, when: 'it holds text, a list or a map', rule: 'rust/library-call' }, null, false); break;
    default: break;
  }
}

/** The node that holds a macro's comma-separated arguments, or NO_NODE. */
export function argumentsOfMacro(body: InferredBody, node: NodeIndex): NodeIndex {
  const root = body.macroRootOf(node);
  if (root === NO_NODE) return NO_NODE;
  let list = root;
  for (let i = 0; i < 3 && list !== NO_NODE; i++) {
    const kind = body.tree.kind[list] as number;
    if (kind === (RustKind.TupleExpression as number) || kind === (RustKind.ArrayExpression as number)) return list;
    list = body.tree.firstChild(list);
  }
  return NO_NODE;
}

function formatCost(tree: FlatTree, node: NodeIndex): Cost {
  const source = tree.textOf(node);
  if (source.length < 24 && /^[\w:\s]*!\s*[([{]\s*""\s*[)\]}]$/.test(source)) return free('an empty text needs no memory', 'rust/format');
  return { ...FREE, level: Level.Always, kind: 'format', what: 'formatted text', unless: 'the result is empty', rule: 'rust/format' };
}

function vecCost(body: InferredBody, node: NodeIndex, solver: CostSolver): Cost {
  const { tree } = body;
  const list = argumentsOfMacro(body, node);
  if (list === NO_NODE) {
    const source = tree.textOf(node);
    if (source.length < 24 && /[([{]\s*[)\]}]$/.test(source)) return free('an empty Vec owns no buffer', 'rust/vec-macro');
    // Its arguments could not be read: its own type and the length that closes it are still there.
    const { types } = solver.program;
    const type = body.typeOf(node);
    const item = types.tag(type) === TypeTag.Adt ? types.arg(type, 0) : UNKNOWN;
    if (item !== UNKNOWN && solver.program.sizeOf(item)?.size === 0) return free('the elements have size zero', 'rust/vec-macro');
    const repeat = /;\s*([^;\])}]+)[\])}]$/.exec(source);
    return {
      ...FREE, level: Level.Always, kind: 'buffer', what: `buffer of a new Vec${item === UNKNOWN ? '' : `<${solver.program.typeText(item)}>`}`, unless: repeat && !/^\d/.test(repeat[1] as string) ? 'the length is zero' : null, rule: 'rust/vec-macro',
    };
  }
  const first = tree.firstChild(list);
  if (first === NO_NODE) return free('an empty Vec owns no buffer', 'rust/vec-macro');
  const length = lengthOf(tree, list, first);
  const element = body.typeOf(first);
  const size = element === UNKNOWN ? null : solver.program.sizeOf(element);
  if (size?.size === 0 || tree.kind[first] === (RustKind.UnitExpression as number)) return free('the elements have size zero', 'rust/vec-macro');
  const count = length === NO_NODE ? tree.childCount(list) : literalNumber(tree, length);
  if (count === 0) return free('no elements, no buffer', 'rust/vec-macro');
  const elements = length === NO_NODE ? FREE : solver.traitCost('Clone', 'clone', element, UNKNOWN, body.owner);
  return {
    ...FREE, level: Level.Always, kind: 'buffer', what: `buffer of a new Vec${element === UNKNOWN ? '' : `<${solver.program.typeText(element)}>`}${elements.level > Level.Possible ? ', and a clone for each element' : ''}`,
    unless: count === null ? 'the length is zero' : null, rule: 'rust/vec-macro', size: size && count !== null ? { bytes: size.size * count, exact: true } : null,
  };
}

/** The length in `[element; length]`, or NO_NODE for a list of elements. */
function lengthOf(tree: FlatTree, list: NodeIndex, first: NodeIndex): NodeIndex {
  const field = tree.childByField(list, RustField.Length);
  if (field !== NO_NODE) return field;
  const second = tree.nextSibling(first);
  return second !== NO_NODE && tree.text.slice(tree.end[first], tree.start[second]).includes(';') ? second : NO_NODE;
}

function literalNumber(tree: FlatTree, node: NodeIndex): number | null {
  if (tree.kind[node] !== (RustKind.IntegerLiteral as number)) return null;
  const value = Number(tree.textOf(node).replace(/_/g, '').replace(/[iu](?:8|16|32|64|128|size)$/, ''));
  return Number.isSafeInteger(value) ? value : null;
}

function writeCost(body: InferredBody, node: NodeIndex, solver: CostSolver): Cost {
  const list = argumentsOfMacro(body, node);
  const target = list === NO_NODE ? NO_NODE : body.tree.firstChild(list);
  if (target === NO_NODE) return FREE;
  const { types } = solver.program;
  const type = withoutReferences(body.typeOf(target), types);
  if (type === UNKNOWN) return FREE;
  switch (types.tag(type)) {
    case TypeTag.Dyn: case TypeTag.Param: case TypeTag.Opaque: case TypeTag.Projection: {
      // which of the two traits it is shows in the result: text writers fail with `fmt::Error`
      const error = types.arg(body.typeOf(node), 1);
      if (types.tag(error) === TypeTag.Adt && solver.program.pathOf(types.head(error)) === 'core::fmt::Error') return TEXT_WRITER;
      break;
    }
    default: break;
  }
  return solver.traitCost('Write', 'write_fmt', type, UNKNOWN, body.owner);
}
