// Between the engine and the escape analysis with its rules: what is handed over, what comes back, what is kept, in which order.
//
// Order. The engine checks every body it needs, makes the graph of `CheckedBody.callees` (functions with source; those known from facts are
// leaves), and goes over its strongly connected components, callees first (analysis/summaries.ts). For each component it calls
// `solveFunctions(batch)` once, keeps the summaries, then `analyzeBody` for each body whose file is to be reported. Initialisers are
// components of their own. A body is checked anew when its text, a declaration it can see, or the summary of a callee changed.
// Nothing of a CheckedBody may be kept: what outlives the call is in SolvedBody.kept, BodyFindings and FunctionSummary.
import type { AllocationKind, AllocationSite, Note, Problem } from '../../../analysis/site.js';
import type { FuncId, ObjectId } from '../resolve/objects.js';
import type { CheckedBody, ConstantReader, GoWorld } from '../resolve/checkedBody.js';

/**
 * Where a parameter's value flows, one character a target: heap, mutator, callee, first to fifth result (the compiler's `leaks`). A digit is the
 * least number of dereferences (9 for more), `.` no flow; trailing dots are cut, so '' does not leak at all. `'0'`: the pointer itself goes to the heap.
 */
export type LeakTag = string;

/** Positions in a LeakTag. */
export const enum LeakTarget { Heap = 0, Mutator = 1, Callee = 2, Result0 = 3 }

/** How likely a call allocates inside. */
export const enum EffectLevel { Never = 0, Unknown = 1, Conditional = 2, Always = 3 }

/** What calling a function does to the heap, and the nearest link of the chain down to the allocation. */
export interface FunctionEffect {
  readonly level: EffectLevel;
  /** Kind and noun of the nearest allocation (that of the chain's end); null for Never and Unknown. */
  readonly kind: AllocationKind | null;
  readonly what: string | null;
  /** The function called inside that allocates; 0 when the allocation is the function's own. */
  readonly via: FuncId;
  /** Where inside: UTF-16 offsets relative to the body's base; -1 from facts. Not compared when summaries are. */
  readonly start: number;
  readonly end: number;
}

/** What callers need of a function; kept in its unit's facts. */
export interface FunctionSummary {
  /** One tag for the receiver (if it is a method) and for each parameter, in order; one more for the bodies of loops over the iterator that it returns. */
  readonly leaks: readonly LeakTag[];
  readonly effect: FunctionEffect;
}

/** Steps of an explanation as they are kept, StepWord.Count numbers each: few are ever read. ../explanations.ts puts them into words. */
export type PackedSteps = readonly number[];

/** The numbers of a packed step. Offsets are relative to the base of the owner's body, which may move after the step was made. */
export const enum StepWord {
  /** A Reason; THROUGH for the steps of a callee that explain its leak to the heap, put in when they are read. */
  Reason = 0,
  /** The body that the offsets are of; 0 is the one that the finding is of. */
  Owner,
  Start,
  End,
  /** What the words speak of: a function (> 0) with the position of its parameter in Detail (-1: none), NO_SUBJECT, or text: its start as -2 - offset, its end in Detail. */
  Subject,
  Detail,
  Count,
}

/** In StepWord.Reason: the leak of a callee's (Subject) parameter (Detail). */
export const THROUGH = -1;
/** In StepWord.Subject: a function that is not declared. */
export const NO_SUBJECT = -1;

/** A site of a body, offsets relative to its base (CheckedBody.base); `why` and `callees` are completed by the engine. */
export interface BodySite extends Omit<AllocationSite, 'why' | 'callees' | 'function'> {
  readonly why: PackedSteps;
  /** For kind `callee` and sites with a callee: the function called, from which the engine makes the chain; 0 for none. */
  readonly chainFrom: FuncId;
  /**
   * Of a call through an interface its SelectionId, through a package variable minus its object; 0 for other sites. The report completes the site
   * with the functions it may reach that allocate, or leaves it out.
   */
  readonly reaches: number;
}
export interface BodyNote extends Omit<Note, 'why'> {
  readonly why: PackedSteps;
}

/** Free places of a body, FreeWord.Count numbers each: only a hover ever reads them. */
export type PackedFree = readonly number[];

/** The numbers of a packed free place; offsets are relative to the body's base. Rule and reason are texts by their number (../rules/freeTexts.ts). */
export const enum FreeWord {
  Rule = 0,
  Start,
  End,
  Anchor,
  Reason,
  /** Position of the parameter whose leak explains it, -1 for none. */
  Parameter,
  Count,
}

/** What rules found in a body. */
export interface BodyFindings {
  readonly sites: readonly BodySite[];
  readonly free: PackedFree;
  readonly notes: readonly BodyNote[];
  readonly problems: readonly Problem[];
}

/** What the analysis may ask while it solves and while rules run. */
export interface SolveContext {
  readonly world: GoWorld;
  readonly constants: ConstantReader;
  /** `1.24` … `1.27` as minor number: 24 … 27. */
  readonly toolchain: number;
  readonly goarch: string;
  /** Summary of a function solved before, or known from facts; null when nothing is known (no body, budget, unknown package). */
  summaryOf(callee: FuncId): FunctionSummary | null;
  /** Path of the file that declares an object, null without source. */
  pathOf(object: ObjectId): string | null;
}

/** A body after escape analysis. `Solution` is the escape stage's own. */
export interface SolvedBody<Solution = unknown> {
  readonly body: CheckedBody;
  /** Read by rules; dropped after them. */
  readonly solution: Solution;
  /** Null for initialisers. */
  readonly summary: FunctionSummary | null;
  /** Small; kept as long as the function is. */
  readonly kept: KeptExplanations;
}

/** How a solved function's parameters get to the heap: steps by position (0 is the receiver of a method), missing where they do not. */
export type KeptExplanations = ReadonlyMap<number, PackedSteps>;

/** The escape stage, as solve/escape/index.ts makes it of the rules. */
export type SolveFunctions = (batch: readonly CheckedBody[], context: SolveContext) => readonly SolvedBody[];

/** The rules stage, as rules/index.ts exports it. Runs right after the batch was solved. */
export type AnalyzeBody = (solved: SolvedBody, context: SolveContext) => BodyFindings;

/** Summary of a function of which nothing is known. */
export const UNKNOWN_EFFECT: FunctionEffect = { level: EffectLevel.Unknown, kind: null, what: null, via: 0, start: -1, end: -1 };
