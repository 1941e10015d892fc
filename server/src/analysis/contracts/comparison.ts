// Compares the reports of two states of one code base: which sites are new, gone, unchanged. A site is known again by what it is and
// what it says, not by where it stands, so that code that only moved is unchanged.
import type { AllocationReport } from '../report.js';
import type { AllocationSite } from '../site.js';

/** A site with the file it is in. */
export interface PlacedSite {
  readonly path: string;
  readonly site: AllocationSite;
}

/** What changed between two states. Each list is ordered by path and position. */
export interface Comparison {
  readonly added: readonly PlacedSite[];
  readonly gone: readonly PlacedSite[];
  readonly unchanged: readonly PlacedSite[];
}

/** Compares reports before and after. Files are matched by path; a file on one side alone is new or gone as a whole. */
export function compareReports(before: readonly AllocationReport[], after: readonly AllocationReport[]): Comparison {
  const old = new Map<string, PlacedSite[]>();
  for (const report of before) {
    for (const site of report.sites) {
      const key = identity(report, site);
      const known = old.get(key);
      if (known) known.push({ path: report.path, site });
      else old.set(key, [{ path: report.path, site }]);
    }
  }
  const added: PlacedSite[] = [];
  const unchanged: PlacedSite[] = [];
  for (const report of after) {
    for (const site of report.sites) {
      const placed = { path: report.path, site };
      if (old.get(identity(report, site))?.shift()) unchanged.push(placed);
      else added.push(placed);
    }
  }
  const gone = [...old.values()].flat();
  return { added: added.sort(byPlace), gone: gone.sort(byPlace), unchanged: unchanged.sort(byPlace) };
}

/** Equal for sites that say the same: file, rule, certainty, function and the expression's text with its white space folded. */
function identity(report: AllocationReport, site: AllocationSite): string {
  const expression = report.text.slice(site.start, site.end).replace(/\s+/g, ' ');
  return [report.path, site.rule, site.certainty, site.function ?? '', String(site.loopDepth > 0), expression].join('\0');
}

function byPlace(a: PlacedSite, b: PlacedSite): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.site.start - b.site.start || a.site.end - b.site.end;
}
