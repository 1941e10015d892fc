// Calls: where arguments and results flow, by what is known of the callee; conversions, method values, go and defer.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf, leadingStars, LocalFlag } from '../../resolve/checkedBody.js';
import type { LeakTag } from '../escapeContract.js';
import type { FuncId } from '../../resolve/objects.js';
import { SelectionKind, type Selection } from '../../resolve/selectionTable.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import { callArguments } from './arguments.js';
import { builtin } from './builtins.js';
import { address, deref, VALUE, type Builder, type Hole, type ResultHoles, type Weight } from './builder.js';
import { discard, expression, unparenthesized } from './expressions.js';
import { keepsWhatItCalls } from './iterators.js';
import { Form, Free } from './forms.js';
import { Base, type Loc, type NoteIndex } from './graph.js';
import { bitsOf, leakDerefs, LeakTo, TAGGED_RESULTS, type LeakBits } from './leaks.js';
import { hashMethodLeaks, hasHashes } from '../../models/hashes.js';
import { coldOf, hasColdCalls } from '../../models/coldCalls.js';
import { Reason } from './reasons.js';
import { ZERO_VALUE, staticValue } from '../../resolve/staticValue.js';
import { BY_TYPE_ARGUMENT, constantBytes, isOpen, stringConversion } from './strings.js';

/** Of a callee: its name means nothing, because an import or a declaration is missing. */
const UNRESOLVED = -1;

/** What is known of the function that is called. */
export interface Callee {
  /** 0 when it is no declared function, UNRESOLVED when not even that is known. */
  readonly id: FuncId;
  /** Body of this batch that the callee is, and its function there; -1 for none: then tags decide. */
  readonly body: number;
  readonly fn: number;
  readonly signature: TypeId;
  /** Tags of receiver and parameters; null when nothing is known. */
  readonly leaks: readonly string[] | null;
  readonly isMethod: boolean;
  /** Reason in the note of an argument that goes to the heap because the callee is not known. */
  readonly unknown: Reason;
}

/** Walks a call; its results flow to `results`, or the single one to `target`. */
export function call(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex, results: ResultHoles | null): void {
  const kind = callKindOf(b.file, node);
  const { tree } = b;
  const list = argumentsOf(b, node);
  switch (kind) {
    case CallKind.Conversion: return conversion(b, node, tree.kind[node] === GoKind.CallExpression ? (list < 0 ? -1 : tree.firstChild(list)) : list, target, weight, note);
    case CallKind.Builtin: {
      const { linked } = b;
      b.linked = false;
      builtin(b, node, callTargetOf(b.file, node), list, target, weight, note);
      b.linked = linked;
      return;
    }
    default: {
      const callee = calleeOf(b, node, kind);
      const holes = results ?? b.singleHole(target, weight, note);
      const { cold, linked } = b;
      b.linked = false;
      if (callee.id > 0 && cold === 0) b.cold = coldContext(b, callee.id);
      if (callee.id > 0) b.callLocation(node, callee.id);
      else if (callee.id === 0 && callee.fn < 0) dynamicCall(b, node, kind);
      resultsFlow(b, callee, holes);
      const fn = calledExpression(b, node);
      let receiver = -1;
      let selection: Selection | null = null;
      if (kind === CallKind.Static || kind === CallKind.Interface) {
        if (fn >= 0 && b.kind(fn) === GoKind.SelectorExpression && (b.file.ref[fn] as number) > 0) {
          const operand = tree.childByField(fn, GoField.Operand);
          if (operand >= 0 && !b.isType(operand)) {
            receiver = operand;
            selection = b.world.selections.get(b.file.ref[fn] as number);
          }
        }
      } else if (fn >= 0) calledValue(b, node, fn, kind, callee, holes);
      callArguments(b, node, list, callee, receiver, selection, holes);
      if (results === null) b.giveBack(holes);
      b.cold = cold;
      b.linked = linked;
    }
  }
}

/** Whether the node is a call, and no conversion that is written as one. */
export function isCall(b: Builder, node: NodeIndex): boolean {
  const kind = b.kind(node);
  return kind === GoKind.CallExpression || (kind === GoKind.TypeConversionExpression && callKindOf(b.file, node) !== CallKind.Conversion);
}

/** The argument_list of a call; of a call that the grammar reads as a conversion, its only argument. -1 for none. */
export function argumentsOf(b: Builder, node: NodeIndex): NodeIndex {
  return b.tree.childByField(node, b.kind(node) === GoKind.TypeConversionExpression ? GoField.Operand : GoField.Arguments);
}

