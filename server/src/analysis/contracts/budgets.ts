// Budgets of heaplight.json: how many sites a function or a folder may have. Over plain sites, whatever made them.
import { CERTAINTIES, type AllocationKind, type Certainty, type ColdReason, type MutedReason } from '../site.js';

/** A budget as the configuration states it. */
export interface Budget {
  /** Pattern over function names; `*` stands for any text. Exactly one of `function` and `folder` is given. */
  readonly function: string | null;
  /** Folder relative to the root, with forward slashes; `.` is the root. */
  readonly folder: string | null;
  /** Most sites that are allowed. */
  readonly max: number;
  /** Kinds that count; null for all but `callee` and `refcount`. */
  readonly kinds: readonly AllocationKind[] | null;
  /** The weakest certainty that counts. */
  readonly minCertainty: Certainty;
  /** Count only sites in loops. */
  readonly inLoops: boolean;
}

/** What a budget needs to know of a site. */
export interface BudgetSite {
  readonly path: string;
  readonly kind: AllocationKind;
  readonly certainty: Certainty;
  readonly loopDepth: number;
  readonly cold: ColdReason | null;
  readonly muted: MutedReason | null;
  readonly function: string | null;
}

/** A budget that is exceeded: by whom, and the sites that count, in order. */
export interface BrokenBudget<S extends BudgetSite> {
  readonly budget: Budget;
  /** The function or folder. */
  readonly subject: string;
  readonly sites: readonly S[];
}

/** Budgets that are exceeded, in order of the budgets and then of the subjects' first sites. */
export function brokenBudgets<S extends BudgetSite>(sites: readonly S[], budgets: readonly Budget[]): BrokenBudget<S>[] {
  const broken: BrokenBudget<S>[] = [];
  for (const budget of budgets) {
    const matches = budget.function === null ? null : namePattern(budget.function);
    const subjects = new Map<string, S[]>();
    for (const site of sites) {
      if (!counts(site, budget)) continue;
      let subject: string;
      if (matches !== null) {
        if (site.function === null || !matches(site.function)) continue;
        subject = site.function;
      } else {
        const folder = (budget.folder ?? '.').replace(/\/+$/, '');
        if (folder !== '.' && !site.path.startsWith(`${folder}/`)) continue;
        subject = folder;
      }
      const list = subjects.get(subject);
      if (list) list.push(site);
      else subjects.set(subject, [site]);
    }
    for (const [subject, list] of subjects) if (list.length > budget.max) broken.push({ budget, subject, sites: list });
  }
  return broken;
}

/** Matches names against a pattern in which `*` stands for any text. */
export function namePattern(pattern: string): (name: string) => boolean {
  const expression = new RegExp(`^${pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&')).join('.*')}$`, 's');
  return (name) => expression.test(name);
}

function counts(site: BudgetSite, budget: Budget): boolean {
  if (site.cold !== null || site.muted !== null) return false;
  if (budget.kinds === null ? site.kind === 'callee' || site.kind === 'refcount' : !budget.kinds.includes(site.kind)) return false;
  if (CERTAINTIES.indexOf(site.certainty) > CERTAINTIES.indexOf(budget.minCertainty)) return false;
  return !budget.inLoops || site.loopDepth > 0;
}
