// Broken contracts → diagnostics. The only thing of Heaplight that is one: the author asked for it in the code.
import type { PositionRange } from '../syntax/lineIndex.js';
import type { ReportView } from './reportView.js';

/** A diagnostic, in the form of the protocol. Severity 2 is a warning, 3 an information. */
export interface ContractDiagnostic {
  readonly range: PositionRange;
  readonly severity: 2 | 3;
  readonly source: 'heaplight';
  readonly code: string;
  readonly message: string;
}

/** The diagnostics of a document. */
export function contractDiagnostics(view: ReportView): ContractDiagnostic[] {
  return view.findings.map((finding) => ({
    range: view.lines.range(finding.start, finding.end), severity: finding.type === 'unproved' ? 3 : 2, source: 'heaplight', code: finding.site?.rule ?? `contract-${finding.type}`, message: finding.message,
  }));
}
