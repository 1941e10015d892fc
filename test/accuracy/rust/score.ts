// Scores a report against the truth: precision by certainty and kind, recall by class and callee, and the worst misses.
import { TruthIndex, type PlacedSite, type ReportedSite } from './join.js';
import type { Judged, Truth } from './truth.js';

/** A report as far as the score needs it. */
export interface ScoredReport {
  readonly files: readonly { readonly path: string; readonly language: string; readonly sites: readonly ReportedSite[] }[];
}

/** Hits and misses of one group of sites. */
export interface Tally { hits: number; misses: number; neutral: number; unmatched: number }

/** The score. Percentages are NaN where there is nothing to divide by. */
export interface RustScore {
  readonly files: number;
  readonly precision: number;
  readonly strictPrecision: number;
  readonly recall: number;
  readonly recallOfDependencies: number;
  readonly recallOfDepends: number;
  readonly noneFlagged: number;
  readonly calleePrecision: number;
  readonly calleeRecall: number;
  readonly possibleShare: number;
  readonly refcountOnMust: number;
  readonly byKind: ReadonlyMap<string, Tally>;
  readonly byCertainty: ReadonlyMap<string, Tally>;
  /** Callees of `must` records: found and all. */
  readonly byCallee: ReadonlyMap<string, { found: number; all: number }>;
  readonly wrong: readonly { readonly site: PlacedSite; readonly record: Judged }[];
  readonly missed: readonly Judged[];
  readonly unmatched: readonly PlacedSite[];
}

const HIT = new Set(['must', 'dep', 'depends', 'near']);

/** Judges reports. Only files that are in a report count. */
export function scoreRust(truth: Truth, reports: readonly ScoredReport[], lineOf: (path: string, line: number) => string): RustScore {
  const index = new TruthIndex(truth, lineOf);
  const seen = new Set<string>();
  const found = new Set<Judged>();
  const maybe = new Set<Judged>();
  const callees = new Set<Judged>();
  const flaggedNone = new Set<Judged>();
  const byKind = new Map<string, Tally>();
  const byCertainty = new Map<string, Tally>();
  const wrong: { site: PlacedSite; record: Judged }[] = [];
  const unmatched: PlacedSite[] = [];
  let hits = 0, misses = 0, strictMisses = 0, calleeHits = 0, calleeMisses = 0, own = 0, possibleSites = 0, refcountOnMust = 0;
  for (const file of reports.flatMap((report) => report.files)) {
    const path = file.language === 'rust' ? index.find(file.path) : null;
    if (path === null) continue;
    seen.add(path);
    for (const reported of file.sites) {
      const site = index.place(path, reported);
      if (reported.kind === 'refcount') {
        if (index.at(site).some((record) => record.class === 'must')) refcountOnMust++;
        continue;
      }
      if (reported.evidence === 'refuted') continue;
      if (reported.kind !== 'callee') {
        own++;
        if (reported.certainty === 'possible') possibleSites++;
      }
      const record = index.match(site);
      const sure = reported.certainty !== 'possible';
      const kind = tallyOf(byKind, reported.kind);
      if (record === null) {
        if (!sure || !index.isCompiled(path, site.line)) continue;
        kind.unmatched++;
        strictMisses++;
        if (reported.kind !== 'callee') unmatched.push(site);
        continue;
      }
      if (reported.kind === 'callee') {
        if (!sure) continue;
        if (record.class === 'apart' || record.class === 'below' || record.all?.includes('transitive')) {
          calleeHits++;
          callees.add(record);
          kind.hits++;
          continue;
        }
        if (record.class === 'none') calleeMisses++;
      }
      const certainty = tallyOf(byCertainty, reported.certainty);
      if (!sure) {
        if (record.class === 'must' || record.class === 'dep' || record.class === 'depends') maybe.add(record);
        count(certainty, record);
        continue;
      }
      count(certainty, record);
      count(kind, record);
      if (HIT.has(record.class)) {
        hits++;
        found.add(record);
      } else if (record.class === 'none') {
        misses++;
        flaggedNone.add(record);
        wrong.push({ site, record });
      } else if (record.class === 'apart') callees.add(record);
    }
  }
  const all: Record<string, number> = {};
  const got: Record<string, number> = {};
  const byCallee = new Map<string, { found: number; all: number }>();
  const missed: Judged[] = [];
  for (const path of seen.size > 0 ? seen : truth.records.keys()) {
    for (const record of truth.records.get(path) ?? []) {
      all[record.class] = (all[record.class] ?? 0) + 1;
      const hit = record.class === 'none' ? flaggedNone.has(record) : record.class === 'apart' ? callees.has(record) : found.has(record) || (record.class === 'depends' && maybe.has(record));
      if (hit) got[record.class] = (got[record.class] ?? 0) + 1;
      if (record.class !== 'must') continue;
      const callee = byCallee.get(record.callee) ?? { found: 0, all: 0 };
      callee.all++;
      if (hit) callee.found++;
      else missed.push(record);
      byCallee.set(record.callee, callee);
    }
  }
  const share = (name: string): number => percent(got[name] ?? 0, all[name] ?? 0);
  return {
    files: seen.size, precision: percent(hits, hits + misses), strictPrecision: percent(hits, hits + misses + strictMisses), recall: share('must'), recallOfDependencies: share('dep'), recallOfDepends: share('depends'), noneFlagged: share('none'),
    calleePrecision: percent(calleeHits, calleeHits + calleeMisses), calleeRecall: share('apart'), possibleShare: percent(possibleSites, own), refcountOnMust, byKind, byCertainty, byCallee, wrong, missed, unmatched,
  };
}

/** One line with the figures that the limits speak of. */
export function summaryLine(score: RustScore): string {
  const f = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(1));
  return `P ${f(score.precision)} R ${f(score.recall)} | strict P ${f(score.strictPrecision)} | R of dep ${f(score.recallOfDependencies)}, depends ${f(score.recallOfDepends)} | none flagged ${f(score.noneFlagged)} % | callee P ${f(score.calleePrecision)} R ${f(score.calleeRecall)} | possible ${f(score.possibleShare)} % | ${String(score.files)} files`;
}

function tallyOf(map: Map<string, Tally>, name: string): Tally {
  let tally = map.get(name);
  if (!tally) map.set(name, (tally = { hits: 0, misses: 0, neutral: 0, unmatched: 0 }));
  return tally;
}

function count(tally: Tally, record: Judged): void {
  if (HIT.has(record.class)) tally.hits++;
  else if (record.class === 'none') tally.misses++;
  else tally.neutral++;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : (100 * part) / whole;
}
