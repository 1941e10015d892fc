// What the pool and its worker threads say to each other. Plain data only.
import type { LanguageOptions } from '../analysis/language.js';
import type { FileOutcome, WorkTimings } from '../workspace/groupRunner.js';
import type { FileGroup } from '../workspace/groups.js';
import type { ReadLimits } from '../workspace/sourceStore.js';

/** What a worker is started with. */
export interface WorkerSetup {
  /** Directory of the bundles, grammars and assets. */
  readonly distribution: string;
  /** Paths in reports are relative to it. */
  readonly root: string;
  readonly languageOptions: LanguageOptions;
  readonly limits: ReadLimits;
  /** One 32-bit word; not zero when the run is cancelled. */
  readonly cancelled: SharedArrayBuffer;
  /** Documents that are open with text of their own. */
  readonly documents: readonly { readonly path: string; readonly text: string; readonly version: number }[];
}

/** A request to a worker. */
export type ToWorker = { readonly type: 'run'; readonly group: FileGroup } | { readonly type: 'end' };

/** A message of a worker. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'begin'; readonly path: string }
  | { readonly type: 'file'; readonly outcome: FileOutcome }
  | { readonly type: 'done'; readonly imports: readonly string[]; readonly timings: WorkTimings }
  | { readonly type: 'cancelled' };
