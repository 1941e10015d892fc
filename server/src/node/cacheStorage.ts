// A directory as storage of a cache. Writes appear whole or not at all; the first failure ends writing for good, silently.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CacheStorage } from '../workspace/reportCache.js';
import { makeDirectory } from './makeDirectory.js';

/** Storage in `directory`, which is made when first written to. */
export function cacheDirectory(directory: string): CacheStorage {
  let writable = true;
  return {
    read(name) {
      try {
        return readFileSync(join(directory, name), 'utf8');
      } catch {
        return null;
      }
    },
    write(name, text) {
      if (!writable) return;
      const target = join(directory, name);
      const draft = `${target}.${process.pid}.tmp`;
      try {
        makeDirectory(dirname(target));
        writeFileSync(draft, text);
        renameSync(draft, target);
      } catch {
        writable = false;
        try {
          rmSync(draft, { force: true });
        } catch { /* nothing was left to remove */ }
      }
    },
    prune(folder, names) {
      if (!writable) return;
      try {
        for (const name of readdirSync(join(directory, folder))) if (!names.has(name)) rmSync(join(directory, folder, name), { force: true });
      } catch { /* what stays costs room and nothing else */ }
    },
  };
}
