// The JSON report, schema version 1: a published interface (docs/report.schema.json). Additive changes only within a version.
import type { AllocationReport } from '../../analysis/report.js';
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationSite, type Note, type Problem, type Step } from '../../analysis/site.js';
import { LineIndex, type Position, type PositionRange } from '../../syntax/lineIndex.js';

/** Version of the report's form. */
export const REPORT_SCHEMA_VERSION = 1;

/** Wall-clock milliseconds of a run, and what they come to. */
export interface Timings {
  readonly totalMs: number;
  readonly readMs: number;
  readonly parseMs: number;
  readonly analyzeMs: number;
}

/** What a report says beside its files. */
export interface ReportContext {
  /** Heaplight's version. */
  readonly version: string;
  /** Directory that paths are relative to, as it was named. */
  readonly root: string;
  readonly timings: Timings;
  /** Texts of files that `why` steps speak of and that are not among the reports; null when unknown. */
  readonly textOf: (path: string) => string | null;
}

interface JsonStep { readonly message: string; readonly path: string; readonly range: PositionRange }

/** The report as plain data, ready for JSON.stringify: files by path, sites by position; same input, same bytes, timings apart. */
export function jsonReport(reports: readonly AllocationReport[], context: ReportContext): object {
  const ordered = [...reports].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const indices = new Map<string, LineIndex>(ordered.map((report) => [report.path, new LineIndex(report.text)]));
  const indexOf = (path: string): LineIndex => {
    let index = indices.get(path);
    if (!index) indices.set(path, (index = new LineIndex(context.textOf(path) ?? '')));
    return index;
  };
  let lines = 0;
  const byKind = new Map<string, number>();
  const byCertainty = new Map<string, number>();
  let sites = 0;
  let cold = 0;
  const files = ordered.map((report) => {
    const index = indexOf(report.path);
    lines += report.text === '' ? 0 : index.lineCount - (report.text.endsWith('\n') ? 1 : 0);
    for (const site of report.sites) {
      sites++;
      byKind.set(site.kind, (byKind.get(site.kind) ?? 0) + 1);
      byCertainty.set(site.certainty, (byCertainty.get(site.certainty) ?? 0) + 1);
      if (site.cold !== null) cold++;
    }
    return {
      path: report.path,
      language: report.language,
      sites: report.sites.map((site) => jsonSite(site, index, indexOf)),
      notes: report.notes.map((note) => jsonNote(note, index, indexOf)),
      problems: report.problems.map((problem) => jsonProblem(problem, index)),
    };
  });
  const { timings } = context;
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: 'heaplight', version: context.version },
    root: context.root,
    files,
    totals: {
      files: files.length, lines, sites,
      byKind: counted(ALLOCATION_KINDS, byKind), byCertainty: counted(CERTAINTIES, byCertainty),
      cold,
    },
    timings: {
      totalMs: round(timings.totalMs), readMs: round(timings.readMs), parseMs: round(timings.parseMs), analyzeMs: round(timings.analyzeMs),
      linesPerSecond: timings.totalMs > 0 ? Math.round((lines / timings.totalMs) * 1000) : 0,
    },
  };
}

function jsonSite(site: AllocationSite, index: LineIndex, indexOf: (path: string) => LineIndex): object {
  return {
    rule: site.rule, kind: site.kind, certainty: site.certainty, evidence: site.evidence, loopDepth: site.loopDepth, cold: site.cold, muted: site.muted,
    function: site.function, callee: site.callee, range: index.range(site.start, site.end), anchor: index.position(site.anchor) satisfies Position,
    what: site.what, size: site.size, when: site.when, why: site.why.map((step) => jsonStep(step, indexOf)),
    callees: site.callees.map((link) => ({
      function: link.function, path: link.path, what: link.what,
      range: link.path !== null && link.start !== null && link.end !== null ? indexOf(link.path).range(link.start, link.end) : null,
    })),
  };
}

function jsonNote(note: Note, index: LineIndex, indexOf: (path: string) => LineIndex): object {
  return { rule: note.rule, message: note.message, range: index.range(note.start, note.end), why: note.why.map((step) => jsonStep(step, indexOf)) };
}

function jsonProblem(problem: Problem, index: LineIndex): object {
  return { message: problem.message, range: index.range(problem.start, problem.end) };
}

function jsonStep(step: Step, indexOf: (path: string) => LineIndex): JsonStep {
  return { message: step.message, path: step.path, range: indexOf(step.path).range(step.start, step.end) };
}

/** Counts in the vocabulary's order; what does not occur is left out. */
function counted(order: readonly string[], counts: ReadonlyMap<string, number>): Record<string, number> {
  const result: Record<string, number> = {};
  for (const key of order) {
    const count = counts.get(key);
    if (count !== undefined) result[key] = count;
  }
  return result;
}
