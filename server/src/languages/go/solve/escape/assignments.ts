// Assignments and declarations: which place each value goes to, and which assignments change nothing.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf } from '../../resolve/checkedBody.js';
import { ObjectKind } from '../../resolve/objects.js';
import { SelectionKind } from '../../resolve/selectionTable.js';
import { TypeKind } from '../../types/typeKind.js';
import { VALUE, type Builder, type ResultHoles } from './builder.js';
import { call, isCall } from './calls.js';
import { box, discard, expression, unparenthesized } from './expressions.js';
import { Form } from './forms.js';
import { Base, type Loc, type NoteIndex } from './graph.js';
import { Reason } from './reasons.js';
import { keepRoom, emptyRoom, roomOf } from './roomOf.js';
import { isSelfAssignment } from './selfAssignment.js';

/** Whether a token is `+=` or the like. */
export function isAssignOperator(kind: GoKind): boolean {
  return kind >= GoKind.StarAssign && kind <= GoKind.CaretAssign;
}

/** Evaluates what stands left of `=` and answers the place that the value goes to; `b.storeReason` says how. */
export function place(b: Builder, node: NodeIndex): Loc {
  const { tree } = b;
  b.storeReason = Reason.Assigned;
  switch (tree.kind[node] as GoKind) {
    case GoKind.Identifier: case GoKind.Iota: {
      const loc = b.variableAt(node);
      if (loc >= 0) return loc;
      const object = b.file.ref[node] as number;
      if (object > 0 && b.world.objects.kind[object] === ObjectKind.Var) {
        b.storeReason = Reason.StoredInGlobal;
        return Base.Heap;
      }
      return Base.Blank;
    }
    case GoKind.BlankIdentifier: return Base.Blank;
    case GoKind.ParenthesizedExpression: return place(b, node + 1);
    case GoKind.SelectorExpression: return selectorPlace(b, node);
    case GoKind.IndexExpression: return indexPlace(b, node);
    case GoKind.UnaryExpression: {
      const operand = tree.childByField(node, GoField.Operand);
      if (operand >= 0) expression(b, operand, Base.Mutator, VALUE, 0);
      b.storeReason = Reason.StoredThroughPointer;
      return Base.Heap;
    }
    default:
      discard(b, node);
      return Base.Heap;
  }
}

function selectorPlace(b: Builder, node: NodeIndex): Loc {
  const ref = b.file.ref[node] as number;
  if (ref < 0) {
    b.storeReason = Reason.StoredInGlobal;
    return Base.Heap;
  }
  const operand = b.tree.childByField(node, GoField.Operand);
  if (operand < 0) return Base.Heap;
  const selection = b.world.selections.get(ref);
  if (selection.kind === SelectionKind.Field && !selection.derefs.includes(1)) return place(b, operand);
  expression(b, operand, Base.Mutator, VALUE, 0);
  b.storeReason = Reason.StoredThroughPointer;
  return Base.Heap;
}

function indexPlace(b: Builder, node: NodeIndex): Loc {
  const operand = b.tree.childByField(node, GoField.Operand);
  const index = b.tree.childByField(node, GoField.Index);
  const kind = operand >= 0 ? b.coreKind(b.typeOf(operand)) : TypeKind.Unknown;
  if (kind === TypeKind.Map) {
    const loc = b.location(node, Form.MapAssignment, b.core(b.typeOf(operand)));
    b.graph.detail[loc] = 0;
    discard(b, operand);
    if (index >= 0) expression(b, index, Base.Heap, VALUE, b.note(0, node, Reason.MapKey));
    b.storeReason = Reason.StoredInMap;
    return Base.Heap;
  }
  if (index >= 0) discard(b, index);
  if (kind === TypeKind.Array && operand >= 0) return place(b, operand);
  if (operand >= 0) expression(b, operand, Base.Mutator, VALUE, 0);
  b.storeReason = Reason.StoredInElement;
  return Base.Heap;
}

/** Children of a list, or the node itself when it is none. */
export function items(b: Builder, node: NodeIndex): NodeIndex[] {
  if (node < 0) return [];
  if (b.tree.kind[node] !== GoKind.ExpressionList) return [node];
  const list: NodeIndex[] = [];
  const { next } = b.tree;
  const end = next[node] as number;
  for (let child = node + 1; child < end; child = next[child] as number) list.push(child);
  return list;
}

