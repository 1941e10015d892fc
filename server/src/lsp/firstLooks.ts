// First looks: reading what a package's libraries declare can take seconds the first time. Until that is done hints are those that the package's own
// code gives, of an engine that knows of no libraries; what only libraries tell is added afterwards.
import { viewOf, type ReportView } from '../features/reportView.js';
import type { Cancellation } from '../workspace/host.js';
import type { Workspace } from '../workspace/workspace.js';
import { Cancelled } from './guard.js';

/** Looks at documents before their whole reports are there. */
export class FirstLooks {
  #own: Workspace | null = null;
  /** Units of which there was a whole report. */
  readonly #known = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  #under = 0;

  /** @param make a workspace that knows of no libraries; null where none are at hand, so that there is nothing to wait for */
  constructor(private readonly workspace: Workspace, private readonly make: () => Workspace | null) {}

  /** Whether the whole report of a document may be long in coming. */
  wants(path: string): boolean {
    if (this.workspace.engines.languageOf(path) !== 'rust' || this.workspace.sources.document(path) === null) return false; // Go's libraries are read in no time
    const unit = this.workspace.engines.unitOf(path);
    return unit !== null && unit !== path && !this.#known.has(unit); // a file by itself has no libraries
  }

  /** What the package alone tells of a document as it is now; null when there is nothing to be told early. Rejects with {@link Cancelled}. */
  view(path: string, cancellation: Cancellation): Promise<ReportView | null> {
    this.#under++;
    const look = this.#turn.then(() => this.#look(path, cancellation)).finally(() => { this.#under--; });
    this.#turn = look.catch(() => undefined);
    return look;
  }

  /** Whether somebody waits for a look: then other work is put off. */
  get waitedFor(): boolean {
    return this.#under > 0;
  }

  /** Settles when the looks that are under way are done. */
  get over(): Promise<unknown> {
    return this.#turn;
  }

  /** There is a whole report of a document. */
  reported(path: string): void {
    const unit = this.workspace.engines.unitOf(path);
    if (unit !== null) this.#known.add(unit);
    this.#own = null;
  }

  /** Options changed: everything is read anew. */
  reset(): void {
    this.#known.clear();
    this.#own = null;
  }

  async #look(path: string, cancellation: Cancellation): Promise<ReportView | null> {
    if (cancellation.cancelled) throw new Cancelled();
    if (!this.wants(path)) return null;
    const own = (this.#own ??= this.make());
    if (own === null) return null;
    for (const { path: opened, text, version } of this.workspace.sources.openDocuments()) if (own.versionOf(opened) !== version) own.open(opened, text, version);
    if (!(await own.prepare(path, cancellation))) throw new Cancelled();
    const result = own.report(path);
    return result === null || result.report.text !== this.workspace.sources.document(path)?.text ? null : viewOf(result.report, result.findings);
  }
}
