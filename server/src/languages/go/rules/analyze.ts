// From a solved body to its findings: rules over its forms, calls that allocate inside, and what hovers say of parameters.
import type { AllocationKind, ColdReason, Problem } from '../../../analysis/site.js';
import { goModelOf } from '../models/standardLibrary.js';
import { EffectLevel, type AnalyzeBody, type BodyFindings, type BodySite, type SolveContext } from '../solve/escapeContract.js';
import type { CheckedBody } from '../resolve/checkedBody.js';
import { Form } from '../solve/escape/forms.js';
import { Base } from '../solve/escape/graph.js';
import { leakDerefs, LeakTo, TAGGED_RESULTS } from '../solve/escape/leaks.js';
import { Solution } from '../solve/escape/solution.js';
import { FAILED, type Finding } from '../solve/escape/verdict.js';
import { numberOfText } from './freeTexts.js';
import { ADDRESS_STAYS, type GoRule } from './goRule.js';
import { isOnFailure } from './effects.js';
import { placeOf } from './places.js';
import { goRuleByForm } from './table.js';

const COLD_REASONS: readonly (ColdReason | null)[] = [null, 'panic', 'error', 'test', 'static', 'log'];

/** Finds the sites and free places of a solved body. */
export const analyzeBody: AnalyzeBody = (solved, context) => {
  const sites: BodySite[] = [];
  const free: number[] = [];
  let problems: Problem[] = NO_PROBLEMS;
  const { solution, body } = solved;
  if (!(solution instanceof Solution)) return { sites, free, notes: NO_NOTES, problems };
  const { graph, judgement } = solution;
  const { tree } = body.file;
  const index = solution.builder.bodies.indexOf(body);
  for (const form of judgement.forms[index] ?? []) {
    const kind = graph.form[form] as Form;
    if (kind === Form.Call) {
      const site = callSite(solution, context, body, form);
      if (site) sites.push(site);
      continue;
    }
    if (kind === Form.DynamicCall) {
      sites.push(dynamicSite(solution, body, form));
      continue;
    }
    const rule = goRuleByForm[kind];
    if (!rule) continue;
    const verdict = judgement.verdicts[form];
    if (typeof verdict === 'object') sites.push(siteOf(solution, body, form, rule, verdict));
    else if (verdict === FAILED) {
      const place = placeOf(tree, graph.node[form] as number, kind, body.base);
      problems = [...problems, { message: `The rule ${rule.id} failed here.`, start: place.start, end: place.end }];
    } else addFree(free, body, graph.node[form] as number, kind, numberOfText(rule.id), numberOfText(verdict ?? ADDRESS_STAYS), -1);
  }
  parameters(solution, index, body, free);
  return { sites, free: free.slice(), notes: NO_NOTES, problems }; // these stay, and an array that grew has room that nobody needs
};

const NO_PROBLEMS: Problem[] = [];
const NO_NOTES: BodyFindings['notes'] = [];

function addFree(free: number[], body: CheckedBody, node: number, form: Form, rule: number, reason: number, parameter: number): void {
  const { start, end, anchor } = placeOf(body.file.tree, node, form, body.base);
  free.push(rule, start, end, anchor, reason, parameter);
}

function siteOf(solution: Solution, body: CheckedBody, form: number, rule: GoRule, finding: Finding): BodySite {
  const { graph } = solution;
  const { start, end, anchor } = placeOf(body.file.tree, graph.node[form] as number, graph.form[form] as Form, body.base);
  return {
    rule: rule.id, kind: rule.kind, certainty: finding.certainty, evidence: 'predicted', loopDepth: graph.loops[form] as number,
    cold: COLD_REASONS[graph.cold[form] as number] ?? null, muted: null, callee: null, start, end, anchor, what: finding.what,
    size: finding.bytes > 0 ? { bytes: finding.bytes, exact: true } : null, when: finding.when, unless: finding.unless, instead: finding.instead,
    why: solution.why(form), chainFrom: 0, reaches: 0,
  };
}

