// Inference over one body: expressions by kind, statements, control flow. Calls are in calls.ts, operators in operators.ts, patterns in patterns.ts.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { CodeWriter } from '../../declare/codeWriter.js';
import { ItemKind } from '../../declare/facts.js';
import { TypeWriter } from '../../declare/typeWriter.js';
import type { BoundView, LowerContext } from '../../resolve/lower.js';
import type { Field } from '../../resolve/signatures.js';
import { BOOL, NEVER, STR, TypeTag, U8, UNIT, UNKNOWN, USIZE, CHAR, type DefId, type TypeId } from '../../types/typeTable.js';
import { VarKind } from '../../types/unifier.js';
import { callExpression } from './calls.js';
import { coerce } from './coerce.js';
import { asyncBlock, closure } from './closures.js';
import { awaitExpression, binary, compound, fieldAccess, forExpression, indexExpression, range, tryExpression, unary } from './operators.js';
import { CallKind, CaptureMode } from './inferredBody.js';
import { macroInvocation } from './macros.js';
import type { InherentIndex } from './methods.js';
import { bindPattern, isPatternItem, Mode } from './patterns.js';
import { structPath, valuePath, type PathValue } from './paths.js';
import type { InferState } from './state.js';

const MAX_DEPTH = 400;

/** A code writer whose names are symbols: for types inside of bodies. */
class SymbolWriter extends CodeWriter {
  override name(symbol: number): void {
    this.put(symbol);
  }
}

/** Infers one body. */
export class Inferrer {
  readonly #scratch: SymbolWriter;
  readonly #typeWriter: TypeWriter;
  constructor(readonly state: InferState, readonly index: InherentIndex, readonly blockScopes: ReadonlyMap<NodeIndex, DefId>) {
    this.#scratch = new SymbolWriter(state.world.symbols);
    this.#typeWriter = new TypeWriter(state.tree, this.#scratch, state.world.words);
  }

  tooDeep(): boolean {
    return this.state.depth > MAX_DEPTH;
  }

  symbol(node: NodeIndex): number {
    return this.state.world.words.identifier(this.state.tree, node, this.state.world.symbols);
  }

  // --- types written in the body