/** A location for a call that may reach functions of the package that are known. */
function dynamicCall(b: Builder, node: NodeIndex, kind: CallKind): void {
  const fn = calledExpression(b, node);
  const ref = fn < 0 ? 0 : (b.file.ref[fn] as number);
  const { implementations, selections, objects } = b.world;
  let target = 0;
  if (kind === CallKind.Interface && ref > 0) {
    const selection = selections.get(ref);
    if (selection.kind === SelectionKind.InterfaceMethod && implementations.some(b.body.id, selection.name)) target = ref;
  } else if (kind === CallKind.Value && ref > 0 && b.kind(fn) === GoKind.Identifier && objects.package[ref] === objects.package[b.body.id] && implementations.initial(ref) !== 0) target = -ref;
  if (target === 0) return;
  const loc = b.location(node, Form.DynamicCall, b.typeOf(node));
  b.graph.detail[loc] = target;
}

function coldContext(b: Builder, id: FuncId): number {
  const known = b.coldOf[id];
  if (known !== undefined) return known;
  return (b.coldOf[id] = hasColdCalls(b.world.packagePathOf(id)) ? coldOf(b.world.nameOf(id)) : 0);
}

/** The expression that is called, without parentheses and type arguments; -1 for none. */
function calledExpression(b: Builder, node: NodeIndex): NodeIndex {
  let fn = b.tree.childByField(node, b.kind(node) === GoKind.CallExpression ? GoField.Function : GoField.Type);
  while (fn >= 0) {
    const kind = b.kind(fn);
    if (kind === GoKind.ParenthesizedExpression || ((kind === GoKind.IndexExpression || kind === GoKind.TypeInstantiationExpression) && (b.file.ref[fn] as number) > 0)) fn++;
    else return fn;
  }
  return fn;
}

function calledValue(b: Builder, node: NodeIndex, fn: NodeIndex, kind: CallKind, callee: Callee, holes: ResultHoles): void {
  if (kind === CallKind.Literal || b.kind(fn) === GoKind.FuncLiteral) {
    b.preset.set(fn, Free.CalledAtOnce);
    return discard(b, fn);
  }
  if (callee.fn < 0 && callee.id === 0 && keepsResult(holes)) expression(b, fn, Base.Callee, VALUE, b.note(0, node, Reason.CalledValue));
  else discard(b, fn);
}

/** Whether any result goes somewhere. */
function keepsResult(holes: ResultHoles): boolean {
  for (const loc of holes.target) if (loc !== Base.Blank) return true;
  return false;
}

function calleeOf(b: Builder, node: NodeIndex, kind: CallKind): Callee {
  const fn = calledExpression(b, node);
  const signature = fn >= 0 ? b.core(b.typeOf(fn)) : 0;
  if (kind === CallKind.Static) return declared(b, callTargetOf(b.file, node), signature);
  if (kind === CallKind.Literal) return literalCallee(b, callTargetOf(b.file, node), signature);
  if (kind === CallKind.Value && fn >= 0) {
    const value = staticValue(b.body, fn);
    if (value !== ZERO_VALUE) {
      if (b.kind(value) === GoKind.FuncLiteral) return literalCallee(b, b.file.ref[value] as number, signature);
      const object = value !== fn || b.kind(fn) === GoKind.Identifier ? functionAt(b, value) : 0;
      if (object > 0) return declared(b, object, signature);
    }
  }
  const leaks = kind === CallKind.Interface ? knownHash(b, fn) : kind === CallKind.Value && fn >= 0 && keepsWhatItCalls(b, fn) ? KEPT : null;
  return { id: kind === CallKind.Unknown ? UNRESOLVED : 0, body: -1, fn: -1, signature, leaks, isMethod: kind === CallKind.Interface, unknown: kind === CallKind.Interface ? Reason.InterfaceCall : Reason.UnknownCall };
}

/** Tags of an iterator that keeps its argument to itself. */
const KEPT: readonly LeakTag[] = [''];

/** Tags of a method of a hash that a call makes which the compiler inlines; null for any other method. */
function knownHash(b: Builder, fn: NodeIndex): readonly LeakTag[] | null {
  const operand = fn < 0 || b.kind(fn) !== GoKind.SelectorExpression ? -1 : b.tree.childByField(fn, GoField.Operand);
  const made = operand < 0 ? ZERO_VALUE : staticValue(b.body, operand);
  if (made === ZERO_VALUE || b.kind(made) !== GoKind.CallExpression || callKindOf(b.file, made) !== CallKind.Static) return null;
  const maker = callTargetOf(b.file, made);
  return hasHashes(b.world.packagePathOf(maker)) ? hashMethodLeaks(b.world.nameOf(maker), b.tree.textOf(b.tree.childByField(fn, GoField.Field))) : null;
}

