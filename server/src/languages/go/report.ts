// The report of a file: what rules found in its bodies, put at their present places, explanations and chains completed.
import { compareSites, type AllocationReport, type FunctionTotal } from '../../analysis/report.js';
import { syntaxProblems } from '../../analysis/syntaxProblems.js';
import type { AllocationSite, CalleeLink, FreePlace, Note, Problem } from '../../analysis/site.js';
import { NO_NODE } from '../../syntax/flatTree.js';
import { GoField } from '../../syntax/kinds/go.generated.js';
import type { FactsReader } from './facts/factsReader.js';
import type { LoadedBody } from './resolve/loader.js';
import type { ObjectId } from './resolve/objects.js';
import type { ProgramFile } from './resolve/packages.js';
import type { Program } from './resolve/program.js';
import { explained, placed, type ExplanationSources, type PlacedBody } from './explanations.js';
import { textOfNumber } from './rules/freeTexts.js';
import { EffectLevel, FreeWord, type BodySite, type KeptExplanations, type PackedFree } from './solve/escapeContract.js';
import type { Solver } from './solve/solver.js';

const MAX_LINKS = 12;
/** Candidates of a dynamic call that are named. */
const MAX_NAMES = 4;

/** Builds reports from what a solver keeps. */
export class ReportBuilder {
  /** What dynamic calls of the file reach, by BodySite.reaches: a generated file asks the same of every call. */
  readonly #reached = new Map<number, Partial<BodySite> | null>();
  readonly #explanations: ExplanationSources;
  /** Chains from functions down to allocations, for the report that is being built: many calls are of the same. */
  readonly #chains = new Map<ObjectId, readonly CalleeLink[]>();

  constructor(private readonly program: Program, private readonly solver: Solver, private readonly bodyOf: (object: ObjectId) => LoadedBody | null, private readonly facts: FactsReader) {
    this.#explanations = { bodyOf, keptOf: (object) => this.#keptOf(object), nameOf: (object) => program.nameOf(object), facts };
  }

  /** What explanations are made of. */
  get explanations(): ExplanationSources {
    return this.#explanations;
  }

  build(file: ProgramFile, readProblems: readonly string[]): AllocationReport {
    this.#chains.clear();
    this.#reached.clear();
    const sites: AllocationSite[] = [];
    const free: PlacedFree[] = [];
    const notes: Note[] = [];
    const problems: Problem[] = readProblems.map((message) => ({ message, start: 0, end: 0 }));
    const functions: FunctionTotal[] = [];
    const { tree } = file;
    problems.push(...syntaxProblems(tree));
    for (const body of file.bodies) {
      const entry = this.solver.entryOf(body);
      const findings = entry?.findings;
      if (!findings) continue;
      const home = placed(body);
      const { base } = home;
      const name = body.isInitialiser ? null : this.program.nameOf(body.object);
      const kept: AllocationSite[] = [];
      for (const site of findings.sites) {
        const built = site.reaches === 0 ? this.#site(site, home, name) : this.#dynamicSite(site, body, home, name);
        if (built !== null) kept.push(built);
      }
      for (const site of kept) sites.push(site);
      if (findings.free.length > 0) free.push({ home, packed: findings.free, kept: entry.kept });
      for (const note of findings.notes) notes.push({ ...note, start: note.start + base, end: note.end + base, why: explained(this.#explanations, note.why, home) });
      for (const problem of findings.problems) problems.push({ message: problem.message, start: problem.start + base, end: problem.end + base });
      if (!body.isInitialiser) functions.push(this.#total(body, base, kept, name ?? ''));
    }
    sites.sort(compareSites);
    notes.sort((a, b) => a.start - b.start);
    problems.sort((a, b) => a.start - b.start);
    const explanations = this.#explanations;
    let places: readonly FreePlace[] | null = null;
    return {
      path: file.path, language: 'go', text: tree.text, sites, notes, problems, functions,
      get free() { // only a hover asks, and there are several times as many as sites
        return (places ??= freePlaces(free, explanations));
      },
    };
  }

  #total(body: LoadedBody, base: number, sites: readonly AllocationSite[], name: string): FunctionTotal {
    const { tree } = body.file;
    let own = 0;
    let inLoops = 0;
    let callees = 0;
    for (const site of sites) {
      if (site.kind === 'callee') {
        if (site.certainty !== 'possible') callees++;
      }
      else if (site.kind !== 'refcount' && site.cold === null && site.muted === null && site.certainty !== 'possible') {
        own++;
        if (site.loopDepth > 0) inLoops++;
      }
    }
    const nameNode = tree.childByField(body.node, GoField.Name);
    return { function: name, start: base, end: tree.end[body.node] as number, anchor: nameNode === NO_NODE ? base : (tree.start[nameNode] as number), own, inLoops, callees };
  }

  #site(site: BodySite, home: PlacedBody, name: string | null): AllocationSite {
    const { base } = home;
    // Field by field: copying all but one is several times as slow.
    return {
      rule: site.rule, kind: site.kind, certainty: site.certainty, evidence: site.evidence, loopDepth: site.loopDepth, cold: site.cold, muted: site.muted,
      callee: site.callee, start: site.start + base, end: site.end + base, anchor: site.anchor + base, what: site.what, size: site.size, when: site.when,
      unless: site.unless, instead: site.instead, why: explained(this.#explanations, site.why, home), function: name,
      callees: site.chainFrom === 0 ? NO_LINKS : this.#chain(site.chainFrom),
    };
  }

  /** The site of a dynamic call with those of its candidates that allocate; null when none does. */
  #dynamicSite(site: BodySite, body: LoadedBody, home: PlacedBody, name: string | null): AllocationSite | null {
    let known = this.#reached.get(site.reaches);
    if (known === undefined) this.#reached.set(site.reaches, (known = this.#reachedBy(site, body)));
    return known === null ? null : this.#site({ ...site, ...known }, home, name);
  }

  #reachedBy(site: BodySite, body: LoadedBody): Partial<BodySite> | null {
    const { selections, implementations } = this.program;
    const counts = (candidate: ObjectId): boolean => (this.solver.summaryOf(candidate)?.effect.level ?? EffectLevel.Unknown) > EffectLevel.Unknown;
    const selection = selections.get(Math.max(site.reaches, 0));
    const allocating = site.reaches < 0 ? [implementations.initial(-site.reaches)].filter(counts) : implementations.of(body.object, selection.holder, selection.name, counts);
    const first = allocating[0];
    if (first === undefined) return null;
    const names = allocating.map((candidate) => shortName(this.program.nameOf(candidate)));
    const listed = names.length <= MAX_NAMES ? names : [...names.slice(0, MAX_NAMES), `${names.length - MAX_NAMES} more`];
    const told = listed.length === 1 ? (listed[0] as string) : `${listed.slice(0, -1).join(', ')} or ${listed[listed.length - 1] as string}`;
    const callee = site.reaches < 0 ? this.program.nameOf(-site.reaches) : this.program.methodName(selection.holder, selection.name);
    const what = this.solver.summaryOf(first)?.effect.what ?? 'allocates inside';
    return { callee, what, when: `it reaches ${told}`, chainFrom: first };
  }

  #keptOf(object: ObjectId): KeptExplanations | null {
    const body = this.bodyOf(object);
    if (body !== null) this.#solve(body);
    return this.solver.entryOfObject(object)?.kept ?? null;
  }

