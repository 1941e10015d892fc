// What calling a function does to the heap, in all: its own allocations and those of what it calls, to a fixpoint within a batch.
import type { NodeIndex } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, type CheckedFile } from '../resolve/checkedBody.js';
import { goModelOf, hasModels } from '../models/standardLibrary.js';
import { isUncounted } from '../models/uncounted.js';
import { EffectLevel, UNKNOWN_EFFECT, type FunctionEffect, type SolveContext } from '../solve/escapeContract.js';
import { Cold } from '../solve/escape/builder.js';
import { Form } from '../solve/escape/forms.js';
import { LocFlag } from '../solve/escape/graph.js';
import type { Solution } from '../solve/escape/solution.js';
import type { Judgement } from '../solve/escape/verdict.js';
import { placeOf } from './places.js';
import { goRuleByForm } from './table.js';

const NEVER: FunctionEffect = { level: EffectLevel.Never, kind: null, what: null, via: 0, start: -1, end: -1 };

/** Effects of the bodies of a batch. Allocations that only a panic needs do not count. */
export function effectsOf(solution: Solution, judgement: Judgement, context: SolveContext): readonly FunctionEffect[] {
  const { bodies } = solution.builder;
  const effects = bodies.map((_, index) => strongest(solution, judgement, context, index, null));
  if (bodies.length === 1) return effects.map((effect) => told(solution, 0, effect));
  // Round by round over what all had in the round before, so that the order of the bodies decides nothing and each chain of calls ends. An
  // effect can only rise, twice at most.
  for (let round = 0; round < 2 * bodies.length; round++) {
    const before = [...effects];
    let changed = false;
    for (let index = 0; index < bodies.length; index++) {
      const now = strongest(solution, judgement, context, index, before);
      if (now.level <= (before[index] as FunctionEffect).level) continue;
      effects[index] = now;
      changed = true;
    }
    if (!changed) break;
  }
  return effects.map((effect, index) => told(solution, index, settled(solution, effects, effect)));
}

/** An effect as a library row tells it, where there is one: the chain ends there, since what follows are details of the library, or the runtime. */
function told({ builder }: Solution, index: number, effect: FunctionEffect): FunctionEffect {
  const body = builder.bodies[index];
  if (!body || !hasModels(builder.world.packagePathOf(body.id))) return effect;
  const known = goModelOf(builder.world.nameOf(body.id))?.effect;
  if (known?.does !== 'allocates') return effect;
  return { ...effect, level: known.certainty === 'always' ? EffectLevel.Always : EffectLevel.Conditional, kind: known.kind, what: known.what, via: 0 };
}

/** The strongest effect of a body, of equal ones the first that stands on no error path. `batch`: effects of the bodies of the batch so far, null to leave calls of them out. */
function strongest(solution: Solution, judgement: Judgement, context: SolveContext, index: number, batch: readonly FunctionEffect[] | null): FunctionEffect {
  const { graph, builder } = solution;
  const body = builder.bodies[index];
  if (!body || (body.functions[0]?.body ?? -1) < 0) return UNKNOWN_EFFECT;
  if (isUncounted(builder.world.packagePathOf(body.id), () => builder.world.nameOf(body.id))) return NEVER;
  let level = EffectLevel.Never;
  let best = -1;
  let bestIsError = false;
  let inner: FunctionEffect | null = null;
  const own = builder.functionBase[index] as number;
  for (const form of judgement.forms[index] ?? []) {
    if (graph.cold[form] === Cold.Panic || graph.form[form] === Form.DynamicCall) continue;
    if (graph.owner[form] !== own && isHandedOut(solution, index, graph.owner[form] as number)) continue;
    const guarded = graph.has(form, LocFlag.Guarded);
    let certain = !guarded;
    let of: FunctionEffect | null = null;
    if (graph.form[form] === Form.Call) {
      of = effectOfCall(solution, context, graph.detail[form] as number, batch);
      if (!of || of.level <= EffectLevel.Unknown) continue;
      certain = certain && of.level === EffectLevel.Always;
    } else {
      const verdict = judgement.verdicts[form];
      if (typeof verdict !== 'object' || verdict.certainty === 'possible') continue;
      certain = certain && verdict.certainty === 'always';
    }
    const error = graph.cold[form] === Cold.Error || (of !== null && isOnFailure(of));
    const here = certain ? EffectLevel.Always : EffectLevel.Conditional;
    if (here < level || (here === level && (!bestIsError || error))) continue;
    level = here;
    bestIsError = error;
    best = form;
    inner = of;
    if (level === EffectLevel.Always) break;
  }
  if (best < 0) return NEVER;
  const place = placeOf(body.file.tree, graph.node[best] as number, graph.form[best] as Form, body.base);
  if (inner) return { level, kind: inner.kind, what: inner.what, via: graph.detail[best] as number, start: place.start, end: place.end };
  const verdict = judgement.verdicts[best];
  return { level, kind: goRuleByForm[graph.form[best] as Form]?.kind ?? null, what: typeof verdict === 'object' ? verdict.what : null, via: 0, start: place.start, end: place.end };
}