/** What is known of the function that an expression names. */
export function calleeNamed(b: Builder, node: NodeIndex): Callee {
  const value = staticValue(b.body, node);
  const object = value === ZERO_VALUE ? 0 : functionAt(b, value);
  return object > 0 ? declared(b, object, 0) : { id: 0, body: -1, fn: -1, signature: 0, leaks: null, isMethod: false, unknown: Reason.UnknownCall };
}

/** The declared function that an expression names, 0 for none. */
export function functionAt(b: Builder, node: NodeIndex): FuncId {
  const ref = b.file.ref[node] as number;
  const object = b.kind(node) === GoKind.Identifier && ref > 0 ? ref : b.kind(node) === GoKind.SelectorExpression && ref < 0 ? -ref : 0;
  return object > 0 && b.world.objects.kind[object] === 4 ? object : 0;
}

/** A function literal of the present body as a callee. */
export function literalCallee(b: Builder, position: number, signature: TypeId): Callee {
  return { id: 0, body: b.bodyIndex, fn: position, signature: b.body.functions[position]?.signature ?? signature, leaks: null, isMethod: false, unknown: Reason.None };
}

/** A declared function as a callee. */
export function declared(b: Builder, id: FuncId, signature: TypeId): Callee {
  const isMethod = b.world.objects.kind[id] === 5;
  const type = signature !== 0 ? signature : (b.world.objects.type[id] as number);
  const body = b.bodyIndexOf(id);
  if (body >= 0 && ((b.bodies[body]?.functions[0]?.body ?? -1) >= 0)) return { id, body, fn: 0, signature: type, leaks: null, isMethod, unknown: Reason.None };
  const summary = b.context.summaryOf(id);
  return { id, body: -1, fn: -1, signature: type, leaks: summary?.leaks ?? null, isMethod, unknown: Reason.ForeignCall };
}

/** Results of a function of this batch flow out of its result variables. */
function resultsFlow(b: Builder, callee: Callee, holes: ResultHoles): void {
  if (callee.body < 0) return;
  const results = b.bodies[callee.body]?.functions[callee.fn]?.results ?? NO_LOCALS;
  const base = b.localBase[callee.body] as number;
  const count = Math.min(results.length, holes.target.length);
  for (let i = 0; i < count; i++) b.flow(holes.target[i] as Loc, holes.weight[i] as number, holes.note[i] as number, base + (results[i] as number));
}

const NO_LOCALS: readonly number[] = [];

/** Says in `b.hole` where the argument for a parameter goes; to be read at once. `position` counts the receiver of a method as 0. */
export function parameterHole(b: Builder, node: NodeIndex, callee: Callee, position: number, holes: ResultHoles, reason: Reason): Hole {
  if (callee.body >= 0) {
    const body = b.bodies[callee.body];
    const fn = body?.functions[callee.fn];
    const local = !fn ? -1 : fn.receiver >= 0 ? (position === 0 ? fn.receiver : (fn.params[position - 1] ?? -1)) : (fn.params[position] ?? -1);
    const blank = local < 0 || ((body?.locals.flags[local] as number) & LocalFlag.Blank) !== 0;
    return b.holeAt(blank ? Base.Blank : (b.localBase[callee.body] as number) + local, VALUE, b.note(0, node, reason, position));
  }
  if (callee.id === 0 && callee.leaks === null) return b.holeAt(Base.Heap, VALUE, b.note(0, node, callee.unknown));
  if (callee.leaks === null) return b.holeAt(Base.Unseen, VALUE, b.note(0, node, Reason.ForeignCall));
  return tagHole(b, node, bitsOf(callee.leaks[position] ?? ''), holes, reason, position);
}

function tagHole(b: Builder, node: NodeIndex, bits: LeakBits, holes: ResultHoles, reason: Reason, position: number): Hole {
  let count = 0;
  let only = 0;
  for (let to = 0; to < LeakTo.Result0 + TAGGED_RESULTS; to++) {
    if (leakDerefs(bits, to) < 0 || destinationOf(to, holes) === Base.Blank) continue;
    count++;
    only = to;
  }
  if (count === 0) return b.holeAt(Base.Blank, VALUE, 0);
  if (count === 1) return b.holeAt(destinationOf(only, holes), weightOf(bits, only, holes), b.note(only < LeakTo.Result0 ? 0 : (holes.note[only - LeakTo.Result0] as number), node, reason, position));
  const loc = b.temporary(false);
  for (let to = 0; to < LeakTo.Result0 + TAGGED_RESULTS; to++) {
    if (leakDerefs(bits, to) < 0) continue;
    const target = destinationOf(to, holes);
    if (target === Base.Blank) continue;
    const weight = weightOf(bits, to, holes);
    const note = to < LeakTo.Result0 ? 0 : (holes.note[to - LeakTo.Result0] as number);
    if (weight >= 0) b.flow(target, weight, b.note(note, node, reason, position), loc);
    else {
      // The address of a result: a variable of its own holds the value.
      const held = b.temporary(false);
      b.flow(target, weight, note, held);
      b.flow(held, VALUE, b.note(0, node, reason, position), loc);
    }
  }
  return b.holeAt(loc, VALUE, 0);
}

