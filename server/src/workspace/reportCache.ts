// Keeps the reports of a run across sessions, keyed by content. A record holds as long as its group, all that the group imports, the
// manifests, the options and the engine are the same. What cannot be read, or is of another engine, counts as not there.
import type { GroupOutcome, FileOutcome } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import { directoryOf, joinPath, type Host } from './host.js';

/** A place that keeps texts by name. Nothing throws; a full or read-only disk loses the text and nothing else. */
export interface CacheStorage {
  read(name: string): string | null;
  write(name: string, text: string): void;
}

/** What a cache is made for. */
export interface CacheContext {
  /** Identifies the engine that made the reports. */
  readonly engine: string;
  /** All that decides a report beside content: options, root, models. */
  readonly options: string;
  readonly groups: readonly FileGroup[];
  /** Text of an open document, null for the disk's. */
  readonly textOf: (path: string) => string | null;
  /** Largest file that is read. */
  readonly maxBytes: number;
}

interface GroupRecord {
  readonly key: string;
  /** Groups it depends on, with their content then. */
  readonly imports: readonly (readonly [group: string, content: string])[];
  readonly files: readonly FileOutcome[];
}

const MANIFESTS = ['go.mod', 'go.work', 'go.sum', 'Cargo.toml', 'Cargo.lock'];

/** The cache of one run. */
export class ReportCache {
  readonly #content = new Map<string, string>();
  readonly #groupOf = new Map<string, string>();
  readonly #records = new Map<string, GroupRecord>();
  readonly #base: string;

  constructor(private readonly host: Host, private readonly storage: CacheStorage, private readonly context: CacheContext) {
    for (const group of context.groups) {
      this.#content.set(group.id, this.#contentOf(group));
      for (const path of group.files) this.#groupOf.set(path, group.id);
    }
    this.#base = host.hash([context.engine, context.options, manifestsOf(host, context.groups), ...context.groups.map((group) => group.id)].join('\0'));
  }

  /** The files of a group as they were reported last, or null. */
  load(group: FileGroup): readonly FileOutcome[] | null {
    const text = this.storage.read(this.#nameOf(group.id));
    if (text === null) return null;
    const record = this.#parse(text);
    if (record?.key !== this.#keyOf(group.id)) return null;
    if (record.imports.some(([id, content]) => this.#content.get(id) !== content)) return null;
    if (record.files.length !== group.files.length) return null;
    this.#records.set(group.id, record);
    return record.files;
  }

  /** Keeps what was computed. */
  save(outcomes: readonly GroupOutcome[]): void {
    const direct = new Map<string, Set<string>>();
    for (const outcome of outcomes) {
      const ids = new Set<string>();
      for (const path of outcome.imports) {
        const id = this.#groupOf.get(path);
        if (id !== undefined && id !== outcome.group) ids.add(id);
      }
      direct.set(outcome.group, ids);
    }
    for (const outcome of outcomes) {
      const reached = new Set<string>();
      const pending = [...(direct.get(outcome.group) ?? [])];
      for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
        if (reached.has(id)) continue;
        reached.add(id);
        for (const below of direct.get(id) ?? this.#records.get(id)?.imports.map(([known]) => known) ?? []) pending.push(below);
      }
      reached.delete(outcome.group);
      const record: GroupRecord = { key: this.#keyOf(outcome.group), imports: [...reached].sort().map((id) => [id, this.#content.get(id) ?? '']), files: outcome.files };
      const body = JSON.stringify(record);
      this.storage.write(this.#nameOf(outcome.group), `${this.host.hash(body)}\n${body}`);
    }
  }

  #keyOf(id: string): string {
    return this.host.hash(`${this.#base}\0${id}\0${this.#content.get(id) ?? ''}`);
  }

  #nameOf(id: string): string {
    return this.host.hash(`${this.context.options}\0${id}`);
  }

  #parse(text: string): GroupRecord | null {
    const newline = text.indexOf('\n');
    const body = text.slice(newline + 1);
    if (newline < 0 || this.host.hash(body) !== text.slice(0, newline)) return null;
    try {
      return JSON.parse(body) as GroupRecord;
    } catch {
      return null;
    }
  }

  #contentOf(group: FileGroup): string {
    const parts: string[] = [];
    for (const path of group.files) {
      const text = this.context.textOf(path);
      if (text !== null) parts.push(path, this.host.hash(text));
      else {
        const read = this.host.read(path, this.context.maxBytes);
        parts.push(path, read.kind === 'bytes' ? this.host.hash(read.bytes) : read.kind === 'tooLarge' ? `large ${read.size}` : read.kind);
      }
    }
    return this.host.hash(parts.join('\0'));
  }
}

/** Content of all manifests in and above the groups' directories. */
function manifestsOf(host: Host, groups: readonly FileGroup[]): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  for (const group of groups) {
    for (let at = group.directory; !seen.has(at); at = directoryOf(at)) {
      seen.add(at);
      for (const name of MANIFESTS) {
        const read = host.read(joinPath(at, name), 32 * 1024 * 1024);
        if (read.kind === 'bytes') parts.push(joinPath(at, name), host.hash(read.bytes));
      }
    }
  }
  return host.hash(parts.join('\0'));
}
