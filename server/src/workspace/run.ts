// A run over a workspace: groups to as many executors as there are, files handed on in the order of their paths; what the cache knows is not done again.
// Nothing is gathered here: whoever asked takes each file as it comes, so that a run needs no more memory the larger the workspace is.
import type { FileOutcome, GroupOutcome, WorkTimings } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import type { Cancellation } from './host.js';
import type { ReportCache } from './reportCache.js';

/** What an executor tells and asks. */
export interface ExecutorHooks {
  /** Told each group as it is done. */
  done(group: FileGroup, outcome: GroupOutcome): Promise<void>;
  /** Resolves when the work may go on; it gives way until then. */
  ready?(): Promise<void>;
  /** How many groups at the front of the list are begun in its order, whatever suits the rest. */
  readonly front?: number;
}

/** Keeps files outside of the heap until their turn comes. Does not throw. */
export interface OutcomeShelf {
  /** Answers how to get it back, once. */
  put(outcome: FileOutcome): () => FileOutcome;
}

/** Does groups; a pool of workers, or this thread. */
export interface GroupExecutor {
  /** Groups that it can do at one time. */
  readonly width: number;
  /** Does groups, those at the front in their order, but for those that others of them import. Ends early when cancelled. Does not reject: what dies becomes a problem of its files. */
  run(groups: readonly FileGroup[], cancellation: Cancellation, hooks: ExecutorHooks): Promise<void>;
  /** Ends threads. */
  dispose(): Promise<void>;
}

/** How far a run is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How a run is made. */
export interface RunOptions {
  readonly groups: readonly FileGroup[];
  readonly executor: GroupExecutor;
  readonly cache: ReportCache | null;
  readonly cancellation: Cancellation;
  /** Takes each file, in the order of paths. */
  readonly onFile: (outcome: FileOutcome) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Files that are worked on first, such as open documents. */
  readonly first?: ReadonlySet<string>;
  /** Awaited before each group, to give way to typing. */
  readonly ready?: () => Promise<void>;
  /** Where files wait for their turn; by default in memory. */
  readonly shelf?: OutcomeShelf;
  /** Awaited between groups that come from the cache, to let others have the thread. */
  readonly pause?: () => Promise<void>;
}

/** What a run came to. */
export interface RunResult {
  /** Sums over threads. */
  readonly timings: WorkTimings;
  readonly cancelled: boolean;
  /** Files that came from the cache. */
  readonly cached: number;
}

/** A group of more than this share of all bytes is begun early, lest it be the last that all wait for; its files wait for their turn. */
const LARGE_SHARE = 1 / 16;
/** Groups taken from the cache between two pauses. */
const STEP = 16;

/** Runs all groups. After a cancellation, what was done is still handed on. */
export async function runGroups(options: RunOptions): Promise<RunResult> {
  const { executor, cache, cancellation } = options;
  const run = new Run(options);
  const timings = { readMs: 0, parseMs: 0, analyzeMs: 0 };
  const { ready } = options;
  const hooks: ExecutorHooks = {
    done(group, outcome) {
      timings.readMs += outcome.timings.readMs;
      timings.parseMs += outcome.timings.parseMs;
      timings.analyzeMs += outcome.timings.analyzeMs;
      cache?.keep(outcome);
      return run.done(group, outcome.files);
    },
    ...(ready === undefined ? {} : { ready }),
  };
  // A record that turns out to be damaged when its turn comes puts its group back: hence the loop.
  do {
    const groups = run.takeAll();
    await executor.run(groups, cancellation, { ...hooks, front: run.frontOf(groups) });
    await run.handOn();
  } while (run.hasMore && !cancellation.cancelled);
  run.handOnRest();
  cache?.finish();
  return { timings, cancelled: cancellation.cancelled, cached: run.cached };
}

