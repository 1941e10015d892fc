// The report: the immutable result for one version of one file. Every view is a projection of it.
import type { LanguageId } from '../syntax/grammar.js';
import type { AllocationSite, FreePlace, Note, Problem } from './site.js';

/** What a function allocates in all, for the code lens and the tree. */
export interface FunctionTotal {
  readonly function: string;
  /** The function's item; UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Offset of its name. */
  readonly anchor: number;
  /** Sites written in it that the default views count (not cold, not muted, no callee, no refcount, not only possible). */
  readonly own: number;
  /** Of these, inside a loop. */
  readonly inLoops: number;
  /** Calls in it to functions that allocate. */
  readonly callees: number;
}

/** The result for one version of one file. */
export interface AllocationReport {
  readonly path: string;
  readonly language: LanguageId;
  /** The very text that all offsets speak of. */
  readonly text: string;
  /** Sorted by start, then end, then rule. */
  readonly sites: readonly AllocationSite[];
  /** Sorted by start. */
  readonly free: readonly FreePlace[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
  readonly functions: readonly FunctionTotal[];
}

/** Order of sites in every report: by position, the wider first, then by rule. */
export function compareSites(a: AllocationSite, b: AllocationSite): number {
  return a.start - b.start || b.end - a.end || a.anchor - b.anchor || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

/** A report that holds one problem over the whole file and nothing else. */
export function unreadableReport(path: string, language: LanguageId, text: string, message: string): AllocationReport {
  return { path, language, text, sites: [], free: [], notes: [], problems: [{ message, start: 0, end: 0 }], functions: [] };
}
