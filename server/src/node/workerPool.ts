// Worker threads as an executor of groups. A worker that dies is replaced and its group tried once more; the file it dies on again is
// reported as a problem, the rest is done. After a cancellation nobody is waited for.
import { unreadableReport } from '../analysis/report.js';
import { LineIndex } from '../syntax/lineIndex.js';
import { GroupClaims, planOf, type ClaimPlan } from '../workspace/groupClaims.js';
import type { FileOutcome, GroupOutcome, Projector } from '../workspace/groupRunner.js';
import type { FileGroup } from '../workspace/groups.js';
import type { Cancellation } from '../workspace/host.js';
import { patient } from './compiler.js';
import type { PackedFacts } from './keptFacts.js';
import type { ExecutorHooks, GroupExecutor } from '../workspace/run.js';
import { PoolThread, type ThreadOptions } from './poolThread.js';
import type { Remainder } from './workerProtocol.js';

/** How a pool is made. */
export interface PoolOptions extends ThreadOptions {
  readonly width: number;
  readonly projector: Projector;
}

/** Milliseconds between two looks at a cancellation. */
const LOOK_MS = 10;
/** Milliseconds between two questions whether the work may go on. */
const READY_MS = 30;
/** Times that workers may die before any of them was ready. */
const FALSE_STARTS = 3;

