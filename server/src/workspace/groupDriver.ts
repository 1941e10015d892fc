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

/** Drives one thread. */
export class GroupDriver {
  readonly #indexOf = new Map<string, number>();
  /** Bytes of groups that were done since engines started over. */
  #own = 0;

  constructor(
    private readonly runner: GroupRunner, private readonly engines: EngineSet, private readonly groups: readonly FileGroup[], private readonly claims: GroupClaims,
    /** Null where facts are not kept: then nothing is done ahead and nothing let go. */
    private readonly facts: FactsStore | null,
  ) {
    groups.forEach((group, index) => this.#indexOf.set(group.id, index));
  }

  /** Does groups until none is left or the work is cancelled. */
  async drive(cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    for (let index = this.claims.next(); index >= 0 && !cancellation.cancelled; index = this.claims.next()) await this.#do(index, cancellation, hooks, 0);
  }

  /** Does what is left of a group that another thread died on. */
  async redo(index: number, files: readonly string[], cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    hooks.begin(index);
    await this.#run(index, { ...(this.groups[index] as FileGroup), files }, cancellation, hooks);
  }

  async #do(index: number, cancellation: Cancellation, hooks: DriveHooks, depth: number): Promise<void> {
    const group = this.groups[index] as FileGroup;
    hooks.begin(index);
    await hooks.ready?.();
    if (this.facts !== null && depth < DEPTH_LIMIT) {
      for (const unit of this.engines.importsOf(group.language, unitOf(group))) {
        const imported = this.#indexOf.get(`${group.language}:${unit}`);
        if (imported !== undefined && !cancellation.cancelled && this.claims.claim(imported)) await this.#do(imported, cancellation, hooks, depth + 1);
      }
    }
    if (!cancellation.cancelled) await this.#run(index, group, cancellation, hooks);
  }

  async #run(index: number, group: FileGroup, cancellation: Cancellation, hooks: DriveHooks): Promise<void> {
    const outcome = await this.runner.run(group, cancellation, (path, file) => { hooks.file(index, path, file); });
    if (outcome === null) return;
    if (this.facts !== null) {
      const own = this.engines.unitFacts(group.language, unitOf(group));
      if (own !== null) this.facts.save(own);
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
