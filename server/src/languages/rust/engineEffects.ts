// Effects of an engine's functions: solved callees first where there are bodies, read where facts tell them. Not here: what a body costs (solve/effects)
// and which functions are to be solved again after an edit (engineUnit.ts).
import { visitComponents } from '../../analysis/summaries.js';
import { ItemFlag, ItemKind } from './declare/facts.js';
import type { Bodies } from './engineBodies.js';
import { SummaryReader } from './facts/summaryCode.js';
import type { SourceProvider } from './layout/sourceProvider.js';
import type { LoadedCrate } from './resolve/crates.js';
import type { RustProgram } from './resolve/program.js';
import type { World } from './resolve/world.js';
import type { JudgeContext, RustJudge, SolvedFunction } from './solve/contract.js';
import { NO_EFFECT, type EffectSummary } from './solve/effects/cost.js';
import type { DefId } from './types/typeTable.js';

const NO_INPUTS = new Int32Array(0);
const NOBODY: readonly DefId[] = [];

/** Summaries of functions, and the order in which they are made. */
export class Effects {
  readonly #summaries = new Map<DefId, unknown>();
  readonly #solved = new Set<DefId>();
  /** Functions that call each other, themselves included. */
  readonly #recursive = new Set<DefId>();
  /** By crate; null for one whose facts tell nothing of effects, or that has none. */
  readonly #readers: (SummaryReader | null | undefined)[] = [];
  /** What the summary of a function was made from: summaries of these were asked for. */
  readonly #inputs = new Map<DefId, Int32Array>();
  /** The same the other way round, made at the first edit; what edits took away may still be in it. */
  #users: Map<DefId, Set<DefId>> | null = null;
  readonly #asked: DefId[] = [];
  readonly #written: DefId[] = [];
  readonly context: JudgeContext;

  constructor(private readonly world: World, private readonly provider: SourceProvider, program: RustProgram, private readonly bodies: Bodies, private readonly judge: RustJudge) {
    this.context = {
      program,
      summaryOf: (def) => {
        this.#asked.push(def);
        return this.#summaries.get(def) ?? this.#told(def);
      },
      setSummary: (def, summary) => {
        this.#written.push(def);
        this.#summaries.set(def, summary);
      },
      functionOf: (def) => this.bodies.functionOf(def),
    };
  }

  isSolved(def: DefId): boolean {
    return this.#solved.has(def);
  }

  isRecursive(def: DefId): boolean {
    return this.#recursive.has(def);
  }

