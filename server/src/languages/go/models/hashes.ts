// Hashes of the standard library: what their methods do with the bytes that they are given. Their constructors return an interface, hash.Hash,
// but are small enough to be inlined, so that the compiler knows which type a local holds that one of them was assigned to, and calls its methods.
// As `go build -gcflags=PACKAGE=-m` says for Go 1.26. Not here: hash/crc32, whose Write calls a function value, and crypto/hmac, too large to inline.
import type { LeakTag } from '../solve/escapeContract.js';

/** Reads the bytes; in assembly, which counts as writing them. */
const BLOCKS = '.0';
const READS = '';
/** `Sum(b)` appends to its argument and returns that. */
const SUM: LeakTag = '.0.0';

const WRITES: Readonly<Record<string, LeakTag>> = {
  'crypto/md5.New': BLOCKS, 'crypto/sha1.New': BLOCKS,
  'crypto/sha256.New': BLOCKS, 'crypto/sha256.New224': BLOCKS,
  'crypto/sha512.New': BLOCKS, 'crypto/sha512.New384': BLOCKS, 'crypto/sha512.New512_224': BLOCKS, 'crypto/sha512.New512_256': BLOCKS,
  'hash/fnv.New32': READS, 'hash/fnv.New32a': READS, 'hash/fnv.New64': READS, 'hash/fnv.New64a': READS, 'hash/fnv.New128': READS, 'hash/fnv.New128a': READS,
  'hash/adler32.New': READS, 'hash/crc64.New': READS,
};

const PACKAGES = new Set(Object.keys(WRITES).map((name) => name.slice(0, name.lastIndexOf('.'))));

/** Whether a package has such constructors. */
export function hasHashes(packagePath: string): boolean {
  return PACKAGES.has(packagePath);
}

/** Tags of the receiver and the parameter of a method of what a function returns; null when it is not listed. */
export function hashMethodLeaks(constructor: string, method: string): readonly LeakTag[] | null {
  const writes = WRITES[constructor];
  return writes === undefined ? null : method === 'Write' ? ['', writes] : method === 'Sum' ? ['', SUM] : null;
}
