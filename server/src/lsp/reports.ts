// Reports of documents as features read them, made once per state of the sources. Requests take turns, so that no two of them
// drive an engine's steps at one time; whoever is cancelled gives up its turn.
import { countsOf } from '../features/counts.js';
import { viewOf, type ReportView } from '../features/reportView.js';
import type { AllocationReport } from '../analysis/report.js';
import type { LineIndex } from '../syntax/lineIndex.js';
import type { Counts } from '../../../protocol/src/messages.js';
import type { Cancellation } from '../workspace/host.js';
import type { Workspace } from '../workspace/workspace.js';
import type { FirstLooks } from './firstLooks.js';
import { Cancelled } from './guard.js';

/** Views of reports over one workspace. */
export class Reports {
  readonly #views = new Map<string, { readonly state: number; readonly view: ReportView }>();
  #state = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly workspace: Workspace, private readonly firstLooks: FirstLooks) {}

  /** Says that something changed: texts, files, or options. */
  invalidate(): void {
    this.#state++;
  }

  /** Frees the view of a closed document. */
  forget(path: string): void {
    this.#views.delete(path);
  }

  /** The present view, or null when no language reads the file. Rejects with {@link Cancelled}. */
  async view(path: string, cancellation: Cancellation): Promise<ReportView | null> {
    const known = this.current(path);
    if (known) return known;
    const before = this.#turn;
    let done: () => void = () => undefined;
    this.#turn = new Promise((resolve) => { done = resolve; });
    try {
      await before;
      if (cancellation.cancelled) throw new Cancelled();
      return this.current(path) ?? await this.#compute(path, cancellation);
    } finally {
      done();
    }
  }

  /** The present view, or what can be told before it is there. `told` hears of the latter; whoever shows it asks again once there is a view. Rejects with {@link Cancelled}. */
  async early(path: string, cancellation: Cancellation, told: (view: ReportView) => void): Promise<ReportView | null> {
    const known = this.current(path);
    if (known || !this.firstLooks.wants(path)) return known ?? this.view(path, cancellation);
    const first = await this.firstLooks.view(path, cancellation);
    if (first === null || this.current(path) !== null) return this.view(path, cancellation);
    told(first);
    return first;
  }

  /** The view when it is up to date already; null otherwise. */
  current(path: string): ReportView | null {
    const known = this.#views.get(path);
    return known?.state === this.#state ? known.view : null;
  }

  counts(view: ReportView, uri: string): Counts {
    return countsOf(view, uri, this.workspace.versionOf(view.report.path));
  }

  async #compute(path: string, cancellation: Cancellation): Promise<ReportView | null> {
    const { firstLooks } = this;
    const givesWay: Cancellation = { get cancelled() { return cancellation.cancelled || firstLooks.waitedFor; } };
    do {
      while (firstLooks.waitedFor) await firstLooks.over;
      if (cancellation.cancelled) throw new Cancelled();
    } while (!(await this.workspace.prepare(path, givesWay)));
    const result = this.workspace.report(path); // the sources may have moved on while preparing: this answers for what they are now
    if (result === null) return null;
    this.firstLooks.reported(path);
    const known = this.#views.get(path);
    const view = known?.view.report === result.report ? known.view : viewOf(result.report, result.findings, this.#linesOf(result.report));
    this.#views.set(path, { state: this.#state, view });
    return view;
  }

  /** The open document's lines, which are kept up to date edit by edit; another text's are counted. */
  #linesOf({ path, text }: AllocationReport): LineIndex | undefined {
    const document = this.workspace.sources.document(path);
    return document?.text === text ? document.lines : undefined;
  }
}
