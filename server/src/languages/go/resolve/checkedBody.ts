// A function body with its types: what the escape analysis and the rules read. Columns are indexed by the node of the file's flat tree.
// Not here: how they are filled (check/) and what follows from them (escape/, ../rules/).
import type { NodeIndex, FlatTree } from '../../../syntax/flatTree.js';
import { GoKind } from '../../../syntax/kinds/go.generated.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { Builtin, FuncId, ObjectId, ObjectTable } from './objects.js';
import type { SelectionId, SelectionTable } from './selectionTable.js';
import type { ConstantId, ConstantTable } from '../types/constants.js';
import type { TypeFacts } from '../types/typeFacts.js';
import type { TypeId } from '../types/typeKind.js';
import type { TypeTable } from '../types/typeTable.js';

/** A local variable, parameter or named result of one body: an index into its LocalTable. */
export type LocalId = number;

/** What all bodies of an engine share. */
export interface GoWorld {
  readonly symbols: SymbolTable;
  readonly types: TypeTable;
  /** Sizes, pointers, method sets: what follows from a type. */
  readonly typeFacts: TypeFacts;
  readonly objects: ObjectTable;
  readonly selections: SelectionTable;
  readonly constants: ConstantTable;
  readonly implementations: Candidates;
  /** Name as Go's tools write it: `net/http.(*Server).Serve`, `strings.Repeat`, `slices.Sort`; of a package variable `pkg.name`. */
  nameOf(object: ObjectId): string;
  /** Import path of the package of an object; '' for the universe. */
  packagePathOf(object: ObjectId): string;
}

/** What a dynamic call may reach, as far as a package itself shows (../resolve/implementations.ts). */
export interface Candidates {
  /** Whether a type of the package that `from` stands in has a method of the name. */
  some(from: ObjectId, name: number): boolean;
  /** The function that a package variable starts with; 0 for none. */
  initial(variable: ObjectId): FuncId;
}

/** How a call is made; in the low bits of a call's `ref`. */
export const enum CallKind {
  Unknown = 0,
  /** `T(x)`; the type is the call's type. Also on type_conversion_expression. */
  Conversion,
  /** Target: the Builtin. */
  Builtin,
  /** A declared function or a method by its receiver's type. Target: FuncId. For a method the callee is a selector (see its Selection), or a method expression. */
  Static,
  /** A method of an interface. Target: SelectionId. */
  Interface,
  /** A function value: variable, field, result, parenthesised literal. */
  Value,
  /** A function literal called where it stands. Target: index in `functions`. */
  Literal,
}

/** Bits of `ref` below a call's target. */
export const CALL_KIND_BITS = 3;

/** Types of one file's nodes. Filled body by body; what belongs to a body that was not checked is void. */
export interface CheckedFile {
  readonly path: string;
  readonly tree: FlatTree;
  /**
   * Type of an expression after implicit conversion of untyped constants (as go/types records it: `1` in `var x int64 = 1` is int64, a bare
   * boolean comparison used as bool is bool; a constant put into an interface has its default type). Calls: the result; the empty tuple
   * without results, a Tuple for several. Type expressions: the type. A literal_value without written type: the type of the literal
   * (a pointer: its address is taken). `x, ok` forms: the single value's type. 0: no expression, or unknown.
   */
  readonly type: Int32Array;
  /**
   * What a node refers to.
   * - identifier, type_identifier: object (> 0), local (< 0: -1 - LocalId), 0 unresolved, blank, or a package's name. Declared names too;
   *   an identifier left of `:=` declares its local exactly when the local's `node` is it.
   * - selector_expression: SelectionId (> 0), or the object of a package member (< 0: -ObjectId). qualified_type: -ObjectId, or a SelectionId
   *   where it is a value that the grammar reads as a type (`x.f[i](y)`).
   * - call_expression, type_conversion_expression: `target << CALL_KIND_BITS | CallKind`.
   * - func_literal: its index in `functions`.
   * - keyed_element of a struct literal: index of the field + 1.
   * - type_case and default_case of a type switch that binds a variable: -1 - LocalId of that case's variable.
   * - index_expression, type_instantiation_expression that instantiate a function: its ObjectId.
   */
  readonly ref: Int32Array;
  /** Constant value of a constant expression, 0 for none; LAZY_STRING where it has to be asked of `constantOf`. */
  readonly value: Int32Array;
  /**
   * Interface that a value which is no interface is converted to, implicitly, where it stands: assignments, declarations, results, arguments
   * (variadic elements too), elements and keys of literals, sends, map keys, comparisons, switch cases, range keys, explicit `any(x)` operands. 0: none.
   * Values of type parameters count as no interfaces.
   */
  readonly convert: Int32Array;
}

/** In `value`: a string constant that was not computed. */
export const LAZY_STRING = -1;

