// Functions of the standard library whose allocations are not told of those that call them. Some take memory that the runtime keeps for itself and uses
// again, whoever calls: records of goroutines that wait, of deferred calls, threads, processors, workers of the collector. Others allocate in code
// that never runs, which no constant says, or make what only its inlined copy keeps on the stack.
import type { ModelRow } from '../../../analysis/model.js';

function row(name: string, at: string, reason: string, pkg = 'runtime'): ModelRow {
  return { path: `${pkg}.${name}`, effect: { does: 'nothing', reason }, rule: null, instead: null, provenance: { source: 'go 1.26', at: `${pkg}/${at}` } };
}

const WAITING = 'the record of a waiting goroutine comes from a cache of the runtime';
const THREAD = 'threads are the runtime’s own and are used again';

const DIGEST = 'the compiler inlines what makes the digest, which stays on the stack';

/** Rows by function. */
export const uncounted: readonly ModelRow[] = [
  row('acquireSudog', 'proc.go', WAITING),
  row('releaseSudog', 'proc.go', WAITING),
  row('popDefer', 'panic.go', 'the record of a deferred call goes back to a cache of the runtime'),
  row('allocm', 'proc.go', THREAD),
  row('procresize', 'proc.go', 'processors are made when their number changes, and kept'),
  row('allGsSnapshotSortedForGC', 'mgcmark.go', 'the list of goroutines is the collector’s own'),
  row('gcBgMarkStartWorkers', 'mgc.go', 'workers of the collector are started once'),
  row('Escape', 'escape.go', 'its store never runs: it only tells the compiler that the value escapes', 'internal/abi'),
  row('Sum224', 'sha256.go', DIGEST, 'crypto/sha256'),
  row('Sum256', 'sha256.go', DIGEST, 'crypto/sha256'),
  row('Sum384', 'sha512.go', DIGEST, 'crypto/sha512'),
  row('Sum512', 'sha512.go', DIGEST, 'crypto/sha512'),
  row('Sum512_224', 'sha512.go', DIGEST, 'crypto/sha512'),
  row('Sum512_256', 'sha512.go', DIGEST, 'crypto/sha512'),
  row('Sum224', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('Sum256', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('Sum384', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('Sum512', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHA3).BlockSize', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHA3).Reset', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHA3).Size', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHA3).Sum', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHA3).UnmarshalBinary', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHA3).Write', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHAKE).AppendBinary', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHAKE).BlockSize', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHAKE).Read', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHAKE).Reset', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHAKE).UnmarshalBinary', 'sha3.go', DIGEST, 'crypto/sha3'),
  row('(*SHAKE).Write', 'sha3.go', DIGEST, 'crypto/sha3'),
];

const names = new Set(uncounted.map(({ path }) => path));

const packages = new Set(uncounted.map(({ path }) => path.slice(0, path.indexOf('.', path.lastIndexOf('/') + 1))));

/** Whether nothing is told of those that call a function. `name` is asked for only where its package has rows. */
export function isUncounted(packagePath: string, name: () => string): boolean {
  return packages.has(packagePath) && names.has(name());
}