  /** Summary of a function as far as it is known. */
  summaryOf(def: DefId): EffectSummary | null {
    return (this.#summaries.get(def) as EffectSummary | undefined) ?? this.#told(def);
  }

  /** Functions whose summary was made from those of others, these included; a superset. */
  dependents(defs: Iterable<DefId>): Set<DefId> {
    if (this.#users === null) {
      this.#users = new Map();
      for (const [def, inputs] of this.#inputs) this.#use(this.#users, def, inputs);
    }
    const found = new Set(defs);
    // what is added while the set is gone through has its turn too
    for (const def of found) for (const user of this.#users.get(def) ?? NOBODY) found.add(user);
    return found;
  }

  #use(users: Map<DefId, Set<DefId>>, def: DefId, inputs: Int32Array): void {
    for (const input of inputs) {
      const known = users.get(input);
      if (known === undefined) users.set(input, new Set([def]));
      else known.add(def);
    }
  }

  /** Solves functions again when they are asked for. */
  forget(defs: Iterable<DefId>): void {
    for (const def of defs) {
      this.#solved.delete(def);
      this.#summaries.delete(def);
      this.#inputs.delete(def);
      this.#recursive.delete(def);
    }
  }

  forgetAll(): void {
    this.#solved.clear();
    this.#summaries.clear();
    this.#recursive.clear();
    this.#inputs.clear();
    this.#users = null;
  }

  /** Reads the facts of crates again. */
  forgetCrates(): void {
    this.#readers.length = 0;
  }

  #told(def: DefId): EffectSummary | null {
    const crate = this.world.crateOf(def);
    if (crate.source.origin === 'std') return null;
    const outlined = this.world.effects.get(def);
    if (outlined !== undefined) return outlined;
    const reader = this.#readerOf(crate);
    if (reader === null) return null;
    const { defs } = this.world;
    return reader.of(def) ?? (defs.kind(def) === ItemKind.Function && (defs.flags(def) & ItemFlag.HasBody) !== 0 ? NO_EFFECT : null);
  }

  #readerOf(crate: LoadedCrate): SummaryReader | null {
    let reader = this.#readers[crate.index];
    if (reader === undefined) {
      const effects = crate.fromFacts ? (this.provider.factsOf(crate.source)?.effects ?? null) : null;
      reader = effects === null ? null : new SummaryReader(this.world, crate, effects, (key) => this.#crateCalled(crate, key, 0));
      this.#readers[crate.index] = reader;
    }
    return reader;
  }

  /** The crate with a key among those that a crate imports, however indirectly. */
  #crateCalled(from: LoadedCrate, key: string, depth: number): LoadedCrate | null {
    const known = this.world.crates.find((crate) => crate.source.key === key);
    if (known !== undefined) return known;
    if (depth > 8) return null;
    for (const id of from.source.externs.values()) {
      if (this.provider.crate(id)?.key === key) return this.world.load(id);
    }
    for (const id of from.source.externs.values()) {
      const next = this.world.load(id);
      const found = next === null || next === from ? null : this.#crateCalled(next, key, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  /** Solves effects of functions and of all they call, callees first. Gives those of them whose callers see a difference. */
  solve(roots: readonly DefId[]): DefId[] {
    const steps = this.steps(roots);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  }

  /** The same in small steps; whoever stops asking has lost nothing. */
  *steps(roots: readonly DefId[]): Generator<void, DefId[], void> {
    const vertices: DefId[] = [];
    const number = new Map<DefId, number>();
    const add = (def: DefId): number => {
      let at = number.get(def);
      if (at === undefined) {
        at = vertices.length;
        vertices.push(def);
        number.set(def, at);
      }
      return at;
    };
    for (const root of roots) if (!this.#solved.has(root)) add(root);
    if (vertices.length === 0) return [];
    const offsets: number[] = [0];
    const targets: number[] = [];
    for (let i = 0; i < vertices.length; i++) {
      const fn = this.bodies.functionOf(vertices[i] as number);
      for (const callee of fn?.body.callees ?? []) {
        if (this.#solved.has(callee)) continue;
        const { origin } = this.world.crateOf(callee).source;
        if (origin === 'std' || (origin === 'dependency' && !this.judge.wantsBody(callee)) || this.#readerOf(this.world.crateOf(callee)) !== null) continue;
        targets.push(add(callee));
        if (callee === vertices[i]) this.#recursive.add(callee);
      }
      offsets.push(targets.length);
      yield;
    }
    const changed: DefId[] = [];
    const components: (readonly number[])[] = [];
    visitComponents({ count: vertices.length, offsets: Uint32Array.from(offsets), targets: Uint32Array.from(targets) }, (members) => components.push(members));
    for (const members of components) {
      if (members.every((member) => this.#solved.has(vertices[member] as number))) continue; // somebody else asked meanwhile
      const solved: SolvedFunction[] = [];
      for (const member of members) {
        const def = vertices[member] as number;
        const fn = this.bodies.functionOf(def);
        this.#solved.add(def);
        if (members.length > 1) this.#recursive.add(def);
        if (fn !== null) solved.push(fn);
      }
      if (solved.length === 0) continue;
      this.#asked.length = this.#written.length = 0;
      if (this.judge.solveEffects(solved, this.context)) for (const fn of solved) changed.push(fn.def);
      const inputs = this.#asked.length === 0 ? NO_INPUTS : Int32Array.from(new Set(this.#asked));
      // what was summarised on the way, too, was made from no more than this
      for (const def of this.#written) {
        this.#inputs.set(def, inputs);
        if (this.#users !== null) this.#use(this.#users, def, inputs);
      }
      yield;
    }
    this.bodies.forgetDependencies();
    return changed;
  }
}