/** Flags of a local. */
export const enum LocalFlag {
  Param = 1, Result = 2, Receiver = 4, Range = 8,
  /** Declared by a for clause or a range clause with `:=`: one per iteration since Go 1.22 (see `CheckedBody.perIterationLoops`). */
  LoopVariable = 16,
  /** Variable of one case of a type switch. */
  TypeCase = 32,
  Const = 64,
  /** A type declared in the body. */
  Type = 128,
  /** `_`, or no name at all (parameters, results). */
  Blank = 256,
  /** The last parameter of a variadic function. */
  Variadic = 512,
}

/** Locals of a body, those of its literals included, in order of declaration. */
export interface LocalTable {
  readonly count: number;
  /** Symbol of the name; 0 when it has none. */
  readonly name: readonly number[];
  readonly type: readonly number[];
  /** Declaring identifier; of an unnamed parameter or result, its declaration or type node; of a type switch's variable, the case. */
  readonly node: readonly number[];
  readonly flags: readonly number[];
  /** Index in `functions` of the function that declares it. */
  readonly owner: readonly number[];
}

/** The body's own function, or a literal in it. */
export interface BodyFunction {
  /** function_declaration, method_declaration or func_literal; of an initialiser, the var_spec. */
  readonly node: NodeIndex;
  /** Block, or -1: a function without body. */
  readonly body: NodeIndex;
  readonly signature: TypeId;
  /** Index of the enclosing function; -1 for the body's own. */
  readonly parent: number;
  /** Receiver, -1 for none. */
  readonly receiver: LocalId;
  /** One local per parameter, unnamed ones included. */
  readonly params: readonly LocalId[];
  /** One local per result, unnamed ones included. */
  readonly results: readonly LocalId[];
  /** Locals of enclosing functions that it mentions itself or that literals in it mention, in order of first mention. */
  readonly captures: readonly LocalId[];
}

/** A checked function, method or package-level initialiser. Lives until its batch is solved and its rules have run. */
export interface CheckedBody {
  /** The function's object; of an initialiser, the object of its first variable (0: all blank). */
  readonly id: ObjectId;
  readonly isInitialiser: boolean;
  readonly file: CheckedFile;
  /** function_declaration, method_declaration or var_spec. */
  readonly node: NodeIndex;
  /** UTF-16 offset where the body's item starts: findings are relative to it. */
  readonly base: number;
  readonly functions: readonly BodyFunction[];
  readonly locals: LocalTable;
  /** Functions that are called statically or named (their value taken), each once: the edges of the call graph. */
  readonly callees: readonly FuncId[];
  /** Implicit conversions of single values of a tuple, (call or `v, ok` expression, index, interface) each: `var a, b any = f()`, `return f()`, `g(f())`. */
  readonly tupleConversions: readonly number[];
  /** Type arguments of calls and values of generic functions: the node of the function's name or selector → its type arguments. */
  readonly instances: ReadonlyMap<NodeIndex, readonly TypeId[]>;
  /** Loop variables are one per iteration (`go` line ≥ 1.22, or no go.mod). */
  readonly perIterationLoops: boolean;
  /** Whether broken syntax, unresolved names or unknown types were met: lowers certainty. */
  readonly uncertain: boolean;
  /** The file is a test's (`_test.go`). */
  readonly isTest: boolean;
  /** Names of the directives right above the function (`go:noescape`, `go:noinline`, `go:uintptrescapes`, `go:nosplit` …). */
  readonly directives: readonly string[];
}

/** The local that a node refers to or declares, or -1. */
export function localOf(file: CheckedFile, node: NodeIndex): LocalId {
  const ref = file.ref[node] as number;
  return ref < 0 ? -1 - ref : -1;
}

/** The kind of a call (call_expression or type_conversion_expression). */
export function callKindOf(file: CheckedFile, call: NodeIndex): CallKind {
  return (file.ref[call] as number) & ((1 << CALL_KIND_BITS) - 1);
}

/** The target of a call: see CallKind. */
export function callTargetOf(file: CheckedFile, call: NodeIndex): FuncId | Builtin | SelectionId | number {
  return (file.ref[call] as number) >> CALL_KIND_BITS;
}

/** How many `*` the written type of a conversion starts with. `*T(x)` is `*(T(x))`: they read through the converted value. */
export function leadingStars(tree: FlatTree, type: NodeIndex): number {
  let stars = 0;
  for (let at = type; at >= 0 && tree.kind[at] === GoKind.PointerType; stars++) {
    at = tree.firstChild(at);
    if (at >= 0 && tree.kind[at] === GoKind.Star) at = tree.nextSibling(at);
  }
  return stars;
}

/** Reads constants of a body, those that were left lazy included. */
export interface ConstantReader {
  /** Constant value of an expression; 0 when it is none. */
  constantOf(file: CheckedFile, node: NodeIndex): ConstantId;
}
