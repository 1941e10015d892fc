// After a batch was walked: limits of size, values that turn out to be constants, and the tags of parameters.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf, LocalFlag, type CheckedBody } from '../../resolve/checkedBody.js';
import { Builtin } from '../../resolve/objects.js';
import type { LeakTag } from '../escapeContract.js';
import { isIntegerKind, TypeKind } from '../../types/typeKind.js';
import type { Builder } from './builder.js';
import { constantInt } from './builtins.js';
import { unparenthesized } from './expressions.js';
import { Form, Free } from './forms.js';
import { Attribute, Base, LocFlag, type EscapeGraph, type Loc } from './graph.js';
import { LEAKS_NO_ESCAPE, LEAKS_TO_HEAP, LEAKS_TO_MUTATOR, simplifiedLeak, tagOf } from './leaks.js';
import { loopBodyTag } from './iterators.js';
import { isStatic, literalLength } from './literals.js';
import { Reason } from './reasons.js';
import { staticValue, ZERO_VALUE } from '../../resolve/staticValue.js';

/** Sends to the heap what the stack cannot hold, and settles which lengths and boxed values are constants. */
export function applyLimits(b: Builder): void {
  const { graph, toolchain, facts, types } = b;
  const count = graph.count;
  lostRooms(b);
  for (let loc = Base.First as number; loc < count; loc++) {
    const form = graph.form[loc] as Form;
    if (form === Form.None || form === Form.Parameter || form === Form.Result || form === Form.Call) continue;
    const type = graph.type[loc] as number;
    let limit: number;
    let size: number;
    switch (form) {
      case Form.Variable: size = facts.sizeOf(type); limit = toolchain.largestVariable; break;
      case Form.New: case Form.AddressedLiteral: size = facts.sizeOf(type); limit = toolchain.largestImplicit; break;
      case Form.SliceLiteral: continue;
      case Form.StringToBytes: size = graph.detail[loc] as number; limit = toolchain.largestImplicit; break;
      case Form.MakeSlice: {
        if ((graph.detail[loc] as number) < 0 && toolchain.propagatesConstants) knownLength(b, loc);
        const element = facts.sizeOf(types.elem(b.core(type)));
        const length = graph.detail[loc] as number;
        size = element > 0 && length >= 0 ? element * length : 0;
        limit = toolchain.largestImplicit;
        break;
      }
      case Form.Box: if (graph.free[loc] === Free.No) knownValue(b, loc); continue;
      default: continue;
    }
    if (size > limit) graph.flow(Base.Heap, -1, graph.addNote(0, graph.node[loc] as number, Reason.TooLarge), loc);
    else if (facts.alignOf(type) > facts.wordSize && (form === Form.Variable || form === Form.New || form === Form.AddressedLiteral) && facts.wordSize === 8) {
      graph.flow(Base.Heap, -1, graph.addNote(0, graph.node[loc] as number, Reason.TooAligned), loc);
    }
  }
}

/** What was said of the room for an `append` does not hold where something points to the variable: it may change unseen. */
function lostRooms({ graph, rooms }: Builder): void {
  const { relied } = rooms;
  for (let i = 0; i < relied.length; i += 2) {
    if (!graph.has(relied[i + 1] as Loc, LocFlag.AddressTaken)) continue;
    const form = relied[i] as Loc;
    if (graph.free[form] === Free.Fits) graph.free[form] = Free.No;
    graph.detail[form] = -1;
  }
}

function enterBodyOf(b: Builder, loc: Loc): void {
  enterBody(b, b.bodyOfFunction[b.graph.owner[loc] as number] ?? 0);
}

function enterBody(b: Builder, index: number): void {
  if (index !== b.bodyIndex) b.enter(index);
}

/** `n := 10; make([]T, n)`, and the length of a slice literal. */
function knownLength(b: Builder, loc: Loc): void {
  enterBodyOf(b, loc);
  const list = b.tree.childByField(b.graph.node[loc] as number, GoField.Arguments);
  if (list < 0) return;
  const { next } = b.tree;
  let last = -1;
  for (let child = list + 1; child < (next[list] as number); child = next[child] as number) last = child;
  if (last < 0 || last === list + 1) return;
  const value = staticValue(b.body, last);
  if (value === ZERO_VALUE) return;
  if (value !== last) b.graph.detail[loc] = constantInt(b, value);
  if ((b.graph.detail[loc] as number) < 0 && b.toolchain.propagatesLengths) b.graph.detail[loc] = lengthOfLiteral(b, value);
}

/** The constant that `len(x)` is where x is a slice literal, or a local that is set once to one; -1 for other expressions. */
function lengthOfLiteral(b: Builder, node: NodeIndex): number {
  if (b.kind(node) !== GoKind.CallExpression || callKindOf(b.file, node) !== CallKind.Builtin || callTargetOf(b.file, node) !== Builtin.Len) return -1;
  const list = b.tree.childByField(node, GoField.Arguments);
  const argument = list < 0 ? -1 : b.tree.firstChild(list);
  const value = argument < 0 ? ZERO_VALUE : staticValue(b.body, argument);
  if (value === ZERO_VALUE || b.kind(value) !== GoKind.CompositeLiteral || b.coreKind(b.typeOf(value)) !== TypeKind.Slice) return -1;
  const elements = b.tree.childByField(value, GoField.Body);
  return elements < 0 ? -1 : literalLength(b, elements);
}

