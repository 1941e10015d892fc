// Keeps the reports of a run across sessions, keyed by content. A record holds as long as its group, all that the group imports, the
// manifests, the options and the engine are the same. What cannot be read, or is of another engine, counts as not there.
// One index says which records hold, without reading them; a record is read when its files are wanted.
import { visitComponents } from '../analysis/summaries.js';
import type { FileOutcome, GroupOutcome } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import { directoryOf, joinPath, type Host } from './host.js';

/** A place that keeps texts by name; names may hold one slash. Nothing throws; a full or read-only disk loses the text and nothing else. */
export interface CacheStorage {
  read(name: string): string | null;
  write(name: string, text: string): void;
  /** Removes what lies in a folder beside the named texts. */
  prune(folder: string, names: ReadonlySet<string>): void;
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

interface Entry {
  /** Content of the group and of all that it reaches by imports. */
  readonly deep: string;
  /** Groups it imports from directly. */
  readonly imports: readonly string[];
  /** Hash of the record's text. */
  readonly record: string;
}

const INDEX = 'index';
const MANIFESTS = ['go.mod', 'go.work', 'go.sum', 'Cargo.toml', 'Cargo.lock'];

/** The cache of one run. */
export class ReportCache {
  readonly #content = new Map<string, string>();
  readonly #groupOf = new Map<string, string>();
  /** Records that hold, and those that this run made. */
  readonly #entries = new Map<string, Entry>();
  readonly #made = new Map<string, Omit<Entry, 'deep'>>();
  readonly #folder: string;
  readonly #base: string;

  constructor(private readonly host: Host, private readonly storage: CacheStorage, context: CacheContext) {
    for (const group of context.groups) {
      this.#content.set(group.id, contentOf(host, group, context));
      for (const path of group.files) this.#groupOf.set(path, group.id);
    }
    this.#folder = host.hash(context.options).slice(0, 16);
    this.#base = host.hash([context.engine, context.options, manifestsOf(host, context.groups), ...context.groups.map((group) => group.id)].join('\0'));
    this.#readIndex();
  }

  /** Whether a record of the group holds; it may still turn out to be damaged. */
  knows(group: FileGroup): boolean {
    return this.#entries.has(group.id);
  }

  /** The files of a group as they were reported last; null when the record is damaged. */
  load(group: FileGroup): readonly FileOutcome[] | null {
    const files = this.#readRecord(group.id);
    if (files === null) this.#entries.delete(group.id);
    return files;
  }

  /** Keeps what was computed. */
  keep(outcome: GroupOutcome): void {
    const imports = new Set<string>();
    for (const path of outcome.imports) {
      const id = this.#groupOf.get(path);
      if (id !== undefined && id !== outcome.group) imports.add(id);
    }
    const body = outcome.files.map(({ path, language, lines, json, extra, totals }) => `${JSON.stringify([path, language, lines])}\n${json}\n${extra}\n${totals}\n`).join('');
    this.storage.write(this.#nameOf(outcome.group), body);
    this.#made.set(outcome.group, { imports: [...imports].sort(), record: this.host.hash(body) });
  }

  /** Writes which records hold now. */
  finish(): void {
    if (this.#made.size === 0) return;
    const entries = new Map<string, Omit<Entry, 'deep'>>([...this.#entries, ...this.#made]);
    const deep = this.#deepContent(entries);
    const body = [...entries].map(([id, { imports, record }]) => JSON.stringify([id, deep.get(id) ?? '', imports, record])).join('\n');
    this.storage.write(`${this.#folder}/${INDEX}`, `${this.host.hash(`${this.#base}\n${body}`)}\n${body}`);
    this.storage.prune(this.#folder, new Set([INDEX, ...[...entries.keys()].map((id) => this.host.hash(id))]));
  }

  #readIndex(): void {
    const text = this.storage.read(`${this.#folder}/${INDEX}`);
    const newline = text?.indexOf('\n') ?? -1;
    if (text === null || newline < 0) return;
    const body = text.slice(newline + 1);
    if (this.host.hash(`${this.#base}\n${body}`) !== text.slice(0, newline)) return;
    const stored = new Map(body.split('\n').map((line) => {
      const [id, deep, imports, record] = JSON.parse(line) as [string, string, string[], string];
      return [id, { deep, imports, record } satisfies Entry] as const;
    }));
    const deep = this.#deepContent(stored);
    for (const [id, entry] of stored) if (deep.get(id) === entry.deep) this.#entries.set(id, entry);
  }

  /** For each group: what it and all that it reaches hold now. Groups that import one another share it. */
  #deepContent(entries: ReadonlyMap<string, Pick<Entry, 'imports'>>): Map<string, string> {
    const importsOf = (id: string): readonly string[] => entries.get(id)?.imports ?? [];
    const ids = [...new Set([...entries].flatMap(([id, { imports }]) => [id, ...imports]))].sort();
    const indexOf = new Map(ids.map((id, at) => [id, at]));
    const offsets = new Uint32Array(ids.length + 1);
    const targets: number[] = [];
    ids.forEach((id, at) => {
      for (const target of importsOf(id)) targets.push(indexOf.get(target) as number);
      offsets[at + 1] = targets.length;
    });
    const deep = new Map<string, string>();
    visitComponents({ count: ids.length, offsets, targets: Uint32Array.from(targets) }, (members) => {
      const parts = members.map((member) => `${ids[member] as string}\0${this.#content.get(ids[member] as string) ?? ''}`);
      const below = new Set(members.flatMap((member) => importsOf(ids[member] as string).flatMap((id) => deep.get(id) ?? [])));
      const hash = this.host.hash([...parts, ...[...below].sort()].join('\0'));
      for (const member of members) deep.set(ids[member] as string, hash);
    });
    return deep;
  }

  #nameOf(id: string): string {
    return `${this.#folder}/${this.host.hash(id)}`;
  }

  #readRecord(id: string): FileOutcome[] | null {
    const body = this.storage.read(this.#nameOf(id));
    if (body === null || this.host.hash(body) !== this.#entries.get(id)?.record) return null;
    const files: FileOutcome[] = [];
    for (let at = 0; at < body.length;) {
      const line = (): string => {
        const end = body.indexOf('\n', at);
        const part = body.slice(at, end);
        at = end + 1;
        return part;
      };
      const [path, language, lines] = JSON.parse(line()) as [string, FileOutcome['language'], number];
      files.push({ path, language, lines, json: line(), extra: line(), totals: line() });
    }
    return files;
  }
}

function contentOf(host: Host, group: FileGroup, { textOf, maxBytes }: CacheContext): string {
  const parts: string[] = [];
  for (const path of group.files) {
    const text = textOf(path);
    if (text !== null) parts.push(path, host.hash(text));
    else {
      const read = host.read(path, maxBytes);
      parts.push(path, read.kind === 'bytes' ? host.hash(read.bytes) : read.kind === 'tooLarge' ? `large ${read.size}` : read.kind);
    }
  }
  return host.hash(parts.join('\0'));
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
