// The Rust rules as the engine drives them.
import type { FunctionTotal } from '../../../analysis/report.js';
import type { AllocationSite, Problem } from '../../../analysis/site.js';
import { modelTable } from '../models/index.js';
import { userRows } from '../models/userRows.js';
import type { FunctionFindings, RustRuleSet, SolvedFunction } from '../solve/contract.js';
import { CostSolver } from '../solve/effects/costSolver.js';
import { EffectSolver, nameStart } from '../solve/effects/summaries.js';
import { referenceCycles } from '../solve/sharing/cycles.js';
import { rustCatalogue } from './catalogue.js';
import { tell, type Latest } from './siteBuilder.js';

/** Catalogue and judge of the Rust rules. */
export const rustRules: RustRuleSet = {
  documentation: rustCatalogue,
  createJudge: (program, models) => {
    const own = userRows(models);
    const costs = new CostSolver(program, modelTable(own.rows));
    const effects = new EffectSolver(costs);
    const latest: Latest = { sharing: null };
    const problems: readonly Problem[] = own.problems.map((message) => ({ message: `heaplight.json: ${message}`, start: 0, end: 0 }));
    return {
      wantsBody: (def) => program.originOf(def) === 'dependency' && costs.rowOf(def) === null && !program.isDerived(def),
      declarationsChanged: () => { costs.clear(); },
      solveEffects: (members, context) => effects.solve(members, context),
      check: (fn, context) => {
        const told = tell(fn, effects.eventsOf(fn, context), { ...context, summaryThrough: (def) => effects.summaryThrough(def, context) }, latest);
        return { ...told, problems: [], total: totalOf(fn, told.sites) };
      },
      checkFile: (file): FunctionFindings => ({ sites: [], free: [], notes: referenceCycles(file.types, program), problems, total: null }),
    };
  },
};

function totalOf(fn: SolvedFunction, sites: readonly AllocationSite[]): FunctionTotal | null {
  if (fn.initialiser) return null;
  const { tree } = fn.body;
  let own = 0;
  let inLoops = 0;
  let callees = 0;
  for (const site of sites) {
    if (site.kind === 'callee') callees++;
    else if (site.cold === null && site.muted === null && site.kind !== 'refcount' && site.certainty !== 'possible') {
      own++;
      if (site.loopDepth > 0) inLoops++;
    }
  }
  return { function: fn.name, start: tree.start[fn.node] as number, end: tree.end[fn.node] as number, anchor: nameStart(tree, fn.node), own, inLoops, callees };
}
