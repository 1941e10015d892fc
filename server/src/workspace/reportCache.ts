// Keeps the reports of a run across sessions, keyed by content. A record holds as long as its group, all that the group imports, the
// manifests, the options and the engine are the same. What cannot be read, or is of another engine, counts as not there.
// One index says which records hold, without reading them; a record is read when its files are wanted. Texts stay UTF-8 unless somebody asks for them.
import { visitComponents } from '../analysis/summaries.js';
import { ContentHashes, type ContentSources, type SeenContent } from './contentHashes.js';
import type { FileOutcome, GroupOutcome, OutcomeBytes } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import { directoryOf, joinPath, type Host } from './host.js';

/** A place that keeps content by name; names may hold one slash. Nothing throws; a full or read-only disk loses the content and nothing else. */
export interface CacheStorage {
  read(name: string): Uint8Array | null;
  write(name: string, content: Uint8Array): void;
  /** Removes what lies in a folder beside what is named. */
  prune(folder: string, names: ReadonlySet<string>): void;
  /** Says that a folder was used. Of the others, those go that were not used for long. */
  used(folder: string): void;
}

/** What a cache is made for. */
export interface CacheContext extends ContentSources {
  /** Identifies the engine that made the reports. */
  readonly engine: string;
  /** All that decides a report beside content: options, root, models. */
  readonly options: string;
  readonly groups: readonly FileGroup[];
}

interface Entry {
  /** Content of the group and of all that it reaches by imports. */
  readonly deep: string;
  /** Groups it imports from directly. */
  readonly imports: readonly string[];
  /** Hash of the record. */
  readonly record: string;
}

/** A line of the index: an entry, and the group's files as they were. */
type IndexLine = readonly [id: string, deep: string, imports: readonly string[], record: string, files: readonly SeenContent[]];

/** A file of a record; its texts follow the list of these, the JSON first. */
type RecordedFile = readonly [path: string, language: FileOutcome['language'], lines: number, totals: string, jsonBytes: number, extraBytes: number];

/** Of the index and of records. */
const FORMAT = '2';
const INDEX = 'index';
const MANIFESTS = ['go.mod', 'go.work', 'go.sum', 'Cargo.toml', 'Cargo.lock'];

/** The cache of one run. */
export class ReportCache {
  readonly #content = new Map<string, string>();
  readonly #files = new Map<string, readonly SeenContent[]>();
  readonly #learned: boolean;
  readonly #groupOf = new Map<string, string>();
  /** Records that hold, and those that this run made. */
  readonly #entries = new Map<string, Entry>();
  readonly #made = new Map<string, Omit<Entry, 'deep'>>();
  readonly #folder: string;
  readonly #base: string;

  constructor(private readonly host: Host, private readonly storage: CacheStorage, context: CacheContext) {
    this.#folder = host.hash(context.options).slice(0, 16);
    this.#base = host.hash([FORMAT, context.engine, context.options, manifestsOf(host, context.groups), ...context.groups.map((group) => group.id)].join('\0'));
    const stored = this.#readIndex();
    const hashes = new ContentHashes(host, context, stored.flatMap(([, , , , files]) => files));
    for (const group of context.groups) {
      const files = hashes.of(group);
      this.#files.set(group.id, files);
      this.#content.set(group.id, host.hash(files.flatMap(([path, , hash]) => [path, hash]).join('\0')));
      for (const path of group.files) this.#groupOf.set(path, group.id);
    }
    this.#learned = hashes.learned;
    const entries = new Map(stored.map(([id, deep, imports, record]) => [id, { deep, imports, record } satisfies Entry] as const));
    const deep = this.#deepContent(entries);
    for (const [id, entry] of entries) if (deep.get(id) === entry.deep) this.#entries.set(id, entry);
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
    const bytes = outcome.files.map((file) => file.bytes ?? { json: this.host.encode(file.json), extra: this.host.encode(file.extra) });
    const head = outcome.files.map(({ path, language, lines, totals }, i): RecordedFile => [path, language, lines, totals, bytes[i]?.json.length ?? 0, bytes[i]?.extra.length ?? 0]);
    const body = joined([this.host.encode(`${JSON.stringify(head)}\n`), ...bytes.flatMap(({ json, extra }) => [json, extra])]);
    this.storage.write(this.#nameOf(outcome.group), body);
    this.#made.set(outcome.group, { imports: [...imports].sort(), record: this.host.hash(body) });
  }

  /** Writes which records hold now. */
  finish(): void {
    this.storage.used(this.#folder);
    if (this.#made.size === 0 && !this.#learned) return;
    const entries = new Map<string, Omit<Entry, 'deep'>>([...this.#entries, ...this.#made]);
    const deep = this.#deepContent(entries);
    const body = [...entries].map(([id, { imports, record }]) => JSON.stringify([id, deep.get(id) ?? '', imports, record, this.#files.get(id) ?? []] satisfies IndexLine)).join('\n');
    this.storage.write(`${this.#folder}/${INDEX}`, this.host.encode(`${this.host.hash(`${this.#base}\n${body}`)}\n${body}`));
    this.storage.prune(this.#folder, new Set([INDEX, ...[...entries.keys()].map((id) => this.host.hash(id))]));
  }

  #readIndex(): readonly IndexLine[] {
    const bytes = this.storage.read(`${this.#folder}/${INDEX}`);
    const text = bytes === null ? '' : this.host.decode(bytes).text;
    const newline = text.indexOf('\n');
    if (newline < 0) return [];
    const body = text.slice(newline + 1);
    if (body === '' || this.host.hash(`${this.#base}\n${body}`) !== text.slice(0, newline)) return [];
    return body.split('\n').map((line) => JSON.parse(line) as IndexLine);
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
    let at = body.indexOf(NEWLINE) + 1;
    const take = (length: number): Uint8Array => body.subarray(at, (at += length));
    const head = JSON.parse(this.host.decode(body.subarray(0, at)).text) as RecordedFile[];
    return head.map(([path, language, lines, totals, json, extra]) => new RecordedOutcome(this.host, { path, language, lines, totals }, { json: take(json), extra: take(extra) }));
  }
}

const NEWLINE = 10;

/** An outcome as it lies in a record. */
class RecordedOutcome implements FileOutcome {
  readonly path: string;
  readonly language: FileOutcome['language'];
  readonly lines: number;
  readonly totals: string;

  constructor(private readonly host: Host, head: Pick<FileOutcome, 'path' | 'language' | 'lines' | 'totals'>, readonly bytes: OutcomeBytes) {
    ({ path: this.path, language: this.language, lines: this.lines, totals: this.totals } = head);
  }

  get json(): string {
    return this.host.decode(this.bytes.json).text;
  }

  get extra(): string {
    return this.host.decode(this.bytes.extra).text;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Content of all manifests in and above the groups' directories. */
function manifestsOf(host: Host, groups: readonly FileGroup[]): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  for (const group of groups) {
    for (let at = group.directory; !seen.has(at); at = directoryOf(at)) {
      seen.add(at);
      for (const name of MANIFESTS) {
        if (host.stat(joinPath(at, name)) === null) continue; // most are not there, and a failure to read costs more
        const read = host.read(joinPath(at, name), 32 * 1024 * 1024);
        if (read.kind === 'bytes') parts.push(joinPath(at, name), host.hash(read.bytes));
      }
    }
  }
  return host.hash(parts.join('\0'));
}
