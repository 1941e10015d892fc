// The escape stage's entrance.
import type { SolveFunctions } from '../escapeContract.js';
import { UNKNOWN_EFFECT } from '../escapeContract.js';

/** Solves a batch of mutually recursive functions. */
export const solveFunctions: SolveFunctions = (batch) =>
  batch.map((body) => ({ body, solution: null, summary: body.isInitialiser ? null : { leaks: [], effect: UNKNOWN_EFFECT }, kept: { explainLeak: () => [] } }));
