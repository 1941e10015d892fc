// What inference knows about one body: the types of its expressions, what its calls call, what its names mean. The contract between
// inference and everything that judges: effects, sharing, rules. Results are relative to the body's first node and survive a move of the function.
import type { FlatTree, NodeIndex } from '../../../../syntax/flatTree.js';
import type { DefId, TypeId } from '../../types/typeTable.js';

/** How a call finds its function. */
export const enum CallKind {
  /** A known function: a path call, or a method found statically. */
  Static = 1,
  /** A trait method whose impl depends on a generic parameter or could not be chosen: `def` is the trait's method. */
  Generic = 2,
  /** A trait method on `dyn Trait`: `def` is the trait's method. */
  Dynamic = 3,
  /** A value is called: closure, function pointer, `impl Fn`; `def` is 0, or the function when its item is known; `selfType` is the value's type. */
  Value = 4,
  /** A tuple struct or variant is made: no call at all. */
  Constructor = 5,
  /** An operator or index on primitives: no call at all. */
  Builtin = 6,
}

/** A call as it is written: a call, method call, overloaded operator, `?`, `await`, `for`, index, or known macro. Plain; made on demand. */
export interface Callee {
  readonly kind: CallKind;
  /** The function as declared: the impl's own where it is known (`<String as Clone>::clone`), else the trait's or the inherent one; 0 for none. */
  readonly def: DefId;
  /** The trait's method that was named or stands behind the operator, when there is one; else 0. */
  readonly traitMethod: DefId;
  /** The impl that was chosen, 0 for none. */
  readonly impl: DefId;
  /** Self type after adjustments, without the reference of `&self` (`Vec<u8>` for `v.push(1)`); UNKNOWN for free functions. */
  readonly selfType: TypeId;
  /** Generic arguments of `def`: those of its impl (or trait, self first) and then its own. */
  readonly args: readonly TypeId[];
  /** Result type, parameters and projections replaced. */
  readonly result: TypeId;
  /** How many times the receiver was dereferenced to find the method. */
  readonly derefs: number;
}

/** A local variable: a parameter, a `let`, a pattern binding. */
export interface LocalVariable {
  /** The identifier that declares it. */
  readonly node: NodeIndex;
  readonly symbol: number;
  readonly type: TypeId;
  readonly mutable: boolean;
  readonly parameter: boolean;
}

/** How a closure or async block holds a variable of its surroundings. */
export const enum CaptureMode { ByRef = 0, ByMutRef = 1, ByMove = 2 }

/** One captured variable. */
export interface Capture {
  /** Index into {@link InferredBody.locals}. */
  readonly local: number;
  readonly mode: CaptureMode;
  /** First mention inside the closure. */
  readonly node: NodeIndex;
}

/** A closure or async block of the body. */
export interface ClosureInfo {
  readonly node: NodeIndex;
  /** Its interned type: tag Closure or Future. */
  readonly type: TypeId;
  readonly async: boolean;
  readonly move: boolean;
  readonly captures: readonly Capture[];
}

/**
 * Types of one function body, constant or static initialiser. `tree` is the file's tree with the parsed arguments of its macros appended as further
 * nodes: their offsets are offsets of the file, their parents lead to a root of their own whose `parent` is the macro_invocation. So a rule sees
 * `vec![f(x)]`'s inner call like any other node, through {@link macroRootOf}.
 */
export interface InferredBody {
  readonly tree: FlatTree;
  /** Length of the text that is written: nodes of `tree` that start there or later stand in the definition of a macro, and have no place in the file. */
  readonly written: number;
  /** Nodes of the body itself: `first` ≤ node < `end`. Nodes of macro arguments lie beyond the file's own nodes. */
  readonly first: NodeIndex;
  readonly end: NodeIndex;
  /** Enclosing item. */
  readonly owner: DefId;
  /** Type of an expression or pattern, before adjustments at its use; UNKNOWN when it is not known or the node is none. */
  typeOf(node: NodeIndex): TypeId;
  /** The type an expression is converted to where it is used (unsizing, reborrow, deref), else as `typeOf`. */
  adjustedTypeOf(node: NodeIndex): TypeId;
  /** The called function of a call_expression, try_expression (`branch`), await_expression, for_expression (`next`), index, unary, binary, compound_assignment; null when unknown or no call. */
  calleeOf(node: NodeIndex): Callee | null;
  /** For a for_expression: the `into_iter` call. */
  intoIterOf(node: NodeIndex): Callee | null;
  /** For a try_expression: the `From::from` that converts the error; null when it is the identity or unknown. */
  conversionOf(node: NodeIndex): Callee | null;
  /** The local an identifier declares or means: index into `locals`; -1 when it is none. */
  localOf(node: NodeIndex): number;
  /** The item (constant, static, function, unit struct, variant) that a path or identifier means; 0 when none. */
  itemOf(node: NodeIndex): DefId;
  readonly locals: readonly LocalVariable[];
  readonly closures: readonly ClosureInfo[];
  /**
   * Root node of the parsed arguments of a macro_invocation (a `block`), or NO_NODE when they could not be read. By macro:
   * comma lists (`format!`, `vec![a, b]`, `assert!` …): one tuple_expression or array_expression holding the arguments (`name = value` is an assignment_expression);
   * `vec![x; n]`: an array_expression with `length`; `matches!`: a match_expression; `select!`: per arm a let_declaration or expression for the future and then the arm's body;
   * `json!`: array_expressions of the values; macros whose definition is at hand: what they make; others: statements.
   */
  macroRootOf(node: NodeIndex): NodeIndex;
  /** Whether a macro_invocation holds what the macro of another crate makes. */
  isForeign(node: NodeIndex): boolean;
  /** Symbol of a macro_invocation's name (last segment). */
  macroNameOf(node: NodeIndex): number;
  /** Roots of all macro arguments that belong to the body, ascending: what a pass over the body visits after `first … end`. */
  readonly macroRoots: readonly NodeIndex[];
  /** Type the whole body yields (for functions the declared result). */
  readonly result: TypeId;
  /** Functions and trait methods that occur as callee or as value, without duplicates: edges of the call graph. */
  readonly callees: readonly DefId[];
}
