// Takes groups one after another and does them: what they import first, so that it is analysed once and known from its facts from then on.
// Lets go of everything that was loaded once there is much of it. What a worker thread does, and the command line without threads.
import type { FactsStore } from '../analysis/language.js';
import type { EngineSet } from './engineSet.js';
import type { GroupClaims } from './groupClaims.js';
import type { FileOutcome, GroupOutcome, GroupRunner } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import type { Cancellation } from './host.js';

/** Told how the work goes; groups by their index in the list. */
export interface DriveHooks {
  begin(group: number): void;
  /** Told before a file is worked on (null), and after. */
  file(group: number, path: string, outcome: FileOutcome | null): void;
  /** May be awaited, to give way to others. */
  done(group: number, outcome: GroupOutcome): void | Promise<void>;
  /** Awaited before each group. */
  ready?(): Promise<void>;
}

/** UTF-16 units of source text after which engines start over; what they knew of finished groups is in the facts. */
const LOADED_LIMIT = 1_500_000;
/** They do not as long as libraries, which would be read again, are more than this share of it. */
const FOREIGN_SHARE = 1 / 3;
/** Imports of imports that are done first before the order of the list holds again. */
const DEPTH_LIMIT = 200;

/** Milliseconds between two looks at what others are doing when there is nothing else to do. */
const WAIT_MS = 5;
/** Milliseconds after which nobody is waited for any more: when all wait for one another, and at the most (a thread that died counts as one that works). */
const STANDSTILL_MS = 200;
const PATIENCE_MS = 20_000;
/** Looks in a row at which others have to be at work: between two waits everybody is for a moment. */
const SURELY = 3;

/** Drives one thread. */
export class GroupDriver {
  readonly #indexOf = new Map<string, number>();
  /** Groups that wait for what they import, in the order in which they were taken. */
  readonly #deferred = new Map<number, FileGroup>();
  /** Groups that a group imports, until it is done. */
  readonly #imports = new Map<string, readonly number[]>();
  /** Bytes of groups that were done since engines started over. */
  #own = 0;

  constructor(
    private readonly runner: GroupRunner, private readonly engines: EngineSet, private readonly groups: readonly FileGroup[], private readonly claims: GroupClaims,
    /** Null where facts are not kept: then nothing is done ahead and nothing let go. */
    private readonly facts: FactsStore | null,
  ) {
    groups.forEach((group, index) => this.#indexOf.set(group.id, index));
    engines.expect(new Set(groups.flatMap((group) => group.files)));
  }

  /** Does groups until none is left or the work is cancelled. */
  async drive(cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    this.claims.enter();
    try {
      await this.#driveAll(cancellation, hooks);
    } finally {
      this.claims.leave();
    }
  }

  async #driveAll(cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    for (let index = this.claims.next(); index >= 0 && !cancellation.cancelled; index = this.claims.next()) {
      await this.#do(index, cancellation, hooks, 0);
      await this.#takeUp(cancellation, hooks);
    }
    let waited = 0;
    let still = 0;
    let working = 0;
    while (this.#deferred.size > 0 && !cancellation.cancelled) {
      if (await this.#takeUp(cancellation, hooks)) waited = still = 0;
      else if (waited < PATIENCE_MS && still < STANDSTILL_MS) {
        working = this.claims.wait(WAIT_MS) ? working + 1 : 0;
        waited += WAIT_MS;
        still = working === 0 ? still + WAIT_MS : working < SURELY ? still : 0;
      } else { // whoever has what it imports is not about to be done: then from its sources
        for (const [index, group] of this.#deferred) {
          this.#deferred.delete(index);
          await this.#run(index, group, cancellation, hooks);
          break;
        }
        waited = still = 0;
      }
    }
  }

  /** Does the deferred groups whose imports were done meanwhile; whether there was one. */
  async #takeUp(cancellation: Cancellation, hooks: DriveHooks): Promise<boolean> {
    let any = false;
    for (const [index, group] of this.#deferred) {
      if (cancellation.cancelled || this.#waitsFor(group)) continue;
      this.#deferred.delete(index);
      await this.#run(index, group, cancellation, hooks);
      any = true;
    }
    return any;
  }

  /** Whether a group imports one that is in work elsewhere, or that waits itself. */
  #waitsFor(group: FileGroup): boolean {
    return this.#importedBy(group).some((index) => {
      const state = this.claims.state(index);
      if (state === 'doneWithoutFacts' || state === 'free') return false;
      if (this.claims.isMine(index)) return this.#deferred.has(index);
      const { language, directory } = this.groups[index] as FileGroup;
      return this.facts?.load(language, directory) === null;
    });
  }

  #importedBy(group: FileGroup): readonly number[] {
    let known = this.#imports.get(group.id);
    if (known === undefined) {
      known = this.engines.importsOf(group.language, unitOf(group)).flatMap((unit) => this.#indexOf.get(`${group.language}:${unit}`) ?? []);
      this.#imports.set(group.id, known);
    }
    return known;
  }

  /** Does what is left of a group that another thread died on. */
  async redo(index: number, files: readonly string[], cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    await this.#run(index, { ...(this.groups[index] as FileGroup), files }, cancellation, hooks);
  }

  async #do(index: number, cancellation: Cancellation, hooks: DriveHooks, depth: number): Promise<void> {
    const group = this.groups[index] as FileGroup;
    hooks.begin(index);
    await hooks.ready?.();
    if (this.facts !== null && depth < DEPTH_LIMIT) {
      for (const imported of this.#importedBy(group)) if (!cancellation.cancelled && this.claims.claim(imported)) await this.#do(imported, cancellation, hooks, depth + 1);
      if (this.#waitsFor(group)) {
        this.#deferred.set(index, group);
        return;
      }
    }
    if (!cancellation.cancelled) await this.#run(index, group, cancellation, hooks);
  }

  async #run(index: number, group: FileGroup, cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    hooks.begin(index);
    this.#imports.delete(group.id);
    const outcome = await this.runner.run(group, cancellation, this.groups.length > 1, (path, file) => { hooks.file(index, path, file); });
    if (outcome === null) return;
    if (this.facts !== null && this.groups.length > 1) {
      const own = this.engines.unitFacts(group.language, unitOf(group));
      if (own !== null) this.facts.save(own);
      this.claims.finish(index, own !== null);
      this.#own += group.size;
      const { loaded } = this.engines;
      if (loaded > LOADED_LIMIT && loaded - this.#own < loaded * FOREIGN_SHARE) {
        this.engines.startOver();
        this.#own = 0;
      }
    }
    await hooks.done(index, outcome);
  }
}

/** The unit of a group that others import: languages name it by its directory. */
function unitOf(group: FileGroup): string {
  return group.directory === '' && group.language === 'rust' ? '.' : group.directory;
}
