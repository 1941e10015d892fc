// Tells the client what it did not ask for: counts and broken contracts of open documents, and that hints of other documents changed.
// Works a little after the last change, so that typing comes first.
import type { Connection } from 'vscode-languageserver';
import { contractDiagnostics } from '../features/contractDiagnostics.js';
import { allocationHints } from '../features/inlayHints.js';
import type { ReportView } from '../features/reportView.js';
import { METHODS, type ReportsChanged } from '../../../protocol/src/messages.js';
import type { Cancellation } from '../workspace/host.js';
import { Cancelled } from './guard.js';
import type { SessionState } from './sessionState.js';

/** Milliseconds after the last change. */
const QUIET_MS = 250;

/** What the client can do about changes it did not make. */
export interface RefreshAbilities {
  readonly hints: boolean;
  readonly lenses: boolean;
}

interface Announced {
  readonly version: number | null;
  readonly hints: string;
  readonly diagnostics: string;
}

/** Announces what changed. */
export class Announcer {
  readonly #announced = new Map<string, Announced>();
  #abilities: RefreshAbilities = { hints: false, lenses: false };
  #callOff: (() => void) | null = null;
  #round = 0;

  constructor(private readonly connection: Connection, private readonly state: SessionState) {}

  setAbilities(abilities: RefreshAbilities): void {
    this.#abilities = abilities;
  }

  /** Announces after a while without changes. */
  soon(): void {
    this.#callOff?.();
    const round = ++this.#round;
    const cancellation: Cancellation = { get cancelled() { return isOver(); } };
    const isOver = (): boolean => round !== this.#round;
    this.#callOff = this.state.platform.after(QUIET_MS, () => {
      this.#all(cancellation).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) this.connection.console.error(`announcing failed: ${error instanceof Error ? error.message : String(error)}`);
      });
    });
  }

  /** Asks the client for everything anew. */
  refresh(): void {
    if (this.#abilities.hints) void this.connection.languages.inlayHint.refresh().catch(() => undefined);
    if (this.#abilities.lenses) void this.connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  }

  /** Hints of a document that are shown before its report is there: they are asked for again when that says otherwise. */
  shown(path: string, view: ReportView): void {
    this.#announced.set(path, { version: this.state.workspace.versionOf(path), hints: this.#hintsOf(view), diagnostics: this.#announced.get(path)?.diagnostics ?? '[]' });
  }

  /** Whether hints can be shown early: whether the client can be told to ask again. */
  get canRefreshHints(): boolean {
    return this.#abilities.hints;
  }

  #hintsOf(view: ReportView): string {
    return allocationHints(view, null, { ...this.state.configuration.settings, 'hints.enabled': true }).map((hint) => `${hint.offset}${hint.label}`).join('\n');
  }

  closed(path: string, uri: string): void {
    if ((this.#announced.get(path)?.diagnostics ?? '[]') !== '[]') void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    this.#announced.delete(path);
  }

  stop(): void {
    this.#round++;
    this.#callOff?.();
  }

  async #all(cancellation: Cancellation): Promise<void> {
    await this.state.ready;
    let others = false;
    for (const path of this.state.paths.opened) {
      const view = await this.state.reports.view(path, cancellation);
      if (cancellation.cancelled) return;
      if (view !== null && this.#announce(path, view)) others = true;
    }
    if (others) this.refresh();
    void this.connection.sendNotification(METHODS.reportsChanged, { uri: null } satisfies ReportsChanged);
  }

  /** Whether the hints of a document changed that was not edited itself. */
  #announce(path: string, view: ReportView): boolean {
    const { state, connection } = this;
    const uri = state.paths.uri(path);
    const version = state.workspace.versionOf(path);
    const hints = this.#hintsOf(view);
    const found = contractDiagnostics(view).map((diagnostic) => ({ ...diagnostic, range: { start: { ...diagnostic.range.start }, end: { ...diagnostic.range.end } } }));
    const diagnostics = JSON.stringify(found);
    const before = this.#announced.get(path);
    this.#announced.set(path, { version, hints, diagnostics });
    if ((before?.diagnostics ?? '[]') !== diagnostics) void connection.sendDiagnostics({ uri, diagnostics: found, ...(version === null ? {} : { version }) });
    void connection.sendNotification(METHODS.counts, state.reports.counts(view, uri)).catch(() => undefined);
    return before !== undefined && before.version === version && before.hints !== hints;
  }
}
