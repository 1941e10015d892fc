// Bodies that hold nothing that could cost: no call, macro, `?`, await, loop over an iterator, or operator that a type could overload. Tables of
// constants and plain getters are such bodies; their types are not worked out, so that a table of any length costs one look at its nodes.
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { macroName } from '../../declare/macroTree.js';
import type { Signatures } from '../../resolve/signatures.js';
import { UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import type { Callee, ClosureInfo, InferredBody, LocalVariable } from './inferredBody.js';

const enum Work { None = 0, InFunctions = 1, Anywhere = 2 }

const WORK = new Uint8Array(1 << 16);
for (const kind of [RustKind.CallExpression, RustKind.MacroInvocation, RustKind.TryExpression, RustKind.AwaitExpression, RustKind.ForExpression]) WORK[kind] = Work.Anywhere;
// a constant's operators are those of numbers: no others can be evaluated before the program runs
for (const kind of [RustKind.BinaryExpression, RustKind.CompoundAssignmentExpr]) WORK[kind] = Work.InFunctions;

/** Whether nodes of the item at `node` can cost something. */
export function holdsWork(tree: FlatTree, node: NodeIndex, end: NodeIndex): boolean {
  const { kind } = tree;
  const least = kind[node] === (RustKind.FunctionItem as number) ? Work.InFunctions : Work.Anywhere;
  for (let at = node + 1; at < end; at++) if ((WORK[kind[at] as number] as number) >= least) return true;
  return false;
}

const NO_CALLEES: readonly DefId[] = [];
const NO_LOCALS: readonly LocalVariable[] = [];
const NO_CLOSURES: readonly ClosureInfo[] = [];
const NO_ROOTS: readonly NodeIndex[] = [];

/** A body without work: it calls nothing, and nothing is known of the types in it. */
export class PlainBody implements InferredBody {
  readonly locals = NO_LOCALS;
  readonly closures = NO_CLOSURES;
  readonly macroRoots = NO_ROOTS;
  readonly callees = NO_CALLEES;

  constructor(private readonly signatures: Signatures, readonly tree: FlatTree, readonly owner: DefId, readonly first: NodeIndex, readonly end: NodeIndex) {}

  get result(): TypeId {
    return UNKNOWN;
  }

  typeOf(): TypeId {
    return UNKNOWN;
  }

  adjustedTypeOf(): TypeId {
    return UNKNOWN;
  }

  calleeOf(): Callee | null {
    return null;
  }

  intoIterOf(): Callee | null {
    return null;
  }

  conversionOf(): Callee | null {
    return null;
  }

  localOf(): number {
    return -1;
  }

  itemOf(): DefId {
    return 0;
  }

  get written(): number {
    return this.tree.text.length;
  }

  isForeign(): boolean {
    return false;
  }

  macroRootOf(): NodeIndex {
    return NO_NODE;
  }

  macroNameOf(node: NodeIndex): number {
    return this.signatures.world.symbols.intern(macroName(this.tree, node));
  }
}
