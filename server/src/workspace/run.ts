// A run over a workspace: groups, largest first, to as many executors as there are; what the cache knows is not done again.
import type { FoundFile } from './discovery.js';
import type { FileOutcome, GroupOutcome, WorkTimings } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import type { Cancellation } from './host.js';
import type { ReportCache } from './reportCache.js';

/** Does groups; a pool of workers, or this thread. */
export interface GroupExecutor {
  /** Groups that it can do at one time. */
  readonly width: number;
  /** Null when cancelled. Does not reject: what dies becomes a problem of its files. */
  run(group: FileGroup, cancellation: Cancellation): Promise<GroupOutcome | null>;
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
  readonly onProgress?: (progress: Progress) => void;
  /** Files that come first, such as open documents. */
  readonly first?: ReadonlySet<string>;
  /** Awaited before each group, to give way to typing. */
  readonly ready?: () => Promise<void>;
  /** Told of each file as it is done, in no certain order. */
  readonly onFile?: (outcome: FileOutcome) => void;
}

/** What a run gives. */
export interface RunResult {
  /** Sorted by path. */
  readonly files: readonly FileOutcome[];
  /** Sums over threads. */
  readonly timings: WorkTimings;
  readonly cancelled: boolean;
  /** Files that came from the cache. */
  readonly cached: number;
}

/** Runs all groups. */
export async function runGroups(options: RunOptions): Promise<RunResult> {
  const { executor, cache, cancellation, first } = options;
  const files: FileOutcome[] = [];
  const timings = { readMs: 0, parseMs: 0, analyzeMs: 0 };
  let cached = 0;
  const total = options.groups.reduce((sum, group) => sum + group.files.length, 0);
  const take = (outcomes: readonly FileOutcome[]): void => {
    for (const outcome of outcomes) {
      files.push(outcome);
      options.onFile?.(outcome);
    }
    options.onProgress?.({ done: files.length, total });
  };
  const pending: FileGroup[] = [];
  for (const group of options.groups) {
    const known = cache?.load(group) ?? null;
    if (known === null) pending.push(group);
    else {
      cached += known.length;
      take(known);
    }
  }
  const isFirst = (group: FileGroup): number => (first !== undefined && group.files.some((path) => first.has(path)) ? 0 : 1);
  pending.sort((a, b) => isFirst(a) - isFirst(b) || b.size - a.size || (a.id < b.id ? -1 : 1));
  const computed: GroupOutcome[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let group = pending[next++]; group !== undefined && !cancellation.cancelled; group = pending[next++]) {
      await options.ready?.();
      const outcome = await executor.run(group, cancellation);
      if (outcome === null) return;
      timings.readMs += outcome.timings.readMs;
      timings.parseMs += outcome.timings.parseMs;
      timings.analyzeMs += outcome.timings.analyzeMs;
      if (cache) computed.push(outcome);
      take(outcome.files);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, executor.width) }, lane));
  if (cache) cache.save(computed);
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, timings, cancelled: cancellation.cancelled, cached };
}

/** Bytes of all files. */
export function sizeOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}
