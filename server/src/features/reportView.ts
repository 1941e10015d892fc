// A report together with the lines of its text: what every feature starts from. Made once per report.
import type { AllocationReport } from '../analysis/report.js';
import type { ContractFinding } from '../analysis/contracts/contracts.js';
import { LineIndex } from '../syntax/lineIndex.js';

/** A report and its lines. */
export interface ReportView {
  readonly report: AllocationReport;
  readonly lines: LineIndex;
  /** Broken contracts and allowances that allow nothing. */
  readonly findings: readonly ContractFinding[];
}

/** The view of a report; `lines` are those of its text, when they are at hand. */
export function viewOf(report: AllocationReport, findings: readonly ContractFinding[] = [], lines: LineIndex = new LineIndex(report.text)): ReportView {
  return { report, lines, findings };
}
