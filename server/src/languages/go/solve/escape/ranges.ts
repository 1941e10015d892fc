// Range clauses: over slices, arrays, maps, channels, integers, and over functions, whose loop body is a closure.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { TypeKind } from '../../types/typeKind.js';
import { items, place } from './assignments.js';
import { deref, VALUE, type Builder } from './builder.js';
import { expression } from './expressions.js';
import { Form, Free } from './forms.js';
import { Base, type Loc } from './graph.js';
import { rangeFunctionCall } from './iterators.js';
import { Reason } from './reasons.js';
import { block } from './statements.js';

/** Walks `for k, v := range x { … }`. */
export function rangeOver(b: Builder, node: NodeIndex, clause: NodeIndex, body: NodeIndex): void {
  const { tree } = b;
  const right = tree.childByField(clause, GoField.Right);
  const left = tree.childByField(clause, GoField.Left);
  const declares = tree.childByKind(clause, GoKind.ColonEq) >= 0;
  const type = right >= 0 ? b.core(b.typeOf(right)) : 0;
  const kind = b.types.kind(type);
  const depth = b.depth;
  if (kind === TypeKind.Func && right >= 0) return rangeOverFunction(b, node, right, left, body, declares);
  const source = b.temporary(true);
  if (right >= 0) {
    presetConversion(b, right);
    expression(b, right, source, VALUE, 0);
  }
  const mark = b.rooms.mark();
  const rooms = b.rooms.putAway();
  b.depth++;
  b.loops++;
  b.guarded++;
  const targets = items(b, left);
  targets.forEach((target, i) => {
    const loc = rangeTarget(b, target, declares);
    if (i !== 1 || loc === Base.Blank) return;
    const note = b.note(0, node, Reason.Range);
    b.flow(loc, kind === TypeKind.Array ? VALUE : deref(VALUE), note, source);
  });
  block(b, body);
  b.depth = depth;
  b.loops--;
  b.guarded--;
  b.rooms.takeOut(rooms, mark);
}

/** Place of a range variable. */
function rangeTarget(b: Builder, target: NodeIndex, declares: boolean): Loc {
  if (!declares) {
    const loc = place(b, target);
    b.reassigned(loc);
    return loc;
  }
  const loc = b.variableAt(target);
  if (loc < 0) return Base.Blank;
  if (b.body.perIterationLoops) b.declare(loc);
  else {
    b.depth--;
    b.declare(loc);
    b.depth++;
    b.reassigned(loc);
  }
  return loc;
}

/** `range []byte(s)` reads the string in place. */
function presetConversion(b: Builder, right: NodeIndex): void {
  const kind = b.kind(right);
  if (kind !== GoKind.CallExpression && kind !== GoKind.TypeConversionExpression) return;
  const type = b.core(b.typeOf(right));
  if (b.types.kind(type) === TypeKind.Slice && b.types.kind(b.types.underlying(b.types.elem(type))) === TypeKind.Uint8) b.preset.set(right, Free.ReadInPlace);
}

/** The body becomes a closure that the iterator is called with; it captures the variables of the function by reference. */
function rangeOverFunction(b: Builder, node: NodeIndex, right: NodeIndex, left: NodeIndex, body: NodeIndex, declares: boolean): void {
  const yieldType = b.core(b.types.paramCount(b.core(b.typeOf(right))) > 0 ? b.types.param(b.core(b.typeOf(right)), 0) : 0);
  const closure = b.location(node, Form.RangeOverFunction, yieldType);
  rangeFunctionCall(b, right, closure);
  const outer = b.fn;
  const depth = b.depth;
  // The body is a function of its own to the analysis: what it declares dies with each call of it.
  const fn = b.parent.length;
  b.parent.push(outer);
  b.bodyOfFunction.push(b.bodyIndex);
  b.iterators.push({ loc: closure, fn, home: b.home, body: b.bodyIndex, block: body, returns: -1 });
  b.closureAt.set(closure, fn);
  const mark = b.rooms.mark();
  const rooms = b.rooms.putAway();
  b.fn = fn;
  b.depth = 1;
  b.loops++;
  b.guarded++;
  for (const target of items(b, left)) {
    if (declares) {
      const loc = b.variableAt(target);
      if (loc >= 0) b.declare(loc);
    } else b.reassigned(place(b, target));
  }
  block(b, body);
  b.fn = outer;
  b.depth = depth;
  b.loops--;
  b.guarded--;
  b.rooms.takeOut(rooms, mark);
}

