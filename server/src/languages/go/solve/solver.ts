// Solves functions callees first, keeps what they gave, and redoes only what a change touched. Order and contract: escapeContract.ts.
import { visitComponents } from '../../../analysis/summaries.js';
import { textHash } from '../declare/declaredFile.js';
import type { LoadedBody, Loader } from '../resolve/loader.js';
import type { FuncId, ObjectId } from '../resolve/objects.js';
import type { ProgramFile } from '../resolve/packages.js';
import type { Program } from '../resolve/program.js';
import { checkFunction, checkInitialiser } from './check/bodies.js';
import type { CheckedBody } from './checkedBody.js';
import type { AnalyzeBody, BodyFindings, FunctionSummary, KeptExplanations, SolveContext, SolvedBody, SolveFunctions } from './escapeContract.js';

/** What is kept of a solved body. */
export interface SolvedEntry {
  body: LoadedBody;
  hash: number;
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
}

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

  /** Brings the bodies up to date, and all that they call; rules run on the bodies themselves. Yields after some work. */
  *solve(bodies: readonly LoadedBody[]): Generator<void, void, void> {
    const reach = new Map<BodyKey, number>();
    const reached: LoadedBody[] = [];
    const checked = new Map<BodyKey, CheckedBody>();
    const files = new Set<ProgramFile>();
    const wanted = bodies.length;
    const visit = (body: LoadedBody): void => {
      const key = keyOf(body);
      if (reach.has(key)) return;
      reach.set(key, reached.length);
      reached.push(body);
    };
    for (const body of bodies) visit(body);
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
        const target = this.loader.bodyOf(callee);
        if (target !== null) visit(target);
      }
    }
    const components: number[][] = [];
    visitComponents(graphOf(edges, (callee) => reach.get(callee) ?? -1), (members) => components.push([...members]));
    for (const members of components) {
      if (members.length > 1) members.sort((a, b) => placeOrder(reached[a] as LoadedBody, reached[b] as LoadedBody)); // not in the order in which they were reached: that is another one for each unit
      const batch = members.map((member) => reached[member] as LoadedBody);
      const inside = new Set<FuncId>(batch.map((body) => body.object));
      if (batch.every((body) => !checked.has(keyOf(body)) && this.#calleesUnchanged(body, inside))) continue;
      this.#solveBatch(batch, members.map((member) => member < wanted), checked, files);
      if (++work % 20 === 0) yield;
    }
    for (const file of files) file.columns = null;
  }

  /** The entry of a body when its text and what it sees are as they were. */
  #current(body: LoadedBody, findings: boolean): SolvedEntry | null {
    const entry = this.#entries.get(keyOf(body));
    if (entry === undefined || (findings && entry.findings === null)) return null;
    const seen = this.seenBy(body.file);
    if (entry.seen !== seen) return null;
    const verified = this.#verified.get(body.file);
    if (entry.body.file.tree !== verified?.tree || verified.seen !== seen || entry.body.node !== body.node || entry.body.file !== body.file) {
      const { tree } = body.file;
      if (entry.hash !== textHash(tree.text, tree.start[body.node] as number, tree.end[body.node] as number)) return null;
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

  #calleesUnchanged(body: LoadedBody, inside: ReadonlySet<FuncId>): boolean {
    const entry = this.#entries.get(keyOf(body));
    if (entry === undefined) return false;
    for (let i = 0; i < entry.callees.length; i++) {
      const callee = entry.callees[i] as FuncId;
      if (!inside.has(callee) && (this.#entries.get(callee)?.version ?? 0) !== entry.calleeVersions[i]) return false;
    }
    return true;
  }

  #solveBatch(batch: readonly LoadedBody[], wanted: readonly boolean[], checked: Map<BodyKey, CheckedBody>, files: Set<ProgramFile>): void {
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
    const entries = batch.map((body, i) => this.#keep(body, bodies[i] as CheckedBody, solved[i]?.summary ?? null, solved[i]?.kept ?? null));
    batch.forEach((body, i) => {
      const entry = entries[i] as SolvedEntry;
      entry.calleeVersions = entry.callees.map((callee) => this.#entries.get(callee)?.version ?? 0);
      entry.findings = null;
      const result = solved[i];
      if (wanted[i] && result) {
        try {
          entry.findings = this.stages.analyzeBody(result, this.context);
        } catch (error) {
          entry.findings = failed(error, body.file, body.node);
        }
      }
      checked.delete(keyOf(body));
    });
  }

  #keep(body: LoadedBody, checked: CheckedBody, summary: FunctionSummary | null, kept: KeptExplanations | null): SolvedEntry {
    const { tree } = body.file;
    const before = this.#entries.get(keyOf(body));
    const entry: SolvedEntry = {
      body, hash: textHash(tree.text, tree.start[body.node] as number, tree.end[body.node] as number), seen: this.seenBy(body.file),
      callees: checked.callees, calleeVersions: [], summary, version: (before?.version ?? 0) + (sameSummary(before?.summary ?? null, summary) ? 0 : 1),
      kept, findings: null, uncertain: checked.uncertain,
    };
    this.#entries.set(keyOf(body), entry);
    return entry;
  }

  #fail(batch: readonly LoadedBody[], bodies: readonly CheckedBody[], error: unknown): void {
    batch.forEach((body, i) => {
      const entry = this.#keep(body, bodies[i] as CheckedBody, null, null);
      entry.calleeVersions = entry.callees.map((callee) => this.#entries.get(callee)?.version ?? 0);
      entry.findings = failed(error, body.file, body.node);
    });
  }
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

function graphOf(edges: readonly (readonly FuncId[])[], vertexOf: (callee: FuncId) => number): { count: number; offsets: Uint32Array; targets: Uint32Array } {
  const offsets = new Uint32Array(edges.length + 1);
  const targets: number[] = [];
  edges.forEach((callees, i) => {
    for (const callee of callees) {
      const vertex = vertexOf(callee);
      if (vertex >= 0) targets.push(vertex);
    }
    offsets[i + 1] = targets.length;
  });
  return { count: edges.length, offsets, targets: Uint32Array.from(targets) };
}

/** Whether two summaries say the same to callers; places inside do not count. */
export function sameSummary(a: FunctionSummary | null, b: FunctionSummary | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.leaks.length !== b.leaks.length || a.leaks.some((tag, i) => tag !== b.leaks[i])) return false;
  return a.effect.level === b.effect.level && a.effect.kind === b.effect.kind && a.effect.what === b.effect.what && a.effect.via === b.effect.via;
}
