// The workspace as a session sees it: documents go in, reports come out.
import type { FactsStore, LanguageOptions, LanguagePlugin } from '../analysis/language.js';
import { EngineSet, type FileResult } from './engineSet.js';
import { GroupClaims } from './groupClaims.js';
import { GroupDriver } from './groupDriver.js';
import { GroupRunner, type Projector } from './groupRunner.js';
import type { FileGroup } from './groups.js';
import type { Cancellation, Host } from './host.js';
import type { TextChange } from './openDocument.js';
import type { GroupExecutor } from './run.js';
import { Pacer, runSteps } from './scheduler.js';
import { SourceStore, type Parsers, type ReadLimits } from './sourceStore.js';

/** What a workspace is made with. */
export interface WorkspaceOptions {
  readonly host: Host;
  readonly plugins: readonly LanguagePlugin[];
  readonly parsers: Parsers;
  readonly languageOptions: LanguageOptions;
  readonly limits?: ReadLimits;
  readonly facts?: FactsStore;
}

/** Keeps nothing. */
export const NO_FACTS: FactsStore = { load: () => null, save: () => undefined };

/** One workspace in one thread. Reports are immutable; ask again after a change. */
export class Workspace {
  readonly sources: SourceStore;
  readonly engines: EngineSet;
  readonly #host: Host;

  constructor(options: WorkspaceOptions) {
    const { plugins } = options;
    const languageOf = (path: string): LanguagePlugin['id'] | null => plugins.find((plugin) => plugin.extensions.some((extension) => path.endsWith(extension)))?.id ?? null;
    this.#host = options.host;
    this.sources = new SourceStore(options.host, options.parsers, languageOf, options.limits);
    this.engines = new EngineSet({ plugins, sources: this.sources, parsers: options.parsers, facts: options.facts ?? NO_FACTS, languageOptions: options.languageOptions });
  }

  open(path: string, text: string, version: number): void {
    this.sources.open(path, text, version);
    this.engines.changed({ kind: 'text', path });
  }

  change(path: string, changes: readonly TextChange[], version: number): void {
    if (this.sources.change(path, changes, version)) this.engines.changed({ kind: 'text', path });
  }

  /** From now on the disk's text counts. */
  close(path: string): void {
    this.sources.close(path);
    this.engines.changed({ kind: 'text', path });
  }

  /** Version of an open document, else null. */
  versionOf(path: string): number | null {
    return this.sources.document(path)?.version ?? null;
  }

  /** Does in small steps what `report` would do at once; false when cancelled. */
  prepare(path: string, cancellation: Cancellation): Promise<boolean> {
    return runSteps(this.engines.prepare(path), new Pacer(this.#host), cancellation);
  }

  /** The file's report with its contracts applied; null when no language reads such files. */
  report(path: string): FileResult | null {
    return this.engines.report(path);
  }

  /** Something outside wrote, made, renamed or removed files. */
  filesChanged(events: readonly { readonly path: string; readonly kind: 'changed' | 'created' | 'deleted' }[]): void {
    for (const { path, kind } of events) {
      this.sources.forget(path);
      this.engines.changed(kind === 'changed' && this.engines.languageOf(path) !== null ? { kind: 'text', path } : { kind: 'files', path });
    }
  }

  /** Takes other options and starts over. */
  configure(languageOptions: LanguageOptions, limits?: ReadLimits): void {
    if (limits) this.sources.setLimits(limits);
    this.engines.configure(languageOptions);
  }

  /** An executor over this very thread, for hosts without workers. With facts, those that the workspace was made with, it lets go of what is done. */
  executor(projector: Projector, facts: FactsStore | null = null): GroupExecutor {
    const runner = new GroupRunner(this.#host, this.sources, this.engines, projector);
    return {
      width: 1,
      run: (groups, cancellation, hooks) => {
        const driver = new GroupDriver(runner, this.engines, groups, new GroupClaims(new ArrayBuffer(GroupClaims.bytes(groups.length))), facts);
        const driven = driver.drive(cancellation, {
          begin: () => undefined, file: () => undefined,
          done: (index, outcome) => hooks.done(groups[index] as FileGroup, outcome),
          ...(hooks.ready === undefined ? {} : { ready: hooks.ready }),
        });
        return driven.finally(() => { this.engines.expect(null); });
      },
      dispose: () => Promise.resolve(),
    };
  }
}
