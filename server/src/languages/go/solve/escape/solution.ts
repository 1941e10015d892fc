// A solved batch: what rules ask of it, and what stays when it is gone.
import type { CheckedBody } from '../../resolve/checkedBody.js';
import type { KeptExplanations, PackedSteps } from '../escapeContract.js';
import type { Builder } from './builder.js';
import { stepsOf } from './explain.js';
import { Attribute, Base, type EscapeGraph, type Loc } from './graph.js';
import { leakDerefs, LeakTo } from './leaks.js';
import type { Judgement } from './verdict.js';

/** The graph of a batch after it was solved. Valid until the next batch is solved. */
export class Solution {
  readonly graph: EscapeGraph;
  /** What rules say of the forms; set once they were asked. */
  judgement: Judgement = { forms: [], verdicts: [] };

  constructor(readonly builder: Builder) {
    this.graph = builder.graph;
  }

  bodyIndexOf(loc: Loc): number {
    return this.builder.bodyOfFunction[this.graph.owner[loc] as number] ?? 0;
  }

  bodyOf(loc: Loc): CheckedBody {
    return this.builder.bodies[this.bodyIndexOf(loc)] as CheckedBody;
  }

  /** Steps by which a location got away; empty when it did not, or at once (too large). */
  why(loc: Loc): PackedSteps {
    const path = this.graph.escapePath[loc] as number;
    return path > 0 ? stepsOf(this, path, this.bodyOf(loc)) : NO_STEPS;
  }

  mutates(loc: Loc): boolean {
    return (this.graph.attr(loc) & Attribute.Mutates) !== 0;
  }

  /** Number of parameters of a body's own function, the receiver included. */
  parameterCount(bodyIndex: number): number {
    const fn = this.builder.bodies[bodyIndex]?.functions[0];
    return fn ? fn.params.length + (fn.receiver >= 0 ? 1 : 0) : 0;
  }

  /** Location of a parameter (0 is the receiver of a method), -1 for none. */
  parameterAt(bodyIndex: number, position: number): Loc {
    const fn = this.builder.bodies[bodyIndex]?.functions[0];
    if (!fn) return -1;
    const local = fn.receiver >= 0 ? (position === 0 ? fn.receiver : (fn.params[position - 1] as number)) : (fn.params[position] as number);
    return local < 0 ? -1 : (this.builder.localBase[bodyIndex] as number) + local;
  }

  /** What is kept of a body for those that call it: how its parameters leak. */
  keep(bodyIndex: number): KeptExplanations {
    const { graph } = this;
    let steps: Map<number, PackedSteps> | null = null;
    const count = this.parameterCount(bodyIndex);
    for (let position = 0; position < count; position++) {
      const loc = this.parameterAt(bodyIndex, position);
      if (loc < Base.First || leakDerefs(graph.leakOf(loc), LeakTo.Heap) < 0) continue;
      const path = (graph.leakPath[loc] as number) || (graph.escapePath[loc] as number);
      if (path > 0) (steps ??= new Map<number, PackedSteps>()).set(position, stepsOf(this, path, this.builder.bodies[bodyIndex] as CheckedBody));
    }
    return steps ?? NOTHING_KEPT;
  }
}

const NO_STEPS: PackedSteps = [];
const NOTHING_KEPT: KeptExplanations = new Map();
