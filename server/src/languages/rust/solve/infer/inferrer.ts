// Inference over one body: expressions by kind. Calls are in calls.ts, operators in operators.ts, statements and control flow in controlFlow.ts,
// literals, arrays and structs in values.ts, patterns in patterns.ts, written types in writtenTypes.ts.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../../declare/facts.js';
import { BOOL, CHAR, NEVER, STR, TypeTag, U8, UNIT, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import { VarKind } from '../../types/unifier.js';
import { callExpression } from './calls.js';
import { asyncBlock, closure } from './closures.js';
import { coerce } from './coerce.js';
import { block, breakExpression, condition, forLoop, ifExpression, loopExpression, matchExpression, returnExpression, whileExpression } from './controlFlow.js';
import { CaptureMode } from './inferredBody.js';
import { macroInvocation } from './macros.js';
import type { InherentIndex } from './methods.js';
import { awaitExpression, binary, compound, fieldAccess, indexExpression, range, tryExpression, unary } from './operators.js';
import { valuePath, type PathValue } from './paths.js';
import type { InferState } from './state.js';
import { arrayExpression, numberLiteral, structExpression } from './values.js';
import { lastChild } from './walk.js';
import { WrittenTypes } from './writtenTypes.js';

const MAX_DEPTH = 400;

/** Infers one body. */
export class Inferrer {
  readonly written: WrittenTypes;

  constructor(readonly state: InferState, readonly index: InherentIndex, readonly blockScopes: ReadonlyMap<NodeIndex, DefId>) {
    this.written = new WrittenTypes(state);
  }

  tooDeep(): boolean {
    return this.state.depth > MAX_DEPTH;
  }

  symbol(node: NodeIndex): number {
    return this.state.world.words.identifier(this.state.tree, node, this.state.world.symbols);
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
    // the forms that most nodes have first; the others are a long list
    switch (this.state.tree.kind[node]) {
      case RustKind.Identifier: case RustKind.Self: {
        const local = this.state.local(this.symbol(node), node);
        return local >= 0 ? this.useLocal(node, local) : this.#pathValue(node);
      }
      case RustKind.FieldExpression: return fieldAccess(this, node);
      case RustKind.CallExpression: return callExpression(this, node, wanted);
      case RustKind.IntegerLiteral: return numberLiteral(this, node, wanted);
      case RustKind.ScopedIdentifier: return this.#pathValue(node);
      case RustKind.Block: return block(this, node, wanted);
      default: return this.#otherExpression(node, wanted);
    }
  }

  #otherExpression(node: NodeIndex, wanted: TypeId): TypeId {
    const { state } = this;
    const { tree, types } = state;
    switch (tree.kind[node]) {
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
      case RustKind.GenericFunction: case RustKind.Metavariable: return this.#pathValue(node);
      case RustKind.ParenthesizedExpression: return this.infer(lastChild(tree, node), wanted);
      case RustKind.MacroInvocation: return macroInvocation(this, node, wanted);
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
        const type = this.written.typeAt(tree.childByField(node, RustField.Type));
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
      case RustKind.ArrayExpression: return arrayExpression(this, node, wanted);
      case RustKind.StructExpression: return structExpression(this, node, wanted);
      case RustKind.UnsafeBlock: case RustKind.ConstBlock: return this.infer(lastChild(tree, node), wanted);
      case RustKind.TryBlock: return this.infer(lastChild(tree, node), 0) === 0 ? UNKNOWN : UNKNOWN;
      case RustKind.AsyncBlock: return asyncBlock(this, node);
      case RustKind.ClosureExpression: return closure(this, node, wanted);
      case RustKind.IfExpression: return ifExpression(this, node, wanted);
      case RustKind.MatchExpression: return matchExpression(this, node, wanted);
      case RustKind.LetCondition: condition(this, node); return BOOL;
      case RustKind.LetChain: condition(this, node); return BOOL;
      case RustKind.WhileExpression: return whileExpression(this, node);
      case RustKind.LoopExpression: return loopExpression(this, node, wanted);
      case RustKind.ForExpression: return forLoop(this, node);
      case RustKind.ReturnExpression: case RustKind.YieldExpression: return returnExpression(this, node);
      case RustKind.BreakExpression: return breakExpression(this, node);
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
    } else if (kind === ItemKind.Impl) state.requireAll(state.signatures.bounds.predicates(owner), value.args);
    state.requireAll(state.signatures.bounds.predicates(value.def), value.args);
  }

}
