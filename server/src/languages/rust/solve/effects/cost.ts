// What evaluating one call costs the heap, and what a function costs whoever calls it. Plain data.
import type { AllocationKind, AllocationSize, Certainty } from '../../../../analysis/site.js';
import type { DefId, TypeId } from '../../types/typeTable.js';

/** How sure an allocation is; ordered. */
export const enum Level { None = 0, Possible = 1, Conditional = 2, Always = 3 }

/** Certainty of a level above None. */
export function certaintyOf(level: Level): Certainty {
  return level === Level.Always ? 'always' : level === Level.Conditional ? 'conditional' : 'possible';
}

/** Level of a certainty. */
export function levelOf(certainty: Certainty): Level {
  return certainty === 'always' ? Level.Always : certainty === 'conditional' ? Level.Conditional : Level.Possible;
}

/** Cost of one call. */
export interface Cost {
  readonly level: Level;
  readonly kind: AllocationKind;
  readonly what: string;
  readonly when: string | null;
  readonly unless: string | null;
  readonly instead: string | null;
  /** Rule that a model row names for its sites; null for the general one. */
  readonly rule: string | null;
  readonly size: AllocationSize | null;
  /** A count is bumped; `level` is None then unless something is allocated too. */
  readonly counts: boolean;
  /** Why nothing is allocated, when that is proved; null for no claim. */
  readonly reason: string | null;
  /** The function of the workspace or of a dependency that allocates inside; 0 when a model says the cost. */
  readonly through: DefId;
  /** A call whose impl the caller's types choose: the cost holds for the types at hand only. Null for all else. */
  readonly open: OpenCall | null;
}

/** A trait's method for types that are parameters of the function around it. */
export interface OpenCall {
  /** The trait's method; 0 for `From::from`. */
  readonly method: DefId;
  readonly on: TypeId;
  /** First argument of the trait; UNKNOWN where there is none. */
  readonly argument: TypeId;
}

/** Costs nothing, and nothing is to be said about it. */
export const FREE: Cost = { level: Level.None, kind: 'copy', what: '', when: null, unless: null, instead: null, rule: null, size: null, counts: false, reason: null, through: 0, open: null };

/** A cost that is proved to be none. */
export function free(reason: string, rule: string | null = null): Cost {
  return { ...FREE, reason, rule };
}

/** Something that cannot be seen decides. */
export function possible(kind: AllocationKind, what: string, when: string): Cost {
  return { ...FREE, level: Level.Possible, kind, what, when };
}

/** The stronger of two costs; counts add up. The first wins a draw. */
export function stronger(a: Cost, b: Cost): Cost {
  if (b.level > a.level) return a.counts && !b.counts ? { ...b, counts: true } : b;
  if (!b.counts) return a;
  if (!a.counts) return { ...a, counts: true, when: a.level === Level.None ? b.when : a.when };
  // counted in any case, when one of them is
  return a.level === Level.None && b.level === Level.None && a.when !== null && b.when === null ? b : a;
}

/** The cost as it is when it arises on some evaluations only. */
export function onSomeCalls(cost: Cost, when: string): Cost {
  return cost.level === Level.Always ? { ...cost, level: Level.Conditional, when: cost.when ?? when } : cost;
}

/** One link of a chain of callees, positions relative to the start of the function's name. */
export interface SummaryLink {
  /** The function of this thread; 0 when the link came from elsewhere. */
  readonly def: DefId;
  readonly function: string;
  readonly path: string | null;
  readonly at: number;
  readonly end: number;
  readonly what: string | null;
}

/** An open call of a function's body. */
export interface OpenUse {
  readonly call: OpenCall;
  /** Whether each run makes it. */
  readonly straight: boolean;
}

/** What a function costs whoever calls it. Plain and serialisable: it is part of a unit's facts. */
export interface EffectSummary {
  readonly level: Level;
  readonly kind: AllocationKind;
  readonly what: string;
  /** From the function itself down to the allocation. */
  readonly chain: readonly SummaryLink[];
  /** The cost arises when the returned future is awaited. */
  readonly awaited: boolean;
  /** The open calls that the cost stands for, and what the function costs without them; null when the cost does not hang on any. */
  readonly open: { readonly uses: readonly OpenUse[]; readonly rest: EffectSummary } | null;
}

/** The way down to what a call of the function was found to allocate: where types of the caller decide, that need not be what the function's own chain ends in. */
export function chainTo({ what: usual, chain, open }: EffectSummary, what: string): readonly SummaryLink[] {
  if (open === null || what === usual) return chain;
  if (what === open.rest.what) return open.rest.chain;
  return chain.slice(0, 1).map((own) => ({ ...own, what }));
}

/** The summary of a function that allocates nothing. */
export const NO_EFFECT: EffectSummary = { level: Level.None, kind: 'copy', what: '', chain: [], awaited: false, open: null };

/** Whether callers see the same. */
export function sameEffect(a: EffectSummary | null, b: EffectSummary): boolean {
  if (a === b) return true;
  if (!a || a.level !== b.level || a.kind !== b.kind || a.awaited !== b.awaited || a.what !== b.what || a.chain.length !== b.chain.length) return false;
  if ((a.open?.uses.length ?? 0) !== (b.open?.uses.length ?? 0) || !(a.open?.uses ?? []).every((use, i) => sameUse(use, b.open?.uses[i]))) return false;
  if (a.open && b.open && !sameEffect(a.open.rest, b.open.rest)) return false;
  return a.chain.every((link, i) => link.function === b.chain[i]?.function && link.at === b.chain[i].at && link.end === b.chain[i].end);
}

function sameUse(a: OpenUse, b: OpenUse | undefined): boolean {
  return b !== undefined && a.straight === b.straight && a.call.method === b.call.method && a.call.on === b.call.on && a.call.argument === b.call.argument;
}

/** Writing text into a target whose type is chosen elsewhere: it grows when it is a String, and hands text on to one when it is a Formatter. */
export const TEXT_WRITER: Cost = { ...FREE, level: Level.Conditional, kind: 'growth', what: 'text buffer', when: 'the writer is a growing buffer whose spare capacity is too small', rule: 'rust/growth' };

/** What is said of a call of one's own function, whatever it allocates. */
export const CALLEE = { kind: 'callee', rule: 'rust/callee' } as const;

/** The same of a library's function: what it allocates, as there is nothing of one's own to look at. */
export function libraryCall(kind: Cost['kind']): Pick<Cost, 'kind' | 'rule'> {
  return { kind: kind === 'callee' ? 'buffer' : kind, rule: 'rust/library-call' };
}

/** A call of an async method under `#[async_trait]`. */
export const ASYNC_TRAIT: Cost = { ...FREE, level: Level.Always, kind: 'box', what: 'boxed future of the call', rule: 'rust/async-trait' };
