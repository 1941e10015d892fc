// One file of the JSON report (docs/report.schema.json): a report with lines and columns in place of offsets, and paths relative to a root.
import type { AllocationReport } from '../../analysis/report.js';
import type { AllocationKind, AllocationSite, Certainty, ColdReason, Evidence, MutedReason, Step } from '../../analysis/site.js';
import type { LanguageId } from '../../syntax/grammar.js';
import { type LineIndex, type Position, type PositionRange } from '../../syntax/lineIndex.js';

/** A step of an explanation. */
export interface StepJson {
  readonly message: string;
  readonly path: string;
  readonly range: PositionRange;
}

/** A link of a callee chain. */
export interface CalleeJson {
  readonly function: string;
  readonly path: string | null;
  readonly range: PositionRange | null;
  readonly what: string | null;
}

/** An allocation site. */
export interface SiteJson {
  readonly rule: string;
  readonly kind: AllocationKind;
  readonly certainty: Certainty;
  readonly evidence: Evidence;
  readonly loopDepth: number;
  readonly cold: ColdReason | null;
  readonly muted: MutedReason | null;
  readonly function: string | null;
  readonly callee: string | null;
  readonly range: PositionRange;
  readonly anchor: Position;
  readonly what: string;
  readonly size: { readonly bytes: number; readonly exact: boolean } | null;
  readonly when: string | null;
  readonly why: readonly StepJson[];
  readonly callees: readonly CalleeJson[];
}

/** A finding that is no site. */
export interface NoteJson {
  readonly rule: string;
  readonly message: string;
  readonly range: PositionRange;
  readonly why: readonly StepJson[];
}

/** A part that could not be analysed. */
export interface ProblemJson {
  readonly message: string;
  readonly range: PositionRange;
}

/** A file of the report. */
export interface FileJson {
  readonly path: string;
  readonly language: LanguageId;
  readonly sites: readonly SiteJson[];
  readonly notes: readonly NoteJson[];
  readonly problems: readonly ProblemJson[];
}

/** What a projection needs beside the report. */
export interface ProjectionContext {
  /** The path as the report prints it. */
  relative(path: string): string;
  /** Lines of another file that an explanation points to; null when it is not at hand. */
  linesOf(path: string): LineIndex | null;
}

const NOWHERE: PositionRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Projects a report. Steps into files that are not at hand point to their first line. */
export function fileJsonOf(report: AllocationReport, lines: LineIndex, context: ProjectionContext): FileJson {
  const others = new Map<string, LineIndex | null>([[report.path, lines]]);
  const rangeIn = (path: string, start: number, end: number): PositionRange => {
    let index = others.get(path);
    if (index === undefined) {
      index = context.linesOf(path);
      others.set(path, index);
    }
    return index === null ? NOWHERE : index.range(start, end);
  };
  const steps = (why: readonly Step[]): StepJson[] => why.map((step) => ({ message: step.message, path: context.relative(step.path), range: rangeIn(step.path, step.start, step.end) }));
  return {
    path: context.relative(report.path),
    language: report.language,
    sites: report.sites.map((site) => siteJsonOf(site, lines, steps, rangeIn, context)),
    notes: report.notes.map((note) => ({ rule: note.rule, message: note.message, range: lines.range(note.start, note.end), why: steps(note.why) })),
    problems: report.problems.map((problem) => ({ message: problem.message, range: lines.range(problem.start, problem.end) })),
  };
}

function siteJsonOf(
  site: AllocationSite, lines: LineIndex, steps: (why: readonly Step[]) => StepJson[],
  rangeIn: (path: string, start: number, end: number) => PositionRange, context: ProjectionContext,
): SiteJson {
  return {
    rule: site.rule, kind: site.kind, certainty: site.certainty, evidence: site.evidence, loopDepth: site.loopDepth,
    cold: site.cold, muted: site.muted, function: site.function, callee: site.callee,
    range: lines.range(site.start, site.end), anchor: lines.position(site.anchor),
    what: site.what, size: site.size ? { bytes: site.size.bytes, exact: site.size.exact } : null, when: site.when,
    why: steps(site.why),
    callees: site.callees.map((link) => ({
      function: link.function,
      path: link.path === null ? null : context.relative(link.path),
      range: link.path === null || link.start === null || link.end === null ? null : rangeIn(link.path, link.start, link.end),
      what: link.what,
    })),
  };
}
