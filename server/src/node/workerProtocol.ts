// What the pool and its worker threads say to each other. Plain data only.
import type { MessagePort } from 'node:worker_threads';
import type { LanguageOptions } from '../analysis/language.js';
import type { WorkTimings } from '../workspace/groupRunner.js';
import type { ClaimPlan } from '../workspace/groupClaims.js';
import type { FileGroup } from '../workspace/groups.js';
import type { PackedFacts } from './keptFacts.js';
import type { PackedFile } from './packedOutcome.js';
import type { ReadLimits } from '../workspace/sourceStore.js';

/** What a worker is started with. */
export interface WorkerSetup {
  /** Directory of the bundles, grammars and assets. */
  readonly distribution: string;
  /** Paths in reports are relative to it. */
  readonly root: string;
  readonly languageOptions: LanguageOptions;
  readonly limits: ReadLimits;
  /** Documents that are open with text of their own. */
  readonly documents: readonly { readonly path: string; readonly text: string; readonly version: number }[];
  /** Directory that keeps facts of libraries from one run to the next; null or absent for none. */
  readonly cache?: string | null;
  /**
   * Where the worker is, for whoever finds it dead: the group and the position of the file in it that are worked on,
   * then those of the file that is read, which may be another's; -1 for none. Four words.
   */
  readonly place: SharedArrayBuffer;
  /** Through it come {@link PackedFacts} of units that other workers did; read when an engine asks. */
  readonly facts: MessagePort;
}

/** What is left of a group on which a worker died. */
export interface Remainder {
  readonly group: number;
  readonly files: readonly string[];
}

/** A request to a worker; groups are named by their index in the list from then on. */
export interface ToWorker {
  readonly groups: readonly FileGroup[];
  /** Memory of the claims that all workers share, and the number of this one. */
  readonly claims: SharedArrayBuffer;
  readonly owner: number;
  /** How all workers share the list, and which stretch of it is this one's. */
  readonly plan: ClaimPlan;
  readonly place: number;
  readonly redo: readonly Remainder[];
  /** Files that workers died on; they are not read again, by whatever imports them either. */
  readonly refuse: readonly string[];
}

/** A message of a worker. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'file'; readonly group: number; readonly outcome: PackedFile }
  | { readonly type: 'done'; readonly group: number; readonly imports: readonly string[]; readonly timings: WorkTimings }
  | { readonly type: 'facts'; readonly facts: PackedFacts }
  /** Nothing is left that it could take. */
  | { readonly type: 'idle' };
