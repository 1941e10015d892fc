// Worker threads as an executor of groups. A worker that dies is replaced; the file it died on is reported as a problem, the rest is done.
import { Worker } from 'node:worker_threads';
import { unreadableReport } from '../analysis/report.js';
import { LineIndex } from '../syntax/lineIndex.js';
import type { FileOutcome, GroupOutcome, Projector } from '../workspace/groupRunner.js';
import type { FileGroup } from '../workspace/groups.js';
import type { Cancellation } from '../workspace/host.js';
import type { GroupExecutor } from '../workspace/run.js';
import type { FromWorker, ToWorker, WorkerSetup } from './workerProtocol.js';

/** How a pool is made. */
export interface PoolOptions extends Omit<WorkerSetup, 'cancelled'> {
  /** The worker's bundle. */
  readonly script: string;
  readonly width: number;
  readonly projector: Projector;
  /** Milliseconds without a sign of life after which a worker is ended. */
  readonly patienceMs?: number;
}

const NOTHING = { readMs: 0, parseMs: 0, analyzeMs: 0 };

/** Makes a pool; workers start when first needed. */
export function workerPool(options: PoolOptions): GroupExecutor {
  const cancelled = new SharedArrayBuffer(4);
  const flag = new Int32Array(cancelled);
  const { distribution, root, languageOptions, limits, documents } = options;
  const setup: WorkerSetup = { distribution, root, languageOptions, limits, documents, cancelled };
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const start = (): Worker => {
    const worker = new Worker(options.script, { workerData: setup });
    worker.on('error', () => undefined); // its end is seen by `exit`
    worker.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    all.add(worker);
    return worker;
  };

  const run = async (group: FileGroup, cancellation: Cancellation): Promise<GroupOutcome | null> => {
    const outcomes = new Map<string, FileOutcome>();
    let remaining = group.files;
    let last: { imports: readonly string[]; timings: GroupOutcome['timings'] } = { imports: [], timings: NOTHING };
    while (remaining.length > 0) {
      const worker = idle.pop() ?? start();
      const end = await attempt(worker, { ...group, files: remaining }, cancellation, flag, outcomes, options.patienceMs ?? 120_000);
      if (end.type === 'cancelled') {
        idle.push(worker);
        return null;
      }
      if (end.type === 'done') {
        idle.push(worker);
        last = end;
        break;
      }
      const victim = end.at ?? remaining.find((path) => !outcomes.has(path));
      if (victim !== undefined && !outcomes.has(victim)) outcomes.set(victim, deathOf(victim, group, end.reason, options.projector));
      remaining = remaining.filter((path) => !outcomes.has(path));
    }
    return { group: group.id, files: group.files.flatMap((path) => outcomes.get(path) ?? []), imports: last.imports, timings: last.timings };
  };

  return {
    width: options.width,
    run,
    async dispose() {
      Atomics.store(flag, 0, 1);
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

type End = { readonly type: 'done'; readonly imports: readonly string[]; readonly timings: GroupOutcome['timings'] } | { readonly type: 'cancelled' } | { readonly type: 'died'; readonly at: string | null; readonly reason: string };

/** Gives a group to a worker and waits for the end of it or of the worker. */
function attempt(worker: Worker, group: FileGroup, cancellation: Cancellation, flag: Int32Array, outcomes: Map<string, FileOutcome>, patienceMs: number): Promise<End> {
  return new Promise((resolve) => {
    let at: string | null = null;
    let reason = 'the analysis ended unexpectedly';
    let heard = Date.now();
    const watch = setInterval(() => {
      if (cancellation.cancelled) Atomics.store(flag, 0, 1);
      if (Date.now() - heard > patienceMs) {
        reason = `the analysis gave no sign of life for ${patienceMs / 1000} s`;
        void worker.terminate();
      }
    }, 20);
    const finish = (end: End): void => {
      clearInterval(watch);
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      worker.off('error', onError);
      resolve(end);
    };
    const onMessage = (message: FromWorker): void => {
      heard = Date.now();
      switch (message.type) {
        case 'ready': break;
        case 'begin': at = message.path; break;
        case 'file':
          outcomes.set(message.outcome.path, message.outcome);
          at = null;
          break;
        case 'done': finish({ type: 'done', imports: message.imports, timings: message.timings }); break;
        case 'cancelled': finish({ type: 'cancelled' }); break;
      }
    };
    const onError = (error: unknown): void => {
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
      reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'the analysis ran out of memory' : `the analysis ended unexpectedly (${error instanceof Error ? error.message : String(error)})`;
    };
    const onExit = (): void => { finish({ type: 'died', at, reason }); };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage({ type: 'run', group } satisfies ToWorker);
  });
}

function deathOf(path: string, group: FileGroup, reason: string, projector: Projector): FileOutcome {
  const report = unreadableReport(path, group.language, '', `The file was not analysed: ${reason}.`);
  return { path, language: group.language, lines: 0, ...projector(report, [], new LineIndex(''), () => null) };
}
