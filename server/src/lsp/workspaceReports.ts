// The report over the whole workspace: found, analysed in groups, kept as the files of the JSON report, and brought up to date file by file.
import { readProjection, type Projection } from '../features/report/projection.js';
import type { FileTotals } from '../features/report/document.js';
import type { FileJson } from '../features/report/fileReport.js';
import type { FindingJson } from '../features/report/sarif.js';
import type { LanguageOptions } from '../analysis/language.js';
import { commonDirectory, discover } from '../workspace/discovery.js';
import { groupFiles } from '../workspace/groups.js';
import type { Cancellation } from '../workspace/host.js';
import { ReportCache, type CacheStorage } from '../workspace/reportCache.js';
import { runGroups, type Progress } from '../workspace/run.js';
import type { ReadLimits } from '../workspace/sourceStore.js';
import type { Workspace } from '../workspace/workspace.js';
import type { Platform } from './platform.js';
import type { Reports } from './reports.js';

/** A file's part of the report. What a run made stays text until the view or an export asks for it. */
export class ProjectedFile {
  readonly sites: number;
  readonly lines: number;
  #text: Pick<Projection, 'json' | 'extra'> | null;
  #read: { readonly file: FileJson; readonly findings: readonly FindingJson[] } | null = null;

  constructor({ json, extra, totals }: Projection, lines: number) {
    this.#text = { json, extra };
    this.sites = (JSON.parse(totals) as FileTotals).sites;
    this.lines = lines;
  }

  get file(): FileJson {
    return this.#content.file;
  }

  get findings(): readonly FindingJson[] {
    return this.#content.findings;
  }

  get #content(): { readonly file: FileJson; readonly findings: readonly FindingJson[] } {
    if (this.#read === null) {
      const { file, extra } = readProjection(this.#text ?? { json: '', extra: '' });
      this.#read = { file, findings: extra.findings };
      this.#text = null;
    }
    return this.#read;
  }
}

/** Changed files that are brought up to date one by one; more of them want a new run. */
const FEW = 200;

/** Reports of all files of the workspace. */
export class WorkspaceReports {
  readonly #files = new Map<string, ProjectedFile>();
  readonly #stale = new Set<string>();
  #roots: readonly string[] = [];
  #storage: CacheStorage | null = null;
  #directory: string | null = null;

  constructor(private readonly platform: Platform, private readonly workspace: Workspace, private readonly reports: Reports) {}

  setRoots(roots: readonly string[]): void {
    this.#roots = roots;
    this.#files.clear();
  }

  /** Where reports are kept from one session to the next; null for nowhere. */
  setStorage(directory: string | null, storage: CacheStorage | null): void {
    this.#directory = directory;
    this.#storage = storage;
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  /** The directory that paths in reports are relative to. */
  get root(): string {
    return commonDirectory(this.#roots);
  }

  /** Says that a file changed. */
  changed(path: string): void {
    if (this.#files.size > 0) this.#stale.add(path);
  }

  /** Forgets everything, because options changed. */
  clear(): void {
    this.#files.clear();
    this.#stale.clear();
  }

  /** Analyses everything; what was done before a cancellation stays. */
  async run(options: LanguageOptions, limits: ReadLimits, workers: number, cancellation: Cancellation, onProgress: (progress: Progress) => void, ready: () => Promise<void>): Promise<{ readonly files: number; readonly sites: number; readonly cancelled: boolean }> {
    const { platform, workspace, root } = this;
    const languageOf = (path: string) => workspace.engines.languageOf(path);
    const found = await discover(platform.host, this.#roots, { isSource: (name) => languageOf(name) !== null, cancellation });
    const groups = groupFiles(platform.host, found.files, languageOf);
    const documents = workspace.sources.openDocuments().map(({ path, text, version }) => ({ path, text, version }));
    const projector = platform.projector(root);
    const executor = platform.executor({ root, groups, languageOptions: options, limits, workers, documents, cache: this.#directory }) ?? workspace.executor(projector);
    const cache = this.#storage === null ? null : new ReportCache(platform.host, this.#storage, {
      engine: platform.engine, options: JSON.stringify({ root, options, limits }), groups, textOf: (path) => workspace.sources.document(path)?.text ?? null, maxBytes: limits.maxBytes,
    });
    this.clear();
    try {
      const result = await runGroups({
        groups, executor, cache, cancellation, onProgress, ready, pause: () => platform.host.pause(), first: new Set(documents.map((document) => document.path)),
        onFile: (outcome) => { this.#files.set(outcome.path, new ProjectedFile(outcome, outcome.lines)); },
      });
      let sites = 0;
      for (const file of this.#files.values()) sites += file.sites;
      return { files: this.#files.size, sites, cancelled: result.cancelled || found.cancelled };
    } finally {
      await executor.dispose();
    }
  }

  /** The files of the last run, up to date, by path. Empty before a run. */
  async files(cancellation: Cancellation): Promise<readonly ProjectedFile[]> {
    if (this.#stale.size <= FEW) for (const path of [...this.#stale]) await this.#refresh(path, cancellation);
    this.#stale.clear();
    return [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  }

  /** One file's part of the report; null when it is no source. */
  async file(path: string, cancellation: Cancellation): Promise<ProjectedFile | null> {
    const view = await this.reports.view(path, cancellation);
    if (view === null) return null;
    const { report, lines, findings } = view;
    const projection = this.platform.projector(this.root)(report, findings, lines, (other) => this.workspace.sources.linesOf(other));
    return new ProjectedFile(projection, report.text === '' ? 0 : lines.lineCount);
  }

  async #refresh(path: string, cancellation: Cancellation): Promise<void> {
    this.#stale.delete(path);
    const exists = this.workspace.sources.document(path) !== null || this.platform.host.stat(path)?.kind === 'file';
    const file = exists ? await this.file(path, cancellation) : null;
    if (file === null) this.#files.delete(path);
    else if (this.#files.has(path) || this.#roots.some((root) => path.startsWith(`${root}/`))) this.#files.set(path, file);
  }
}
