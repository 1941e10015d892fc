// What a worker hands back of a file: its part of the JSON report as text, and beside it what other formats need.
// Text crosses threads and rests in the cache far cheaper than objects.
import type { ContractFinding } from '../../analysis/contracts/contracts.js';
import type { AllocationReport } from '../../analysis/report.js';
import type { LineIndex } from '../../syntax/lineIndex.js';
import { fileTotals } from './document.js';
import { fileJsonOf, type FileJson, type ProjectionContext } from './fileReport.js';
import type { FindingJson } from './sarif.js';

/** A projected file; each member is JSON on one line. */
export interface Projection {
  /** A {@link FileJson}. */
  readonly json: string;
  /** A {@link ProjectionExtra}. */
  readonly extra: string;
  /** A {@link FileTotals}. */
  readonly totals: string;
}

/** What the JSON report does not hold. */
export interface ProjectionExtra {
  readonly findings: readonly FindingJson[];
  /** Source lines that sites and findings stand on, by zero-based line; very long ones are left out. */
  readonly excerpts: Readonly<Record<number, string>>;
}

const LONGEST_EXCERPT = 2000;

/** Projects a report and the findings of its contracts. */
export function project(report: AllocationReport, findings: readonly ContractFinding[], lines: LineIndex, context: ProjectionContext): Projection {
  const file = fileJsonOf(report, lines, context);
  const excerpts: Record<number, string> = {};
  const keep = (line: number): void => {
    if (excerpts[line] !== undefined) return;
    const start = lines.lineStart(line);
    const end = line + 1 < lines.lineCount ? lines.lineStart(line + 1) : report.text.length;
    if (end - start <= LONGEST_EXCERPT) excerpts[line] = report.text.slice(start, end).replace(/[\r\n]+$/, '');
  };
  for (const site of file.sites) keep(site.anchor.line);
  const broken = findings.map((finding): FindingJson => ({
    type: finding.type, message: finding.message, path: file.path, range: lines.range(finding.site?.anchor ?? finding.start, Math.max(finding.site?.anchor ?? 0, finding.end)),
    fails: finding.type === 'broken' || finding.type === 'misplaced' || finding.type === 'unknown',
  }));
  for (const finding of broken) keep(finding.range.start.line);
  return { json: JSON.stringify(file), extra: JSON.stringify({ findings: broken, excerpts } satisfies ProjectionExtra), totals: JSON.stringify(fileTotals(file)) };
}

/** Reads back what `project` wrote. */
export function readProjection(projection: Omit<Projection, 'totals'>): { readonly file: FileJson; readonly extra: ProjectionExtra } {
  return { file: JSON.parse(projection.json) as FileJson, extra: JSON.parse(projection.extra) as ProjectionExtra };
}
