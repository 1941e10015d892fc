// A solved batch: what rules ask of it, and what stays when it is gone.
import type { CheckedBody } from '../checkedBody.js';
import { LeakTarget, type BodyStep, type KeptExplanations, type SolveContext } from '../escapeContract.js';
import type { Builder } from './builder.js';
import { stepsOf } from './explain.js';
import { type Form, type Free } from './forms.js';
import { Attribute, Base, LocFlag, type EscapeGraph, type Loc } from './graph.js';
import { leakDerefs, LeakTo } from './leaks.js';

/** The graph of a batch after it was solved. Valid until the next batch is solved. */
export class Solution {
  readonly graph: EscapeGraph;

  constructor(readonly builder: Builder, readonly context: SolveContext) {
    this.graph = builder.graph;
  }

  bodyIndexOf(loc: Loc): number {
    return this.builder.bodyOfFunction[this.graph.owner[loc] as number] ?? 0;
  }

  bodyOf(loc: Loc): CheckedBody {
    return this.builder.bodies[this.bodyIndexOf(loc)] as CheckedBody;
  }

  /** Steps by which a location got away; empty when it did not, or at once (too large). */
  why(loc: Loc): readonly BodyStep[] {
    const path = this.graph.escapePath.get(loc);
    return path ? stepsOf(this, path, this.bodyOf(loc)) : [];
  }

  /** Form of a location. */
  form(loc: Loc): Form {
    return this.graph.form[loc] as Form;
  }

  free(loc: Loc): Free {
    return this.graph.free[loc] as Free;
  }

  escapes(loc: Loc): boolean {
    return this.graph.escapes(loc);
  }

  mutates(loc: Loc): boolean {
    return (this.graph.attr(loc) & Attribute.Mutates) !== 0;
  }

  /** Whether nothing is known of a function that the value goes to. */
  assumed(loc: Loc): boolean {
    return this.graph.has(loc, LocFlag.Assumed);
  }

  /** Locations of the parameters of a body's own function, the receiver first; -1 for one without name. */
  parametersOf(bodyIndex: number): Loc[] {
    const body = this.builder.bodies[bodyIndex] as CheckedBody;
    const fn = body.functions[0];
    if (!fn) return [];
    const base = this.builder.localBase[bodyIndex] as number;
    const locals = fn.receiver >= 0 ? [fn.receiver, ...fn.params] : [...fn.params];
    return locals.map((local) => (local < 0 ? -1 : base + local));
  }

  /** What is kept of a body for those that call it: how its parameters leak. */
  keep(bodyIndex: number): KeptExplanations {
    const body = this.builder.bodies[bodyIndex] as CheckedBody;
    const steps = new Map<number, readonly BodyStep[]>();
    this.parametersOf(bodyIndex).forEach((loc, position) => {
      if (loc < Base.First || leakDerefs(this.graph.leakOf(loc), LeakTo.Heap) < 0) return;
      const path = this.graph.leakPath.get(loc) ?? this.graph.escapePath.get(loc);
      if (path) steps.set(position, stepsOf(this, path, body));
    });
    return { explainLeak: (parameter, target) => ((target as LeakTarget) === LeakTarget.Heap ? (steps.get(parameter) ?? []) : []) };
  }
}
