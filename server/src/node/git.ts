// Files of a git revision, read through `git` without a shell. Nothing of the repository is executed: no hooks, filters or pagers run.
import { execFileSync } from 'node:child_process';
import type { Revision } from '../cli/environment.js';
import { directoryOf, isWithin, joinPath, type FileStat, type Host, type HostEntry } from '../workspace/host.js';
import { absolutePath } from './host.js';

const READ = /(?:\.rs|\.go|(?:^|\/)(?:go\.mod|go\.work|go\.sum|Cargo\.toml|Cargo\.lock|heaplight\.json|\.gitignore|modules\.txt))$/;

/** The revision `name` of the repository that holds `directory`, over `host`; else a sentence that says why not. */
export function revisionOf(host: Host, directory: string, name: string): Revision | string {
  let top: string;
  try {
    top = absolutePath(git(directory, ['rev-parse', '--show-toplevel']).toString('utf8').trimEnd());
  } catch (error) {
    return isMissing(error) ? 'git is not installed; --base needs it.' : `${directory} is in no git repository; --base needs one.`;
  }
  if (name.startsWith('-')) return `"${name}" is no revision.`;
  let commit: string;
  try {
    commit = git(directory, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]).toString('utf8').trim();
  } catch {
    const shallow = ask(directory, ['rev-parse', '--is-shallow-repository']) === 'true';
    return `There is no revision "${name}" here${shallow ? '; the clone is shallow, fetch more of it (git fetch --unshallow)' : ''}.`;
  }
  try {
    return { name: commit.slice(0, 12), host: revisionHost(host, top, treeOf(top, commit)) };
  } catch (error) {
    return `The files of ${name} cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}.`;
  }
}

/** Contents of the files that an analysis reads, by absolute path; null for files that it does not read. */
function treeOf(top: string, commit: string): Map<string, Uint8Array | null> {
  const files = new Map<string, Uint8Array | null>();
  const wanted: { path: string; id: string }[] = [];
  for (const line of git(top, ['ls-tree', '-r', '-z', '--full-tree', commit]).toString('utf8').split('\0')) {
    const match = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    if (!match || match[1] === '120000') continue;
    const path = joinPath(top, match[3] ?? '');
    files.set(path, null);
    if (READ.test(path)) wanted.push({ path, id: match[2] ?? '' });
  }
  const output = git(top, ['cat-file', '--batch'], wanted.map(({ id }) => `${id}\n`).join(''));
  let at = 0;
  for (const { path } of wanted) {
    const newline = output.indexOf(10, at);
    const size = Number(/ (\d+)$/.exec(output.toString('latin1', at, newline))?.[1]);
    if (!Number.isInteger(size)) throw new Error('a file is missing from the repository');
    files.set(path, output.subarray(newline + 1, newline + 1 + size));
    at = newline + 1 + size + 1;
  }
  return files;
}

/** The revision's files below `top`, the machine's elsewhere. */
function revisionHost(host: Host, top: string, files: ReadonlyMap<string, Uint8Array | null>): Host {
  const directories = new Map<string, Map<string, HostEntry>>([[top, new Map()]]);
  for (const path of files.keys()) {
    let child = path;
    let kind: HostEntry['kind'] = 'file';
    for (let at = directoryOf(path); isWithin(top, at); at = directoryOf(at)) {
      const entries = directories.get(at) ?? new Map<string, HostEntry>();
      directories.set(at, entries);
      const name = child.slice(joinPath(at, '').length);
      entries.set(name, { name, kind, link: false });
      child = at;
      kind = 'directory';
      if (at === top) break;
    }
  }
  const stat = (path: string): FileStat | null => {
    if (path === joinPath(top, '.git') || !isWithin(top, path)) return host.stat(path);
    const bytes = files.get(path);
    if (bytes !== undefined) return { kind: 'file', size: bytes?.length ?? 0, modified: 0 };
    return directories.has(path) ? { kind: 'directory', size: 0, modified: 0 } : null;
  };
  return {
    ...host,
    stat,
    read(path, limit) {
      if (!isWithin(top, path) || path.startsWith(joinPath(top, '.git/'))) return host.read(path, limit);
      const bytes = files.get(path);
      if (bytes === undefined || bytes === null) return { kind: 'missing' };
      return bytes.length > limit ? { kind: 'tooLarge', size: bytes.length } : { kind: 'bytes', bytes };
    },
    list(directory) {
      if (!isWithin(top, directory)) return host.list(directory);
      const entries = directories.get(directory);
      return entries ? [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) : null;
    },
  };
}

function git(directory: string, args: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-C', directory, '--no-pager', '-c', 'core.fsmonitor=false', ...args], {
    ...(input === undefined ? {} : { input }), maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
  });
}

function ask(directory: string, args: readonly string[]): string | null {
  try {
    return git(directory, args).toString('utf8').trim();
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
