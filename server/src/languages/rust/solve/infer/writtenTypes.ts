// Types that are written in a body: annotations, turbofish, casts, array lengths. Lowered at once, with fresh variables for `_`.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import type { SymbolTable } from '../../../../syntax/symbolTable.js';
import { CodeWriter } from '../../declare/codeWriter.js';
import { TypeWriter } from '../../declare/typeWriter.js';
import type { BoundView, LowerContext } from '../../resolve/lower.js';
import { TypeTag, UNKNOWN, type TypeId } from '../../types/typeTable.js';
import type { InferState } from './state.js';

/** A code writer whose names are symbols: for types inside of bodies. */
class SymbolWriter extends CodeWriter {
  override name(symbol: number): void {
    this.put(symbol);
  }
}

/** One writer serves all bodies of a program: inference of a body is over before that of another begins. */
const scratches = new WeakMap<SymbolTable, SymbolWriter>();

function scratchOf(state: InferState): SymbolWriter {
  const { symbols } = state.world;
  let writer = scratches.get(symbols);
  if (writer === undefined) scratches.set(symbols, (writer = new SymbolWriter(symbols)));
  return writer;
}

/** Reads the types of one body. */
export class WrittenTypes {
  readonly #scratch: CodeWriter;
  readonly #typeWriter: TypeWriter;

  constructor(readonly state: InferState) {
    this.#scratch = scratchOf(state);
    this.#typeWriter = new TypeWriter(state.tree, this.#scratch, state.world.words);
  }

  /** How a type written here is read. */
  context(): LowerContext {
    const { state } = this;
    return { code: this.#scratch.code, names: null, item: state.owner, scope: state.scope, self: state.selfType, fresh: () => state.fresh(), opaque: null };
  }

  /** The type at a node; UNKNOWN for none. */
  typeAt(node: NodeIndex): TypeId {
    if (node === NO_NODE) return UNKNOWN;
    const from = this.#scratch.size;
    this.#typeWriter.type(node);
    const type = this.state.signatures.lowering.type(this.context(), from);
    this.#scratch.size = from;
    return this.state.normalize(type);
  }

  /** The bound at a node, for `self`. */
  boundAt(node: NodeIndex, self: TypeId): BoundView | null {
    const from = this.#scratch.size;
    this.#typeWriter.path(node);
    const bound = this.state.signatures.lowering.bound({ ...this.context(), self }, from);
    this.#scratch.size = from;
    return bound;
  }

  /** A constant expression as a type: a value or a parameter, else UNKNOWN. */
  constantAt(node: NodeIndex): TypeId {
    const from = this.#scratch.size;
    this.#typeWriter.constant(node);
    const value = this.state.signatures.lowering.type(this.context(), from);
    this.#scratch.size = from;
    const tag = this.state.types.tag(value);
    return tag === TypeTag.Const || tag === TypeTag.Param ? value : UNKNOWN;
  }
}
