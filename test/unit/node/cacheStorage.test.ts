// A directory as storage of a cache: what is written is read, and folders that nobody uses do not pile up.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheDirectory } from '../../../server/src/node/cacheStorage.js';

describe('a cache on disk', () => {
  let directory = '';
  beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'heaplight-cache-test-')); });
  afterEach(() => { rmSync(directory, { recursive: true, force: true }); });
  const folder = (n: number): string => n.toString(16).padStart(16, '0');

  it('gives back bytes, and null for what is not there', () => {
    const storage = cacheDirectory(directory);
    storage.write(`${folder(1)}/one`, Uint8Array.of(1, 200, 10));
    expect([...(storage.read(`${folder(1)}/one`) ?? [])]).toEqual([1, 200, 10]);
    expect(storage.read(`${folder(1)}/other`)).toBeNull();
  });

  it('lets go of folders that were not used for long or are too many, and of nothing else', () => {
    const days = (n: number): number => Date.now() / 1000 - n * 24 * 3600;
    for (let n = 1; n <= 20; n++) {
      mkdirSync(join(directory, folder(n)));
      writeFileSync(join(directory, folder(n), 'index'), '');
      utimesSync(join(directory, folder(n)), days(n), days(n));
    }
    for (const [n, age] of [[1, 61], [20, 400]] as const) utimesSync(join(directory, folder(n)), days(age), days(age));
    mkdirSync(join(directory, 'of-somebody-else'));
    cacheDirectory(directory).used(folder(20)); // in use, however old
    expect(readdirSync(directory)).toEqual([...Array.from({ length: 15 }, (_, i) => folder(i + 2)), folder(20), 'of-somebody-else'].sort());
    cacheDirectory(directory).used(folder(99)); // not there yet
    expect(readdirSync(directory)).toHaveLength(17);
  });

  it('does nothing where there is no directory', () => {
    cacheDirectory(join(directory, 'none')).used(folder(1));
    expect(readdirSync(directory)).toEqual([]);
  });
});
