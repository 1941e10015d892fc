// How the engine drives what judges a function: effects (callees before callers), then rules. The engine owns the order, the caches and the
// positions; `rules/index.ts` provides a RustJudge made with the models. Nothing here knows a rule or a model.
import type { FlatTree, NodeIndex } from '../../../syntax/flatTree.js';
import type { AllocationSite, FreePlace, Note, Problem } from '../../../analysis/site.js';
import type { RuleDocumentation } from '../../../analysis/rule.js';
import type { FunctionTotal } from '../../../analysis/report.js';
import type { RustProgram } from '../resolve/program.js';
import type { DefId } from '../types/typeTable.js';
import type { InferredBody } from './infer/inferredBody.js';

/** A function, constant or static with its types. The object is the same for as long as its text and what it was inferred from are. */
export interface SolvedFunction {
  readonly def: DefId;
  /** The item's name as the language's tools write it: `crate::parse::Parser::next`, `<Type as Trait>::method`. */
  readonly name: string;
  /** Path of its file. */
  readonly path: string;
  /** Item node (function_item, const_item, static_item) in `body.tree` as it is now; changes when the function moves. */
  readonly node: NodeIndex;
  readonly body: InferredBody;
  /** Inside tests, benches, examples' test code: everything in it is cold. */
  readonly test: boolean;
  /** A constant or static initialiser. */
  readonly initialiser: boolean;
  /** True for a crate's source in the workspace, false for dependencies (their bodies are only asked for effects). */
  readonly reported: boolean;
}

/** What rules found in one function. Offsets are offsets of the file now; the engine stores them relative to the function's start. */
export interface FunctionFindings {
  readonly sites: readonly AllocationSite[];
  readonly free: readonly FreePlace[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
  readonly total: FunctionTotal | null;
}

/** Access to other functions while judging. */
export interface JudgeContext {
  readonly program: RustProgram;
  /** The summary of a function solved before (a callee, or a member of the same component as it stands); null when it has none. Plain, serialisable data. */
  summaryOf(def: DefId): unknown;
  /** Keeps a summary; it becomes part of the unit's facts. */
  setSummary(def: DefId, summary: unknown): void;
  /** The solved function of the unit or of a dependency (parsed and inferred on demand); null without a body at hand. */
  functionOf(def: DefId): SolvedFunction | null;
}

/** What the engine calls, in this order: `wantsBody` while the call graph is gathered, `solveEffects` per strongly connected component callees first, then per file `check` on each function and `checkFile`. */
export interface RustJudge {
  /** Whether the effects of a function of a dependency or of std are needed from its body (no model row decides it). Functions of the workspace are always solved. */
  wantsBody(def: DefId): boolean;
  /**
   * Solves the effects of one component (usually one function; several when they call each other) and stores each member's summary. Returns whether
   * anything that callers see has changed: if not, callers' findings stay.
   */
  solveEffects(members: readonly SolvedFunction[], context: JudgeContext): boolean;
  /** Declarations changed: what was made of them is forgotten. */
  declarationsChanged(): void;
  /** Runs the rules over one function. */
  check(fn: SolvedFunction, context: JudgeContext): FunctionFindings;
  /** Findings about a file's declarations (reference cycles among its types), after all of its functions. */
  checkFile(file: FileView, functions: readonly SolvedFunction[], context: JudgeContext): FunctionFindings;
}

/** A file as `checkFile` sees it. */
export interface FileView {
  readonly path: string;
  readonly tree: FlatTree;
  /** Structs and enums that the file declares. */
  readonly types: readonly DefId[];
}

/** What `rules/index.ts` exports: the catalogue and how a judge is made for an engine. */
export interface RustRuleSet {
  readonly documentation: readonly RuleDocumentation[];
  /** `models` are the user's rows as parsed; problems name what is wrong with them. */
  createJudge(program: RustProgram, models: readonly unknown[]): RustJudge;
}
