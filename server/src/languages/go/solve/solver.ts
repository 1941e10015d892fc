// Solves functions callees first, keeps what they gave, and redoes only what a change touched. Order and contract: escapeContract.ts.
import type { UnitId } from '../../../analysis/language.js';
import { visitComponents } from '../../../analysis/summaries.js';
import type { LoadedBody, Loader } from '../resolve/loader.js';
import type { FuncId, ObjectId } from '../resolve/objects.js';
import type { ProgramFile } from '../resolve/packages.js';
import type { Program } from '../resolve/program.js';
import { checkFunction, checkInitialiser } from '../resolve/check/bodies.js';
import type { CheckedBody } from '../resolve/checkedBody.js';
import type { AnalyzeBody, BodyFindings, FunctionSummary, KeptExplanations, SolveContext, SolvedBody, SolveFunctions } from './escapeContract.js';

/** What is kept of a solved body. */
export interface SolvedEntry {
  body: LoadedBody;
  /** The text that it was solved from: a stretch of that of its file. Empty for a body that is to be solved again whatever it says. */
  text: string;
  start: number;
  end: number;
  /** Hash of all declarations that the body can see. */
  seen: string;
  callees: readonly FuncId[];
  /** Versions of the callees' summaries when it was solved. */
  calleeVersions: readonly number[];
  summary: FunctionSummary | null;
  /** Increased when the summary changes. */
  version: number;
  kept: KeptExplanations | null;
  /** Null until rules ran. */
  findings: BodyFindings | null;
  uncertain: boolean;
  /** The state of the sources in which it and all that it reaches was solved (see Solver.unsettleAll); UNSETTLED for none. */
  settled: number;
  /** The functions that it was solved together with, because they call one another; '' for none. */
  batch: string;
}

const UNSETTLED = -1;

/** The stages after checking, handed in so that this file names no rule. */
export interface LaterStages {
  readonly solveFunctions: SolveFunctions;
  readonly analyzeBody: AnalyzeBody;
}

type BodyKey = string | number;

/** Functions reached outside of the asked unit before the solver stops following calls. */
const FOREIGN_BUDGET = 60_000;

/** Solves bodies of one program. */
export class Solver {
  readonly #entries = new Map<BodyKey, SolvedEntry>();
  /** Increased when more changed than the text of single bodies. */
  #state = 0;
  /** Files whose text changed since. */
  readonly #changed = new Set<ProgramFile>();
  /** Changed bodies are being solved; who calls them was not told yet. */
  #halfway = false;
  /** Solvings that began and did not end. */
  #solving = 0;
  /** Units with bodies whose findings were lost. */
  readonly #lost = new Set<UnitId>();
  #verified = new Map<ProgramFile, { tree: object; seen: string }>();
  /** Functions that are being solved again: what they gave before must not lead to what they give now. */
  #hidden: ReadonlySet<FuncId> | null = null;

  constructor(
    private readonly program: Program, private readonly loader: Loader, private readonly stages: LaterStages, private readonly context: SolveContext,
    private readonly factsSummary: (object: FuncId) => FunctionSummary | null, private readonly seenBy: (file: ProgramFile) => string,
  ) {}

  /** What is kept of a body; null when it was not solved. */
  entryOf(body: LoadedBody): SolvedEntry | null {
    return this.#entries.get(keyOf(body)) ?? null;
  }

  /** What is kept of a function; null when it was not solved. */
  entryOfObject(object: ObjectId): SolvedEntry | null {
    return this.#entries.get(object) ?? null;
  }

