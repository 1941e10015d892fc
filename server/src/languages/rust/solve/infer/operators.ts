// Operators, indexing, fields, `?`, `.await`, `for`, ranges. Primitives take a short way; the rest goes through the traits.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../../declare/facts.js';
import { BOOL, Prim, STR, TypeTag, UNIT, UNKNOWN, USIZE, type TypeId } from '../../types/typeTable.js';
import { VarKind } from '../../types/unifier.js';
import { bindPattern, Mode } from './patterns.js';
import type { Inferrer } from './inferrer.js';
import { lastChild } from './walk.js';
import { CallKind } from './inferredBody.js';
import type { InferState } from './state.js';

const BINARY: Readonly<Record<number, readonly [string, string]>> = {
  [RustKind.Plus]: ['Add', 'add'], [RustKind.Minus]: ['Sub', 'sub'], [RustKind.Star]: ['Mul', 'mul'], [RustKind.Slash]: ['Div', 'div'], [RustKind.Percent]: ['Rem', 'rem'], [RustKind.Amp]: ['BitAnd', 'bitand'],
  [RustKind.Pipe]: ['BitOr', 'bitor'], [RustKind.Caret]: ['BitXor', 'bitxor'], [RustKind.Shl]: ['Shl', 'shl'], [RustKind.Shr]: ['Shr', 'shr'], [RustKind.EqEq]: ['PartialEq', 'eq'], [RustKind.NotEq]: ['PartialEq', 'ne'],
  [RustKind.Less]: ['PartialOrd', 'lt'], [RustKind.LessEq]: ['PartialOrd', 'le'], [RustKind.Greater]: ['PartialOrd', 'gt'], [RustKind.GreaterEq]: ['PartialOrd', 'ge'],
};
const COMPOUND: Readonly<Record<number, readonly [string, string]>> = {
  [RustKind.PlusAssign]: ['AddAssign', 'add_assign'], [RustKind.MinusAssign]: ['SubAssign', 'sub_assign'], [RustKind.StarAssign]: ['MulAssign', 'mul_assign'], [RustKind.SlashAssign]: ['DivAssign', 'div_assign'],
  [RustKind.PercentAssign]: ['RemAssign', 'rem_assign'], [RustKind.AmpAssign]: ['BitAndAssign', 'bitand_assign'], [RustKind.PipeAssign]: ['BitOrAssign', 'bitor_assign'], [RustKind.CaretAssign]: ['BitXorAssign', 'bitxor_assign'],
  [RustKind.ShlAssign]: ['ShlAssign', 'shl_assign'], [RustKind.ShrAssign]: ['ShrAssign', 'shr_assign'],
};

function isNumber(state: InferState, type: TypeId): boolean {
  const tag = state.types.tag(type);
  if (tag === TypeTag.Prim) return state.types.head(type) >= Prim.I8 || state.types.head(type) === Prim.Bool || state.types.head(type) === Prim.Char;
  return tag === TypeTag.Infer && state.unifier.kindOf(type) !== VarKind.General;
}

/** Calls a trait's method; its result, with `Output` projected where the method gives one. */
function traitCall(inferrer: Inferrer, node: NodeIndex, traitName: string, methodName: string, self: TypeId, args: readonly TypeId[], second = false): TypeId {
  const { state } = inferrer;
  const trait = state.traits.known.trait(traitName);
  if (trait === 0 || self === UNKNOWN) return UNKNOWN;
  const def = state.signatures.memberOf(trait, state.world.symbols.intern(methodName), ItemKind.Function);
  if (def === 0) return UNKNOWN;
  const full = state.traits.freshArgs(def);
  full[0] = self;
  args.forEach((a, i) => { if (i + 1 < full.length) full[i + 1] = a; });
  const count = state.signatures.genericCount(trait);
  state.require(trait, full.slice(0, count), []);
  const result = state.subst(state.signatures.signature(def).result, full);
  const record = { kind: CallKind.Static, def, selfType: self, args: full, result, derefs: 0 };
  if (second) state.secondCalls.set(node, record);
  else state.call(node, record);
  return result;
}

