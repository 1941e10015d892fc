// The port through which a session reaches its surroundings. Mains hand in an implementation: node/server.ts, browser/server.ts.
import type { LanguageOptions, LanguagePlugin } from '../analysis/language.js';
import type { Settings } from '../../../protocol/src/settings.js';
import type { FileGroup } from '../workspace/groups.js';
import type { Projector } from '../workspace/groupRunner.js';
import type { Host } from '../workspace/host.js';
import type { CacheStorage } from '../workspace/reportCache.js';
import type { GroupExecutor } from '../workspace/run.js';
import type { Parsers, ReadLimits } from '../workspace/sourceStore.js';

/** Work for threads. */
export interface ExecutorRequest {
  readonly root: string;
  readonly groups: readonly FileGroup[];
  readonly languageOptions: LanguageOptions;
  readonly limits: ReadLimits;
  /** Threads wanted; 0 leaves it to the machine. */
  readonly workers: number;
  readonly documents: readonly { readonly path: string; readonly text: string; readonly version: number }[];
  /** Directory that keeps facts of libraries from one session to the next; null for none. */
  readonly cache: string | null;
}

/** What a session is made with. */
export interface Platform {
  readonly version: string;
  readonly host: Host;
  readonly plugins: readonly LanguagePlugin[];
  /** Loads the grammars; `assets` is what the client named in its options. Never rejects. */
  loadGrammars(assets: string | null): Promise<{ readonly parsers: Parsers; readonly failures: readonly string[] }>;
  languageOptions(settings: Settings, models: readonly unknown[]): LanguageOptions;
  /** Sentences about settings that name what is not there; left out where that cannot be told. */
  settingsProblems?(settings: Settings): readonly string[];
  projector(root: string): Projector;
  /** Threads for a run over the workspace; null when the session's own thread does it. */
  executor(request: ExecutorRequest): GroupExecutor | null;
  /** A directory that keeps texts for the next session; null where there is no disk. */
  storage(directory: string): CacheStorage | null;
  /** Identifies the engine, for what is kept. */
  readonly engine: string;
  /** Address of the page of the rules; null when it is not at hand. */
  readonly documentation: string | null;
  /** Runs something later; the result calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}