/** Makes a pool; workers start when first needed and stay until it is disposed. */
export function workerPool(options: PoolOptions): GroupExecutor {
  const published: PackedFacts[] = [];
  const threads = new Set<PoolThread>();
  const running = new Set<PoolRun>();
  const start = (spacious: boolean): PoolThread => {
    const thread = new PoolThread(options, published, spacious);
    threads.add(thread);
    return thread;
  };
  return patient({
    width: options.width,
    async run(groups, cancellation, hooks) {
      if (groups.length === 0 || cancellation.cancelled) return;
      const run = new PoolRun(options, groups, hooks, threads, start, (facts, from) => {
        if (options.width < 2) return;
        published.push(facts);
        for (const thread of threads) if (thread !== from) thread.tell(facts);
      });
      running.add(run);
      await run.finished(cancellation);
      running.delete(run);
    },
    async dispose() {
      for (const run of running) run.cancel();
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  });
}

/** One run over a list. */
class PoolRun {
  readonly #memory: SharedArrayBuffer;
  readonly #claims: GroupClaims;
  readonly #plan: ClaimPlan;
  /** Files of groups that are not done. */
  readonly #outcomes = new Map<number, Map<string, FileOutcome>>();
  readonly #deaths = new Map<string, number>();
  readonly #refused = new Set<string>();
  /** Groups that are not done. */
  readonly #left: Set<number>;
  #owners = 0;
  /** Groups that the caller has not taken in. */
  #unsaid: number;
  #falseStarts = 0;
  #hadStart = false;
  #end: () => void = () => undefined;

  constructor(
    private readonly options: PoolOptions, private readonly groups: readonly FileGroup[], private readonly hooks: ExecutorHooks, private readonly threads: Set<PoolThread>,
    private readonly start: (spacious: boolean) => PoolThread, private readonly share: (facts: PackedFacts, from: PoolThread) => void,
  ) {
    this.#memory = new SharedArrayBuffer(GroupClaims.bytes(groups.length));
    this.#claims = new GroupClaims(this.#memory);
    this.#plan = planOf(groups.map(({ size }) => size), hooks.front ?? 0, options.width);
    this.#left = new Set(groups.keys());
    this.#unsaid = groups.length;
  }

  /** Resolves when all groups are done, or soon after a cancellation. */
  async finished(cancellation: Cancellation): Promise<void> {
    const ended = new Promise<void>((resolve) => { this.#end = resolve; });
    const watch = setInterval(() => { if (cancellation.cancelled) this.cancel(); }, LOOK_MS);
    const idle = [...this.threads].filter((thread) => thread.alive);
    for (let i = 0; i < Math.min(this.options.width, this.groups.length); i++) this.#begin(idle[i] ?? this.start(false), i, []);
    let over = false;
    void ended.then(() => { over = true; });
    void this.#giveWay(() => over);
    await ended;
    clearInterval(watch);
  }

  cancel(): void {
    this.#claims.cancel();
    this.#end();
  }

  /** Holds the workers while the caller is not ready. */
  async #giveWay(isOver: () => boolean): Promise<void> {
    const { ready } = this.hooks;
    while (ready !== undefined && !isOver()) {
      let isReady = false;
      const wait = ready().then(() => { isReady = true; });
      await new Promise((resolve) => { setImmediate(resolve); });
      if (!isReady && !isOver()) {
        this.#claims.pause(true);
        await wait;
        this.#claims.pause(false);
      }
      await new Promise((resolve) => { setTimeout(resolve, READY_MS); });
    }
  }

  /** @param place the stretch of the list that is the thread's own */
  #begin(thread: PoolThread, place: number, redo: readonly Remainder[]): void {
    const owner = ++this.#owners;
    for (const { group } of redo) this.#claims.give(group, owner);
    thread.run({ groups: this.groups, claims: this.#memory, owner, plan: this.#plan, place, redo, refuse: [...this.#refused] }, {
      ready: () => { this.#hadStart = true; },
      file: (group, outcome) => {
        let files = this.#outcomes.get(group);
        if (!files) this.#outcomes.set(group, (files = new Map()));
        files.set(outcome.path, outcome);
      },
      done: (group, imports, timings) => { this.#done(group, imports, timings); },
      facts: (facts) => { this.share(facts, thread); },
      died: (reason) => { this.#died(thread, owner, place, reason); },
    });
  }

  #done(group: number, imports: readonly string[], timings: GroupOutcome['timings']): void {
    const of = this.groups[group] as FileGroup;
    const files = this.#outcomes.get(group);
    this.#outcomes.delete(group);
    this.#left.delete(group);
    void this.hooks.done(of, { group: of.id, files: of.files.flatMap((path) => files?.get(path) ?? []), imports, timings }).then(() => {
      if (--this.#unsaid === 0) this.#end();
    });
  }

  /** Puts another in a dead worker's place, which begins with what that one had taken and not done. */
  #died(thread: PoolThread, owner: number, place: number, reason: string): void {
    this.threads.delete(thread);
    if (this.#claims.cancelled || this.#left.size === 0) return;
    if (!this.#hadStart && ++this.#falseStarts >= FALSE_STARTS) {
      for (const index of [...this.#left]) this.#giveUp(index, reason);
      return;
    }
    const open = this.#claims.takenBy(owner).filter((group) => this.#left.has(group));
    const { group, file } = thread.reading.group >= 0 ? thread.reading : thread.place;
    const victim = this.groups[group]?.files[file] ?? (this.#left.has(group) ? this.#remaining(group)[0] : undefined);
    if (victim !== undefined) {
      const deaths = (this.#deaths.get(victim) ?? 0) + 1;
      this.#deaths.set(victim, deaths);
      if (deaths > 1) {
        this.#refused.add(victim);
        if (this.#left.has(group)) this.#put(group, this.#deathOf(victim, group, reason));
      }
    }
    // First the group it died on: the others may import it.
    const redo = open.sort((a, b) => Number(b === group) - Number(a === group)).map((index) => ({ group: index, files: this.#remaining(index) }));
    this.#begin(this.start(thread.outOfMemory), place, redo.filter(({ files }) => files.length > 0));
    for (const { group: index, files } of redo) if (files.length === 0) this.#done(index, [], { readMs: 0, parseMs: 0, analyzeMs: 0 });
  }

  #giveUp(group: number, reason: string): void {
    for (const path of this.#remaining(group)) this.#put(group, this.#deathOf(path, group, reason));
    this.#done(group, [], { readMs: 0, parseMs: 0, analyzeMs: 0 });
  }

  #put(group: number, outcome: FileOutcome): void {
    const files = this.#outcomes.get(group) ?? new Map<string, FileOutcome>();
    files.set(outcome.path, outcome);
    this.#outcomes.set(group, files);
  }

  #remaining(group: number): string[] {
    const done = this.#outcomes.get(group);
    return (this.groups[group] as FileGroup).files.filter((path) => done?.has(path) !== true);
  }

  #deathOf(path: string, group: number, reason: string): FileOutcome {
    const { language } = this.groups[group] as FileGroup;
    const report = unreadableReport(path, language, '', `The file was not analysed: ${reason}.`);
    return { path, language, lines: 0, ...this.options.projector(report, [], new LineIndex(''), () => null) };
  }
}
