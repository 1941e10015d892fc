// A host over files in memory, for tests of the workspace.
import { createHash } from 'node:crypto';
import type { Host, HostEntry } from '../../../server/src/workspace/host.js';

/** Files by absolute path; a null directory cannot be read. */
export function memoryHost(files: Map<string, string | Uint8Array>, unreadable: ReadonlySet<string> = new Set()): Host {
  const bytesOf = (path: string): Uint8Array | null => {
    const content = files.get(path);
    return content === undefined ? null : typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  const isDirectory = (path: string): boolean => [...files.keys()].some((file) => file.startsWith(path === '/' ? '/' : `${path}/`));
  return {
    read(path, limit) {
      const bytes = bytesOf(path);
      if (bytes === null) return { kind: 'missing' };
      return bytes.length > limit ? { kind: 'tooLarge', size: bytes.length } : { kind: 'bytes', bytes };
    },
    stat(path) {
      const bytes = bytesOf(path);
      if (bytes !== null) return { kind: 'file', size: bytes.length, modified: 0 };
      return isDirectory(path) ? { kind: 'directory', size: 0, modified: 0 } : null;
    },
    list(directory) {
      if (unreadable.has(directory) || !isDirectory(directory)) return null;
      const prefix = directory === '/' ? '/' : `${directory}/`;
      const entries = new Map<string, HostEntry>();
      for (const path of files.keys()) {
        if (!path.startsWith(prefix)) continue;
        const [name = '', below] = path.slice(prefix.length).split('/');
        entries.set(name, { name, kind: below === undefined ? 'file' : 'directory', link: false });
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    asset: () => null,
    decode(bytes) {
      try {
        return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), malformed: false };
      } catch {
        return { text: new TextDecoder().decode(bytes), malformed: true };
      }
    },
    encode: (text) => new TextEncoder().encode(text),
    hash: (content) => createHash('sha1').update(content).digest('hex'),
    now: () => performance.now(),
    pause: () => new Promise((done) => { setImmediate(done); }),
  };
}
