// From the costs of a body to the function's summary, and to a fixpoint where functions call each other.
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';
import { TypeFlag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import { DefKind, type RustProgram } from '../../resolve/program.js';
import type { JudgeContext, SolvedFunction } from '../contract.js';
import { isUntold } from './cold.js';
import { costsOfBody, type CostEvent } from './bodyEffects.js';
import { chainTo, Level, NO_EFFECT, sameEffect, type EffectSummary, type OpenUse } from './cost.js';
import { isDynamic } from './dynamic.js';
import { isUnresolved } from './unresolved.js';
import { Place, placeInBody } from './place.js';
import type { CostSolver, SummarySource } from './costSolver.js';

const MAX_CHAIN = 8;
const MAX_ROUNDS = 6;
const MAX_NESTED = 40;
const MAX_OPEN = 4;

/** Keeps the costs of solved functions, so that rules do not walk a body again. */
export class EffectSolver {
  #events = new WeakMap<SolvedFunction, readonly CostEvent[]>();
  readonly #running = new Set<DefId>();
  /** Whether a summary that is still being worked out was asked for: what came of it may change. */
  #provisional = false;
  /** The function whose costs are worked out. */
  #from: DefId = 0;

  constructor(private readonly solver: CostSolver) {}

  /** Solves a component and stores its summaries; whether a caller sees a difference. */
  solve(members: readonly SolvedFunction[], context: JudgeContext): boolean {
    const before = members.map((member) => context.summaryOf(member.def) as EffectSummary | null);
    for (const member of members) this.#running.add(member.def);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      let changed = false;
      let provisional = false;
      for (const member of members) {
        const summary = this.#summarise(member, context);
        if (!this.#events.has(member)) provisional = true;
        if (!sameEffect(context.summaryOf(member.def) as EffectSummary | null, summary)) changed = true;
        context.setSummary(member.def, summary);
      }
      // one function that asked for nothing unfinished has its answer at once
      if (!changed || members.length === 1 && (round > 0 || !provisional)) break;
    }
    for (const member of members) this.#running.delete(member.def);
    return members.some((member, i) => !sameEffect(before[i] ?? null, context.summaryOf(member.def) as EffectSummary));
  }

  /** Costs of a solved function, computed now if they are not at hand. */
  eventsOf(fn: SolvedFunction, context: JudgeContext): readonly CostEvent[] {
    const known = this.#events.get(fn);
    if (known === undefined) return this.#compute(fn, context);
    this.#events.delete(fn);
    return known;
  }

  /** Summary of a function that costs were said to come through, worked out again where it was forgotten meanwhile; null when there is none. */
  summaryThrough(def: DefId, context: JudgeContext): EffectSummary | null {
    const known = (context.summaryOf(def) as EffectSummary | null | undefined) ?? null;
    if (known !== null || def === 0) return known;
    this.solver.use(this.#sourceOf(context));
    return this.#summaryOf(def, context);
  }

  #compute(fn: SolvedFunction, context: JudgeContext): readonly CostEvent[] {
    this.solver.use(this.#sourceOf(context));
    const outer = this.#provisional;
    const from = this.#from;
    this.#provisional = false;
    this.#from = fn.def;
    const events = costsOfBody(fn.body, this.solver);
    this.#from = from;
    if (this.#provisional) this.#events.delete(fn);
    else this.#events.set(fn, events);
    this.#provisional ||= outer;
    return events;
  }

  #sourceOf(context: JudgeContext): SummarySource {
    return { summaryOf: (def) => this.#summaryOf(def, context), ofCandidates: (method) => this.#ofCandidates(method, context) };
  }

  #summaryOf(def: DefId, context: JudgeContext): EffectSummary | null {
    const running = this.#running.has(def);
    if (running) this.#provisional = true;
    const known = context.summaryOf(def) as EffectSummary | null | undefined;
    if (known) return known;
    const { program } = context;
    const fn = context.functionOf(def);
    if (!fn) return program.kindOf(program.parentOf(def)) === DefKind.Trait ? this.#ofCandidates(def, context) : null;
    if (running || this.#running.size > MAX_NESTED) {
      this.#provisional = true;
      return null;
    }
    this.#running.add(def);
    const summary = this.#summarise(fn, context);
    context.setSummary(def, summary);
    this.#running.delete(def);
    this.solver.use(this.#sourceOf(context));
    return summary;
  }

  /** A trait's method, whoever implements it: sure when every candidate allocates, possible when some do. */
  #ofCandidates(method: DefId, context: JudgeContext): EffectSummary | null {
    const { program } = context;
    const { methods, opaque } = program.candidatesOf(method, this.#from);
    let best: EffectSummary | null = null;
    let free = opaque;
    for (const member of methods) {
      // the body that the trait itself gives, if it does
      const given = member !== method || context.summaryOf(method) || context.functionOf(method);
      const summary = given ? this.#summaryOf(member, context) : null;
      if (!summary || summary.level === Level.None || summary.awaited) free++;
      else if (!best || summary.level > best.level) best = summary;
    }
    if (!best) return null;
    return { ...best, level: free === 0 ? (best.level < Level.Conditional ? best.level : Level.Conditional) : Level.Possible };
  }

  #summarise(fn: SolvedFunction, context: JudgeContext): EffectSummary {
    const { program } = context;
    const { tree } = fn.body;
    const isAsync = program.isAsync(fn.def);
    let best: CostEvent | null = null;
    let level = Level.None as Level;
    const uses: OpenUse[] = [];
    // The same without what hangs on a type that the caller chooses.
    let sure: CostEvent | null = null;
    let sureLevel = Level.None as Level;
    const left = firstReturn(tree, fn.body.first, fn.body.end);
    const isHandedOn = closuresInResult(fn, program);
    for (const event of this.#compute(fn, context)) {
      if (event.optional || isDynamic(event.cost) || isUnresolved(event.cost)) continue;
      const { open } = event.cost;
      if (open === null ? event.cost.level <= sureLevel : uses.length === MAX_OPEN && event.cost.level <= level) continue;
      if (isUntold(event, fn, program)) continue;
      const place = placeInBody(tree, event.node, fn.body.first, isHandedOn);
      if (place === Place.InFuture && !isAsync) continue;
      const each = place === Place.Straight && !event.drawn && (tree.start[event.node] as number) <= left;
      const here = event.cost.level === Level.Always && !each ? Level.Conditional : event.cost.level;
      if (here > level) {
        level = here;
        best = event;
      }
      if (open !== null && uses.length < MAX_OPEN && !uses.some((use) => use.call.method === open.method && use.call.on === open.on && use.straight === each)) uses.push({ call: open, straight: each });
      if (open === null && here > sureLevel) {
        sureLevel = here;
        sure = event;
      }
    }
    const awaited = isAsync && !program.isAsyncTrait(fn.def);
    const rest = sure === null ? NO_EFFECT : this.#summaryOfEvent(sure, sureLevel, fn, context, awaited);
    if (best === null || best === sure) return rest;
    const summary = this.#summaryOfEvent(best, level, fn, context, awaited);
    return best.cost.open === null ? summary : { ...summary, open: { uses, rest } };
  }

  #summaryOfEvent(best: CostEvent, level: Level, fn: SolvedFunction, context: JudgeContext, awaited: boolean): EffectSummary {
    const { tree } = fn.body;
    const nameAt = nameStart(tree, fn.node);
    const through = this.summaryThrough(best.cost.through, context);
    const link = { function: fn.name, def: fn.def, path: fn.path, at: (tree.start[best.node] as number) - nameAt, end: (tree.end[best.node] as number) - nameAt, what: through ? null : best.cost.what };
    return { level, kind: best.cost.kind === 'callee' ? (through?.kind ?? 'callee') : best.cost.kind, what: best.cost.what, chain: [link, ...(through ? chainTo(through, best.cost.what) : [])].slice(0, MAX_CHAIN), awaited, open: null };
  }
}

/** Where a body may first be left with a value before its end: what stands behind is evaluated on some calls only. Errors are no ordinary way out. */
function firstReturn(tree: FlatTree, first: NodeIndex, end: NodeIndex): number {
  const { kind, next } = tree;
  for (let node = first + 1; node < end; node++) {
    switch (kind[node] as number) {
      case RustKind.ClosureExpression as number: case RustKind.AsyncBlock as number: case RustKind.FunctionItem as number: case RustKind.ImplItem as number:
        node = (next[node] as number) - 1;
        break;
      case RustKind.ReturnExpression as number: {
        const value = tree.firstChild(node);
        if (value === NO_NODE || kind[value] !== (RustKind.CallExpression as number) || tree.textOf(tree.firstChild(value)) !== 'Err') return tree.end[node] as number;
        break;
      }
      default: break;
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** Tells closures that are part of what a function returns (`items.map(|item| …)`, `wrap(move |input| …)`): they run later, if at all. */
function closuresInResult({ body }: SolvedFunction, { types }: RustProgram): (closure: NodeIndex) => boolean {
  const { tree } = body;
  const block = tree.childByField(body.first, RustField.Body);
  let last = NO_NODE as NodeIndex;
  if (block !== NO_NODE) for (let child = block + 1, end = tree.next[block] as number; child < end; child = tree.next[child] as number) last = child;
  const result = last === NO_NODE ? UNKNOWN : body.typeOf(last);
  if ((types.flags(result) & TypeFlag.Closure) === 0) return () => false;
  const holds = (type: TypeId, wanted: TypeId): boolean => type === wanted || ((types.flags(type) & TypeFlag.Closure) !== 0 && types.args(type).some((arg) => holds(arg, wanted)));
  return (closure) => holds(result, body.typeOf(closure));
}

/** Offset of an item's name, or of the item where it has none. */
export function nameStart(tree: FlatTree, item: NodeIndex): number {
  const name = tree.childByField(item, RustField.Name);
  return tree.start[name === NO_NODE ? item : name] as number;
}
