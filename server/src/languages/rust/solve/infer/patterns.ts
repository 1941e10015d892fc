// Patterns: the types of what they bind, with default binding modes.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../../declare/facts.js';
import { Space } from '../../resolve/names.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import type { Inferrer } from './inferrer.js';
import { patternConstant, patternFields, patternPath } from './patternPaths.js';
import { lastChild } from './walk.js';

/** How names in a pattern bind: by value, or by (mutable) reference because the value was reached through one. */
export const enum Mode { Move = 0, Ref = 1, RefMut = 2 }

/** Declares what a pattern binds when it is matched with a value of type `type`. */
export function bindPattern(inferrer: Inferrer, node: NodeIndex, type: TypeId, mode: Mode, parameter = false): void {
  if (node === NO_NODE || inferrer.tooDeep()) return;
  inferrer.state.depth++;
  bind(inferrer, node, type, mode, parameter);
  inferrer.state.depth--;
}

function bind(inferrer: Inferrer, node: NodeIndex, type: TypeId, mode: Mode, parameter: boolean): void {
  const { state } = inferrer;
  const { tree, types } = state;
  switch (tree.kind[node]) {
    case RustKind.Identifier: case RustKind.ShorthandFieldIdentifier: case RustKind.TypeIdentifier: {
      const symbol = inferrer.symbol(node);
      const item = isPatternItem(inferrer, symbol);
      if (item !== 0) {
        state.setAux(node, -0x40000000 - item);
        patternConstant(inferrer, node, item, type);
        return;
      }
      const parent = tree.parent[node] as number;
      const mutable = tree.kind[node - 1] === RustKind.MutableSpecifier && tree.parent[node - 1] === parent;
      state.declare(node, symbol, bindingType(inferrer, type, mode), mutable || tree.kind[parent] === RustKind.MutPattern, parameter);
      return;
    }
    case RustKind.MutPattern: {
      const inner = lastChild(tree, node);
      if (inner === NO_NODE) return;
      if (tree.kind[inner] === RustKind.Identifier) state.declare(inner, inferrer.symbol(inner), type, true, parameter);
      else bindPattern(inferrer, inner, type, mode, parameter);
      return;
    }
    case RustKind.RefPattern: {
      const inner = lastChild(tree, node);
      if (inner === NO_NODE) return;
      const mutable = tree.kind[inner] === RustKind.MutPattern;
      const name = mutable ? lastChild(tree, inner) : inner;
      if (tree.kind[name] === RustKind.Identifier) state.declare(name, inferrer.symbol(name), types.ref(type, mutable), false, parameter);
      return;
    }
    case RustKind.CapturedPattern: {
      const name = tree.firstChild(node);
      if (name !== NO_NODE) state.declare(name, inferrer.symbol(name), bindingType(inferrer, type, mode), false, parameter);
      bindPattern(inferrer, lastChild(tree, node), type, mode, parameter);
      return;
    }
    case RustKind.ReferencePattern: {
      const at = state.resolved(type);
      const inner = lastChild(tree, node);
      if (types.tag(at) === TypeTag.Ref) {
        bindPattern(inferrer, inner, types.arg(at, 0), Mode.Move, parameter);
        return;
      }
      const target = state.fresh();
      if (state.isVariable(at)) state.unify(at, types.ref(target, tree.childByKind(node, RustKind.MutableSpecifier) !== NO_NODE));
      bindPattern(inferrer, inner, mode !== Mode.Move ? at : target, Mode.Move, parameter);
      return;
    }
    case RustKind.OrPattern:
      alternatives(inferrer, node, type, mode, parameter);
      return;
    case RustKind.TuplePattern: {
      const [inner, next] = peel(inferrer, type, mode);
      const children = patternChildren(inferrer, node);
      const rest = children.findIndex((c) => tree.kind[c] === RustKind.RemainingFieldPattern || tree.kind[c] === RustKind.DotDot);
      let elements: readonly TypeId[];
      if (types.tag(inner) === TypeTag.Tuple) elements = types.args(inner);
      else {
        elements = rest >= 0 ? [] : children.map(() => state.fresh());
        if (rest < 0 && state.isVariable(inner)) state.unify(inner, types.tuple(elements));
      }
      positional(inferrer, children, rest, elements, next, parameter);
      return;
    }
    case RustKind.SlicePattern: {
      const [inner, next] = peel(inferrer, type, mode);
      const tag = types.tag(inner);
      const element = tag === TypeTag.Slice || tag === TypeTag.Array ? types.arg(inner, 0) : UNKNOWN;
      for (const child of patternChildren(inferrer, node)) {
        if (tree.kind[child] === RustKind.CapturedPattern && tree.kind[lastChild(tree, child)] === RustKind.RemainingFieldPattern) {
          const name = tree.firstChild(child);
          state.declare(name, inferrer.symbol(name), bindingType(inferrer, types.slice(element), next), false, parameter);
        } else bindPattern(inferrer, child, element, next, parameter);
      }
      return;
    }
    case RustKind.TupleStructPattern: {
      const path = tree.childByField(node, RustField.Type);
      const [inner, next] = peel(inferrer, type, mode);
      const fields = patternFields(inferrer, path, inner);
      const children = patternChildren(inferrer, node).filter((c) => c !== path);
      const rest = children.findIndex((c) => tree.kind[c] === RustKind.RemainingFieldPattern);
      positional(inferrer, children, rest, fields === null ? [] : fields.map((f) => f.type), next, parameter);
      return;
    }
    case RustKind.StructPattern: {
      const path = tree.childByField(node, RustField.Type);
      const [inner, next] = peel(inferrer, type, mode);
      const fields = patternFields(inferrer, path, inner);
      for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
        if (tree.kind[child] !== RustKind.FieldPattern) continue;
        const nameNode = tree.childByField(child, RustField.Name);
        if (nameNode === NO_NODE) continue;
        const name = inferrer.symbol(nameNode);
        const fieldType = fields?.find((f) => f.name === name)?.type ?? UNKNOWN;
        const pattern = tree.childByField(child, RustField.Pattern);
        if (pattern !== NO_NODE) bindPattern(inferrer, pattern, fieldType, next, parameter);
        else {
          const byRef = tree.childByKind(child, RustKind.TokenRef) !== NO_NODE;
          const mutable = tree.childByKind(child, RustKind.MutableSpecifier) !== NO_NODE;
          state.declare(nameNode, name, byRef ? types.ref(fieldType, mutable) : bindingType(inferrer, fieldType, next), mutable, parameter);
        }
      }
      return;
    }
    case RustKind.ScopedIdentifier: {
      patternPath(inferrer, node, state.resolved(type));
      return;
    }
    case RustKind.GenericPattern: case RustKind.MatchPattern: case RustKind.ParenthesizedExpression:
      bindPattern(inferrer, tree.firstChild(node), type, mode, parameter);
      return;
    case RustKind.IntegerLiteral: case RustKind.FloatLiteral: case RustKind.StringLiteral: case RustKind.RawStringLiteral: case RustKind.CharLiteral: case RustKind.BooleanLiteral: case RustKind.NegativeLiteral: {
      const literal = inferrer.infer(node, 0);
      const [inner] = peelLiteral(inferrer, type, literal);
      inferrer.tryUnify(inner, literal);
      return;
    }
    case RustKind.RangePattern:
      for (const child of patternChildren(inferrer, node)) if (tree.kind[child] !== RustKind.DotDot && tree.kind[child] !== RustKind.DotDotEq) bindPattern(inferrer, child, type, mode, parameter);
      return;
    case RustKind.MacroInvocation: case RustKind.ConstBlock:
      inferrer.infer(node, 0);
      return;
    default:
  }
}