/** Where a destination of a tag is at this call. */
function destinationOf(to: number, holes: ResultHoles): Loc {
  switch (to as LeakTo) {
    case LeakTo.Heap: return Base.Heap;
    case LeakTo.Mutator: return Base.Mutator;
    case LeakTo.Callee: return Base.Callee;
    default: return holes.target[to - LeakTo.Result0] ?? Base.Blank;
  }
}

function weightOf(bits: LeakBits, to: number, holes: ResultHoles): Weight {
  const derefs = leakDerefs(bits, to);
  if (to < LeakTo.Result0) return derefs << 1;
  const weight = holes.weight[to - LeakTo.Result0] as number;
  return derefs === 0 ? weight : ((weight >> 1) + derefs) << 1;
}

/** Walks `T(x)`. */
export function conversion(b: Builder, node: NodeIndex, operand: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  if (operand < 0) return;
  const written = b.kind(node) === GoKind.TypeConversionExpression ? b.tree.childByField(node, GoField.Type) : -1;
  const loads = written < 0 ? 0 : leadingStars(b.tree, written);
  if (loads > 0) return expression(b, operand, target, loads === 1 ? deref(weight) : ((weight >> 1) + loads) << 1, b.note(note, node, Reason.Dereference));
  const to = b.typeOf(node);
  const from = b.typeOf(operand);
  const form = stringConversion(b, to, from);
  if (form !== Form.None) {
    const loc = b.spill(node, form, to, target, weight, note, Reason.Allocated);
    b.graph.detail[loc] = form === Form.StringToBytes || form === Form.StringToRunes ? constantBytes(b, operand) : -1;
    if (isOpen(b, to) || isOpen(b, from)) b.graph.detail[loc] = BY_TYPE_ARGUMENT;
    if (b.linked && (form === Form.StringToBytes || form === Form.StringToRunes) && (b.graph.detail[loc] as number) >= 0) b.graph.free[loc] = Free.StaticData;
    if (form === Form.RuneToString && b.isConstant(operand)) b.graph.free[loc] = Free.Folded;
    discard(b, operand);
    if (form === Form.StringToBytes && b.graph.form[loc + 1] === Form.Concatenation && b.graph.node[loc + 1] === unparenthesized(b, operand)) b.joinedAsBytes.push(loc, loc + 1);
    return;
  }
  const toKind = b.coreKind(to);
  const fromKind = b.coreKind(from);
  if (toKind === TypeKind.UnsafePointer && fromKind === TypeKind.Uintptr) return unsafeValue(b, operand, target, weight, note, 0);
  const array = toKind === TypeKind.Array && fromKind === TypeKind.Slice;
  expression(b, operand, target, array ? deref(weight) : weight, array ? b.note(note, node, Reason.SliceToArray) : note);
}

/** Arithmetic on addresses: what a pointer was turned into flows on. */
function unsafeValue(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex, depth: number): void {
  const at = unparenthesized(b, node);
  if (depth < 50 && b.kind(at) === GoKind.BinaryExpression) {
    for (const field of [GoField.Left, GoField.Right]) {
      const side = b.tree.childByField(at, field);
      if (side >= 0) unsafeValue(b, side, target, weight, note, depth + 1);
    }
    return;
  }
  const list = b.kind(at) === GoKind.CallExpression ? b.tree.childByField(at, GoField.Arguments) : -1;
  if (list >= 0 && callKindOf(b.file, at) === CallKind.Conversion) {
    const operand = b.tree.firstChild(list);
    if (operand >= 0 && b.coreKind(b.typeOf(operand)) === TypeKind.UnsafePointer) return expression(b, operand, target, weight, note);
  }
  discard(b, at);
}

