// What trait selection answers. Plain values; made by traits.ts.
import type { Predicate } from '../resolve/lowered.js';
import type { DefId, TypeId } from './typeTable.js';

/** How a trait is fulfilled. */
export const enum Via { None = 0, Impl = 1, Bound = 2, Builtin = 3, Ambiguous = 4, Object = 5 }

/** A way to fulfil a trait. */
export interface Selection {
  readonly via: Via;
  readonly impl: DefId;
  /** Arguments of the impl, maybe variables. */
  readonly args: readonly TypeId[];
  /** For a bound: it. */
  readonly bound: Predicate | null;
}

/** The trait is not implemented. */
export const NONE: Selection = { via: Via.None, impl: 0, args: [], bound: null };
/** Not known (yet). */
export const AMBIGUOUS: Selection = { via: Via.Ambiguous, impl: 0, args: [], bound: null };
/** A rule of the language implements it. */
export const BUILTIN: Selection = { via: Via.Builtin, impl: 0, args: [], bound: null };