function patternChildren(inferrer: Inferrer, node: NodeIndex): NodeIndex[] {
  const { tree } = inferrer.state;
  const children: NodeIndex[] = [];
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
    const kind = tree.kind[child];
    if (kind === RustKind.MutableSpecifier || kind === RustKind.AttributeItem || kind === RustKind.TokenRef) continue;
    children.push(child);
  }
  return children;
}

function positional(inferrer: Inferrer, children: readonly NodeIndex[], rest: number, elements: readonly TypeId[], mode: Mode, parameter: boolean): void {
  const after = rest < 0 ? 0 : children.length - rest - 1;
  children.forEach((child, i) => {
    if (i === rest) return;
    const at = rest < 0 || i < rest ? i : elements.length - after + (i - rest - 1);
    bindPattern(inferrer, child, elements[at] ?? UNKNOWN, mode, parameter);
  });
}

/** Both sides bind the same names: the second mentions become the first's variables. */
function alternatives(inferrer: Inferrer, node: NodeIndex, type: TypeId, mode: Mode, parameter: boolean): void {
  const { state } = inferrer;
  const { tree } = state;
  const sides: NodeIndex[] = [];
  // a | b | c nests to the left: taken apart iteratively
  for (let at = node; ;) {
    const last = lastChild(tree, at);
    const first = tree.firstChild(at);
    if (last === NO_NODE) break;
    if (last !== first) sides.push(last);
    if (tree.kind[first] !== RustKind.OrPattern) {
      sides.push(first);
      break;
    }
    at = first;
  }
  sides.reverse();
  const before = state.mark();
  const first = sides[0];
  if (first === undefined) return;
  bindPattern(inferrer, first, type, mode, parameter);
  const bound = state.mark();
  for (let i = 1; i < sides.length; i++) {
    const mark = state.mark();
    bindPattern(inferrer, sides[i] as number, type, mode, parameter);
    for (let k = mark; k < state.scopeLocals.length; k++) {
      for (let j = before; j < bound; j++) {
        if (state.scopeSymbols[j] !== state.scopeSymbols[k]) continue;
        const main = state.locals[state.scopeLocals[j] as number];
        const other = state.locals[state.scopeLocals[k] as number];
        if (main !== undefined && other !== undefined) {
          inferrer.tryUnify(main.type, other.type);
          state.setAux(other.node, -(state.scopeLocals[j] as number) - 1);
        }
      }
    }
    state.leave(mark);
  }
}