/** Whether all that a function allocates is the error that it answers when it fails. */
export function isOnFailure({ level, kind }: Pick<FunctionEffect, 'level' | 'kind'>): boolean {
  return level === EffectLevel.Conditional && kind === 'error';
}

/** Whether a function of a body, or one around it, is a literal that the body only hands out: returned or stored as it is written, it does not run. */
function isHandedOut({ builder }: Solution, index: number, fn: number): boolean {
  const body = builder.bodies[index];
  const own = builder.functionBase[index] as number;
  for (let at = fn; body && at > own; at = builder.parent[at] ?? -1) {
    const literal = body.functions[at - own];
    if (literal && builder.bodyOfFunction[at] === index && isReturnedOrStored(body.file, literal.node)) return true;
  }
  return false;
}

/** Whether an expression is a result or the value of a field or an element, as it is or converted or in a composite literal that is. */
function isReturnedOrStored(file: CheckedFile, node: NodeIndex): boolean {
  const { tree } = file;
  for (let at = tree.parent[node] as number; at >= 0; at = tree.parent[at] as number) {
    switch (tree.kind[at] as GoKind) {
      case GoKind.ParenthesizedExpression: case GoKind.ExpressionList: case GoKind.LiteralElement: case GoKind.KeyedElement: case GoKind.LiteralValue: case GoKind.CompositeLiteral: case GoKind.UnaryExpression:
      case GoKind.ArgumentList:
        continue;
      case GoKind.CallExpression: case GoKind.TypeConversionExpression:
        if (callKindOf(file, at) !== CallKind.Conversion) return false;
        continue;
      case GoKind.ReturnStatement: return true;
      case GoKind.AssignmentStatement: {
        const left = tree.childByField(at, GoField.Left);
        const first = left < 0 ? -1 : tree.firstChild(left);
        return first >= 0 && (tree.kind[first] === GoKind.SelectorExpression || tree.kind[first] === GoKind.IndexExpression);
      }
      default: return false;
    }
  }
  return false;
}

function effectOfCall(solution: Solution, context: SolveContext, callee: number, batch: readonly FunctionEffect[] | null): FunctionEffect | null {
  const index = solution.builder.bodyIndexOf(callee);
  if (index < 0) return context.summaryOf(callee)?.effect ?? null;
  return batch === null ? null : (batch[index] as FunctionEffect);
}

/** An effect through calls inside the batch, with kind and noun of the chain's end as that is now. */
function settled(solution: Solution, effects: readonly FunctionEffect[], effect: FunctionEffect): FunctionEffect {
  let end = effect;
  for (let steps = 0; end.via !== 0 && steps < effects.length; steps++) {
    const index = solution.builder.bodyIndexOf(end.via);
    if (index < 0) break;
    end = effects[index] as FunctionEffect;
  }
  return end === effect ? effect : { ...effect, kind: end.kind, what: end.what };
}
