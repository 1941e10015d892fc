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
  /** Whether what the default views leave out passes: cold sites, muted ones, and counts that are bumped, unless their kind is asked for. */
  readonly muted: boolean;
}

/** Lets every site through. */
export const ALL_SITES: SiteFilter = { minCertainty: 'possible', kinds: null, cold: true, muted: true };

/** Whether a filter lets a site through. */
export function passes(site: Pick<SiteJson, 'certainty' | 'kind' | 'cold' | 'muted'>, filter: SiteFilter): boolean {
  if (CERTAINTIES.indexOf(site.certainty) > CERTAINTIES.indexOf(filter.minCertainty)) return false;
  if (filter.kinds !== null && !filter.kinds.has(site.kind)) return false;
  if (!filter.cold && site.cold !== null) return false;
  return filter.muted || (site.cold === null && site.muted === null && (site.kind !== 'refcount' || filter.kinds !== null));
}

/** A file with the sites that a filter lets through. */
export function filtered(file: FileJson, filter: SiteFilter): FileJson {
  return filter === ALL_SITES ? file : { ...file, sites: file.sites.filter((site) => passes(site, filter)) };
}

/** Counts of one file: those of {@link Totals} that are counted by site. */
export type FileTotals = Pick<Totals, 'sites' | 'byKind' | 'byCertainty' | 'cold'>;

/** Counts the sites of a file. */
export function fileTotals({ sites }: Pick<FileJson, 'sites'>): FileTotals {
  const byKind: Record<string, number> = {};
  const byCertainty: Record<string, number> = {};
  let cold = 0;
  for (const site of sites) {
    if (site.cold !== null) cold++;
    byKind[site.kind] = (byKind[site.kind] ?? 0) + 1;
    byCertainty[site.certainty] = (byCertainty[site.certainty] ?? 0) + 1;
  }
  return { sites: sites.length, byKind, byCertainty, cold };
}

/** Sums counts of files; kinds and certainties in the vocabulary's order, absent ones left out. */
export function sumOf(files: Iterable<FileTotals & { readonly lines?: number }>): Totals {
  const sum = { files: 0, lines: 0, sites: 0, cold: 0 };
  const kinds: Record<string, number> = {};
  const certainties: Record<string, number> = {};
  for (const file of files) {
    sum.files++;
    sum.lines += file.lines ?? 0;
    sum.sites += file.sites;
    sum.cold += file.cold;
    for (const [kind, count] of Object.entries(file.byKind)) kinds[kind] = (kinds[kind] ?? 0) + count;
    for (const [certainty, count] of Object.entries(file.byCertainty)) certainties[certainty] = (certainties[certainty] ?? 0) + count;
  }
  const ordered = (names: readonly string[], counts: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(names.flatMap((name) => (counts[name] === undefined ? [] : [[name, counts[name]]])));
  return { files: sum.files, lines: sum.lines, sites: sum.sites, byKind: ordered(ALLOCATION_KINDS, kinds), byCertainty: ordered(CERTAINTIES, certainties), cold: sum.cold };
}

/** Counts of files that hold `lines` lines together. */
export function totalsOf(files: readonly FileJson[], lines: number): Totals {
  return { ...sumOf(files.map(fileTotals)), lines };
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
  return { ...report, root: '.', files: report.files.map((file) => placedFile(report.root, file)) };
}

/** A file with all its paths as {@link pathFrom} gives them. */
export function placedFile(root: string, file: FileJson): FileJson {
  return { ...file, path: pathFrom(root, file.path), sites: file.sites.map((site) => placedSite(root, site)), notes: file.notes.map((note) => ({ ...note, why: placedSteps(root, note.why) })) };
}

/** A site with its paths as {@link pathFrom} gives them. */
export function placedSite(root: string, site: SiteJson): SiteJson {
  return { ...site, why: placedSteps(root, site.why), callees: site.callees.map((link) => (link.path === null ? link : { ...link, path: pathFrom(root, link.path) })) };
}

function placedSteps(root: string, why: readonly StepJson[]): StepJson[] {
  return why.map((step) => ({ ...step, path: pathFrom(root, step.path) }));
}