function bindingType(inferrer: Inferrer, type: TypeId, mode: Mode): TypeId {
  return mode === Mode.Move ? type : inferrer.state.types.ref(type, mode === Mode.RefMut);
}

/** Looks through references at a non-reference pattern; what it binds is then bound by reference. */
function peel(inferrer: Inferrer, type: TypeId, mode: Mode): [TypeId, Mode] {
  const { state } = inferrer;
  let at = state.resolved(type);
  let now = mode;
  while (state.types.tag(at) === TypeTag.Ref) {
    now = state.types.head(at) === 1 && now !== Mode.Ref ? Mode.RefMut : Mode.Ref;
    at = state.resolved(state.types.arg(at, 0));
  }
  return [at, now];
}

function peelLiteral(inferrer: Inferrer, type: TypeId, literal: TypeId): [TypeId] {
  const { state } = inferrer;
  let at = state.resolved(type);
  const wanted = state.types.tag(state.unifier.shallow(literal));
  while (state.types.tag(at) === TypeTag.Ref && (wanted !== TypeTag.Ref || state.types.tag(state.resolved(state.types.arg(at, 0))) === TypeTag.Ref)) at = state.resolved(state.types.arg(at, 0));
  return [at];
}

/** Whether a name in a pattern is a constant, unit struct or unit variant instead of a new variable. */
export function isPatternItem(inferrer: Inferrer, symbol: number): DefId {
  const { state } = inferrer;
  const first = state.world.symbols.text(symbol).charCodeAt(0);
  // by convention only capitalised names can be items; a lower-case one is looked up by nobody
  if (first < 65 || first > 90) return 0;
  const def = state.names.lookup(state.scope, symbol, Space.Value);
  if (def === 0) return 0;
  const kind = state.world.defs.kind(def);
  return kind === ItemKind.Const || kind === ItemKind.Static || kind === ItemKind.Variant || kind === ItemKind.Struct ? def : 0;
}
