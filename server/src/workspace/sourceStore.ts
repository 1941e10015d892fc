// What engines read: open documents first, else the disk. Decodes, guards and parses; remembers why a file could not be read.
import type { DirectoryEntry, SourceFile, Sources } from '../analysis/language.js';
import type { LanguageId } from '../syntax/grammar.js';
import type { SourceParser } from '../syntax/parser.js';
import { timeBudget } from '../syntax/guards.js';
import { LineIndex } from '../syntax/lineIndex.js';
import { parsePartial } from '../syntax/partial.js';
import { directoryOf, joinPath, NEVER_CANCELLED, type Cancellation, type Host } from './host.js';
import { OpenDocument, type TextChange } from './openDocument.js';

/** Limits on one file. */
export interface ReadLimits {
  /** Bytes; a larger file is one problem as a whole. */
  readonly maxBytes: number;
  /** Milliseconds that parsing one file may take. */
  readonly parseMs: number;
}

/** 8 MB and 20 seconds. */
export const DEFAULT_LIMITS: ReadLimits = { maxBytes: 8 * 1024 * 1024, parseMs: 20_000 };

/** Largest text of a file that is no source. */
const MANIFEST_LIMIT = 32 * 1024 * 1024;

/** Parsers by language; a language whose grammar could not be loaded is missing. */
export type Parsers = ReadonlyMap<LanguageId, SourceParser>;

/** The sources of one thread. */
export class SourceStore implements Sources {
  readonly #documents = new Map<string, OpenDocument>();
  readonly #files = new Map<string, SourceFile>();
  /** Of files that no report is wanted of: parsed without bodies. */
  readonly #outlines = new Map<string, SourceFile>();
  readonly #failures = new Map<string, string>();
  readonly #refused = new Set<string>();
  readonly #directories = new Map<string, readonly DirectoryEntry[]>();
  readonly #manifests = new Map<string, string | null>();
  readonly #lines = new Map<string, LineIndex | null>();
  #interrupt: Cancellation = NEVER_CANCELLED;
  /** Files that reports are wanted of; null for all. */
  #wanted: ReadonlySet<string> | null = null;
  /** Milliseconds spent so far. */
  readonly timings = { readMs: 0, parseMs: 0 };
  /** Told before a file is read and parsed, and with null afterwards. */
  onRead: ((path: string | null) => void) | null = null;
  /** UTF-16 units of text parsed from the disk so far. */
  parsed = 0;

  constructor(
    private readonly host: Host,
    private readonly parsers: Parsers,
    private readonly languageOf: (path: string) => LanguageId | null,
    private limits: ReadLimits = DEFAULT_LIMITS,
  ) {}

  /** Work for which the parser is stopped early; what it leaves unparsed is no failure. */
  setInterrupt(interrupt: Cancellation): void {
    this.#interrupt = interrupt;
  }

  /** Says which files reports are wanted of, null for all: of others outlines are made where declarations are asked for. */
  setWanted(paths: ReadonlySet<string> | null): void {
    this.#wanted = paths;
    this.#outlines.clear();
  }

