// Statements and control flow: blocks, `let`, conditions, `if`, `match`, loops and what leaves them.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { statementAttributes } from '../../declare/attributes.js';
import { BOOL, NEVER, UNIT, UNKNOWN, type TypeId } from '../../types/typeTable.js';
import { coerce } from './coerce.js';
import type { Inferrer } from './inferrer.js';
import { forExpression } from './operators.js';
import { bindPattern, Mode } from './patterns.js';
import { lastChild } from './walk.js';

const ITEMS: ReadonlySet<number> = new Set([RustKind.FunctionItem, RustKind.StructItem, RustKind.EnumItem, RustKind.ImplItem, RustKind.TraitItem, RustKind.ConstItem, RustKind.StaticItem, RustKind.ModItem, RustKind.TypeItem, RustKind.MacroDefinition, RustKind.UnionItem, RustKind.ExternCrateDeclaration, RustKind.ForeignModItem, RustKind.FunctionSignatureItem]);

/** A block: its statements, its tail, the scope of its items, its label. What it declares is gone afterwards, unless `open`. */
export function block(inferrer: Inferrer, node: NodeIndex, wanted: TypeId, open = false): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const mark = state.mark();
  const outer = state.scope;
  const scope = inferrer.blockScopes.get(node);
  if (scope !== undefined) state.scope = scope;
  const labelNode = tree.firstChild(node);
  let target: { label: number; loop: boolean; type: TypeId; broken: boolean } | null = null;
  if (labelNode !== NO_NODE && tree.kind[labelNode] === RustKind.Label) {
    target = { label: state.world.symbols.intern(tree.textOf(labelNode)), loop: false, type: wanted === 0 ? state.fresh() : wanted, broken: false };
    state.breaks.push(target);
  }
  let result = UNIT;
  let diverges = false;
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
    const kind = tree.kind[child] as number;
    if (kind === RustKind.AttributeItem) {
      const says = statementAttributes(tree, child, state.configuration);
      if (says.absent) child = says.last;
      continue;
    }
    result = UNIT;
    if (kind === RustKind.LetDeclaration) letDeclaration(inferrer, child);
    else if (kind === RustKind.ExpressionStatement) {
      const inner = tree.firstChild(child);
      const last = (tree.next[child] as number) >= end;
      const blockLike = last && tree.text.charCodeAt((tree.end[child] as number) - 1) !== 59;
      const type = inferrer.infer(inner, blockLike ? wanted : 0);
      if (state.unifier.shallow(type) === NEVER) diverges = true;
      if (blockLike) result = wanted === 0 ? type : coerce(state, inner, type, wanted);
    } else if (kind === RustKind.Label || kind === RustKind.InnerAttributeItem || kind === RustKind.EmptyStatement || kind === RustKind.UseDeclaration) continue;
    else if (ITEMS.has(kind)) continue;
    else {
      result = wanted === 0 ? inferrer.infer(child, 0) : inferrer.check(child, wanted);
      if (state.unifier.shallow(result) === NEVER) diverges = true;
    }
  }
  if (target !== null) {
    state.breaks.pop();
    if (target.broken) {
      coerce(state, node, diverges && result === UNIT ? NEVER : result, target.type);
      result = target.type;
      diverges = false;
    }
  }
  if (!open) state.leave(mark);
  state.scope = outer;
  return diverges && result === UNIT ? NEVER : result;
}

function letDeclaration(inferrer: Inferrer, node: NodeIndex): void {
  const { state } = inferrer;
  const { tree } = state;
  const typeNode = tree.childByField(node, RustField.Type);
  const value = tree.childByField(node, RustField.Value);
  let type = typeNode === NO_NODE ? UNKNOWN : inferrer.written.typeAt(typeNode);
  if (value !== NO_NODE) {
    if (typeNode === NO_NODE) type = inferrer.infer(value, 0);
    else inferrer.check(value, type);
  } else if (typeNode === NO_NODE) type = state.fresh();
  if (state.unifier.shallow(type) === NEVER && typeNode === NO_NODE) type = state.fresh();
  const alternative = tree.childByField(node, RustField.Alternative);
  if (alternative !== NO_NODE) inferrer.infer(alternative, 0);
  bindPattern(inferrer, tree.childByField(node, RustField.Pattern), type, Mode.Move);
}

/** A condition with its `let`s: what they bind stays declared for the body. */
export function condition(inferrer: Inferrer, node: NodeIndex): void {
  const { state } = inferrer;
  const { tree } = state;
  if (node === NO_NODE) return;
  switch (tree.kind[node]) {
    case RustKind.LetCondition: {
      const type = inferrer.infer(tree.childByField(node, RustField.Value), 0);
      bindPattern(inferrer, tree.childByField(node, RustField.Pattern), type, Mode.Move);
      state.setType(node, BOOL);
      return;
    }
    case RustKind.LetChain:
      for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) if (tree.kind[child] !== RustKind.AmpAmp) condition(inferrer, child);
      return;
    default:
      inferrer.check(node, BOOL);
  }
}