/** A chain of binary operators is followed along its left side without recursion. */
export function binary(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const chain: NodeIndex[] = [node];
  let left = tree.childByField(node, RustField.Left);
  while (left !== NO_NODE && tree.kind[left] === RustKind.BinaryExpression) {
    chain.push(left);
    left = tree.childByField(left, RustField.Left);
  }
  let type = inferrer.infer(left, wanted !== 0 && isNumber(state, state.unifier.shallow(wanted)) ? wanted : 0);
  for (let i = chain.length - 1; i >= 0; i--) {
    const at = chain[i] as number;
    type = binaryStep(inferrer, at, type);
    if (i > 0) state.setType(at, type);
  }
  return type;
}

function binaryStep(inferrer: Inferrer, node: NodeIndex, leftType: TypeId): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const operator = tree.kind[tree.childByField(node, RustField.Operator)] as number;
  const right = tree.childByField(node, RustField.Right);
  if (operator === RustKind.AmpAmp || operator === RustKind.PipePipe) {
    inferrer.check(right, BOOL);
    return BOOL;
  }
  const names = BINARY[operator];
  if (names === undefined) {
    inferrer.infer(right, 0);
    return UNKNOWN;
  }
  const left = state.resolved(leftType);
  const comparison = names[0].startsWith('Partial');
  const shift = operator === RustKind.Shl || operator === RustKind.Shr;
  const rightType = state.resolved(inferrer.infer(right, isNumber(state, left) && !shift ? left : 0));
  if (isNumber(state, left) && isNumber(state, rightType)) {
    if (!shift) inferrer.tryUnify(left, rightType);
    return comparison ? BOOL : left;
  }
  // a number is compared with what can be told from nothing else: then with one of its own type
  if (comparison && state.types.tag(left) === TypeTag.Prim && isNumber(state, left) && state.isVariable(rightType)) {
    inferrer.tryUnify(left, rightType);
    return BOOL;
  }
  // references to numbers give numbers
  const plainLeft = strip(state, left);
  const plainRight = strip(state, rightType);
  if (!comparison && isNumber(state, plainLeft) && isNumber(state, plainRight)) {
    if (!shift) inferrer.tryUnify(plainLeft, plainRight);
    return plainLeft;
  }
  if (left === UNKNOWN || state.isVariable(left)) return comparison ? BOOL : isNumber(state, rightType) && state.isVariable(left) && inferrer.tryUnify(left, rightType) ? left : UNKNOWN;
  if (!comparison && state.types.tag(left) === TypeTag.Adt && state.types.tag(rightType) === TypeTag.Ref && state.types.head(left) === state.traits.known.trait('String')) {
    // `String + &String` coerces to &str
    return traitCall(inferrer, node, names[0], names[1], left, [state.types.ref(STR, false)]);
  }
  const result = traitCall(inferrer, node, names[0], names[1], left, [rightType]);
  return comparison ? BOOL : result;
}

function strip(state: InferState, type: TypeId): TypeId {
  return state.types.tag(type) === TypeTag.Ref ? state.resolved(state.types.arg(type, 0)) : type;
}

export function compound(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree } = state;
  const left = state.resolved(inferrer.infer(tree.childByField(node, RustField.Left), 0));
  const operator = tree.kind[tree.childByField(node, RustField.Operator)] as number;
  const shift = operator === RustKind.ShlAssign || operator === RustKind.ShrAssign;
  const right = state.resolved(inferrer.infer(tree.childByField(node, RustField.Right), isNumber(state, left) && !shift ? left : 0));
  if (isNumber(state, left) && isNumber(state, strip(state, right))) {
    if (!shift) inferrer.tryUnify(left, strip(state, right));
    return UNIT;
  }
  const names = COMPOUND[operator];
  if (names !== undefined && !state.isVariable(left)) {
    const isString = state.types.tag(left) === TypeTag.Adt && state.types.head(left) === state.traits.known.trait('String');
    traitCall(inferrer, node, names[0], names[1], left, [isString ? state.types.ref(STR, false) : right]);
  }
  return UNIT;
}

