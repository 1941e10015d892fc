// Analyses one group of files in this thread, in small steps, and hands back projections. What a worker does; also what happens without workers.
import type { UnitId } from '../analysis/language.js';
import type { AllocationReport } from '../analysis/report.js';
import type { ContractFinding } from '../analysis/contracts/contracts.js';
import type { LanguageId } from '../syntax/grammar.js';
import { LineIndex } from '../syntax/lineIndex.js';
import type { EngineSet } from './engineSet.js';
import type { FileGroup } from './groups.js';
import type { Cancellation, Host } from './host.js';
import { Pacer } from './scheduler.js';
import type { SourceStore } from './sourceStore.js';

/** A file's result in a form that crosses threads. `json`, `extra` and `totals` are the projector's, each one line. */
export interface FileOutcome {
  readonly path: string;
  readonly language: LanguageId;
  readonly lines: number;
  readonly json: string;
  readonly extra: string;
  readonly totals: string;
  /** The same as UTF-8, where they are at hand as that. */
  readonly bytes?: OutcomeBytes;
}

/** Long texts of an outcome as UTF-8. */
export interface OutcomeBytes {
  readonly json: Uint8Array;
  readonly extra: Uint8Array;
}

/** Milliseconds of work; `analyzeMs` is all that is neither reading nor parsing. */
export interface WorkTimings {
  readonly readMs: number;
  readonly parseMs: number;
  readonly analyzeMs: number;
}

/** A group's result. */
export interface GroupOutcome {
  readonly group: string;
  /** In the order of the group's files. */
  readonly files: readonly FileOutcome[];
  /** Files of the units that the group imports. */
  readonly imports: readonly string[];
  readonly timings: WorkTimings;
}

/** Makes a report's text form. Injected: how reports look is no business of the workspace. */
export type Projector = (report: AllocationReport, findings: readonly ContractFinding[], lines: LineIndex, linesOf: (path: string) => LineIndex | null) => Pick<FileOutcome, 'json' | 'extra' | 'totals'>;

/** Runs groups one after another. */
export class GroupRunner {
  constructor(private readonly host: Host, private readonly sources: SourceStore, private readonly engines: EngineSet, private readonly projector: Projector, private readonly hold: () => void = () => undefined) {}

  /**
   * Analyses a group. Null when cancelled. Never rejects.
   * @param more whether other groups follow, or are done elsewhere
   * @param onFile told before a file is worked on and after it is done, so that a death can be laid to a file
   */
  async run(group: FileGroup, cancellation: Cancellation, more: boolean, onFile: (path: string, outcome: FileOutcome | null) => void = () => undefined): Promise<GroupOutcome | null> {
    const { host, sources, engines } = this;
    const pacer = new Pacer(host);
    const before = { ...sources.timings };
    let busy = 0;
    let since = host.now();
    const breathe = async (): Promise<void> => {
      busy += host.now() - since;
      await pacer.breathe();
      this.hold(); // while a pause lasts
      since = host.now();
    };
    sources.setInterrupt(cancellation);
    const files: FileOutcome[] = [];
    const imports = new Set<string>();
    const asked = new Set<UnitId | null>([null]);
    for (const path of group.files) {
      onFile(path, null);
      const steps = engines.prepare(path);
      while (!cancellation.cancelled && steps.next().done !== true) if (pacer.due) await breathe();
      if (cancellation.cancelled) return null;
      const result = engines.report(path);
      if (cancellation.cancelled) return null;
      if (result === null) continue;
      const { report, findings } = result;
      const lines = new LineIndex(report.text);
      const { json, extra, totals } = this.projector(report, findings, lines, (other) => sources.linesOf(other));
      const outcome: FileOutcome = { path, language: report.language, lines: report.text === '' ? 0 : lines.lineCount - (report.text.endsWith('\n') ? 1 : 0), json, extra, totals };
      files.push(outcome);
      onFile(path, outcome);
      const unit = engines.unitOf(path);
      if (!asked.has(unit)) { // what a unit imports is the same for all its files
        asked.add(unit);
        for (const imported of engines.importedFiles(path)) imports.add(imported);
      }
      if (pacer.due) await breathe();
    }
    engines.release(group.files.filter((path) => sources.document(path) === null), more);
    busy += host.now() - since;
    const readMs = sources.timings.readMs - before.readMs;
    const parseMs = sources.timings.parseMs - before.parseMs;
    return { group: group.id, files, imports: [...imports].sort(), timings: { readMs, parseMs, analyzeMs: Math.max(0, busy - readMs - parseMs) } };
  }
}
