// Calls of predeclared functions.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf } from '../../resolve/checkedBody.js';
import { Builtin } from '../../resolve/objects.js';
import { TypeKind } from '../../types/typeKind.js';
import { Cold, deref, VALUE, type Builder, type Weight } from './builder.js';
import { discard, expression, unparenthesized } from './expressions.js';
import { Form, Free } from './forms.js';
import { Base, type Loc, type NoteIndex } from './graph.js';
import { judgeAppend, roomOf } from './roomOf.js';
import { presetInPlace } from './strings.js';
import { Reason } from './reasons.js';

/** Walks a call of the predeclared function `which`. */
export function builtin(b: Builder, node: NodeIndex, which: Builtin, list: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const args = argumentsOf(b, list);
  switch (which) {
    case Builtin.New: return makeNew(b, node, args, target, weight, note);
    case Builtin.Make: return make(b, node, args, target, weight, note);
    case Builtin.Append: return append(b, node, args, target, weight, note);
    case Builtin.Copy: {
      if (args[0] !== undefined) expression(b, args[0], Base.Mutator, VALUE, 0);
      if (args[1] === undefined) return;
      const source = b.core(b.typeOf(args[1]));
      const pointers = b.types.kind(source) === TypeKind.Slice && b.facts.hasPointers(b.types.elem(source));
      return pointers ? expression(b, args[1], Base.Heap, deref(VALUE), b.note(0, node, Reason.CopiedElements)) : discard(b, args[1]);
    }
    case Builtin.Panic: {
      const { cold } = b;
      b.cold = Cold.Panic;
      if (args[0] !== undefined) expression(b, args[0], Base.Heap, VALUE, b.note(0, node, Reason.Panic));
      b.cold = cold;
      return;
    }
    case Builtin.Clear: if (args[0] !== undefined) expression(b, args[0], Base.Mutator, VALUE, 0); return;
    case Builtin.Min: case Builtin.Max: for (const argument of args) expression(b, argument, target, weight, b.note(note, node, Reason.Argument)); return;
    case Builtin.Len: {
      if (args[0] !== undefined) presetInPlace(b, args[0]);
      break;
    }
    case Builtin.Delete: if (args[1] !== undefined && b.toolchain.lookupThroughVariable) presetInPlace(b, args[1]); break;
    case Builtin.UnsafeAdd: case Builtin.UnsafeSlice: case Builtin.UnsafeString: case Builtin.UnsafeStringData: case Builtin.UnsafeSliceData:
      if (args[0] !== undefined) expression(b, args[0], target, weight, note);
      if (args[1] !== undefined) discard(b, args[1]);
      return;
    default: break;
  }
  for (const argument of args) if (!b.isType(argument)) discard(b, argument);
}

function argumentsOf(b: Builder, list: NodeIndex): NodeIndex[] {
  const found: NodeIndex[] = [];
  if (list < 0) return found;
  const { next, kind } = b.tree;
  const end = next[list] as number;
  for (let child = list + 1; child < end; child = next[child] as number) found.push(kind[child] === GoKind.VariadicArgument ? child + 1 : child);
  return found;
}

function makeNew(b: Builder, node: NodeIndex, args: readonly NodeIndex[], target: Loc, weight: Weight, note: NoteIndex): void {
  const pointee = b.types.elem(b.types.underlying(b.typeOf(node)));
  const loc = b.spill(node, Form.New, pointee, target, weight, note, Reason.Allocated);
  const value = args[0];
  if (value !== undefined && !b.isType(value)) expression(b, value, loc, VALUE, 0);
}

function make(b: Builder, node: NodeIndex, args: readonly NodeIndex[], target: Loc, weight: Weight, note: NoteIndex): void {
  const type = b.core(b.typeOf(node));
  const kind = b.types.kind(type);
  const sizes = args.slice(1);
  if (kind === TypeKind.Slice) {
    const loc = b.spill(node, Form.MakeSlice, b.typeOf(node), target, weight, note, Reason.Allocated);
    const last = sizes[sizes.length - 1];
    b.graph.detail[loc] = last === undefined ? -1 : constantInt(b, last);
  } else if (kind === TypeKind.Map) {
    const loc = b.spill(node, Form.MakeMap, b.typeOf(node), target, weight, note, Reason.Allocated);
    b.graph.detail[loc] = sizes[0] === undefined ? 0 : constantInt(b, sizes[0]);
  } else if (kind === TypeKind.Chan) b.location(node, Form.MakeChannel, b.typeOf(node));
  for (const size of sizes) discard(b, size);
}

/** Value of a constant that is a small non-negative integer, else -1. */
export function constantInt(b: Builder, node: NodeIndex): number {
  const id = b.context.constants.constantOf(b.file, node);
  if (id === 0) return -1;
  const value = b.world.constants.value(id);
  return typeof value === 'number' && value >= 0 && value <= 0x7fffffff ? Math.floor(value) : -1;
}

function append(b: Builder, node: NodeIndex, args: readonly NodeIndex[], target: Loc, weight: Weight, note: NoteIndex): void {
  const [slice] = args;
  if (slice === undefined) return;
  const type = b.core(b.typeOf(slice)) || b.core(b.typeOf(node));
  const element = b.types.elem(type);
  const pointers = b.facts.hasPointers(element);
  const room = roomOf(b, slice);
  const held = b.temporary(false);
  b.flow(target, weight, b.note(note, node, Reason.AppendTarget), held);
  b.flow(Base.Mutator, VALUE, 0, held);
  if (pointers) b.flow(Base.Heap, deref(VALUE), b.note(0, node, Reason.AppendTarget), held);
  expression(b, slice, held, VALUE, 0);
  const last = args[args.length - 1] as number;
  if (b.kind(b.tree.parent[last] as number) === GoKind.VariadicArgument) {
    const source = b.core(b.typeOf(last));
    const flows = b.types.kind(source) === TypeKind.Slice && b.facts.hasPointers(b.types.elem(source));
    const inner = unparenthesized(b, last);
    if (b.kind(inner) === GoKind.CallExpression && callKindOf(b.file, inner) === CallKind.Builtin && callTargetOf(b.file, inner) === Builtin.Make) b.preset.set(inner, Free.Fused);
    if (flows) expression(b, last, Base.Heap, deref(VALUE), b.note(0, node, Reason.AppendedElement));
    else discard(b, last);
  } else for (const argument of args.slice(1)) expression(b, argument, Base.Heap, VALUE, b.note(0, node, Reason.AppendedElement));
  const loc = b.spill(node, Form.Append, b.types.kind(type) === TypeKind.Slice ? b.typeOf(slice) || b.typeOf(node) : b.typeOf(node), target, weight, note, Reason.Allocated);
  b.graph.depth[loc] = 0; // not used again in a later round, so no loop decides
  if (args.length === 1) b.graph.free[loc] = Free.Empty;
  judgeAppend(b, loc, args, room);
}
