// What a running session holds: the workspace and its reports, the documents' paths, the settings.
import type { LanguageId } from '../syntax/grammar.js';
import { optionsForPaths } from '../analysis/language.js';
import type { RuleDocumentation } from '../analysis/rule.js';
import type { HoverContext } from '../features/hoverMarkdown.js';
import { loadConfiguration } from '../workspace/configuration.js';
import { LibraryFacts } from '../workspace/libraryFacts.js';
import { shortPath, type Cancellation } from '../workspace/host.js';
import type { Progress } from '../workspace/run.js';
import { DEFAULT_LIMITS, type ReadLimits } from '../workspace/sourceStore.js';
import { NO_FACTS, Workspace } from '../workspace/workspace.js';
import type { SourceParser } from '../syntax/parser.js';
import type { Configuration } from './configuration.js';
import { FirstLooks } from './firstLooks.js';
import { DocumentPaths } from './paths.js';
import type { Platform } from './platform.js';
import { Reports } from './reports.js';
import { WorkspaceReports } from './workspaceReports.js';

const WARM_UP_ROUNDS = 10;
/** A workspace run gives way to typing for this many milliseconds after the last change. */
const QUIET_MS = 300;
/** Facts of libraries are written so many milliseconds after the first of them became known. */
const WRITE_MS = 2000;

/** State of one session. */
export class SessionState {
  readonly paths: DocumentPaths;
  readonly workspace: Workspace;
  readonly reports: Reports;
  readonly all: WorkspaceReports;
  /** What hovers need to know. */
  readonly hoverContext: HoverContext;
  /** Settles when grammars, assets and settings are there; every answer waits for it. */
  ready: Promise<void> = Promise.resolve();
  /** When a document or file last changed, by the host's clock. */
  lastChange = -Infinity;
  readonly #parsers = new Map<LanguageId, SourceParser>();
  readonly #libraries: LibraryFacts;
  readonly #firstLooks: FirstLooks;
  #registry: string | null;
  #documentation: string | null;
  #models: readonly unknown[] = [];

  constructor(readonly platform: Platform, readonly configuration: Configuration) {
    const { plugins } = platform;
    this.paths = new DocumentPaths(plugins);
    const languageOptions = platform.languageOptions(configuration.settings, []);
    this.#registry = languageOptions.rust.registry;
    this.#libraries = new LibraryFacts(NO_FACTS, platform.host, platform.engine, () => (this.#registry === null ? [] : [this.#registry]));
    this.#libraries.onWaiting = () => { platform.after(WRITE_MS, () => void this.#writeFacts()); };
    this.workspace = new Workspace({ host: platform.host, plugins, parsers: this.#parsers, languageOptions, facts: this.#libraries });
    this.#firstLooks = new FirstLooks(this.workspace, () => this.#withoutLibraries());
    this.reports = new Reports(this.workspace, this.#firstLooks);
    this.all = new WorkspaceReports(platform, this.workspace, this.reports);
    this.#documentation = platform.documentation;
    const rules = new Map<string, RuleDocumentation>(plugins.flatMap((plugin) => plugin.rules.map((rule) => [rule.id, rule])));
    this.hoverContext = {
      uriOf: (path) => this.paths.uri(path),
      linesOf: (path) => this.workspace.sources.linesOf(path),
      nameOf: (path) => shortPath(this.all.root, path),
      rule: (id) => rules.get(id) ?? null,
      ruleUri: (id) => (this.#documentation === null ? null : `${this.#documentation}#${id.replace('/', '')}`),
    };
  }

  /** Where reports and facts of libraries are kept from one session to the next; null for nowhere. */
  setStorage(directory: string | null): void {
    const storage = directory === null ? null : this.platform.storage(directory);
    this.all.setStorage(directory, storage);
    this.#libraries.setStorage(storage);
  }

  /** One after another, while nobody types. */
  async #writeFacts(): Promise<void> {
    do {
      await this.quiet();
      await this.platform.host.pause();
    } while (this.#libraries.writeNext());
  }

  setDocumentation(uri: string): void {
    this.#documentation = uri;
  }

  /** Takes the grammars once they are loaded. */
  setParsers(parsers: ReadonlyMap<LanguageId, SourceParser>): void {
    for (const [id, parser] of parsers) this.#parsers.set(id, parser);
  }

  /** Parses a little in every language, so that the first document does not wait for code to be compiled. */
  async warmUp(): Promise<void> {
    await this.ready;
    for (const parser of this.#parsers.values()) {
      for (let round = 0; round < WARM_UP_ROUNDS; round++) parser.parseOnce(parser.profile.sample);
      await this.platform.host.pause();
    }
  }

  /** Resolves once nobody has typed for a moment. */
  async quiet(): Promise<void> {
    const { host, after } = this.platform;
    for (let left = QUIET_MS; left > 0;) {
      left = this.lastChange + QUIET_MS - host.now();
      const wait = left;
      if (wait > 0) await new Promise<void>((resolve) => { after(wait, resolve); });
    }
  }

  /** Reads `heaplight.json` and starts over with the present settings. The result is a sentence about a configuration that cannot be used, or null. */
  configure(): string | null {
    const loaded = this.all.root === '' ? null : loadConfiguration(this.platform.host, this.all.root);
    const failed = loaded !== null && 'error' in loaded;
    this.#models = loaded === null || failed ? [] : loaded.configuration.models;
    const options = this.#options();
    this.#registry = options.rust.registry;
    this.workspace.configure(options, this.limits());
    this.#firstLooks.reset();
    this.reports.invalidate();
    this.all.clear();
    return failed ? `${this.hoverContext.nameOf(loaded.path)} is not used: ${loaded.error}.` : null;
  }

  /** A workspace over the same files that knows of no libraries; null where the real one does not either. */
  #withoutLibraries(): Workspace | null {
    if (this.#registry === null) return null;
    const { host, plugins } = this.platform;
    const options = this.#options();
    return new Workspace({ host, plugins, parsers: this.#parsers, languageOptions: { ...options, rust: { ...options.rust, registry: null } }, limits: this.limits() });
  }

  limits(): ReadLimits {
    return { ...DEFAULT_LIMITS, maxBytes: this.configuration.settings['analysis.maxFileSize'] * 1024 * 1024 };
  }

  runWorkspace(cancellation: Cancellation, onProgress: (progress: Progress) => void): ReturnType<WorkspaceReports['run']> {
    return this.all.run(this.#options(), this.limits(), this.configuration.settings['analysis.workers'], cancellation, onProgress, () => this.quiet());
  }

  #options(): ReturnType<Platform['languageOptions']> {
    return optionsForPaths(this.platform.languageOptions(this.configuration.settings, this.#models), this.all.roots, []);
  }
}