/** `if` with its chain of `else if`. */
export function ifExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  let result = 0;
  const pieces: NodeIndex[] = [];
  for (let at = node; ;) {
    const mark = state.mark();
    condition(inferrer, tree.childByField(at, RustField.Condition));
    const body = tree.childByField(at, RustField.Consequence);
    result = join(inferrer, result, body, wanted);
    state.leave(mark);
    const otherwise = tree.childByField(at, RustField.Alternative);
    if (otherwise === NO_NODE) return UNIT;
    const inner = lastChild(tree, otherwise);
    if (inner !== NO_NODE && tree.kind[inner] === RustKind.IfExpression) {
      pieces.push(inner);
      at = inner;
      continue;
    }
    result = join(inferrer, result, inner, wanted);
    for (const piece of pieces) state.setType(piece, result);
    return result;
  }
}

/** Joins the value of a branch with what the branches before it gave (0 for none). */
function join(inferrer: Inferrer, before: TypeId, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  if (before === 0 || state.unifier.shallow(before) === NEVER) {
    const type = wanted === 0 ? inferrer.infer(node, 0) : inferrer.check(node, wanted);
    return wanted !== 0 && type !== NEVER ? wanted : type;
  }
  inferrer.check(node, before);
  return before;
}

/** `match`: the arms agree on one type. */
export function matchExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const type = inferrer.infer(tree.childByField(node, RustField.Value), 0);
  const body = tree.childByField(node, RustField.Body);
  let result = 0;
  if (body === NO_NODE) return UNKNOWN;
  for (let arm = body + 1, end = tree.next[body] as number; arm < end; arm = tree.next[arm] as number) {
    if (tree.kind[arm] !== RustKind.MatchArm) continue;
    const mark = state.mark();
    const pattern = tree.childByField(arm, RustField.Pattern);
    if (pattern !== NO_NODE) {
      const inner = tree.firstChild(pattern);
      if (inner !== NO_NODE) bindPattern(inferrer, inner, type, Mode.Move);
      const guard = tree.childByField(pattern, RustField.Condition);
      if (guard !== NO_NODE) condition(inferrer, guard);
    }
    result = join(inferrer, result, tree.childByField(arm, RustField.Value), wanted);
    state.leave(mark);
  }
  return result === 0 ? NEVER : result;
}

function labelOf(inferrer: Inferrer, node: NodeIndex): number {
  const { tree } = inferrer.state;
  const label = tree.childByKind(node, RustKind.Label);
  return label === NO_NODE ? 0 : inferrer.state.world.symbols.intern(tree.textOf(label));
}

/** `while` and `while let`. */
export function whileExpression(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const mark = state.mark();
  state.breaks.push({ label: labelOf(inferrer, node), loop: true, type: UNIT, broken: false });
  condition(inferrer, tree.childByField(node, RustField.Condition));
  inferrer.infer(tree.childByField(node, RustField.Body), UNIT);
  state.breaks.pop();
  state.leave(mark);
  return UNIT;
}

/** `loop`: what `break` gives, or never. */
export function loopExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const target = { label: labelOf(inferrer, node), loop: true, type: wanted === 0 ? state.fresh() : wanted, broken: false };
  state.breaks.push(target);
  inferrer.infer(tree.childByField(node, RustField.Body), UNIT);
  state.breaks.pop();
  return target.broken ? target.type : NEVER;
}

/** `for`; the iteration itself is in operators.ts. */
export function forLoop(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  state.breaks.push({ label: labelOf(inferrer, node), loop: true, type: UNIT, broken: false });
  forExpression(inferrer, node);
  state.breaks.pop();
  return UNIT;
}

/** `return` and `yield`. */
export function returnExpression(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const value = lastChild(state.tree, node);
  if (value !== NO_NODE) inferrer.check(value, state.returnType);
  else if (state.returnType !== UNKNOWN) inferrer.tryUnify(state.returnType, UNIT);
  return NEVER;
}

/** `break` with or without label and value. */
export function breakExpression(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  let value = NO_NODE;
  let label = 0;
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
    if (tree.kind[child] === RustKind.Label) label = state.world.symbols.intern(tree.textOf(child));
    else value = child;
  }
  const target = [...state.breaks].reverse().find((b) => (label === 0 ? b.loop : b.label === label));
  if (target !== undefined) target.broken = true;
  if (value !== NO_NODE) inferrer.check(value, target?.type ?? 0);
  else if (target !== undefined) inferrer.tryUnify(target.type, UNIT);
  return NEVER;
}
