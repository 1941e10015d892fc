// Which sites of a report an output shows. Filters are explicit: without one, everything is in.
import type { AllocationReport } from '../../analysis/report.js';
import { CERTAINTIES, type AllocationKind, type AllocationSite, type Certainty } from '../../analysis/site.js';

/** What to leave out of an output. */
export interface SiteSelection {
  /** The weakest certainty to show; null for all. */
  readonly minCertainty: Certainty | null;
  /** Kinds to show; null for all. */
  readonly kinds: readonly AllocationKind[] | null;
  /** Whether sites in cold places are shown. */
  readonly cold: boolean;
}

/** Shows everything. */
export const EVERYTHING: SiteSelection = { minCertainty: null, kinds: null, cold: true };

/** Whether a site passes the filters. */
export function isSelected(site: AllocationSite, selection: SiteSelection): boolean {
  if (selection.minCertainty !== null && CERTAINTIES.indexOf(site.certainty) > CERTAINTIES.indexOf(selection.minCertainty)) return false;
  if (selection.kinds !== null && !selection.kinds.includes(site.kind)) return false;
  return selection.cold || site.cold === null;
}

/** The report with only the selected sites; the very report when that is all of them. */
export function selectSites(report: AllocationReport, selection: SiteSelection): AllocationReport {
  const sites = report.sites.filter((site) => isSelected(site, selection));
  return sites.length === report.sites.length ? report : { ...report, sites };
}

/** What the default views count: sure, warm, not muted, and an allocation written there. */
export function isShownByDefault(site: AllocationSite): boolean {
  return site.certainty !== 'possible' && site.cold === null && site.muted === null && site.kind !== 'callee' && site.kind !== 'refcount' && site.evidence !== 'refuted';
}
