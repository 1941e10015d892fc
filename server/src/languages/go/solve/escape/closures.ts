// Function literals: what they capture, and how.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoKind } from '../../../../syntax/kinds/go.generated.js';
import { LocalFlag } from '../../resolve/checkedBody.js';
import { ObjectKind } from '../../resolve/objects.js';
import { Cold, DEEPEST, address, VALUE, type Builder, type Weight } from './builder.js';
import { Form, Free } from './forms.js';
import { Base, LocFlag, type Loc, type NoteIndex } from './graph.js';
import { Reason } from './reasons.js';
import { block } from './statements.js';

/** Largest variable that a closure captures by value, in bytes. */
const LARGEST_BY_VALUE = 128;

/** Detail of a closure that is a generic function taken as a value. */
export const FUNCTION_VALUE = -2;

/** Walks a function literal whose value flows to `target`. */
export function closure(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const base = b.functionBase[b.bodyIndex] as number;
  const position = b.file.ref[node] as number;
  const literal = b.body.functions[position];
  if (!literal || literal.node !== node || position === 0) return;
  const fn = base + position;
  const loc = b.spill(node, Form.Closure, b.typeOf(node), target, weight, note, Reason.Allocated);
  b.graph.detail[loc] = literal.captures.length;
  if (literal.captures.length === 0 && !b.isGeneric()) b.graph.free[loc] = Free.NoCapture;
  b.closureAt.set(loc, fn);
  b.closures.push({ loc, body: b.bodyIndex, fn, reason: b.closureReason === 0 ? Reason.Captured : b.closureReason });
  b.parent[fn] = b.fn;
  for (const local of literal.captures) {
    const variable = b.locOf(local);
    noteRound(b, local, variable);
    if (b.graph.has(variable, LocFlag.Captured)) continue;
    b.graph.mark(variable, LocFlag.Captured);
    // Assignments in straight-line code before the first capture are forgiven.
    if (b.graph.depth[variable] === b.depth) b.graph.unmark(variable, LocFlag.Reassigned);
  }
  const { closureReason: reason, linked, cold } = b;
  b.closureReason = 0;
  b.linked = false;
  // What is written in an initialiser or an argument of an error runs when the function is called.
  if (cold !== Cold.Test && b.preset.get(node) !== Free.CalledAtOnce) b.cold = Cold.No;
  walkFunction(b, fn, literal.body);
  b.closureReason = reason;
  b.linked = linked;
  b.cold = cold;
}

/**
 * A name of a generic function that is not called, with type arguments that depend on those of the function around it: a closure
 * over them, as it is known only when the program runs what they are.
 */
export function genericFunctionValue(b: Builder, node: NodeIndex, object: number, target: Loc, weight: Weight, note: NoteIndex): void {
  if (target === Base.Blank || object <= 0 || b.world.objects.kind[object] !== ObjectKind.Func || !b.isGeneric() || !dependsOnTypeParameters(b, node)) return;
  const loc = b.spill(node, Form.Closure, b.typeOf(node), target, weight, note, Reason.Allocated);
  b.graph.detail[loc] = FUNCTION_VALUE;
}

/** By its signature or by the type arguments that are written out. */
function dependsOnTypeParameters(b: Builder, node: NodeIndex): boolean {
  if (b.types.isGeneric(b.typeOf(node))) return true;
  const end = b.tree.next[node] as number;
  for (let at = node + 1; at < end; at++) if (b.isType(at) && b.types.isGeneric(b.typeOf(at))) return true;
  return false;
}

/** Walks the body of a function. */
export function walkFunction(b: Builder, fn: number, body: NodeIndex): void {
  const { fn: outer, home, depth, loops, nesting, guarded, returning } = b;
  b.returning = false;
  const mark = b.rooms.mark();
  const rooms = b.rooms.putAway();
  b.fn = fn;
  b.home = fn;
  b.depth = 1;
  b.loops = 0;
  b.guarded = (b.parent[fn] ?? -1) < 0 ? 0 : 1;
  if (body >= 0 && nesting < DEEPEST) block(b, body);
  b.fn = outer;
  b.home = home;
  b.depth = depth;
  b.loops = loops;
  b.guarded = guarded;
  b.returning = returning;
  b.rooms.takeOut(rooms, mark);
}

