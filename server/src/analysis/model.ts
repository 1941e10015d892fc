// Models: what library functions and types do, as rows. Rows are data with provenance; no syntax and no control flow here.
import type { AllocationKind, Certainty } from './site.js';

/** Where a row's knowledge was read or measured. */
export interface Provenance {
  /** Package or crate, with the version that was looked at. */
  readonly source: string;
  /** File within it, or how it was measured. */
  readonly at: string;
}

/** What calling a function does to the heap. */
export type Effect =
  /** Proved or documented to allocate nothing. */
  | { readonly does: 'nothing'; readonly reason: string }
  /** Allocates at each call with ordinary values, or under `when`. */
  | { readonly does: 'allocates'; readonly kind: AllocationKind; readonly what: string; readonly certainty: Certainty; readonly when: string | null; readonly unless: string | null }
  /** Bumps a reference count. */
  | { readonly does: 'counts'; readonly atomic: boolean };

/** One fact about one function. */
export interface ModelRow {
  /** Canonical path of the function as its language writes it. */
  readonly path: string;
  readonly effect: Effect;
  /** Rule id that its sites carry instead of the general rule's, or null. */
  readonly rule: string | null;
  /** What one could do instead, or null. */
  readonly instead: string | null;
  readonly provenance: Provenance;
}
