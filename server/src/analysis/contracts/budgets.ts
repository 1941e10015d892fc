// Counts the sites of reports against budgets. Reports in any form will do, as long as their sites say what a budget asks.
import { CERTAINTIES, type AllocationSite } from '../site.js';
import type { Budget } from './configuration.js';

/** What a budget asks of a site. */
export type BudgetedSite = Pick<AllocationSite, 'kind' | 'certainty' | 'evidence' | 'loopDepth' | 'cold' | 'muted' | 'function'>;

/** A budget that is exceeded: by one function where the budget names functions, else by its folder as a whole. */
export interface Overrun<S extends BudgetedSite = AllocationSite> {
  readonly budget: Budget;
  /** The function that exceeds it, or null for the whole folder. */
  readonly function: string | null;
  /** The sites that count, in order of path and position; more than `budget.max`. */
  readonly sites: readonly { readonly path: string; readonly site: S }[];
  readonly message: string;
}

/** The budgets that `reports` exceed. Paths of reports are relative to the configuration. */
export function overruns<S extends BudgetedSite>(budgets: readonly Budget[], reports: readonly { readonly path: string; readonly sites: readonly S[] }[]): Overrun<S>[] {
  const found: Overrun<S>[] = [];
  const ordered = [...reports].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const budget of budgets) {
    const groups = new Map<string, { path: string; site: S }[]>();
    for (const report of ordered) {
      if (!within(report.path, budget.path)) continue;
      for (const site of report.sites) {
        if (!counts(site, budget)) continue;
        const key = budget.function === null ? '' : (site.function ?? '');
        const group = groups.get(key);
        if (group) group.push({ path: report.path, site });
        else groups.set(key, [{ path: report.path, site }]);
      }
    }
    for (const [name, sites] of groups) {
      if (sites.length <= budget.max) continue;
      const subject = budget.function === null ? (budget.path ?? 'the workspace') : name;
      found.push({ budget, function: budget.function === null ? null : name, sites, message: `${subject} holds ${sites.length} allocation ${sites.length === 1 ? 'site' : 'sites'}; its budget is ${budget.max}` });
    }
  }
  return found;
}

function within(path: string, folder: string | null): boolean {
  return folder === null || path === folder || path.startsWith(`${folder}/`);
}

function counts(site: BudgetedSite, budget: Budget): boolean {
  if (site.muted === 'allowed' || site.evidence === 'refuted') return false;
  if (!budget.kinds.includes(site.kind) || CERTAINTIES.indexOf(site.certainty) > CERTAINTIES.indexOf(budget.certainty)) return false;
  if ((site.cold !== null && !budget.cold) || (budget.inLoops && site.loopDepth === 0)) return false;
  if (budget.function === null) return true;
  const { function: pattern } = budget;
  return site.function !== null && (pattern.endsWith('*') ? site.function.startsWith(pattern.slice(0, -1)) : site.function === pattern);
}
