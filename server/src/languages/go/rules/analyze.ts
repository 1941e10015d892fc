// From a solved body to its findings: rules over its forms, calls that allocate inside, and what hovers say of parameters.
import type { AllocationKind, ColdReason } from '../../../analysis/site.js';
import { goModelOf } from '../models/standardLibrary.js';
import { EffectLevel, LeakTarget, type AnalyzeBody, type BodyFree, type BodySite, type BodyStep, type KeptExplanations } from '../solve/escapeContract.js';
import { Form } from '../solve/escape/forms.js';
import { Base, LocFlag } from '../solve/escape/graph.js';
import { leakDerefs, LeakTo } from '../solve/escape/leaks.js';
import { Solution } from '../solve/escape/solution.js';
import { FormJudge } from './formContext.js';
import { ADDRESS_STAYS } from './goRule.js';
import { placeOf } from './places.js';

const COLD_REASONS: readonly (ColdReason | null)[] = [null, 'panic', 'error', 'test', 'static', 'log'];

/** Finds the sites and free places of a solved body. */
export const analyzeBody: AnalyzeBody = (solved, context) => {
  const sites: BodySite[] = [];
  const free: BodyFree[] = [];
  const problems: { message: string; start: number; end: number }[] = [];
  const { solution, body } = solved;
  if (!(solution instanceof Solution)) return { sites, free, notes: [], problems };
  const { graph } = solution;
  const { tree } = body.file;
  const index = solution.builder.bodies.indexOf(body);
  const placed = (form: number): { start: number; end: number; anchor: number } => {
    const place = placeOf(tree, graph.node[form] as number, graph.form[form] as Form);
    return { start: place.start - body.base, end: place.end - body.base, anchor: place.anchor - body.base };
  };
  const judge = new FormJudge(solution, {
    finding: (rule, form, finding) => {
      sites.push({
        rule: rule.id, kind: rule.kind, certainty: finding.certainty, evidence: 'predicted', loopDepth: graph.loops[form] as number,
        cold: COLD_REASONS[graph.cold[form] as number] ?? null, muted: null, callee: null, ...placed(form), what: finding.what,
        size: finding.bytes > 0 ? { bytes: finding.bytes, exact: true } : null, when: finding.when, unless: finding.unless, instead: finding.instead,
        why: graph.escapes(form) ? solution.why(form) : [], chainFrom: 0,
      });
    },
    silent: (rule, form, reason) => free.push({ rule: rule.id, ...placed(form), reason, why: [] }),
    failed: (rule, form) => {
      const place = placed(form);
      problems.push({ message: `The rule ${rule.id} failed here.`, start: place.start, end: place.end });
    },
  });
  for (let form = Base.First as number; form < graph.count; form++) {
    const kind = graph.form[form] as Form;
    if (kind === Form.None || solution.bodyIndexOf(form) !== index) continue;
    if (kind === Form.Call) {
      const site = callSite(solution, form, placed(form));
      if (site) sites.push(site);
      continue;
    }
    if (kind <= Form.Result && !graph.escapes(form)) {
      if (kind === Form.Variable && graph.has(form, LocFlag.AddressTaken)) free.push({ rule: 'go/moved-variable', ...placed(form), reason: ADDRESS_STAYS, why: [] });
      continue;
    }
    judge.judge(form);
  }
  parameters(solution, index, solved.kept, free, placed);
  return { sites, free, notes: [], problems };

  function callSite(of: Solution, form: number, place: { start: number; end: number; anchor: number }): BodySite | null {
    const callee = of.graph.detail[form] as number;
    const effect = context.summaryOf(callee)?.effect;
    if (!effect || effect.level <= EffectLevel.Unknown) return null;
    const own = context.world.objects.package[callee] === context.world.objects.package[body.id] && context.world.objects.package[callee] !== 0;
    const certain = effect.level === EffectLevel.Always;
    const name = context.world.nameOf(callee);
    const model = own ? undefined : goModelOf(name)?.effect;
    if (model?.does === 'allocates') {
      return {
        rule: 'go/library-call', kind: model.kind, certainty: model.certainty, evidence: 'predicted', loopDepth: of.graph.loops[form] as number,
        cold: COLD_REASONS[of.graph.cold[form] as number] ?? null, muted: null, callee: name, ...place, what: model.what, size: null, when: model.when,
        unless: model.unless, instead: null, why: [], chainFrom: callee,
      };
    }
    return {
      rule: own ? 'go/callee' : 'go/library-call', kind: own ? 'callee' : libraryKind(effect.kind), certainty: certain ? 'always' : 'conditional', evidence: 'predicted',
      loopDepth: of.graph.loops[form] as number, cold: COLD_REASONS[of.graph.cold[form] as number] ?? null, muted: null, callee: name, ...place,
      what: effect.what ?? 'allocates inside', size: null, when: certain ? null : 'it takes a path that allocates', unless: null, instead: null, why: [], chainFrom: callee,
    };
  }
};

/** Kind of a call into a library: what it allocates, where that is not a construct that only stands in its own source. */
function libraryKind(kind: AllocationKind | null): AllocationKind {
  return kind === null || kind === 'escape' || kind === 'boxing' || kind === 'closure' || kind === 'task' ? 'callee' : kind;
}

/** Says of each parameter that holds pointers whether it leaks, and where. */
function parameters(solution: Solution, index: number, kept: KeptExplanations, free: BodyFree[], placed: (form: number) => { start: number; end: number; anchor: number }): void {
  const { graph, builder } = solution;
  const fn = builder.bodies[index]?.functions[0];
  if (!fn || fn.body < 0) return;
  solution.parametersOf(index).forEach((loc, position) => {
    if (loc < Base.First || graph.escapes(loc) || !builder.facts.hasPointers(graph.type[loc] as number)) return;
    const heap = leakDerefs(graph.leakOf(loc), LeakTo.Heap);
    let results = '';
    for (let result = 0; result < 5; result++) if (leakDerefs(graph.leakOf(loc), LeakTo.Result0 + result) >= 0) results += `${results === '' ? '' : ', '}${result + 1}`;
    const reason = heap === 0 ? 'Leaks: what it points to must be on the heap.'
      : heap > 0 ? 'Leaks in part: what it points to may be on the stack, but what that points to must be on the heap.'
      : results !== '' ? `Returned as result ${results}: what it points to lives as long as the caller keeps that.`
      : 'Does not leak: what it points to may stay on the stack of the caller.';
    const why: readonly BodyStep[] = heap >= 0 ? kept.explainLeak(position, LeakTarget.Heap) : [];
    free.push({ rule: 'go/parameter', ...placed(loc), reason, why });
  });
}
