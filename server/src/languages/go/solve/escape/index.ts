// The escape stage's entrance: builds the graph of a batch in one walk over its bodies, solves it, and says what callers need to know.
import type { CheckedBody } from '../checkedBody.js';
import type { SolveContext, SolvedBody, SolveFunctions } from '../escapeContract.js';
import { goToolchain } from '../../models/toolchain.js';
import { effectOf } from '../../rules/effects.js';
import { initialise } from './assignments.js';
import { Builder, Cold } from './builder.js';
import { flowCaptures, walkFunction } from './closures.js';
import { rememberParameters } from './explain.js';
import { applyLimits, leaksUnseen, leakTags } from './finish.js';
import { EscapeGraph } from './graph.js';
import { Solution } from './solution.js';
import { EscapeWalk } from './walk.js';

const graph = new EscapeGraph();
const walk = new EscapeWalk();

/** Solves a batch of mutually recursive functions. Answers share one graph: a batch's rules must run before the next is solved. */
export const solveFunctions: SolveFunctions = (batch, context) => {
  if (batch.length === 0) return [];
  graph.reset();
  const builder = new Builder(batch, context, graph, goToolchain(`1.${context.toolchain}`));
  for (const body of batch) if (!body.isInitialiser) rememberParameters(context.world, body);
  batch.forEach((body, index) => build(builder, body, index));
  flowCaptures(builder);
  applyLimits(builder);
  const resultsLost = new Uint8Array(builder.parent.length);
  for (let fn = 0; fn < resultsLost.length; fn++) if (builder.parent[fn] === -1) resultsLost[fn] = 1;
  walk.solve(graph, {
    parent: builder.parent,
    resultsLost,
    closureAt: builder.closureAt,
    resultsOf: (fn) => resultLocations(builder, fn),
    leaksUnseen: (loc) => leaksUnseen(graph, loc),
  });
  const solution = new Solution(builder, context);
  return batch.map((body, index) => solved(solution, body, index, context));
};

function build(builder: Builder, body: CheckedBody, index: number): void {
  builder.enter(index);
  const own = body.functions[0];
  const fn = builder.functionBase[index] as number;
  builder.cold = body.isTest ? Cold.Test : body.isInitialiser ? Cold.Static : Cold.No;
  builder.guarded = 0;
  if (body.isInitialiser) {
    builder.fn = fn;
    builder.home = fn;
    builder.depth = 1;
    initialise(builder, body.node);
  } else if (own) walkFunction(builder, fn, own.body);
}

function resultLocations(builder: Builder, fn: number): number[] {
  const index = builder.bodyOfFunction[fn] as number;
  const own = builder.bodies[index]?.functions[fn - (builder.functionBase[index] as number)];
  return own ? own.results.map((local) => (builder.localBase[index] as number) + local) : [];
}

function solved(solution: Solution, body: CheckedBody, index: number, context: SolveContext): SolvedBody<Solution> {
  const summary = body.isInitialiser ? null : { leaks: leakTags(solution.builder, index, solution.graph), effect: effectOf(solution, index, context) };
  return { body, solution, summary, kept: solution.keep(index) };
}