export function unary(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  const operator = tree.kind[tree.firstChild(node)];
  const value = lastChild(tree, node);
  const type = state.resolved(inferrer.infer(value, operator === RustKind.Star ? 0 : wanted));
  if (operator === RustKind.Star) {
    const tag = types.tag(type);
    if (tag === TypeTag.Ref || tag === TypeTag.Ptr) return types.arg(type, 0);
    if (state.isVariable(type) || type === UNKNOWN) return UNKNOWN;
    const target = state.traits.projections.deref(type);
    if (target === UNKNOWN) return UNKNOWN;
    if (tag === TypeTag.Adt && types.head(type) === state.traits.known.trait('Box')) return state.normalize(target);
    traitCall(inferrer, node, 'Deref', 'deref', type, []);
    return state.normalize(target);
  }
  if (isNumber(state, type)) return type;
  const plain = strip(state, type);
  if (isNumber(state, plain)) return plain;
  return traitCall(inferrer, node, operator === RustKind.Minus ? 'Neg' : 'Not', operator === RustKind.Minus ? 'neg' : 'not', type, []);
}

export function indexExpression(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  const base = tree.firstChild(node);
  const index = lastChild(tree, node);
  let type = state.resolved(inferrer.infer(base, 0));
  const indexType = state.resolved(inferrer.infer(index, 0));
  for (let i = 0; i < 8; i++) {
    const tag = types.tag(type);
    if (type === UNKNOWN || state.isVariable(type)) return UNKNOWN;
    if ((tag === TypeTag.Slice || tag === TypeTag.Array) && (isNumber(state, indexType) || types.tag(indexType) === TypeTag.Infer)) {
      inferrer.tryUnify(indexType, USIZE);
      return types.arg(type, 0);
    }
    if (tag !== TypeTag.Ref) {
      const trait = state.traits.known.trait('Index');
      const vecLike = tag === TypeTag.Adt && isNumber(state, indexType) && types.tag(indexType) === TypeTag.Infer && types.head(type) === state.traits.known.trait('Vec');
      if (vecLike) inferrer.tryUnify(indexType, USIZE);
      const mark = state.unifier.mark();
      const selection = trait === 0 ? null : state.traits.select(trait, [type, indexType]);
      if (selection !== null && selection.via !== 0) {
        state.unifier.rollback(mark);
        const result = traitCall(inferrer, node, 'Index', 'index', type, [indexType]);
        const at = state.resolved(result);
        return types.tag(at) === TypeTag.Ref ? state.resolved(types.arg(at, 0)) : UNKNOWN;
      }
      state.unifier.rollback(mark);
    }
    let next = state.traits.projections.deref(type);
    if (next === UNKNOWN && tag === TypeTag.Array) next = types.slice(types.arg(type, 0));
    if (next === UNKNOWN) return UNKNOWN;
    type = state.resolved(next);
  }
  return UNKNOWN;
}

export function fieldAccess(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  let type = state.resolved(inferrer.infer(tree.childByField(node, RustField.Value), 0));
  const name = inferrer.symbol(tree.childByField(node, RustField.Field));
  // A field that is not visible here gives way to one behind `Deref`: `Ref` has a private `value` itself.
  let hidden: TypeId = UNKNOWN;
  for (let i = 0; i < 10; i++) {
    const tag = types.tag(type);
    if (tag === TypeTag.Tuple) {
      const at = Number(state.world.symbols.text(name));
      if (at < types.argCount(type)) return types.arg(type, at);
    } else if (tag === TypeTag.Adt) {
      const def = types.head(type);
      const kind = state.world.defs.kind(def);
      if (kind === ItemKind.Struct || kind === ItemKind.Union) {
        const field = state.signatures.fields(def).find((f) => f.name === name);
        if (field !== undefined) {
          const found = state.subst(field.type, types.args(type));
          if (state.names.sees(state.owner, def, field.visibility)) return found;
          if (hidden === UNKNOWN) hidden = found;
        }
      }
    }
    const next = state.traits.projections.deref(type);
    if (next === UNKNOWN) break;
    type = state.resolved(state.normalize(next));
  }
  return hidden;
}

