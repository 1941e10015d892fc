// What was decided of the forms of a batch: made by the rules, which are handed in, kept with the solution, read for what callers need to know.
import type { Certainty } from '../../../../analysis/site.js';
import type { FunctionEffect, SolveContext } from '../escapeContract.js';
import type { Solution } from './solution.js';

/** What a rule says of a form that allocates. */
export interface Finding {
  readonly certainty: Certainty;
  /** What lands on the heap, as a noun phrase. */
  readonly what: string;
  /** Bytes at one evaluation, -1 when not known. */
  readonly bytes: number;
  /** The condition when the certainty is not `always`. */
  readonly when: string | null;
  /** When this place does not allocate, or null. */
  readonly unless: string | null;
  /** What one could do instead, true in this place, or null. */
  readonly instead: string | null;
}

/** A rule threw: a mistake of ours that costs this rule at this place only. */
export const FAILED = Symbol('failed');

/** What a rule says of a form: what it allocates, why it does not as a sentence; undefined where no rule had anything to say. */
export type Verdict = Finding | string | typeof FAILED | undefined;

/** Verdicts on a batch. */
export interface Judgement {
  /** The forms of each body, in the order in which they were found: those with a verdict, calls, and variables whose address is taken. */
  readonly forms: readonly (readonly number[])[];
  /** By form. */
  readonly verdicts: readonly Verdict[];
}

/** The rules over a solved batch: sets its judgement, and says what calling each body does. */
export type JudgeBatch = (solution: Solution, context: SolveContext) => readonly FunctionEffect[];
