// What a run hands its files to, and what it answers at the end; the files come from an analysis or from facts that were written before.
import type { Configuration } from '../analysis/contracts/configuration.js';
import type { FileOutcome, WorkTimings } from '../workspace/groupRunner.js';

/** What takes the files of a run. */
export interface FileSink {
  /** Told first: what paths in reports are relative to. */
  begin?(root: string): void;
  /** Told each file, in the order of paths. */
  file(outcome: FileOutcome): void;
}

/** A run whose files were handed on. */
export interface Visit {
  readonly configuration: Configuration;
  readonly configurationPath: string | null;
  readonly root: string;
  readonly paths: readonly string[];
  readonly timings: WorkTimings;
  /** Milliseconds from the start to the last file. */
  readonly totalMs: number;
}