/** Whether the identifier declares its variable right here. */
function declaresHere(b: Builder, name: NodeIndex): Loc {
  const loc = b.variableAt(name);
  return loc >= 0 && b.graph.node[loc] === name ? loc : -1;
}

/** Walks `left = right` (or `:=`, or an operator and `=`). */
export function assign(b: Builder, node: NodeIndex, left: NodeIndex, right: NodeIndex, declares: boolean, compound = false): void {
  const operator = b.tree.kind[left] === GoKind.ExpressionList || compound ? b.tree.nextSibling(left) : -1;
  const where = operator >= 0 && operator !== right ? operator : node;
  const target = singleItem(b, left);
  const value = singleItem(b, right);
  if (target >= 0 && value >= 0) return assignOne(b, where, target, value, declares, compound);
  const lefts = items(b, left);
  const rights = items(b, right);
  const places: Loc[] = [];
  const notes: NoteIndex[] = [];
  for (const item of lefts) {
    places.push(assignedPlace(b, item, declares, compound));
    const declared = b.storeReason === Reason.None;
    notes.push(b.note(0, where, declared ? Reason.Assigned : b.storeReason, declared ? -1 : item));
  }
  if (rights.length === lefts.length) {
    for (let i = 0; i < rights.length; i++) assignValue(b, lefts[i] as number, rights[i] as number, places[i] as Loc, notes[i] as NoteIndex);
  } else if (rights.length === 1) assignFromTuple(b, rights[0] as number, places, notes[0] as NoteIndex, notes);
  else for (const item of rights) discard(b, item);
  for (let i = 0; i < lefts.length; i++) {
    const loc = places[i] as Loc;
    if (!declares || b.graph.node[loc] !== lefts[i]) b.reassigned(loc);
  }
}

/** The only item of a list, or the node itself when it is none; -1 where there are several. */
function singleItem(b: Builder, node: NodeIndex): NodeIndex {
  if (node < 0 || b.tree.kind[node] !== GoKind.ExpressionList) return node;
  const { next } = b.tree;
  const first = node + 1;
  const end = next[node] as number;
  return first < end && (next[first] as number) >= end ? first : -1;
}

function assignOne(b: Builder, where: NodeIndex, target: NodeIndex, value: NodeIndex, declares: boolean, compound: boolean): void {
  const loc = assignedPlace(b, target, declares, compound);
  const declared = b.storeReason === Reason.None;
  const note = b.note(0, where, declared ? Reason.Assigned : b.storeReason, declared ? -1 : target);
  const room = b.kind(target) === GoKind.Identifier && loc >= Base.First && !compound ? roomOf(b, value) : undefined;
  assignValue(b, target, value, loc, note);
  if (!declares || b.graph.node[loc] !== target) b.reassigned(loc);
  if (room) keepRoom(b, loc, room);
}

/** The place that a left side stands for. `b.storeReason` says how it is stored to; Reason.None: it is declared here. */
function assignedPlace(b: Builder, target: NodeIndex, declares: boolean, compound: boolean): Loc {
  const declared = declares ? declaresHere(b, target) : -1;
  if (declared >= 0) {
    b.declare(declared);
    b.storeReason = Reason.None;
    return declared;
  }
  const loc = place(b, target);
  if (compound) b.preset.delete(target);
  return loc;
}

function assignValue(b: Builder, target: NodeIndex, value: NodeIndex, loc: Loc, note: NoteIndex): void {
  if (isSelfAssignment(b, target, value)) discard(b, value);
  else expression(b, value, loc, VALUE, note);
}

/** Gives the values of a call with several results, or of a `v, ok` form, to places. */
export function assignFromTuple(b: Builder, value: NodeIndex, places: readonly Loc[], note: NoteIndex, notes?: readonly NoteIndex[]): void {
  const inner = unparenthesized(b, value);
  if (!isCall(b, inner)) {
    const boxed = boxedFirst(b, inner, places[0] ?? Base.Blank, note);
    expression(b, inner, boxed < 0 ? (places[0] ?? Base.Blank) : boxed, VALUE, boxed < 0 ? note : 0);
    return;
  }
  const holes: ResultHoles = { target: [], weight: [], note: [] };
  for (let i = 0; i < places.length; i++) {
    holes.target.push(places[i] as Loc);
    holes.weight.push(VALUE);
    holes.note.push(notes?.[i] ?? note);
  }
  convertTuple(b, inner, holes);
  call(b, inner, Base.Blank, VALUE, 0, holes);
}

