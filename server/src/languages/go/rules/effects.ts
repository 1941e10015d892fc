// What calling a function does to the heap, in all: its own allocations and those of what it calls.
import { EffectLevel, UNKNOWN_EFFECT, type FunctionEffect, type SolveContext } from '../solve/escapeContract.js';
import { Cold } from '../solve/escape/builder.js';
import { Form } from '../solve/escape/forms.js';
import { Base, LocFlag } from '../solve/escape/graph.js';
import type { Solution } from '../solve/escape/solution.js';
import { FormJudge } from './formContext.js';
import { placeOf } from './places.js';

const NEVER: FunctionEffect = { level: EffectLevel.Never, kind: null, what: null, via: 0, start: -1, end: -1 };

/** Effect of a body of a solved batch. Allocations that only a panic needs do not count. */
export function effectOf(solution: Solution, index: number, context: SolveContext): FunctionEffect {
  const { graph, builder } = solution;
  const body = builder.bodies[index];
  if (!body) return UNKNOWN_EFFECT;
  if ((body.functions[0]?.body ?? -1) < 0) return UNKNOWN_EFFECT;
  let best: FunctionEffect = NEVER;
  const consider = (level: EffectLevel, form: number, kind: FunctionEffect['kind'], what: string | null, via: number): void => {
    if (level <= best.level) return;
    const place = placeOf(body.file.tree, graph.node[form] as number, graph.form[form] as Form);
    best = { level, kind, what, via, start: place.start - body.base, end: place.end - body.base };
  };
  const judge = new FormJudge(solution, {
    finding: (rule, form, finding) => {
      if (finding.certainty === 'possible') return;
      consider(finding.certainty === 'always' && !graph.has(form, LocFlag.Guarded) ? EffectLevel.Always : EffectLevel.Conditional, form, rule.kind, finding.what, 0);
    },
    silent: () => undefined,
    failed: () => undefined,
  });
  for (let form = Base.First as number; form < graph.count; form++) {
    if (best.level === EffectLevel.Always) break;
    if (graph.form[form] === Form.None || graph.cold[form] === Cold.Panic || solution.bodyIndexOf(form) !== index) continue;
    if (graph.form[form] !== Form.Call) judge.judge(form);
    else {
      const callee = graph.detail[form] as number;
      const effect = context.summaryOf(callee)?.effect;
      if (!effect || effect.level <= EffectLevel.Unknown) continue;
      const certain = effect.level === EffectLevel.Always && !graph.has(form, LocFlag.Guarded);
      consider(certain ? EffectLevel.Always : EffectLevel.Conditional, form, effect.kind, effect.what, callee);
    }
  }
  return best;
}