/** What waits to be done and what waits to be handed on. */
class Run {
  cached = 0;
  readonly #pending: FileGroup[] = [];
  readonly #paths: readonly string[];
  /** Groups that the cache knows, by their files. */
  readonly #known = new Map<string, FileGroup>();
  /** Done and not yet handed on; null for a file without a report. */
  readonly #waiting = new Map<string, FileOutcome | null>();
  /** Of those, the ones that were put on the shelf. */
  readonly #shelved = new Map<string, () => FileOutcome>();
  readonly #rank: (group: FileGroup) => number;
  #next = 0;
  #done = 0;
  #handing: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunOptions) {
    const { groups, cache, first, executor } = options;
    this.#paths = groups.flatMap((group) => group.files).sort((a, b) => (a < b ? -1 : 1));
    const bytes = groups.reduce((sum, group) => sum + group.size, 0);
    for (const group of groups) {
      if (cache?.knows(group) === true) for (const path of group.files) this.#known.set(path, group);
      else this.#pending.push(group);
    }
    const rank = this.#rank = (group: FileGroup): number => (first !== undefined && group.files.some((path) => first.has(path)) ? 0 : executor.width > 1 && group.size > bytes * LARGE_SHARE ? 1 : 2);
    const at = (group: FileGroup): string => group.files[0] ?? '';
    this.#pending.sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? b.size - a.size : 0) || (at(a) < at(b) ? -1 : 1)).reverse();
  }

  get hasMore(): boolean {
    return this.#pending.length > 0;
  }

  /** What is to be done, in order. */
  takeAll(): FileGroup[] {
    return this.#pending.splice(0).reverse();
  }

  /** How many of these groups are to be begun in their order. */
  frontOf(groups: readonly FileGroup[]): number {
    const front = groups.findIndex((group) => this.#rank(group) === 2);
    return front < 0 ? groups.length : front;
  }

  async done(group: FileGroup, outcomes: readonly FileOutcome[]): Promise<void> {
    this.#take(group, outcomes);
    await this.handOn();
    const { shelf } = this.options;
    if (shelf === undefined) return;
    for (const path of group.files) {
      const outcome = this.#waiting.get(path);
      if (!outcome) continue;
      this.#waiting.set(path, null);
      this.#shelved.set(path, shelf.put(outcome));
    }
  }

  /** Hands on what is due, one caller at a time. */
  handOn(): Promise<void> {
    this.#handing = this.#handing.then(() => this.#flush());
    return this.#handing;
  }

  /** Hands on what was done out of turn, after a cancellation. */
  handOnRest(): void {
    for (; this.#next < this.#paths.length; this.#next++) this.#hand(this.#paths[this.#next] as string);
  }

  async #flush(): Promise<void> {
    const { cache, cancellation, pause } = this.options;
    for (let taken = 0; this.#next < this.#paths.length; this.#next++) {
      const path = this.#paths[this.#next] as string;
      if (!this.#waiting.has(path)) {
        const group = this.#known.get(path);
        if (group === undefined || cancellation.cancelled) return;
        for (const one of group.files) this.#known.delete(one);
        const files = cache?.load(group) ?? null;
        if (files === null) {
          this.#pending.push(group);
          return;
        }
        this.cached += files.length;
        this.#take(group, files);
        if (++taken % STEP === 0) await pause?.();
      }
      this.#hand(path);
    }
  }

  #take(group: FileGroup, outcomes: readonly FileOutcome[]): void {
    for (const path of group.files) this.#waiting.set(path, null);
    for (const outcome of outcomes) this.#waiting.set(outcome.path, outcome);
    this.#done += group.files.length;
    this.options.onProgress?.({ done: this.#done, total: this.#paths.length });
  }

  #hand(path: string): void {
    const outcome = this.#shelved.get(path)?.() ?? this.#waiting.get(path);
    this.#shelved.delete(path);
    if (!outcome) return;
    this.#waiting.delete(path);
    this.options.onFile(outcome);
  }
}