  /** Solves what nothing here calls but facts lead to. */
  #solve(body: LoadedBody): void {
    if (this.solver.entryOf(body) !== null) return;
    const steps = this.solver.solve([body]);
    while (steps.next().done !== true);
  }

  /** The functions from a callee down to the allocation. */
  #chain(first: ObjectId): readonly CalleeLink[] {
    const known = this.#chains.get(first);
    if (known !== undefined) return known;
    const links: CalleeLink[] = [];
    const seen = new Set<ObjectId>();
    for (let at = first; at !== 0 && links.length < MAX_LINKS && !seen.has(at);) {
      seen.add(at);
      const body = this.bodyOf(at);
      if (body !== null) this.#solve(body);
      const effect = this.solver.summaryOf(at)?.effect ?? null;
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
    this.#chains.set(first, links);
    return links;
  }
}

/** A function's name without the path of its package. */
function shortName(name: string): string {
  return name.slice(name.indexOf('.', name.lastIndexOf('/') + 1) + 1);
}

const NO_LINKS: readonly CalleeLink[] = [];

/** Free places of a body. */
interface PlacedFree {
  readonly home: PlacedBody;
  readonly packed: PackedFree;
  readonly kept: KeptExplanations | null;
}

function freePlaces(bodies: readonly PlacedFree[], explanations: ExplanationSources): readonly FreePlace[] {
  const places: FreePlace[] = [];
  for (const { home, packed, kept } of bodies) {
    const { base } = home;
    for (let at = 0; at < packed.length; at += FreeWord.Count) {
      const word = (index: FreeWord): number => packed[at + index] as number;
      places.push({
        rule: textOfNumber(word(FreeWord.Rule)), start: word(FreeWord.Start) + base, end: word(FreeWord.End) + base, anchor: word(FreeWord.Anchor) + base,
        reason: textOfNumber(word(FreeWord.Reason)), why: explained(explanations, kept?.get(word(FreeWord.Parameter)) ?? NO_STEPS, home),
      });
    }
  }
  return places.sort((a, b) => a.start - b.start || b.end - a.end);
}

const NO_STEPS: readonly number[] = [];
