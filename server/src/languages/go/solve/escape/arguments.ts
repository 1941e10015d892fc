// Arguments of a call: each to the hole of its parameter, those of a variadic parameter through the slice that holds them.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { passedOnBy, type PassedOn } from '../../models/passedOn.js';
import { SelectionKind, type Selection } from '../../resolve/selectionTable.js';
import { TypeKind } from '../../types/typeKind.js';
import { CallKind, callKindOf } from '../../resolve/checkedBody.js';
import { convertTuple } from './assignments.js';
import { deref, VALUE, type Builder, type Hole, type ResultHoles } from './builder.js';
import { call, calleeNamed, isCall, parameterHole, receiverFlow, type Callee } from './calls.js';
import { expression, unparenthesized } from './expressions.js';
import { Form } from './forms.js';
import { Base } from './graph.js';
import { Reason } from './reasons.js';

/** Walks the receiver, if there is one, and the arguments of a call. */
export function callArguments(b: Builder, node: NodeIndex, list: NodeIndex, callee: Callee, receiver: NodeIndex, selection: Selection | null, holes: ResultHoles): void {
  let position = 0;
  const place = receiver >= 0 ? nameOfCalled(b, node, receiver) : node;
  if (receiver >= 0 && selection) {
    const hole = parameterHole(b, place, callee, 0, holes, Reason.Receiver);
    receiverFlow(b, receiver, selection, hole.loc, unboxed(b, callee, selection) ? deref(hole.weight) : hole.weight, hole.note);
    position = 1;
  } else if (callee.isMethod) position = 0;
  if (list < 0) return;
  const { tree } = b;
  const { next } = tree;
  const end = next[list] as number;
  const first = tree.kind[list] === GoKind.ArgumentList ? list + 1 : list;
  const { signature } = callee;
  const isKnown = b.types.kind(signature) === TypeKind.Func;
  const params = isKnown ? b.types.paramCount(signature) : -1;
  const variadic = isKnown && b.types.isVariadic(signature);
  // A method expression takes its receiver as first argument, and its signature may or may not count it.
  const shift = receiver >= 0 ? 1 : 0;
  if (first < end && (next[first] as number) >= end && isCall(b, unparenthesized(b, first)) && b.types.kind(b.typeOf(unparenthesized(b, first))) === TypeKind.Tuple) {
    return spread(b, node, unparenthesized(b, first), callee, holes, shift, variadic ? params - 1 : -1);
  }
  const passed = callee.id > 0 ? passedOnBy(b.world.packagePathOf(callee.id), () => b.world.symbols.text(b.world.objects.name[callee.id] as number)) : null;
  let i = 0;
  for (let argument = first; argument < end; argument = next[argument] as number) {
    if (variadic && i === params - 1 && tree.kind[argument] !== GoKind.VariadicArgument) return variadicSlice(b, place, argument, end, callee, position, holes);
    const value = tree.kind[argument] === GoKind.VariadicArgument ? argument + 1 : argument;
    if (b.isType(value)) continue;
    const hole = passed !== null && passed.argument === i ? passedHole(b, place, first, passed, holes) : parameterHole(b, place, callee, position, holes, Reason.Argument);
    const pointer = hole.loc !== Base.Blank && callee.body < 0 ? pointerAsNumber(b, value) : -1;
    expression(b, pointer < 0 ? value : pointer, hole.loc, hole.weight, hole.note);
    i++;
    position++;
  }
}

/** The pointer of `uintptr(unsafe.Pointer(p))`, -1 for another expression. */
function pointerAsNumber(b: Builder, node: NodeIndex): NodeIndex {
  if (b.types.underKind(b.typeOf(node)) !== TypeKind.Uintptr || b.kind(node) !== GoKind.CallExpression || callKindOf(b.file, node) !== CallKind.Conversion) return -1;
  const list = b.tree.childByField(node, GoField.Arguments);
  const operand = list < 0 ? -1 : b.tree.firstChild(list);
  return operand >= 0 && b.coreKind(b.typeOf(operand)) === TypeKind.UnsafePointer ? operand : -1;
}

/** The hole of an argument that is passed on to the function in another argument. */
function passedHole(b: Builder, place: NodeIndex, first: NodeIndex, passed: PassedOn, holes: ResultHoles): Hole {
  let fn = first;
  for (let at = 0; at < passed.callee; at++) fn = b.tree.next[fn] as number;
  return parameterHole(b, place, calleeNamed(b, fn), passed.as, holes, Reason.Argument);
}

/** Whether the receiver is a value that the interface points to: a method with a value receiver, called through an interface whose type is known. */
function unboxed(b: Builder, callee: Callee, selection: Selection): boolean {
  if (selection.kind !== SelectionKind.InterfaceMethod || callee.id <= 0) return false;
  const { objects } = b.world;
  return objects.flag[callee.id] === 0 && !b.facts.isDirectInterface(objects.type[objects.receiver[callee.id] as number] as number);
}

/** Node that stands for the call in explanations of its receiver: the method's name, which is where the compiler sees the call. */
function nameOfCalled(b: Builder, node: NodeIndex, receiver: NodeIndex): NodeIndex {
  const field = b.tree.nextSibling(receiver);
  return field >= 0 ? field : node;
}

function variadicSlice(b: Builder, node: NodeIndex, first: NodeIndex, end: number, callee: Callee, position: number, holes: ResultHoles): void {
  const { next } = b.tree;
  const { types } = b;
  const slice = types.param(callee.signature, types.paramCount(callee.signature) - 1);
  const hole = parameterHole(b, node, callee, position, holes, Reason.Argument);
  const loc = b.spill(first, Form.VariadicSlice, slice, hole.loc, hole.weight, hole.note, Reason.Allocated);
  let count = 0;
  const note = b.note(0, node, Reason.VariadicElement);
  for (let argument = first; argument < end; argument = next[argument] as number) {
    expression(b, argument, loc, VALUE, note);
    count++;
  }
  b.graph.detail[loc] = count;
}

/** `f(g())`, where g has several results. */
function spread(b: Builder, node: NodeIndex, inner: NodeIndex, callee: Callee, holes: ResultHoles, shift: number, variadicAt: number): void {
  const tuple = b.typeOf(inner);
  const count = b.types.listLength(tuple);
  const into: ResultHoles = { target: [], weight: [], note: [] };
  let slice = -1;
  for (let i = 0; i < count; i++) {
    if (variadicAt >= 0 && i >= variadicAt) {
      if (slice < 0) {
        const hole = parameterHole(b, node, callee, shift + variadicAt, holes, Reason.Argument);
        slice = b.spill(inner, Form.VariadicSlice, b.types.param(callee.signature, variadicAt), hole.loc, hole.weight, hole.note, Reason.Allocated);
        b.graph.detail[slice] = count - variadicAt;
      }
      into.target.push(slice);
      into.weight.push(VALUE);
      into.note.push(b.note(0, node, Reason.VariadicElement));
      continue;
    }
    const hole = parameterHole(b, node, callee, shift + i, holes, Reason.Argument);
    into.target.push(hole.loc);
    into.weight.push(hole.weight);
    into.note.push(hole.note);
  }
  convertTuple(b, inner, into);
  call(b, inner, Base.Blank, VALUE, 0, into);
}