  context(): LowerContext {
    const { state } = this;
    return { code: this.#scratch.code, names: null, item: state.owner, scope: state.scope, self: state.selfType, fresh: () => state.fresh(), opaque: null };
  }

  typeAt(node: NodeIndex): TypeId {
    if (node === NO_NODE) return UNKNOWN;
    const from = this.#scratch.size;
    this.#typeWriter.type(node);
    const type = this.state.signatures.lowering.type(this.context(), from);
    this.#scratch.size = from;
    return this.state.normalize(type);
  }

  boundAt(node: NodeIndex, self: TypeId): BoundView | null {
    const from = this.#scratch.size;
    this.#typeWriter.path(node);
    const bound = this.state.signatures.lowering.bound({ ...this.context(), self }, from);
    this.#scratch.size = from;
    return bound;
  }

  // --- patterns' needs

  patternItem(symbol: number): DefId {
    return isPatternItem(this, symbol);
  }

  patternConstant(node: NodeIndex, item: DefId, type: TypeId): void {
    const { state } = this;
    const kind = state.world.defs.kind(item);
    if (kind === ItemKind.Variant || kind === ItemKind.Struct) {
      const owner = kind === ItemKind.Variant ? state.world.defs.parent(item) : item;
      let at = state.resolved(type);
      while (state.types.tag(at) === TypeTag.Ref) at = state.resolved(state.types.arg(at, 0));
      if (state.isVariable(at)) this.tryUnify(at, state.types.adt(owner, state.traits.freshArgs(owner)));
    }
    state.setType(node, type);
  }

  patternPath(node: NodeIndex, type: TypeId): void {
    const value = valuePath(this, node);
    if (value === null) return;
    let at = type;
    while (this.state.types.tag(at) === TypeTag.Ref) at = this.state.resolved(this.state.types.arg(at, 0));
    if (this.state.world.defs.kind(value.def) === ItemKind.Variant) this.tryUnify(at, this.state.types.adt(this.state.world.defs.parent(value.def), value.args));
  }

  /** Fields of the struct or variant that a pattern's path names, for a value of type `type`; null when unknown. */
  patternFields(path: NodeIndex, type: TypeId): readonly Field[] | null {
    if (path === NO_NODE) return null;
    const { state } = this;
    const kind = state.tree.kind[path];
    const item = kind === RustKind.Identifier || kind === RustKind.TypeIdentifier || kind === RustKind.ScopedIdentifier || kind === RustKind.ScopedTypeIdentifier || kind === RustKind.GenericType || kind === RustKind.GenericTypeWithTurbofish ? structPath(this, path) : null;
    if (item === null) return null;
    const owner = state.world.defs.kind(item.def) === ItemKind.Variant ? state.world.defs.parent(item.def) : item.def;
    this.tryUnify(type, state.types.adt(owner, item.args));
    return state.signatures.fields(item.def).map((f) => ({ name: f.name, type: state.subst(f.type, item.args) }));
  }

  tryUnify(a: TypeId, b: TypeId): boolean {
    const mark = this.state.unifier.mark();
    if (this.state.unify(a, b)) return true;
    this.state.unifier.rollback(mark);
    return false;
  }

  // --- expressions

  /** Infers an expression and makes it fit `wanted`. */
  check(node: NodeIndex, wanted: TypeId): TypeId {
    const actual = this.infer(node, wanted);
    return coerce(this.state, node, actual, wanted);
  }

  /** Infers an expression; `wanted` is a hint, 0 for none. */
  infer(node: NodeIndex, wanted: TypeId): TypeId {
    if (node === NO_NODE || this.tooDeep()) return UNKNOWN;
    this.state.depth++;
    const type = this.#expression(node, wanted);
    this.state.depth--;
    return this.state.setType(node, type);
  }

  #expression(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree, types } = state;
    switch (tree.kind[node]) {
      case RustKind.IntegerLiteral: return this.#number(node, wanted);
      case RustKind.FloatLiteral: {
        const text = tree.textOf(node);
        return text.endsWith('f32') ? 3 + 15 : text.endsWith('f64') ? 3 + 16 : state.unifier.fresh(VarKind.Float);
      }
      case RustKind.StringLiteral: case RustKind.RawStringLiteral: {
        const c = tree.text.charCodeAt(tree.start[node] as number);
        if (c === 98) return types.ref(types.array(U8, UNKNOWN), false);
        if (c === 99) return types.ref(types.adt(state.traits.known.trait('CStr'), []), false);
        return types.ref(STR, false);
      }
      case RustKind.CharLiteral: return tree.text.charCodeAt(tree.start[node] as number) === 98 ? U8 : CHAR;
      case RustKind.BooleanLiteral: return BOOL;
      case RustKind.UnitExpression: return UNIT;
      case RustKind.NegativeLiteral: return this.infer(lastChild(tree, node), wanted);
      case RustKind.Identifier: case RustKind.Self: {
        const symbol = this.symbol(node);
        const local = state.local(symbol);
        if (local >= 0) return this.useLocal(node, local);
        return this.#pathValue(node);
      }
      case RustKind.ScopedIdentifier: case RustKind.GenericFunction: case RustKind.Metavariable: return this.#pathValue(node);
      case RustKind.ParenthesizedExpression: return this.infer(lastChild(tree, node), wanted);
      case RustKind.CallExpression: return callExpression(this, node, wanted);
      case RustKind.MacroInvocation: return macroInvocation(this, node, wanted);
      case RustKind.FieldExpression: return fieldAccess(this, node);
      case RustKind.IndexExpression: return indexExpression(this, node);
      case RustKind.BinaryExpression: return binary(this, node, wanted);
      case RustKind.UnaryExpression: return unary(this, node, wanted);
      case RustKind.CompoundAssignmentExpr: return compound(this, node);
      case RustKind.AssignmentExpression: {
        const left = tree.childByField(node, RustField.Left);
        if (tree.kind[left] === RustKind.Underscore) this.infer(tree.childByField(node, RustField.Right), 0);
        else this.check(tree.childByField(node, RustField.Right), this.infer(left, 0));
        return UNIT;
      }
      case RustKind.ReferenceExpression: {
        const mutable = tree.childByKind(node, RustKind.MutableSpecifier) !== NO_NODE;
        const value = tree.childByField(node, RustField.Value);
        const at = wanted === 0 ? 0 : state.unifier.shallow(wanted);
        let hint = 0;
        if (at !== 0 && types.tag(at) === TypeTag.Ref) {
          hint = state.unifier.shallow(types.arg(at, 0));
          const tag = types.tag(hint);
          if (tag === TypeTag.Dyn || tag === TypeTag.Prim) hint = tag === TypeTag.Dyn ? hint : 0;
          else if (tag === TypeTag.Slice) hint = types.array(types.arg(hint, 0), state.fresh());
        }
        return types.ref(this.infer(value, hint), mutable);
      }
      case RustKind.TryExpression: return tryExpression(this, node, wanted);
      case RustKind.AwaitExpression: return awaitExpression(this, node);
      case RustKind.RangeExpression: return range(this, node);
      case RustKind.TypeCastExpression: {
        const type = this.typeAt(tree.childByField(node, RustField.Type));
        const value = this.infer(tree.childByField(node, RustField.Value), 0);
        const at = state.unifier.shallow(value);
        if (state.isVariable(at) && types.tag(type) === TypeTag.Prim && state.unifier.kindOf(at) === VarKind.Integer) this.tryUnify(at, type);
        return type;
      }
      case RustKind.TupleExpression: {
        const at = wanted === 0 ? 0 : state.unifier.shallow(wanted);
        const elements: TypeId[] = [];
        let i = 0;
        for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
          if (tree.kind[child] === RustKind.AttributeItem) continue;
          const hint = at !== 0 && types.tag(at) === TypeTag.Tuple ? types.arg(at, i) : 0;
          elements.push(hint === 0 ? this.infer(child, 0) : this.check(child, hint));
          i++;
        }
        return types.tuple(elements);
      }
      case RustKind.ArrayExpression: return this.array(node, wanted);
      case RustKind.StructExpression: return this.#struct(node, wanted);
      case RustKind.Block: return this.block(node, wanted);
      case RustKind.UnsafeBlock: case RustKind.ConstBlock: return this.infer(lastChild(tree, node), wanted);
      case RustKind.TryBlock: return this.infer(lastChild(tree, node), 0) === 0 ? UNKNOWN : UNKNOWN;
      case RustKind.AsyncBlock: return asyncBlock(this, node);
      case RustKind.ClosureExpression: return closure(this, node, wanted);
      case RustKind.IfExpression: return this.#if(node, wanted);
      case RustKind.MatchExpression: return this.#match(node, wanted);
      case RustKind.LetCondition: this.condition(node); return BOOL;
      case RustKind.LetChain: this.condition(node); return BOOL;
      case RustKind.WhileExpression: {
        const mark = state.mark();
        state.breaks.push({ label: this.#label(node), loop: true, type: UNIT, broken: false });
        this.condition(tree.childByField(node, RustField.Condition));
        this.infer(tree.childByField(node, RustField.Body), UNIT);
        state.breaks.pop();
        state.leave(mark);
        return UNIT;
      }
      case RustKind.LoopExpression: {
        const target = { label: this.#label(node), loop: true, type: wanted === 0 ? state.fresh() : wanted, broken: false };
        state.breaks.push(target);
        this.infer(tree.childByField(node, RustField.Body), UNIT);
        state.breaks.pop();
        return target.broken ? target.type : NEVER;
      }
      case RustKind.ForExpression: {
        state.breaks.push({ label: this.#label(node), loop: true, type: UNIT, broken: false });
        forExpression(this, node);
        state.breaks.pop();
        return UNIT;
      }
      case RustKind.ReturnExpression: case RustKind.YieldExpression: {
        const value = lastChild(tree, node);
        if (value !== NO_NODE) this.check(value, state.returnType);
        else if (state.returnType !== UNKNOWN) this.tryUnify(state.returnType, UNIT);
        return NEVER;
      }
      case RustKind.BreakExpression: {
        let value = NO_NODE;
        let label = 0;
        for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
          if (tree.kind[child] === RustKind.Label) label = state.world.symbols.intern(tree.textOf(child));
          else value = child;
        }
        const target = [...state.breaks].reverse().find((b) => (label === 0 ? b.loop : b.label === label));
        if (target !== undefined) target.broken = true;
        if (value !== NO_NODE) this.check(value, target?.type ?? 0);
        else if (target !== undefined) this.tryUnify(target.type, UNIT);
        return NEVER;
      }
      case RustKind.ContinueExpression: return NEVER;
      case RustKind.Error: {
        for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) this.infer(child, 0);
        return UNKNOWN;
      }
      default: return UNKNOWN;
    }
  }

  useLocal(node: NodeIndex, index: number): TypeId {
    const { state } = this;
    state.setAux(node, -index - 1);
    const local = state.locals[index];
    if (local === undefined) return UNKNOWN;
    for (let d = state.closureStack.length - 1; d >= local.closureDepth; d--) {
      const captures = state.closureStack[d]?.captures;
      if (captures !== undefined && !captures.has(index)) captures.set(index, { mode: state.closureStack[d]?.move === true ? CaptureMode.ByMove : CaptureMode.ByRef, node });
    }
    return local.type;
  }

  #pathValue(node: NodeIndex): TypeId {
    const value = valuePath(this, node);
    return value === null ? UNKNOWN : this.valueType(node, value);
  }

  /** The type of an item used as a value. */
  valueType(node: NodeIndex, value: PathValue): TypeId {
    const { state } = this;
    const { types, world, signatures } = state;
    state.setAux(node, -0x40000000 - value.def);
    switch (world.defs.kind(value.def)) {
      case ItemKind.Function:
        this.require(value);
        return types.make(TypeTag.FnDef, value.def, 0, value.args);
      case ItemKind.Const: case ItemKind.Static: return state.subst(signatures.valueType(value.def), value.args);
      case ItemKind.Struct: case ItemKind.Variant: {
        const owner = world.defs.kind(value.def) === ItemKind.Variant ? world.defs.parent(value.def) : value.def;
        return signatures.fields(value.def).length > 0 ? types.make(TypeTag.FnDef, value.def, 0, value.args) : types.adt(owner, value.args);
      }
      default: return UNKNOWN;
    }
  }

  /** Registers the bounds of a function that is instantiated with these arguments. */
  require(value: { readonly def: DefId; readonly args: readonly TypeId[] }): void {
    const { state } = this;
    const owner = state.world.defs.parent(value.def);
    const kind = owner === 0 ? 0 : state.world.defs.kind(owner);
    if (kind === ItemKind.Trait) {
      const count = state.signatures.genericCount(owner);
      if (count > 1) state.require(owner, value.args.slice(0, count), []);
    } else if (kind === ItemKind.Impl) state.requireAll(state.signatures.predicates(owner), value.args);
    state.requireAll(state.signatures.predicates(value.def), value.args);
  }

  array(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree, types } = state;
    const at = wanted === 0 ? 0 : state.resolved(wanted);
    const element = at !== 0 && (types.tag(at) === TypeTag.Array || types.tag(at) === TypeTag.Slice) ? types.arg(at, 0) : state.fresh();
    const length = tree.childByField(node, RustField.Length);
    let count = 0;
    for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
      if (tree.kind[child] === RustKind.AttributeItem) continue;
      if (child === length) this.check(child, USIZE);
      else {
        this.check(child, element);
        count++;
      }
    }
    if (length === NO_NODE) return types.array(element, types.constant(count));
    const from = this.#scratch.size;
    this.#typeWriter.constant(length);
    const size = state.signatures.lowering.type(this.context(), from);
    this.#scratch.size = from;
    return types.array(element, types.tag(size) === TypeTag.Const || types.tag(size) === TypeTag.Param ? size : UNKNOWN);
  }

  #number(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { text } = state.tree;
    const end = state.tree.end[node] as number;
    const start = state.tree.start[node] as number;
    const last = text.charCodeAt(end - 1);
    if (end - start > 2 && (last === 56 || last === 54 || last === 50 || last === 52 || last === 101)) {
      const match = /[iuf](?:8|16|32|64|128|size)$/.exec(text.slice(start, end));
      if (match && !text.startsWith('0x', start)) return state.signatures.lowering.primitive(state.world.symbols.intern(match[0]));
      if (match && match[0] !== 'f8' && !match[0].startsWith('f')) return state.signatures.lowering.primitive(state.world.symbols.intern(match[0]));
    }
    if (wanted !== 0) {
      const at = state.unifier.shallow(wanted);
      if (state.types.tag(at) === TypeTag.Prim && state.types.head(at) >= 3 && state.types.head(at) <= 14) return at;
    }
    return state.unifier.fresh(VarKind.Integer);
  }

  #struct(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree, types, signatures } = state;
    const item = structPath(this, tree.childByField(node, RustField.Name));
    const body = tree.childByField(node, RustField.Body);
    const owner = item === null ? 0 : state.world.defs.kind(item.def) === ItemKind.Variant ? state.world.defs.parent(item.def) : item.def;
    const type = item === null ? UNKNOWN : types.adt(owner, item.args);
    if (item !== null && wanted !== 0 && (types.flags(type) & 1) !== 0) {
      const at = state.unifier.shallow(wanted);
      if (types.tag(at) === TypeTag.Adt && types.head(at) === owner) this.tryUnify(type, at);
    }
    const fields = item === null ? null : signatures.fields(item.def);
    if (body === NO_NODE) return type;
    for (let child = body + 1, end = tree.next[body] as number; child < end; child = tree.next[child] as number) {
      const kind = tree.kind[child];
      if (kind === RustKind.FieldInitializer) {
        const nameNode = tree.childByField(child, RustField.Field);
        const name = nameNode === NO_NODE ? 0 : this.symbol(nameNode);
        const field = fields?.find((f) => f.name === name);
        this.check(tree.childByField(child, RustField.Value), field === undefined || item === null ? 0 : state.subst(field.type, item.args));
      } else if (kind === RustKind.ShorthandFieldInitializer) {
        const nameNode = lastChild(tree, child);
        const field = fields?.find((f) => f.name === this.symbol(nameNode));
        this.check(nameNode, field === undefined || item === null ? 0 : state.subst(field.type, item.args));
      } else if (kind === RustKind.BaseFieldInitializer) this.check(lastChild(tree, child), type);
    }
    return type;
  }

  block(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree } = state;
    const mark = state.mark();
    const outer = state.scope;
    const scope = this.blockScopes.get(node);
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
      result = UNIT;
      if (kind === RustKind.LetDeclaration) this.#let(child);
      else if (kind === RustKind.ExpressionStatement) {
        const inner = tree.firstChild(child);
        const last = (tree.next[child] as number) >= end;
        const blockLike = last && tree.text.charCodeAt((tree.end[child] as number) - 1) !== 59;
        const type = this.infer(inner, blockLike ? wanted : 0);
        if (state.unifier.shallow(type) === NEVER) diverges = true;
        if (blockLike) result = wanted === 0 ? type : coerce(state, inner, type, wanted);
      } else if (kind === RustKind.AttributeItem || kind === RustKind.Label || kind === RustKind.InnerAttributeItem || kind === RustKind.EmptyStatement || kind === RustKind.UseDeclaration) continue;
      else if (ITEMS.has(kind)) continue;
      else {
        result = wanted === 0 ? this.infer(child, 0) : this.check(child, wanted);
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
    state.leave(mark);
    state.scope = outer;
    return diverges && result === UNIT ? NEVER : result;
  }

  #let(node: NodeIndex): void {
    const { state } = this;
    const { tree } = state;
    const typeNode = tree.childByField(node, RustField.Type);
    const value = tree.childByField(node, RustField.Value);
    let type = typeNode === NO_NODE ? UNKNOWN : this.typeAt(typeNode);
    if (value !== NO_NODE) {
      if (typeNode === NO_NODE) type = this.infer(value, 0);
      else this.check(value, type);
    } else if (typeNode === NO_NODE) type = state.fresh();
    if (state.unifier.shallow(type) === NEVER && typeNode === NO_NODE) type = state.fresh();
    const alternative = tree.childByField(node, RustField.Alternative);
    if (alternative !== NO_NODE) this.infer(alternative, 0);
    bindPattern(this, tree.childByField(node, RustField.Pattern), type, Mode.Move);
  }

  /** A condition with its `let`s: what they bind stays declared for the body. */
  condition(node: NodeIndex): void {
    const { state } = this;
    const { tree } = state;
    if (node === NO_NODE) return;
    switch (tree.kind[node]) {
      case RustKind.LetCondition: {
        const type = this.infer(tree.childByField(node, RustField.Value), 0);
        bindPattern(this, tree.childByField(node, RustField.Pattern), type, Mode.Move);
        state.setType(node, BOOL);
        return;
      }
      case RustKind.LetChain:
        for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) if (tree.kind[child] !== RustKind.AmpAmp) this.condition(child);
        return;
      default:
        this.check(node, BOOL);
    }
  }

  #if(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree } = state;
    let result = 0;
    const pieces: NodeIndex[] = [];
    for (let at = node; ;) {
      const mark = state.mark();
      this.condition(tree.childByField(at, RustField.Condition));
      const body = tree.childByField(at, RustField.Consequence);
      result = this.join(result, body, wanted);
      state.leave(mark);
      const otherwise = tree.childByField(at, RustField.Alternative);
      if (otherwise === NO_NODE) return result === NEVER || wanted === 0 ? UNIT : UNIT;
      const inner = lastChild(tree, otherwise);
      if (inner !== NO_NODE && tree.kind[inner] === RustKind.IfExpression) {
        pieces.push(inner);
        at = inner;
        continue;
      }
      result = this.join(result, inner, wanted);
      for (const piece of pieces) state.setType(piece, result);
      return result;
    }
  }

  /** Joins the value of a branch with what the branches before it gave (0 for none). */
  join(before: TypeId, node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    if (before === 0 || state.unifier.shallow(before) === NEVER) {
      const type = wanted === 0 ? this.infer(node, 0) : this.check(node, wanted);
      return wanted !== 0 && type !== NEVER ? wanted : type;
    }
    this.check(node, before);
    return before;
  }

  #match(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree } = state;
    const type = this.infer(tree.childByField(node, RustField.Value), 0);
    const body = tree.childByField(node, RustField.Body);
    let result = 0;
    if (body === NO_NODE) return UNKNOWN;
    for (let arm = body + 1, end = tree.next[body] as number; arm < end; arm = tree.next[arm] as number) {
      if (tree.kind[arm] !== RustKind.MatchArm) continue;
      const mark = state.mark();
      const pattern = tree.childByField(arm, RustField.Pattern);
      if (pattern !== NO_NODE) {
        const inner = tree.firstChild(pattern);
        if (inner !== NO_NODE) bindPattern(this, inner, type, Mode.Move);
        const guard = tree.childByField(pattern, RustField.Condition);
        if (guard !== NO_NODE) this.condition(guard);
      }
      result = this.join(result, tree.childByField(arm, RustField.Value), wanted);
      state.leave(mark);
    }
    return result === 0 ? NEVER : result;
  }

  #label(node: NodeIndex): number {
    const { tree } = this.state;
    const label = tree.childByKind(node, RustKind.Label);
    return label === NO_NODE ? 0 : this.state.world.symbols.intern(tree.textOf(label));
  }
}

/** Last child of a node, NO_NODE for a leaf. */
export function lastChild(tree: { readonly next: Uint32Array }, node: NodeIndex): NodeIndex {
  let last = NO_NODE;
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) last = child;
  return last;
}

const ITEMS: ReadonlySet<number> = new Set([RustKind.FunctionItem, RustKind.StructItem, RustKind.EnumItem, RustKind.ImplItem, RustKind.TraitItem, RustKind.ConstItem, RustKind.StaticItem, RustKind.ModItem, RustKind.TypeItem, RustKind.MacroDefinition, RustKind.UnionItem, RustKind.ExternCrateDeclaration, RustKind.ForeignModItem, RustKind.FunctionSignatureItem]);

export { CallKind };