/** `x := 1000; any(x)` and literals of constants are read-only data. */
function knownValue(b: Builder, loc: Loc): void {
  if (!b.toolchain.propagatesConstants) return;
  enterBodyOf(b, loc);
  let value = staticValue(b.body, unparenthesized(b, b.graph.node[loc] as number));
  for (let steps = 0; steps < 4 && value !== ZERO_VALUE && isIntegerConversion(b, value); steps++) {
    const list = b.tree.childByField(value, GoField.Arguments);
    const operand = list < 0 ? -1 : b.tree.firstChild(list);
    if (operand < 0) return;
    value = staticValue(b.body, operand);
  }
  if (value === ZERO_VALUE) return;
  if (b.isConstant(value)) b.graph.free[loc] = Free.Constant;
  else if (b.toolchain.constantComposites && b.kind(value) === GoKind.CompositeLiteral && isPlainStatic(b, value)) b.graph.free[loc] = Free.ConstantComposite;
}

/** `T(x)` from an integer to an integer: of a constant, a constant. */
function isIntegerConversion(b: Builder, node: number): boolean {
  if (b.kind(node) !== GoKind.CallExpression || callKindOf(b.file, node) !== CallKind.Conversion || b.isConstant(node)) return false;
  const list = b.tree.childByField(node, GoField.Arguments);
  const operand = list < 0 ? -1 : b.tree.firstChild(list);
  return operand >= 0 && isIntegerKind(b.coreKind(b.typeOf(node))) && isIntegerKind(b.coreKind(b.typeOf(operand)));
}

/** A literal of constants that is a value itself: no slice, no address, and no value put into an interface inside it. */
function isPlainStatic(b: Builder, node: number): boolean {
  const { tree } = b;
  const end = tree.next[node] as number;
  for (let at = node + 1; at < end; at++) {
    const kind = tree.kind[at];
    if (kind === GoKind.FuncLiteral || kind === GoKind.CallExpression) return false;
    if (b.file.convert[at] !== 0 && kind !== GoKind.Nil) return false;
    if (kind === GoKind.UnaryExpression && tree.kind[at + 1] === GoKind.Amp) return false;
  }
  const kind = b.coreKind(b.typeOf(node));
  return (kind === TypeKind.Struct || kind === TypeKind.Array) && isStatic(b, node);
}

const NO_TAGS: readonly LeakTag[] = [];

/** Tags of the receiver and the parameters of a body's own function, and of the bodies of loops over the iterator that it returns. */
export function leakTags(b: Builder, index: number): readonly LeakTag[] {
  const body = b.bodies[index] as CheckedBody;
  const fn = body.functions[0];
  if (!fn) return NO_TAGS;
  const iterates = fn.results.length === 1 && b.coreKind(body.locals.type[fn.results[0] as number] as number) === TypeKind.Func;
  if (fn.receiver < 0 && fn.params.length === 0 && !iterates) return NO_TAGS;
  enterBody(b, index);
  const tags: LeakTag[] = [];
  if (fn.receiver >= 0) tags.push(leakTag(b, index, body, fn.body, fn.receiver));
  for (const local of fn.params) tags.push(leakTag(b, index, body, fn.body, local));
  const loopBody = iterates ? loopBodyTag(b, body, (block, local) => leakTag(b, index, body, block, local)) : null;
  if (loopBody !== null) tags.push(loopBody);
  return tags;
}

/** Tag of a parameter that is a number and may stand for a pointer: `uintptr(unsafe.Pointer(p))` handed to a system call. */
function numberTag(body: CheckedBody, isBodyless: boolean): LeakTag {
  if (body.directives.includes('go:uintptrescapes')) return tagOf(LEAKS_TO_HEAP);
  return isBodyless || body.directives.includes('go:uintptrkeepalive') ? tagOf(LEAKS_TO_MUTATOR) : '';
}

function leakTag(b: Builder, index: number, body: CheckedBody, block: number, local: number): LeakTag {
  if (local >= 0) {
    const type = body.locals.type[local] as number;
    if (!b.facts.hasPointers(type)) return b.types.underKind(type) === TypeKind.Uintptr ? numberTag(body, block < 0) : '';
  }
  if (block < 0) return tagOf(body.directives.includes('go:noescape') ? LEAKS_NO_ESCAPE : LEAKS_TO_HEAP);
  if (local < 0 || ((body.locals.flags[local] as number) & LocalFlag.Blank) !== 0) return '';
  const loc = (b.localBase[index] as number) + local;
  const bits = b.graph.leakOf(loc);
  return tagOf(simplifiedLeak(b.graph.escapes(loc) ? (bits & ~15) | LEAKS_TO_HEAP : bits));
}

/** After solving: strings that are joined and then converted to bytes are joined in the bytes, unless these are the string's own. */
export function joinAsBytes(b: Builder): void {
  const { joinedAsBytes: pairs, graph } = b;
  for (let i = 0; i < pairs.length; i += 2) {
    if ((graph.attr(pairs[i] as Loc) & Attribute.Mutates) !== 0) graph.free[pairs[i + 1] as Loc] = Free.JoinedAsBytes;
  }
}

/** Whether a location goes to the heap when it goes to functions of which nothing is known: values that were made for the call do. */
export function leaksUnseen(graph: EscapeGraph, loc: Loc): boolean {
  switch (graph.form[loc] as Form) {
    case Form.Variable: case Form.Parameter: case Form.Result: case Form.VariadicSlice: case Form.Closure: case Form.RangeOverFunction: case Form.None: return false;
    default: return !graph.has(loc, LocFlag.Parameter);
  }
}
