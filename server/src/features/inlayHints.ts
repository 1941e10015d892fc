// Report → inlay hints. One hint a spot, after the expression; the tooltip is left to `resolve`, which most hints never need.
import type { AllocationSite } from '../analysis/site.js';
import type { Position, PositionRange } from '../syntax/lineIndex.js';
import { hintLabel } from './hintText.js';
import type { ReportView } from './reportView.js';
import { isHinted, type HintSettings } from './visibility.js';

/** An inlay hint, in the form of the protocol. `offset` is where its sites end. */
export interface AllocationHint {
  readonly position: Position;
  readonly label: string;
  readonly paddingLeft: true;
  readonly offset: number;
}

/** Hints at or within a range, null for the whole document, by position. */
export function allocationHints(view: ReportView, range: PositionRange | null, settings: HintSettings): AllocationHint[] {
  if (!settings['hints.enabled']) return [];
  const { report, lines } = view;
  const from = range ? lines.offset(range.start) : 0;
  const to = range ? lines.offset(range.end) : report.text.length;
  const spots = new Map<number, AllocationSite[]>();
  for (const site of report.sites) {
    if (site.start > to) break;
    if (site.end < from || site.end > to || !isHinted(site, settings)) continue;
    const spot = spots.get(site.end);
    if (spot) spot.push(site);
    else spots.set(site.end, [site]);
  }
  return [...spots].sort((a, b) => a[0] - b[0]).map(([offset, sites]) => ({
    position: lines.position(offset), label: hintLabel(sites, settings['hints.style'], report.text), paddingLeft: true, offset,
  }));
}

/** The sites behind a hint, as the settings show them. */
export function sitesOfHint(view: ReportView, offset: number, settings: HintSettings): AllocationSite[] {
  return view.report.sites.filter((site) => site.end === offset && isHinted(site, settings));
}