  /** Lines of any file, for places that an explanation points to; null when it cannot be read. A few are kept. */
  linesOf(path: string): LineIndex | null {
    const document = this.#documents.get(path);
    if (document) return document.lines;
    const known = this.#lines.get(path);
    if (known !== undefined) return known;
    const text = this.#files.get(path)?.tree.text;
    let lines = text === undefined ? null : new LineIndex(text);
    if (text === undefined) {
      const read = this.host.read(path, this.limits.maxBytes);
      if (read.kind === 'bytes') lines = new LineIndex(this.host.decode(read.bytes).text);
    }
    if (this.#lines.size >= 32) this.#lines.clear();
    this.#lines.set(path, lines);
    return lines;
  }

  /** Takes other limits; files that failed are tried again. */
  setLimits(limits: ReadLimits): void {
    this.limits = limits;
    this.#failures.clear();
  }

  open(path: string, text: string, version: number): OpenDocument {
    this.close(path);
    const document = new OpenDocument(path, text, version);
    this.#documents.set(path, document);
    this.forget(path);
    return document;
  }

  /** False when no such document is open. */
  change(path: string, changes: readonly TextChange[], version: number): boolean {
    const document = this.#documents.get(path);
    document?.change(changes, version);
    this.#failures.delete(path);
    return document !== undefined;
  }

  close(path: string): void {
    this.#documents.get(path)?.dispose();
    this.#documents.delete(path);
    this.forget(path);
  }

  document(path: string): OpenDocument | null {
    return this.#documents.get(path) ?? null;
  }

  openDocuments(): readonly OpenDocument[] {
    return [...this.#documents.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Does not read a file any more, whatever asks for it: it brought down whoever did. */
  refuse(path: string): void {
    this.#refused.add(path);
    this.#files.delete(path);
  }

  /** Reads a file anew the next time it is asked for, and the directories above it too. */
  forget(path: string): void {
    this.#files.delete(path);
    this.#outlines.delete(path);
    this.#lines.delete(path);
    this.#failures.delete(path);
    this.#manifests.delete(path);
    for (let at = directoryOf(path); ; at = directoryOf(at)) {
      this.#directories.delete(at);
      if (at === '' || at === '/' || at === directoryOf(at)) break;
    }
    this.#directories.delete(path);
  }

  /** Frees the trees of closed files; they are parsed again when asked for. */
  release(paths: Iterable<string>): void {
    for (const path of paths) {
      this.#files.delete(path);
      this.#outlines.delete(path);
    }
  }

  /** Frees the trees of all closed files. */
  releaseAll(): void {
    this.#files.clear();
    this.#outlines.clear();
    this.#directories.clear();
  }

  /** Why `file` answered null, as a sentence; null when it did not. */
  failure(path: string): string | null {
    return this.#failures.get(path) ?? null;
  }

  file(path: string): SourceFile | null {
    const document = this.#documents.get(path);
    if (document) return this.#parseDocument(document);
    const known = this.#files.get(path);
    if (known) return known;
    const file = this.#load(path, null);
    if (file !== null) {
      this.#files.set(path, file);
      this.#outlines.delete(path);
    }
    return file;
  }

  declarations(path: string, blank: (text: string) => string): SourceFile | null {
    if (this.#wanted === null || this.#wanted.has(path) || this.#documents.has(path)) return this.file(path);
    const known = this.#outlines.get(path);
    if (known) return known;
    const file = this.#load(path, blank);
    if (file !== null) this.#outlines.set(path, file);
    return file;
  }

  outline(path: string, leftOut: (text: string) => readonly number[]): SourceFile | null {
    if (this.#documents.has(path)) return this.file(path);
    return this.#files.get(path) ?? this.#load(path, null, leftOut);
  }

  /** Reads and parses a file of the disk. */
  #load(path: string, blank: ((text: string) => string) | null, leftOut: (text: string) => readonly number[] = () => []): SourceFile | null {
    if (this.#failures.has(path)) return null;
    if (this.#refused.has(path)) return this.#fail(path, 'The file is not read: the analysis of it ended unexpectedly.');
    const language = this.languageOf(path);
    const parser = language === null ? undefined : this.parsers.get(language);
    if (!parser) return this.#fail(path, language === null ? 'Not a Rust or Go file.' : `The grammar of ${language} is missing or damaged.`);
    this.onRead?.(path);
    const started = this.host.now();
    const read = this.#read(path);
    const parsing = this.host.now();
    this.timings.readMs += parsing - started;
    if (typeof read === 'string') {
      this.onRead?.(null);
      return this.#fail(path, read);
    }
    const text = blank === null ? read.text : blank(read.text);
    const budget = this.#parseBudget(() => this.#interrupt.cancelled);
    const tree = parsePartial(text, leftOut(text), (part) => parser.parseOnce(part, budget));
    this.timings.parseMs += this.host.now() - parsing;
    this.onRead?.(null);
    if (tree === null) return this.#interrupt.cancelled ? null : this.#fail(path, this.#tooSlow());
    this.parsed += text.length;
    return { path, tree, problems: read.problems, ...(text === read.text ? {} : { outline: true as const }) };
  }

  sourceText(path: string): string | null {
    const document = this.#documents.get(path);
    if (document) return document.text;
    const known = this.#files.get(path);
    if (known) return known.tree.text;
    if (this.#failures.has(path) || this.#refused.has(path)) return null;
    const started = this.host.now();
    const read = this.#read(path);
    this.timings.readMs += this.host.now() - started;
    return typeof read === 'string' ? null : read.text;
  }

  text(path: string): string | null {
    const document = this.#documents.get(path);
    if (document) return document.text;
    const known = this.#manifests.get(path);
    if (known !== undefined) return known;
    const read = this.host.read(path, MANIFEST_LIMIT);
    const text = read.kind === 'bytes' ? this.host.decode(read.bytes).text : null;
    this.#manifests.set(path, text);
    return text;
  }

  list(directory: string): readonly DirectoryEntry[] {
    let entries = this.#directories.get(directory);
    if (!entries) {
      entries = this.#entriesOf(directory);
      this.#directories.set(directory, entries);
    }
    return entries;
  }

  asset(name: string): string | null {
    return this.host.asset(name);
  }

  /** The disk's entries, and documents that are open but not saved yet. */
  #entriesOf(directory: string): readonly DirectoryEntry[] {
    const entries: DirectoryEntry[] = [];
    for (const { name, kind } of this.host.list(directory) ?? []) if (kind !== 'other') entries.push({ name, kind });
    for (const document of this.#documents.values()) {
      if (directoryOf(document.path) !== directory) continue;
      const name = document.path.slice(joinPath(directory, '').length);
      if (!entries.some((entry) => entry.name === name)) entries.push({ name, kind: 'file' });
    }
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  #parseDocument(document: OpenDocument): SourceFile | null {
    if (document.parsed !== null) return document.parsed;
    const language = this.languageOf(document.path);
    const parser = language === null ? undefined : this.parsers.get(language);
    if (!parser) return this.#fail(document.path, language === null ? 'Not a Rust or Go file.' : `The grammar of ${language} is missing or damaged.`);
    if (document.text.length > this.limits.maxBytes) return this.#fail(document.path, this.#tooLarge(document.text.length));
    if (document.text.includes('\0')) return this.#fail(document.path, BINARY);
    const started = this.host.now();
    const file = document.file(parser, this.#parseBudget());
    this.timings.parseMs += this.host.now() - started;
    return file ?? this.#fail(document.path, this.#tooSlow());
  }

  #read(path: string): { text: string; problems: readonly string[] } | string {
    const read = this.host.read(path, this.limits.maxBytes);
    switch (read.kind) {
      case 'missing': return 'The file does not exist.';
      case 'unreadable': return `The file cannot be read: ${read.reason}.`;
      case 'tooLarge': return this.#tooLarge(read.size);
      case 'bytes': {
        if (read.bytes.includes(0)) return BINARY;
        const { text, malformed } = this.host.decode(read.bytes);
        return { text, problems: malformed ? ['Some bytes are not UTF-8; they were read as U+FFFD.'] : [] };
      }
    }
  }

  #fail(path: string, reason: string): null {
    this.#failures.set(path, reason);
    return null;
  }

  #tooLarge(size: number): string {
    return `The file is larger than the limit of ${megabytes(this.limits.maxBytes)} (${megabytes(size)}); it was not analysed.`;
  }

  /** What the parser asks whether it is to stop. */
  #parseBudget(cancelled?: () => boolean): () => boolean {
    return timeBudget(() => this.host.now(), this.limits.parseMs, cancelled).cancelled;
  }

  #tooSlow(): string {
    return `Parsing took longer than ${this.limits.parseMs / 1000} s; the file was not analysed.`;
  }
}

const BINARY = 'The file is binary; it was not analysed.';

function megabytes(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1)} MB`;
}