/** The place of the copy where the value of a `v, ok` form is put into an interface; -1 where it is not, or needs none. */
function boxedFirst(b: Builder, node: NodeIndex, target: Loc, note: NoteIndex): Loc {
  const conversions = b.body.tupleConversions;
  for (let i = 0; i + 2 < conversions.length; i += 3) {
    if (conversions[i] !== node || conversions[i + 1] !== 0) continue;
    const type = b.typeOf(node);
    const own = b.types.kind(type) === TypeKind.Tuple ? b.types.listItem(type, 0) : type;
    return own === 0 ? -1 : box(b, node, own, target, VALUE, note);
  }
  return -1;
}

/** Boxes the results of a call that are converted to interfaces one by one. */
export function convertTuple(b: Builder, node: NodeIndex, holes: ResultHoles): void {
  const conversions = b.body.tupleConversions;
  const tuple = b.typeOf(node);
  for (let i = 0; i + 2 < conversions.length; i += 3) {
    if (conversions[i] !== node) continue;
    const index = conversions[i + 1] as number;
    if (index >= holes.target.length) continue;
    const type = b.types.kind(tuple) === TypeKind.Tuple ? b.types.listItem(tuple, index) : 0;
    if (type === 0) continue;
    const loc = box(b, node, type, holes.target[index] as Loc, holes.weight[index] as number, holes.note[index] as NoteIndex);
    if (loc < 0) continue;
    holes.target[index] = loc;
    holes.weight[index] = VALUE;
    holes.note[index] = 0;
  }
}

/** Walks `var a, b T = x, y`. */
export function declareFrom(b: Builder, spec: NodeIndex): void {
  const { next, field, kind } = b.tree;
  const end = next[spec] as number;
  const names: NodeIndex[] = [];
  let values: NodeIndex = -1;
  for (let child = spec + 1; child < end; child = next[child] as number) {
    if (field[child] === GoField.Name && (kind[child] === GoKind.Identifier || kind[child] === GoKind.BlankIdentifier)) names.push(child);
    else if (field[child] === GoField.Value) values = child;
  }
  const note = b.note(0, spec, Reason.Assigned);
  const rights = items(b, values);
  const places = names.map((name) => {
    const loc = b.variableAt(name);
    if (loc >= 0) b.declare(loc);
    return loc < 0 ? Base.Blank : loc;
  });
  if (rights.length === places.length) {
    rights.forEach((value, i) => {
      const room = roomOf(b, value);
      expression(b, value, places[i] as Loc, VALUE, note);
      if (room && (places[i] as Loc) >= Base.First) keepRoom(b, places[i] as Loc, room);
    });
  } else if (rights.length === 0) {
    for (const loc of places) {
      const room = loc < Base.First ? undefined : emptyRoom(b, b.graph.type[loc] as number);
      if (room) keepRoom(b, loc, room);
    }
  }
  else if (rights.length === 1) assignFromTuple(b, rights[0] as number, places, note);
  else for (const value of rights) discard(b, value);
}

/** Walks the initialiser of package variables: everything goes to places that outlive all. */
export function initialise(b: Builder, spec: NodeIndex): void {
  const values = items(b, b.tree.childByField(spec, GoField.Value));
  const { next, field } = b.tree;
  const names: NodeIndex[] = [];
  const end = next[spec] as number;
  for (let child = spec + 1; child < end; child = next[child] as number) if (field[child] === GoField.Name) names.push(child);
  const stored = (name: NodeIndex): NoteIndex => b.note(0, name, Reason.StoredInGlobal, name);
  if (values.length === 1 && names.length > 1) assignFromTuple(b, values[0] as number, names.map(() => Base.Heap), stored(names[0] ?? spec));
  else values.forEach((value, i) => {
    b.linked = b.kind(unparenthesized(b, value)) !== GoKind.CallExpression || isConstantBytes(b, value);
    expression(b, value, Base.Heap, VALUE, stored(names[i] ?? spec));
    b.linked = false;
  });
}

/** `[]byte("…")`, whose bytes the linker lays out. */
function isConstantBytes(b: Builder, value: NodeIndex): boolean {
  return callKindOf(b.file, value) === CallKind.Conversion;
}

