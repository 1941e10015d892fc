// A directory as storage of a cache. Writes appear whole or not at all; the first failure ends writing for good, silently.
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CacheStorage } from '../workspace/reportCache.js';
import { makeDirectory } from './makeDirectory.js';

/** How folders are named; what else lies in the directory is somebody else's. */
const FOLDER = /^[0-9a-f]{16}$/;
/** Folders that are kept beside the one in use: one is used for each root and set of options. */
const KEPT_FOLDERS = 15;
/** Milliseconds after which one that was not used goes: sixty days. */
const KEPT_MS = 60 * 24 * 3600 * 1000;

/** Storage in `directory`, which is made when first written to. */
export function cacheDirectory(directory: string): CacheStorage {
  let writable = true;
  return {
    read(name) {
      try {
        return readFileSync(join(directory, name));
      } catch {
        return null;
      }
    },
    write(name, content) {
      if (!writable) return;
      const target = join(directory, name);
      const draft = `${target}.${process.pid}.tmp`;
      try {
        makeDirectory(dirname(target));
        writeFileSync(draft, content);
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
    used(folder) {
      if (!writable) return;
      try {
        const now = Date.now();
        utimesSync(join(directory, folder), now / 1000, now / 1000);
        const others = readdirSync(directory).filter((name) => name !== folder && FOLDER.test(name)).map((name) => ({ name, at: statSync(join(directory, name)).mtimeMs })).sort((a, b) => b.at - a.at);
        for (const { name } of others.filter(({ at }, i) => i >= KEPT_FOLDERS || now - at > KEPT_MS)) rmSync(join(directory, name), { recursive: true, force: true });
      } catch { /* there is none yet, or what stays costs room and nothing else */ }
    },
  };
}