export function tryExpression(inferrer: Inferrer, node: NodeIndex, wanted: TypeId): TypeId {
  const { state } = inferrer;
  const { types } = state;
  const { known } = state.traits;
  const value = state.tree.firstChild(node);
  const type = state.resolved(inferrer.infer(value, 0));
  void wanted;
  if (types.tag(type) !== TypeTag.Adt) return UNKNOWN;
  const head = types.head(type);
  if (head === known.trait('Option')) {
    traitCall(inferrer, node, 'Try', 'branch', type, []);
    return types.arg(type, 0);
  }
  if (head === known.trait('Result')) {
    traitCall(inferrer, node, 'Try', 'branch', type, []);
    const error = types.arg(type, 1);
    let outer = state.resolved(state.returnType);
    if (types.tag(outer) === TypeTag.Adt && types.head(outer) === known.trait('Poll')) outer = state.resolved(types.arg(outer, 0));
    if (types.tag(outer) === TypeTag.Adt && types.head(outer) === head) {
      const target = types.arg(outer, 1);
      traitCall(inferrer, node, 'From', 'from', target, [error], true);
    } else if (state.isVariable(outer)) {
      // a closure's or async block's result: its error is not known yet
      const target = state.fresh();
      inferrer.tryUnify(outer, types.adt(head, [state.fresh(), target]));
      traitCall(inferrer, node, 'From', 'from', target, [error], true);
    }
    return types.arg(type, 0);
  }
  if (head === known.trait('Poll')) {
    const inner = state.resolved(types.arg(type, 0));
    traitCall(inferrer, node, 'Try', 'branch', type, []);
    if (types.tag(inner) === TypeTag.Adt && types.head(inner) === known.trait('Result')) return types.adt(head, [types.arg(inner, 0)]);
    return UNKNOWN;
  }
  return UNKNOWN;
}

export function awaitExpression(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const type = state.resolved(inferrer.infer(state.tree.firstChild(node), 0));
  if (type === UNKNOWN || state.isVariable(type)) return UNKNOWN;
  const trait = state.traits.known.trait('IntoFuture');
  if (trait === 0) return UNKNOWN;
  const result = state.normalize(state.types.make(TypeTag.Projection, trait, state.traits.known.output, [type]));
  state.call(node, { kind: CallKind.Value, def: 0, selfType: type, args: [], result, derefs: 0 });
  return result;
}

export function forExpression(inferrer: Inferrer, node: NodeIndex): void {
  const { state } = inferrer;
  const { tree, types } = state;
  const type = state.resolved(inferrer.infer(tree.childByField(node, RustField.Value), 0));
  const mark = state.mark();
  let item = UNKNOWN;
  if (type !== UNKNOWN && !state.isVariable(type)) {
    const iterator = traitCall(inferrer, node, 'IntoIterator', 'into_iter', type, [], true);
    const at = state.resolved(iterator);
    const trait = state.traits.known.trait('Iterator');
    if (trait !== 0 && at !== UNKNOWN) {
      item = state.normalize(types.make(TypeTag.Projection, trait, state.traits.known.item, [at]));
      traitCall(inferrer, node, 'Iterator', 'next', at, []);
    }
  }
  bindPattern(inferrer, tree.childByField(node, RustField.Pattern), item, Mode.Move);
  inferrer.infer(tree.childByField(node, RustField.Body), UNIT);
  state.leave(mark);
}

export function range(inferrer: Inferrer, node: NodeIndex): TypeId {
  const { state } = inferrer;
  const { tree, types } = state;
  let inclusive = false;
  let left = NO_NODE;
  let right = NO_NODE;
  let after = false;
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
    const kind = tree.kind[child];
    if (kind === RustKind.DotDot || kind === RustKind.DotDotEq || kind === RustKind.Ellipsis) {
      inclusive = kind !== RustKind.DotDot;
      after = true;
    } else if (after) right = child;
    else left = child;
  }
  let type = 0;
  if (left !== NO_NODE) type = inferrer.infer(left, 0);
  if (right !== NO_NODE) {
    const other = inferrer.infer(right, type);
    if (type === 0) type = other;
    else inferrer.tryUnify(type, other);
  }
  const name = left === NO_NODE ? (right === NO_NODE ? 'RangeFull' : inclusive ? 'RangeToInclusive' : 'RangeTo') : right === NO_NODE ? 'RangeFrom' : inclusive ? 'RangeInclusive' : 'Range';
  const def = state.traits.known.trait(name);
  return def === 0 ? UNKNOWN : types.adt(def, type === 0 ? [] : [type]);
}
