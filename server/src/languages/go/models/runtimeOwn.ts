// Functions of package runtime that take memory which the runtime keeps for itself and uses again, whoever calls: records of goroutines that wait,
// of deferred calls, threads, processors, workers of the collector. What calls them is not said to allocate because of them.
import type { ModelRow } from '../../../analysis/model.js';

function row(name: string, at: string, reason: string): ModelRow {
  return { path: `runtime.${name}`, effect: { does: 'nothing', reason }, rule: null, instead: null, provenance: { source: 'go 1.26', at: `runtime/${at}` } };
}

const WAITING = 'the record of a waiting goroutine comes from a cache of the runtime';
const THREAD = 'threads are the runtime’s own and are used again';

/** Rows by function. */
export const runtimeOwn: readonly ModelRow[] = [
  row('acquireSudog', 'proc.go', WAITING),
  row('releaseSudog', 'proc.go', WAITING),
  row('popDefer', 'panic.go', 'the record of a deferred call goes back to a cache of the runtime'),
  row('allocm', 'proc.go', THREAD),
  row('procresize', 'proc.go', 'processors are made when their number changes, and kept'),
  row('allGsSnapshotSortedForGC', 'mgcmark.go', 'the list of goroutines is the collector’s own'),
  row('gcBgMarkStartWorkers', 'mgc.go', 'workers of the collector are started once'),
];

const names = new Set(runtimeOwn.map(({ path }) => path));

/** Whether what a function takes is the runtime's own. `name` is asked for only in package runtime. */
export function isRuntimeOwn(packagePath: string, name: () => string): boolean {
  return packagePath === 'runtime' && names.has(name());
}
