// The escape stage's entrance: builds the graph of a batch in one walk over its bodies, solves it, and says what callers need to know.
import type { CheckedBody } from '../../resolve/checkedBody.js';
import { UNKNOWN_EFFECT, type SolvedBody, type SolveFunctions } from '../escapeContract.js';
import { goToolchain } from '../../models/toolchain.js';
import { initialise } from './assignments.js';
import { Builder, Cold } from './builder.js';
import { flowCaptures, walkFunction } from './closures.js';
import { applyLimits, joinAsBytes, leakTags } from './finish.js';
import { EscapeGraph } from './graph.js';
import { Solution } from './solution.js';
import type { JudgeBatch } from './verdict.js';
import { EscapeWalk } from './walk.js';

// One of each for all batches: no memory to allocate for each, and code that was compiled for them stays valid.
const graph = new EscapeGraph();
const builder = new Builder(graph);
const walk = new EscapeWalk();
const solution = new Solution(builder);

/** Solves batches of mutually recursive functions by the rules' judgement. Answers share one graph: a batch's findings must be made before the next is solved. */
export const escapeSolver = (judge: JudgeBatch): SolveFunctions => (batch, context) => {
  if (batch.length === 0) return [];
  builder.begin(batch, context, goToolchain(`1.${context.toolchain}`));
  for (let index = 0; index < batch.length; index++) build(builder, batch[index] as CheckedBody, index);
  flowCaptures(builder);
  applyLimits(builder);
  builder.loseResults();
  walk.solve(graph, builder);
  joinAsBytes(builder);
  const effects = judge(solution, context);
  return batch.map((body, index): SolvedBody<Solution> => ({
    body, solution, kept: solution.keep(index),
    summary: body.isInitialiser ? null : { leaks: leakTags(builder, index), effect: effects[index] ?? UNKNOWN_EFFECT },
  }));
};

/** Steps of all walks so far: what solving graphs costs, without a clock. */
export function walkSteps(): number {
  return walk.steps;
}

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
