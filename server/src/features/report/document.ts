// The JSON report as a whole: files, totals and timings, and the filters of the command line.
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationKind, type Certainty } from '../../analysis/site.js';
import type { FileJson, SiteJson, StepJson } from './fileReport.js';

/** Version of the report's form; see docs/report.schema.json. */
export const SCHEMA_VERSION = 1;

/** Milliseconds of a run; `parseMs` and `analyzeMs` add up over threads. */
export interface Timings {
  readonly totalMs: number;
  readonly readMs: number;
  readonly parseMs: number;
  readonly analyzeMs: number;
  readonly linesPerSecond: number;
}

/** Counts over all files of a report. */
export interface Totals {
  readonly files: number;
  readonly lines: number;
  readonly sites: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly byCertainty: Readonly<Record<string, number>>;
  readonly cold: number;
}

/** The report of a run. */
export interface ReportJson {
  readonly schemaVersion: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly root: string;
  readonly files: readonly FileJson[];
  readonly totals: Totals;
  readonly timings: Timings;
}

/** Which sites are asked for. */
export interface SiteFilter {
  readonly minCertainty: Certainty;
  /** Null for all. */
  readonly kinds: ReadonlySet<AllocationKind> | null;
  readonly cold: boolean;
}

/** Lets every site through. */
export const ALL_SITES: SiteFilter = { minCertainty: 'possible', kinds: null, cold: true };

/** Whether a filter lets a site through. */
export function passes(site: Pick<SiteJson, 'certainty' | 'kind' | 'cold'>, filter: SiteFilter): boolean {
  if (CERTAINTIES.indexOf(site.certainty) > CERTAINTIES.indexOf(filter.minCertainty)) return false;
  if (filter.kinds !== null && !filter.kinds.has(site.kind)) return false;
  return filter.cold || site.cold === null;
}

/** A file with the sites that a filter lets through. */
export function filtered(file: FileJson, filter: SiteFilter): FileJson {
  return filter === ALL_SITES ? file : { ...file, sites: file.sites.filter((site) => passes(site, filter)) };
}

/** Counts of files; kinds and certainties in the vocabulary's order, absent ones left out. */
export function totalsOf(files: readonly FileJson[], lines: number): Totals {
  const kinds = new Map<string, number>();
  const certainties = new Map<string, number>();
  let sites = 0;
  let cold = 0;
  for (const file of files) {
    for (const site of file.sites) {
      sites++;
      if (site.cold !== null) cold++;
      kinds.set(site.kind, (kinds.get(site.kind) ?? 0) + 1);
      certainties.set(site.certainty, (certainties.get(site.certainty) ?? 0) + 1);
    }
  }
  const ordered = (names: readonly string[], counts: ReadonlyMap<string, number>): Record<string, number> =>
    Object.fromEntries(names.flatMap((name) => { const count = counts.get(name); return count === undefined ? [] : [[name, count]]; }));
  return { files: files.length, lines, sites, byKind: ordered(ALLOCATION_KINDS, kinds), byCertainty: ordered(CERTAINTIES, certainties), cold };
}

/**
 * A path of a report as one would write it where the report's root is relative to: what terminals link to and services match with a checkout.
 * Paths outside of the root are left as they are.
 */
export function pathFrom(root: string, path: string): string {
  return root === '.' || root === '' || path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? path : `${root}/${path}`;
}

/** The report with all paths as {@link pathFrom} gives them. */
export function placedReport(report: ReportJson): ReportJson {
  const { root } = report;
  const files = report.files.map((file): FileJson => ({ ...file, path: pathFrom(root, file.path), sites: file.sites.map((site) => placedSite(root, site)), notes: file.notes.map((note) => ({ ...note, why: placedSteps(root, note.why) })) }));
  return { ...report, root: '.', files };
}

/** A site with its paths as {@link pathFrom} gives them. */
export function placedSite(root: string, site: SiteJson): SiteJson {
  return { ...site, why: placedSteps(root, site.why), callees: site.callees.map((link) => (link.path === null ? link : { ...link, path: pathFrom(root, link.path) })) };
}

function placedSteps(root: string, why: readonly StepJson[]): StepJson[] {
  return why.map((step) => ({ ...step, path: pathFrom(root, step.path) }));
}
