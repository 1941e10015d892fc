// A storage of caches in memory.
import type { CacheStorage } from '../../../server/src/workspace/reportCache.js';

/** What is stored, as text by name, and which folders were said to be used. */
export interface MemoryStorage extends CacheStorage {
  readonly texts: Map<string, string>;
  readonly uses: string[];
}

/** An empty one. */
export function memoryStorage(): MemoryStorage {
  const texts = new Map<string, string>();
  const uses: string[] = [];
  return {
    texts, uses, used: (folder) => { uses.push(folder); },
    read: (name) => (texts.has(name) ? Buffer.from(texts.get(name) ?? '') : null), write: (name, content) => { texts.set(name, Buffer.from(content).toString('utf8')); },
    prune(folder, names) { for (const name of [...texts.keys()]) if (name.startsWith(`${folder}/`) && !names.has(name.slice(folder.length + 1))) texts.delete(name); },
  };
}
