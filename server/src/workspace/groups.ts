// Groups files that are decided together, without reading them: a directory for Go, what lies under one Cargo.toml for Rust.
// A group may hold several units (a crate's tests and examples); it is what a worker takes, and what the cache keeps.
import type { LanguageId } from '../syntax/grammar.js';
import type { FoundFile } from './discovery.js';
import { directoryOf, joinPath, type Host } from './host.js';

/** Files for one worker at a time. */
export interface FileGroup {
  /** Language and directory; unique in a workspace. */
  readonly id: string;
  readonly language: LanguageId;
  readonly directory: string;
  /** Sorted by path. */
  readonly files: readonly string[];
  /** Bytes of all files, for balancing. */
  readonly size: number;
}

/** Groups files, in order of their ids. */
export function groupFiles(host: Host, files: readonly FoundFile[], languageOf: (path: string) => LanguageId | null): FileGroup[] {
  const crates = new Map<string, string>();
  const groups = new Map<string, { language: LanguageId; directory: string; files: string[]; size: number }>();
  for (const { path, size } of files) {
    const language = languageOf(path);
    if (language === null) continue;
    const own = directoryOf(path);
    const directory = language === 'rust' ? crateDirectory(host, own, crates) : own;
    const id = `${language}:${directory}`;
    const group = groups.get(id);
    if (group) {
      group.files.push(path);
      group.size += size;
    } else groups.set(id, { language, directory, files: [path], size });
  }
  return [...groups].map(([id, group]) => ({ id, ...group })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The nearest directory with a Cargo.toml, else the directory itself. */
function crateDirectory(host: Host, directory: string, known: Map<string, string>): string {
  const visited: string[] = [];
  for (let at = directory; ; at = directoryOf(at)) {
    const answer = known.get(at);
    if (answer !== undefined) {
      for (const one of visited) known.set(one, answer);
      return answer === '' ? directory : answer;
    }
    visited.push(at);
    if (host.stat(joinPath(at, 'Cargo.toml'))?.kind === 'file') {
      for (const one of visited) known.set(one, at);
      return at;
    }
    if (at === directoryOf(at) || at === '') break;
  }
  for (const one of visited) known.set(one, '');
  return directory;
}