  summaryOf(object: FuncId): FunctionSummary | null {
    if (this.#hidden?.has(object) === true) return null;
    return this.#entries.get(object)?.summary ?? this.factsSummary(object);
  }

  /** Whether findings of a unit's bodies were lost, because they were solved again for those that call them. */
  lostFindings(unit: UnitId): boolean {
    return this.#lost.has(unit);
  }

  /** Everything has to be held against its sources again: declarations changed, or files came and went. */
  unsettleAll(): void {
    this.#state++;
    this.#halfway = false;
    this.#changed.clear();
  }

  /** The text of a file changed, and no declaration with it. */
  textChanged(file: ProgramFile): void {
    this.#changed.add(file);
  }

  /** Brings the bodies up to date, and all that they call; rules run on the bodies themselves. Yields after some work. */
  *solve(bodies: readonly LoadedBody[]): Generator<void, void, void> {
    if (this.#halfway) this.unsettleAll(); // nobody asked for the rest of an earlier solving
    if (this.#changed.size > 0) yield* this.#solveChanged();
    yield* this.#solveAll(bodies);
  }

  /**
   * Solves the bodies whose text changed, alone: all others stay as they are when none of these gives its callers something new, calls
   * others than before, or is called by what it calls. Else everything is unsettled, and `#solveAll` finds what has to be solved again.
   */
  *#solveChanged(): Generator<void, void, void> {
    const changed: LoadedBody[] = [];
    const before: SolvedEntry[] = [];
    let alone = true;
    for (const file of this.#changed) {
      for (const body of file.bodies) {
        const entry = this.#entries.get(keyOf(body));
        if (entry?.settled !== this.#state) continue;
        if (isAsSolved(entry, body)) continue;
        if (entry.batch !== '' || entry.findings === null) alone = false;
        changed.push(body);
        before.push(entry);
      }
    }
    this.#changed.clear();
    if (!alone) {
      this.#state++;
      return;
    }
    if (changed.length === 0) return;
    for (const entry of before) entry.settled = UNSETTLED;
    this.#halfway = true;
    yield* this.#solveAll(changed);
    this.#halfway = false;
    for (let i = 0; i < changed.length; i++) {
      const now = this.#entries.get(keyOf(changed[i] as LoadedBody));
      const old = before[i] as SolvedEntry;
      if (now && now.version === old.version && sameCallees(now.callees, old.callees)) continue;
      for (const body of changed) (this.#entries.get(keyOf(body)) as SolvedEntry).text = ''; // solved again with what it may be recursive with
      this.#state++;
      return;
    }
  }

  *#solveAll(bodies: readonly LoadedBody[]): Generator<void, void, void> {
    this.#solving++; // and stays so when the caller does not ask for the rest: what is half done may be read later
    yield* this.#solveReached(bodies);
    this.#solving--;
  }

  *#solveReached(bodies: readonly LoadedBody[]): Generator<void, void, void> {
    const reach = new Map<BodyKey, number>();
    const reached: LoadedBody[] = [];
    const checked = new Map<BodyKey, CheckedBody>();
    const files = new Set<ProgramFile>();
    const state = this.#state;
    let unit: UnitId | null = null;
    for (const body of bodies) {
      if (body.file.package.unit !== unit) this.#lost.delete((unit = body.file.package.unit) ?? '');
      const entry = this.#entries.get(keyOf(body));
      if (entry?.settled === state && entry.findings !== null) continue;
      reach.set(keyOf(body), reached.length);
      reached.push(body);
    }
    const wanted = reached.length;
    const edges: (readonly FuncId[])[] = [];
    let work = 0;
    for (let i = 0; i < reached.length; i++) {
      const body = reached[i] as LoadedBody;
      const entry = this.#current(body, i < wanted);
      let callees: readonly FuncId[];
      if (entry !== null) callees = entry.callees;
      else {
        const result = this.#check(body, files);
        checked.set(keyOf(body), result);
        callees = result.callees;
        if (++work % 50 === 0) yield;
      }
      edges.push(callees);
      if (reached.length - wanted > FOREIGN_BUDGET) continue;
      for (const callee of callees) {
        if (reach.has(callee) || this.#entries.get(callee)?.settled === state) continue; // settled with all that it reaches
        const target = this.loader.bodyOf(callee);
        if (target === null) continue;
        reach.set(callee, reached.length);
        reached.push(target);
      }
    }
    const components: (readonly number[])[] = [];
    visitComponents(graphOf(edges, reach), (members) => components.push(members));
    for (const component of components) {
      // Not in the order in which they were reached: that is another one for each unit.
      const members = component.length > 1 ? [...component].sort((a, b) => placeOrder(reached[a] as LoadedBody, reached[b] as LoadedBody)) : component;
      if (this.#isCurrent(members, reached, checked)) continue;
      this.#solveBatch(members.map((member) => reached[member] as LoadedBody), members, wanted, checked, files);
      if (++work % 20 === 0) yield;
    }
    for (const file of files) this.program.dropColumns(file, this.#solving === 1);
    if (state !== this.#state || reached.length - wanted > FOREIGN_BUDGET) return;
    for (const body of reached) {
      const entry = this.#entries.get(keyOf(body));
      if (entry) entry.settled = state;
    }
  }

  /** Whether the bodies of a component are as they were when they were solved, and what they call gives the same. */
  #isCurrent(members: readonly number[], reached: readonly LoadedBody[], checked: ReadonlyMap<BodyKey, CheckedBody>): boolean {
    for (const member of members) if (checked.has(keyOf(reached[member] as LoadedBody))) return false;
    const inside = members.length === 1 ? null : new Set(members.map((member) => (reached[member] as LoadedBody).object));
    const batch = inside === null ? '' : batchName(inside);
    for (const member of members) if (!this.#calleesUnchanged(reached[member] as LoadedBody, inside, batch)) return false;
    return true;
  }

  /** The entry of a body when its text and what it sees are as they were. */
  #current(body: LoadedBody, findings: boolean): SolvedEntry | null {
    const entry = this.#entries.get(keyOf(body));
    if (entry === undefined || (findings && entry.findings === null)) return null;
    const seen = this.seenBy(body.file);
    if (entry.seen !== seen) return null;
    const verified = this.#verified.get(body.file);
    if (entry.body.file.tree !== verified?.tree || verified.seen !== seen || entry.body.node !== body.node || entry.body.file !== body.file) {
      if (!isAsSolved(entry, body)) return null;
    }
    entry.body = body;
    return entry;
  }

  /** All bodies of a file were held against its present text. */
  markVerified(file: ProgramFile): void {
    this.#verified.set(file, { tree: file.tree, seen: this.seenBy(file) });
  }

  #check(body: LoadedBody, files: Set<ProgramFile>): CheckedBody {
    files.add(body.file);
    return body.isInitialiser ? checkInitialiser(this.program, body.file, body.node, body.object) : checkFunction(this.program, body.file, body.node, body.object);
  }

  #calleesUnchanged(body: LoadedBody, inside: ReadonlySet<FuncId> | null, batch: string): boolean {
    const entry = this.#entries.get(keyOf(body));
    if (entry?.batch !== batch) return false;
    for (let i = 0; i < entry.callees.length; i++) {
      const callee = entry.callees[i] as FuncId;
      if (callee !== body.object && inside?.has(callee) !== true && (this.#entries.get(callee)?.version ?? 0) !== entry.calleeVersions[i]) return false;
    }
    return true;
  }

  #solveBatch(batch: readonly LoadedBody[], members: readonly number[], wanted: number, checked: Map<BodyKey, CheckedBody>, files: Set<ProgramFile>): void {
    const bodies = batch.map((body) => checked.get(keyOf(body)) ?? this.#check(body, files));
    let solved: readonly SolvedBody[] | null = null;
    this.#hidden = batch.some((body) => this.#entries.has(keyOf(body))) ? new Set(batch.map((body) => body.object)) : null;
    try {
      solved = this.stages.solveFunctions(bodies, this.context);
    } catch (error) {
      this.#fail(batch, bodies, error);
      return;
    } finally {
      this.#hidden = null;
    }
    // A mutually recursive batch: every summary before any rule.
    const name = batch.length === 1 ? '' : batchName(batch.map((body) => body.object));
    const lost = batch.map((body, i) => (members[i] as number) >= wanted && (this.#entries.get(keyOf(body))?.findings ?? null) !== null);
    const entries = batch.map((body, i) => this.#keep(body, bodies[i] as CheckedBody, solved[i]?.summary ?? null, solved[i]?.kept ?? null));
    for (let i = 0; i < batch.length; i++) {
      const body = batch[i] as LoadedBody;
      const entry = entries[i] as SolvedEntry;
      entry.batch = name;
      if (lost[i]) this.#lost.add(body.file.package.unit ?? '');
      entry.calleeVersions = this.#versionsOf(entry.callees);
      const result = solved[i];
      if ((members[i] as number) < wanted && result) {
        try {
          entry.findings = this.stages.analyzeBody(result, this.context);
        } catch (error) {
          entry.findings = failed(error, body.file, body.node);
        }
      }
      checked.delete(keyOf(body));
    }
  }

  #versionsOf(callees: readonly FuncId[]): readonly number[] {
    const versions: number[] = [];
    for (const callee of callees) versions.push(this.#entries.get(callee)?.version ?? 0);
    return versions;
  }

  #keep(body: LoadedBody, checked: CheckedBody, summary: FunctionSummary | null, kept: KeptExplanations | null): SolvedEntry {
    const { tree } = body.file;
    const before = this.#entries.get(keyOf(body));
    const entry: SolvedEntry = {
      body, text: tree.text, start: tree.start[body.node] as number, end: tree.end[body.node] as number, seen: this.seenBy(body.file),
      callees: checked.callees, calleeVersions: [], summary, version: (before?.version ?? 0) + (sameSummary(before?.summary ?? null, summary) ? 0 : 1),
      kept, findings: null, uncertain: checked.uncertain, settled: UNSETTLED, batch: '',
    };
    this.#entries.set(keyOf(body), entry);
    return entry;
  }

  #fail(batch: readonly LoadedBody[], bodies: readonly CheckedBody[], error: unknown): void {
    batch.forEach((body, i) => {
      const entry = this.#keep(body, bodies[i] as CheckedBody, null, null);
      entry.calleeVersions = this.#versionsOf(entry.callees);
      entry.findings = failed(error, body.file, body.node);
    });
  }
}

/** Whether a body reads as it did when it was solved; the entry then goes on with the present text, so that no older one is kept. */
function isAsSolved(entry: SolvedEntry, body: LoadedBody): boolean {
  const { text, start: starts, end: ends } = body.file.tree;
  const start = starts[body.node] as number;
  const end = ends[body.node] as number;
  if (entry.text === '' || entry.end - entry.start !== end - start || entry.text.slice(entry.start, entry.end) !== text.slice(start, end)) return false;
  entry.body = body;
  entry.text = text;
  entry.start = start;
  entry.end = end;
  return true;
}

function placeOrder(a: LoadedBody, b: LoadedBody): number {
  return a.file === b.file ? a.node - b.node : a.file.path < b.file.path ? -1 : 1;
}

function failed(error: unknown, file: ProgramFile, node: number): BodyFindings {
  const length = (file.tree.end[node] as number) - (file.tree.start[node] as number);
  const message = error instanceof Error ? error.message : 'unknown';
  return { sites: [], free: [], notes: [], problems: [{ message: `This function could not be analysed (${message}).`, start: 0, end: length }] };
}

function keyOf(body: LoadedBody): BodyKey {
  if (!body.isInitialiser) return body.object;
  return body.object !== 0 ? -body.object : `${body.file.index}:${body.file.declared.initialisers.indexOf(body.node)}`;
}

function graphOf(edges: readonly (readonly FuncId[])[], vertexOf: ReadonlyMap<BodyKey, number>): { count: number; offsets: Uint32Array; targets: Uint32Array } {
  const offsets = new Uint32Array(edges.length + 1);
  const targets: number[] = [];
  for (let i = 0; i < edges.length; i++) {
    for (const callee of edges[i] as readonly FuncId[]) {
      const vertex = vertexOf.get(callee);
      if (vertex !== undefined) targets.push(vertex);
    }
    offsets[i + 1] = targets.length;
  }
  return { count: edges.length, offsets, targets: Uint32Array.from(targets) };
}

/** Name of a batch: the same for the same functions. */
function batchName(functions: Iterable<FuncId>): string {
  return [...functions].sort((a, b) => a - b).join();
}

/** Whether two lists of callees hold the same in the same order. */
function sameCallees(a: readonly FuncId[], b: readonly FuncId[]): boolean {
  return a.length === b.length && a.every((callee, i) => callee === b[i]);
}

/** Whether two summaries say the same to callers; places inside do not count. */
export function sameSummary(a: FunctionSummary | null, b: FunctionSummary | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.leaks.length !== b.leaks.length || a.leaks.some((tag, i) => tag !== b.leaks[i])) return false;
  return a.effect.level === b.effect.level && a.effect.kind === b.effect.kind && a.effect.what === b.effect.what && a.effect.via === b.effect.via;
}