/** Walks `x.M` that is not called: a record of the method and its receiver. */
export function methodValue(b: Builder, node: NodeIndex, operand: NodeIndex, selection: Selection, target: Loc, weight: Weight, note: NoteIndex): void {
  const record = b.spill(node, Form.MethodValue, b.typeOf(node), target, weight, note, Reason.Allocated);
  const results = b.types.resultCount(selection.type);
  const holes: ResultHoles = { target: new Array<Loc>(results).fill(Base.Heap), weight: new Array<Weight>(results).fill(VALUE), note: new Array<NoteIndex>(results).fill(0) };
  const callee: Callee = selection.method > 0 ? declared(b, selection.method, selection.type)
    : { id: 0, body: -1, fn: -1, signature: selection.type, leaks: null, isMethod: true, unknown: Reason.InterfaceCall };
  const hole = parameterHole(b, node, callee, 0, holes, Reason.Receiver);
  const both = b.temporary(false);
  b.flow(record, VALUE, b.note(0, node, Reason.MethodValue), both);
  b.flow(hole.loc, hole.weight, hole.note, both);
  receiverFlow(b, operand, selection, both, VALUE, 0);
}

/** Walks the receiver of a method: the operand, its embedded fields, and the address or load that the method asks for. */
export function receiverFlow(b: Builder, operand: NodeIndex, selection: Selection, target: Loc, weight: Weight, note: NoteIndex): void {
  let at = weight;
  let carried = note;
  const last = selection.derefs[selection.path.length] ?? 0;
  if (selection.kind === SelectionKind.Method) {
    if (selection.pointerReceiver && last === 0) {
      at = address(at);
      carried = b.note(carried, operand, Reason.AddressOf);
    } else if (!selection.pointerReceiver && last === 1) at = deref(at);
  }
  for (let i = selection.path.length - 1; i >= 0; i--) if (selection.derefs[i] === 1) at = deref(at);
  expression(b, operand, target, at, carried);
}

/** Walks `go f(x)` and `defer f(x)`. */
export function deferred(b: Builder, node: NodeIndex): void {
  const { tree } = b;
  const inner = node + 1 < (tree.next[node] as number) ? unparenthesized(b, node + 1) : -1;
  if (inner < 0) return;
  const isGo = tree.kind[node] === GoKind.GoStatement;
  const onStack = !isGo && b.depth === 1 && b.fn === b.home;
  const loc = b.location(node, isGo ? Form.GoStatement : Form.DeferStatement, 0);
  if (onStack) b.graph.free[loc] = Free.StackRecord;
  const kind = callKindOf(b.file, inner);
  if (!isCall(b, inner)) return discard(b, inner);
  const fn = calledExpression(b, inner);
  const list = argumentsOf(b, inner);
  const isLiteral = fn >= 0 && tree.kind[fn] === GoKind.FuncLiteral;
  const plain = list >= 0 && tree.kind[list] === GoKind.ArgumentList && tree.childCount(list) === 0 && (b.typeOf(inner) === BasicType.EmptyTuple || isLiteral);
  b.graph.detail[loc] = plain && (isLiteral || kind === CallKind.Static) ? 0 : 1;
  const reason = isGo ? Reason.GoStatement : Reason.DeferInLoop;
  if (onStack) {
    if (!isLiteral) return call(b, inner, Base.Blank, VALUE, 0, null);
    b.preset.set(fn, Free.CalledAtOnce);
    b.closureReason = Reason.DeferClosure;
    call(b, inner, Base.Blank, VALUE, 0, null);
    b.closureReason = 0;
    return;
  }
  const note = b.note(0, node, reason);
  if (fn >= 0 && (kind === CallKind.Value || kind === CallKind.Literal || isLiteral)) {
    b.closureReason = isLiteral ? (isGo ? Reason.GoClosure : Reason.DeferClosure) : 0;
    expression(b, fn, Base.Heap, VALUE, note);
    b.closureReason = 0;
  } else if (fn >= 0 && tree.kind[fn] === GoKind.SelectorExpression && (b.file.ref[fn] as number) > 0) {
    const operand = tree.childByField(fn, GoField.Operand);
    if (operand >= 0 && !b.isType(operand)) receiverFlow(b, operand, b.world.selections.get(b.file.ref[fn] as number), Base.Heap, VALUE, note);
  }
  if (kind === CallKind.Static && callTargetOf(b.file, inner) > 0) b.callLocation(inner, callTargetOf(b.file, inner));
  if (list < 0) return;
  const { next } = tree;
  const end = next[list] as number;
  for (let argument = tree.kind[list] === GoKind.ArgumentList ? list + 1 : list; argument < end; argument = next[argument] as number) {
    const value = tree.kind[argument] === GoKind.VariadicArgument ? argument + 1 : argument;
    if (!b.isType(value)) expression(b, value, Base.Heap, VALUE, note);
  }
}