/** When all bodies were walked: lets captured variables flow into their closures, by value where nothing changes them, else by reference. */
export function flowCaptures(b: Builder): void {
  shareAmongRounds(b);
  for (const pending of b.closures) {
    b.enter(pending.body);
    const literal = b.body.functions[pending.fn - (b.functionBase[pending.body] as number)];
    if (!literal) continue;
    for (const local of literal.captures) capture(b, pending.loc, b.locOf(local), local, literal.body, pending.reason);
  }
  for (const pending of b.iterators) {
    b.enter(pending.body);
    const end = b.tree.next[pending.block] as number;
    const seen = new Set<number>();
    for (let node = pending.block; node < end; node++) {
      if (b.tree.kind[node] !== GoKind.Identifier && b.tree.kind[node] !== GoKind.TypeIdentifier) continue;
      const loc = b.variableAt(node);
      if (loc < 0 || seen.has(loc) || isInside(b, b.graph.owner[loc] as number, pending.fn)) continue;
      seen.add(loc);
      capture(b, pending.loc, loc, loc - (b.localBase[b.bodyIndex] as number), pending.block, Reason.IteratorBody);
    }
    if (pending.returns < 0) continue;
    const note = b.note(0, pending.returns, Reason.ResultOfBody);
    for (const local of b.resultsOf(pending.home)) if (!seen.has(b.locOf(local))) b.flow(pending.loc, address(VALUE), note, b.locOf(local));
  }
}

/** Notes where a closure captures a range variable. */
function noteRound(b: Builder, local: number, variable: Loc): void {
  if (b.loops === 0 || !b.body.perIterationLoops || ((b.body.locals.flags[local] as number) & LocalFlag.LoopVariable) === 0) return;
  if (b.returning) b.capturedInReturn.push(variable);
  else b.capturedInRound.add(variable);
}

/**
 * The compiler gives each round a range variable of its own where closures may tell the difference. One in a return may not, as it ends
 * the loop: a variable that only such closures capture is one for all rounds and set by each, so they hold it by reference.
 */
function shareAmongRounds(b: Builder): void {
  if (b.capturedInReturn.length === 0) return;
  for (const pending of b.iterators) {
    b.enter(pending.body);
    const end = b.tree.next[pending.block] as number;
    for (let node = pending.block; node < end; node++) {
      if (b.tree.kind[node] === GoKind.Identifier && b.variableAt(node) >= 0) b.capturedInRound.add(b.variableAt(node));
    }
  }
  for (const variable of b.capturedInReturn) {
    if (b.capturedInRound.has(variable)) continue;
    b.capturedInRound.add(variable);
    b.graph.mark(variable, LocFlag.Reassigned);
    b.graph.depth[variable] = (b.graph.depth[variable] as number) - 1;
    b.graph.loops[variable] = (b.graph.loops[variable] as number) - 1;
  }
}

/** Whether a function of the batch is another or written inside it. */
export function isInside(b: Builder, fn: number, outer: number): boolean {
  for (let at = fn; at >= 0; at = b.parent[at] ?? -1) if (at === outer) return true;
  return false;
}

function capture(b: Builder, closureLoc: Loc, variable: Loc, local: number, body: NodeIndex, reason: Reason): void {
  const { graph } = b;
  const use = firstUse(b, body, local);
  const size = b.facts.sizeOf(graph.type[variable] as number);
  const byValue = !graph.has(variable, LocFlag.AddressTaken) && !graph.has(variable, LocFlag.Reassigned) && size <= LARGEST_BY_VALUE;
  const how = byValue ? 0 : b.note(0, use, Reason.CapturedByReference, use);
  const note = b.note(how, use, reason, use);
  b.flow(closureLoc, byValue ? VALUE : address(VALUE), note, variable);
}

/** First mention of a local in a body. */
function firstUse(b: Builder, body: NodeIndex, local: number): NodeIndex {
  if (body < 0) return body;
  const { next, kind } = b.tree;
  const end = next[body] as number;
  for (let node = body; node < end; node++) if ((kind[node] === GoKind.Identifier || kind[node] === GoKind.TypeIdentifier) && b.file.ref[node] === -1 - local) return node;
  return body;
}