/** The site of a call of a declared function, null when it is not known to allocate. */
function callSite(solution: Solution, context: SolveContext, body: CheckedBody, form: number): BodySite | null {
  const { graph } = solution;
  const { world } = context;
  const callee = graph.detail[form] as number;
  const effect = context.summaryOf(callee)?.effect;
  if (!effect || effect.level <= EffectLevel.Unknown) return null;
  const own = world.objects.package[callee] === world.objects.package[body.id] && world.objects.package[callee] !== 0;
  const certain = effect.level === EffectLevel.Always;
  const name = world.nameOf(callee);
  const known = own ? undefined : goModelOf(name)?.effect;
  const model = known?.does === 'allocates' ? known : null;
  const { start, end, anchor } = placeOf(body.file.tree, graph.node[form] as number, Form.Call, body.base);
  return {
    rule: own ? 'go/callee' : 'go/library-call', kind: model ? model.kind : own ? 'callee' : libraryKind(effect.kind),
    certainty: model ? model.certainty : certain ? 'always' : 'conditional', evidence: 'predicted',
    loopDepth: graph.loops[form] as number, cold: COLD_REASONS[graph.cold[form] as number] ?? (isOnFailure(effect) && (model === null || model.kind === 'error') ? 'error' : null), muted: null, callee: name, start, end, anchor,
    what: model ? model.what : (effect.what ?? 'allocates inside'), size: null, when: model ? model.when : certain ? null : 'it takes a path that allocates',
    unless: model ? model.unless : null, instead: null, why: [],
    reaches: 0,
    chainFrom: model ? 0 : callee, // what a row says needs no way down to some line of the library's own
  };
}

/** The site of a call that may reach functions of the package; the report says which of them allocate, or leaves it out. */
function dynamicSite(solution: Solution, body: CheckedBody, form: number): BodySite {
  const { graph } = solution;
  const target = graph.detail[form] as number;
  const { start, end, anchor } = placeOf(body.file.tree, graph.node[form] as number, Form.DynamicCall, body.base);
  return {
    rule: 'go/callee', kind: 'callee', certainty: 'possible', evidence: 'predicted', loopDepth: graph.loops[form] as number,
    cold: COLD_REASONS[graph.cold[form] as number] ?? null, muted: null, callee: null, start, end, anchor, what: '', size: null, when: null, unless: null, instead: null, why: [], chainFrom: 0, reaches: target,
  };
}

/** Kind of a call into a library: what it allocates, where that is not a construct that only stands in its own source. */
function libraryKind(kind: AllocationKind | null): AllocationKind {
  return kind === null || kind === 'escape' || kind === 'boxing' || kind === 'closure' || kind === 'task' ? 'callee' : kind;
}

/** Says of each parameter that holds pointers whether it leaks, and where. */
function parameters(solution: Solution, index: number, body: CheckedBody, free: number[]): void {
  const { graph, builder } = solution;
  if ((body.functions[0]?.body ?? -1) < 0) return;
  const rule = numberOfText('go/parameter');
  const count = solution.parameterCount(index);
  for (let position = 0; position < count; position++) {
    const loc = solution.parameterAt(index, position);
    if (loc < Base.First || graph.escapes(loc) || !builder.facts.hasPointers(graph.type[loc] as number)) continue;
    const leaks = graph.leakOf(loc);
    const heap = leakDerefs(leaks, LeakTo.Heap);
    const reason = heap === 0 ? 'Leaks: what it points to must be on the heap.'
      : heap > 0 ? 'Leaks in part: what it points to may be on the stack, but what that points to must be on the heap.'
      : returned(leaks);
    addFree(free, body, graph.node[loc] as number, Form.Parameter, rule, numberOfText(reason), heap >= 0 ? position : -1);
  }
}

/** What is said of a parameter that does not get to the heap, by the results that it flows to. */
function returned(leaks: number): string {
  let results = '';
  for (let result = 0; result < TAGGED_RESULTS; result++) if (leakDerefs(leaks, LeakTo.Result0 + result) >= 0) results += `${results === '' ? '' : ', '}${result + 1}`;
  return results === '' ? 'Does not leak: what it points to may stay on the stack of the caller.' : `Returned as result ${results}: what it points to lives as long as the caller keeps that.`;
}
