// The outside, under Node: files, clock and digest. Only this file and its neighbours touch `node:fs`.
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { EntryKind, FileStat, Host, HostEntry, ReadResult } from '../workspace/host.js';
import { joinPath } from '../workspace/host.js';

/** An absolute path with forward slashes. */
export function absolutePath(path: string): string {
  const absolute = resolve(path);
  return sep === '/' ? absolute : absolute.split(sep).join('/');
}

/** A host over the machine's files. `distribution` is the directory that holds the grammars and assets. */
export function nodeHost(distribution: string): Host {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const lenient = new TextDecoder('utf-8');
  return {
    read,
    stat,
    list,
    asset(name) {
      try {
        return readFileSync(join(distribution, 'assets', name), 'utf8');
      } catch {
        return null;
      }
    },
    decode(bytes) {
      try {
        return { text: strict.decode(bytes), malformed: false };
      } catch {
        return { text: lenient.decode(bytes), malformed: true };
      }
    },
    encode: (text) => Buffer.from(text, 'utf8'),
    hash: (content) => createHash('sha1').update(content).digest('hex'),
    now: () => performance.now(),
    pause: () => new Promise((done) => setImmediate(done)),
  };
}

/** Opening a pipe would wait for a writer. Windows knows no such flag and no such pipes. */
const READ = constants.O_RDONLY | ((constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0);

function read(path: string, limit: number): ReadResult {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, READ);
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { kind: 'unreadable', reason: 'it is a directory' };
    if (!status.isFile()) return { kind: 'unreadable', reason: 'it is no regular file' };
    if (status.size > limit) return { kind: 'tooLarge', size: status.size };
    const bytes = new Uint8Array(status.size);
    let length = 0;
    while (length < bytes.length) {
      const got = readSync(descriptor, bytes, length, bytes.length - length, length);
      if (got === 0) break;
      length += got;
    }
    return { kind: 'bytes', bytes: length === bytes.length ? bytes : bytes.subarray(0, length) };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', reason: reasonOf(code, error) };
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function stat(path: string): FileStat | null {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (!status) return null;
    const { size, mtimeMs, ctimeMs, ino } = status;
    if (!status.isFile()) return { kind: status.isDirectory() ? 'directory' : 'other', size, modified: mtimeMs };
    return { kind: 'file', size, modified: mtimeMs, version: { stamp: `${size} ${ino} ${mtimeMs} ${ctimeMs}`, touched: Math.max(mtimeMs, ctimeMs) } };
  } catch {
    return null;
  }
}

function list(directory: string): HostEntry[] | null {
  try {
    return readdirSync(directory, { withFileTypes: true }).map((entry): HostEntry => {
      const link = entry.isSymbolicLink();
      const kind: EntryKind = link ? (stat(joinPath(directory, entry.name))?.kind ?? 'other') : entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
      return { name: entry.name, kind, link };
    }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function reasonOf(code: string, error: unknown): string {
  switch (code) {
    case 'EACCES': case 'EPERM': return 'permission denied';
    case 'ELOOP': return 'its links form a loop';
    case 'EMFILE': case 'ENFILE': return 'too many open files';
    case 'ENAMETOOLONG': return 'its name is too long';
    default: return error instanceof Error ? error.message : String(error);
  }
}
