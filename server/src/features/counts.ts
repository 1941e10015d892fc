// Report → the counts of the status bar and the code lenses.
import type { Counts } from '../../../protocol/src/messages.js';
import type { Position, PositionRange } from '../syntax/lineIndex.js';
import type { ReportView } from './reportView.js';
import { isCounted } from './visibility.js';

/** Counts of a report. */
export function countsOf(view: ReportView, uri: string, version: number | null): Counts {
  let sites = 0;
  let inLoops = 0;
  let conditional = 0;
  let muted = 0;
  let callees = 0;
  for (const site of view.report.sites) {
    if (site.cold !== null || site.muted !== null) muted++;
    else if (site.kind === 'callee') callees++;
    else if (isCounted(site)) {
      sites++;
      if (site.loopDepth > 0) inLoops++;
      if (site.certainty === 'conditional') conditional++;
    }
  }
  return { uri, version, sites, inLoops, conditional, muted, callees, problems: view.report.problems.length };
}

/** A code lens with its text; it does nothing when it is clicked. */
export interface FunctionLens {
  readonly range: PositionRange;
  readonly command: { readonly title: string; readonly command: '' };
}

/** A lens at the name of each function that allocates: `⬢ 3 · 1 in a loop · +2 in callees`. */
export function functionLenses(view: ReportView): FunctionLens[] {
  const lenses: FunctionLens[] = [];
  for (const total of view.report.functions) {
    if (total.own === 0 && total.callees === 0) continue;
    const parts = [`⬢ ${total.own}`];
    if (total.inLoops > 0) parts.push(`${total.inLoops} in ${total.inLoops === 1 ? 'a loop' : 'loops'}`);
    if (total.callees > 0) parts.push(`+${total.callees} in callees`);
    const at: Position = view.lines.position(total.anchor);
    lenses.push({ range: { start: at, end: at }, command: { title: parts.join(' · '), command: '' } });
  }
  return lenses;
}
