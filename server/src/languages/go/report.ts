// The report of a file: what rules found in its bodies, put at their present places, explanations and chains completed.
import { compareSites, type AllocationReport, type FunctionTotal } from '../../analysis/report.js';
import type { AllocationSite, CalleeLink, FreePlace, Note, Problem, Step } from '../../analysis/site.js';
import { NO_NODE } from '../../syntax/flatTree.js';
import { GoField } from '../../syntax/kinds/go.generated.js';
import type { FactsReader } from './facts/factsReader.js';
import type { LoadedBody } from './resolve/loader.js';
import type { ObjectId } from './resolve/objects.js';
import type { ProgramFile } from './resolve/packages.js';
import type { Program } from './resolve/program.js';
import { EffectLevel, type BodySite, type BodyStep } from './solve/escapeContract.js';
import type { Solver } from './solve/solver.js';

const MAX_STEPS = 40;
const MAX_LINKS = 12;
const MAX_PROBLEMS = 20;

/** Builds reports from what a solver keeps. */
export class ReportBuilder {
  constructor(private readonly program: Program, private readonly solver: Solver, private readonly bodyOf: (object: ObjectId) => LoadedBody | null, private readonly facts: Pick<FactsReader, 'placeOf' | 'pathIn' | 'through'>) {}

  build(file: ProgramFile, bodies: readonly LoadedBody[], readProblems: readonly string[]): AllocationReport {
    const sites: AllocationSite[] = [];
    const free: FreePlace[] = [];
    const notes: Note[] = [];
    const problems: Problem[] = readProblems.map((message) => ({ message, start: 0, end: 0 }));
    const functions: FunctionTotal[] = [];
    const { tree } = file;
    for (const error of tree.errors.subarray(0, MAX_PROBLEMS)) problems.push({ message: 'Broken syntax; allocations here may be missing.', start: tree.start[error] as number, end: tree.end[error] as number });
    for (const body of bodies) {
      if (body.file !== file) continue;
      const findings = this.solver.entryOf(body)?.findings;
      if (!findings) continue;
      const base = tree.start[body.node] as number;
      const name = body.isInitialiser ? null : this.program.nameOf(body.object);
      for (const site of findings.sites) sites.push(this.#site(site, base, file, name));
      for (const place of findings.free) free.push({ ...place, start: place.start + base, end: place.end + base, anchor: place.anchor + base, why: this.#steps(place.why, base, file.path) });
      for (const note of findings.notes) notes.push({ ...note, start: note.start + base, end: note.end + base, why: this.#steps(note.why, base, file.path) });
      for (const problem of findings.problems) problems.push({ message: problem.message, start: problem.start + base, end: problem.end + base });
      if (!body.isInitialiser) functions.push(this.#total(body, base, findings.sites, name ?? ''));
    }
    sites.sort(compareSites);
    free.sort((a, b) => a.start - b.start || b.end - a.end);
    notes.sort((a, b) => a.start - b.start);
    problems.sort((a, b) => a.start - b.start);
    return { path: file.path, language: 'go', text: tree.text, sites, free, notes, problems, functions };
  }

  #total(body: LoadedBody, base: number, sites: readonly BodySite[], name: string): FunctionTotal {
    const { tree } = body.file;
    let own = 0;
    let inLoops = 0;
    let callees = 0;
    for (const site of sites) {
      if (site.kind === 'callee') callees++;
      else if (site.kind !== 'refcount' && site.cold === null && site.muted === null && site.certainty !== 'possible') {
        own++;
        if (site.loopDepth > 0) inLoops++;
      }
    }
    const nameNode = tree.childByField(body.node, GoField.Name);
    return { function: name, start: base, end: tree.end[body.node] as number, anchor: nameNode === NO_NODE ? base : (tree.start[nameNode] as number), own, inLoops, callees };
  }

  #site(site: BodySite, base: number, file: ProgramFile, name: string | null): AllocationSite {
    // Field by field: copying all but one is several times as slow.
    return {
      rule: site.rule, kind: site.kind, certainty: site.certainty, evidence: site.evidence, loopDepth: site.loopDepth, cold: site.cold, muted: site.muted,
      callee: site.callee, start: site.start + base, end: site.end + base, anchor: site.anchor + base, what: site.what, size: site.size, when: site.when,
      unless: site.unless, instead: site.instead, why: this.#steps(site.why, base, file.path), function: name,
      callees: site.chainFrom === 0 ? [] : this.#chain(site.chainFrom),
    };
  }

  /** Steps at their present places; those through a callee are replaced by the callee's own. */
  #steps(steps: readonly BodyStep[], base: number, path: string): Step[] {
    const placed: Step[] = [];
    const add = (list: readonly BodyStep[], from: number, at: string, depth: number): void => {
      for (const step of list) {
        if (placed.length >= MAX_STEPS) return;
        if ('through' in step) {
          const body = depth < 8 ? this.bodyOf(step.through) : null;
          const kept = body === null ? null : this.solver.entryOfObject(step.through)?.kept;
          if (body === null) known(step.through, step.parameter, step.target, depth);
          else if (kept) add(kept.explainLeak(step.parameter, step.target), body.file.tree.start[body.node] as number, body.file.path, depth + 1);
          continue;
        }
        const owner = step.owner === 0 ? null : this.bodyOf(step.owner);
        const offset = owner === null ? from : (owner.file.tree.start[owner.node] as number);
        placed.push({ message: step.message, path: owner === null ? at : owner.file.path, start: step.start + offset, end: step.end + offset });
      }
    };
    /** The same for a function that is known from facts. */
    const known = (fn: ObjectId, parameter: number, target: number, depth: number): void => {
      const leaks = target === 0 && depth < 8 ? this.facts.placeOf(fn)?.details[4].find(([position]) => position === parameter)?.[1] : undefined;
      for (const step of leaks ?? []) {
        if (placed.length >= MAX_STEPS) return;
        if (step.length === 3) {
          const next = this.facts.through(fn, step);
          const body = next === 0 ? null : this.bodyOf(next);
          const kept = body === null ? null : this.solver.entryOfObject(next)?.kept;
          if (body === null) known(next, step[1], step[2], depth + 1);
          else if (kept && depth < 7) add(kept.explainLeak(step[1], step[2]), body.file.tree.start[body.node] as number, body.file.path, depth + 2);
        } else placed.push({ message: step[0], path: this.facts.pathIn(fn, step[1]), start: step[2], end: step[3] });
      }
    };
    add(steps, base, path, 0);
    return placed;
  }

  /** The functions from a callee down to the allocation. */
  #chain(first: ObjectId): CalleeLink[] {
    const links: CalleeLink[] = [];
    const seen = new Set<ObjectId>();
    for (let at = first; at !== 0 && links.length < MAX_LINKS && !seen.has(at);) {
      seen.add(at);
      const effect = this.solver.summaryOf(at)?.effect ?? null;
      const body = this.bodyOf(at);
      const base = body === null ? 0 : (body.file.tree.start[body.node] as number);
      const known = body !== null && effect !== null && effect.start >= 0;
      const place = body === null ? this.facts.placeOf(at) : null;
      const told = place !== null && place.start >= 0;
      links.push({
        function: this.program.nameOf(at), path: body?.file.path ?? place?.path ?? null,
        start: known ? effect.start + base : told ? place.start : null, end: known ? effect.end + base : told ? place.end : null,
        what: effect !== null && effect.via === 0 && effect.level !== EffectLevel.Never ? effect.what : null,
      });
      at = effect?.via ?? 0;
    }
    return links;
  }
}
