// Allocation sites, notes and problems: what an analysis says about one version of one file. Plain readonly data; no syntax, no language.

/** What is allocated; the closed vocabulary of the product. `refcount` is a tier of its own: a count is bumped, nothing is allocated. */
export type AllocationKind =
  | 'box' | 'refcounted' | 'buffer' | 'growth' | 'copy' | 'format' | 'closure' | 'boxing' | 'escape' | 'task' | 'channel' | 'error' | 'callee' | 'refcount';

/** All kinds, in the order in which views list them. */
export const ALLOCATION_KINDS: readonly AllocationKind[] = [
  'box', 'refcounted', 'buffer', 'growth', 'copy', 'format', 'closure', 'boxing', 'escape', 'task', 'channel', 'error', 'callee', 'refcount',
];

/**
 * `always`: each time it is evaluated with ordinary values · `conditional`: on a run-time value that is often either way ·
 * `possible`: depends on something that cannot be seen.
 */
export type Certainty = 'always' | 'conditional' | 'possible';

/** Certainties from the strongest to the weakest. */
export const CERTAINTIES: readonly Certainty[] = ['always', 'conditional', 'possible'];

/** Where the knowledge comes from. */
export type Evidence = 'predicted' | 'confirmed' | 'refuted' | 'measured';

/** Why nobody counts the allocations of a place. */
export type ColdReason = 'panic' | 'error' | 'test' | 'static' | 'log';

/** Why the default views leave out a site that is not cold. */
export type MutedReason = 'reserved' | 'allowed';

/** One step of an explanation: a plain sentence fragment and the code it speaks of. */
export interface Step {
  readonly message: string;
  /** Path of the file, as the workspace names it. */
  readonly path: string;
  /** UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Bytes that land on the heap at one evaluation; `exact` false means a lower bound. */
export interface AllocationSize {
  readonly bytes: number;
  readonly exact: boolean;
}

/** A link of a callee chain: a function below the call, and where it does what. */
export interface CalleeLink {
  /** Name as the language's own tools write it. */
  readonly function: string;
  readonly path: string | null;
  /** UTF-16 offsets of the call or allocation inside that function; null when its source is not at hand. */
  readonly start: number | null;
  readonly end: number | null;
  /** What happens there, for the last link; null on the way. */
  readonly what: string | null;
}

/** An expression or declaration whose evaluation may reach the heap allocator. */
export interface AllocationSite {
  /** Rule id, `language/kebab-noun`. */
  readonly rule: string;
  readonly kind: AllocationKind;
  readonly certainty: Certainty;
  readonly evidence: Evidence;
  /** Loops of the enclosing function around the site. */
  readonly loopDepth: number;
  readonly cold: ColdReason | null;
  readonly muted: MutedReason | null;
  /** Enclosing item as the language's own tools name it, or null outside of functions. */
  readonly function: string | null;
  /** Canonical path of the called function when the allocation happens inside it. */
  readonly callee: string | null;
  /** The whole expression; UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Offset of the token that names the cause. */
  readonly anchor: number;
  /** What lands on the heap, as a noun phrase. */
  readonly what: string;
  readonly size: AllocationSize | null;
  /** The condition in words when the certainty is not `always`. */
  readonly when: string | null;
  readonly why: readonly Step[];
  /** For kind `callee`: the chain of functions down to the allocation. */
  readonly callees: readonly CalleeLink[];
  /** When this site does not allocate, in words, for the hover; null for nothing to say. */
  readonly unless: string | null;
  /** What one could do instead, where that is true in this place. */
  readonly instead: string | null;
}

/** A place that looks as if it allocates and provably does not. Never a hint; the hover says the reason. */
export interface FreePlace {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly anchor: number;
  /** Why nothing is allocated, as a sentence. */
  readonly reason: string;
  readonly why: readonly Step[];
}

/** A finding that is no site: a possible reference cycle, a count nobody shares. */
export interface Note {
  readonly rule: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly why: readonly Step[];
}

/** A part that could not be analysed. Never fatal. */
export interface Problem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}
