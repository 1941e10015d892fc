// What the command line is given by its main: output, files, languages. No global state is read in this room.
import type { FactsStore, LanguageOptions, LanguagePlugin } from '../analysis/language.js';
import type { FileGroup } from '../workspace/groups.js';
import type { Host } from '../workspace/host.js';
import type { CacheStorage } from '../workspace/reportCache.js';
import type { GroupExecutor, OutcomeShelf } from '../workspace/run.js';
import type { ReadLimits } from '../workspace/sourceStore.js';
import type { Workspace } from '../workspace/workspace.js';
import type { ToolchainOptions } from './options.js';

/** What an executor is made for. */
export interface ExecutorRequest {
  readonly host: Host;
  readonly root: string;
  readonly groups: readonly FileGroup[];
  readonly languageOptions: LanguageOptions;
  readonly limits: ReadLimits;
  /** Threads; 0 for this one; null to choose. */
  readonly workers: number | null;
  /** Directory that keeps facts of libraries from one run to the next; null for none. */
  readonly cache: string | null;
}

/** An executor, or why there is none, with what is turned off. */
export interface ExecutorAnswer {
  readonly executor: GroupExecutor;
  /** Sentences to be shown once. */
  readonly warnings: readonly string[];
}

/** One unit that is to be analysed by itself. */
export interface UnitRequest {
  readonly directory: string;
  /** What paths are relative to; null for the root of the module or of cargo's workspace that the unit belongs to. */
  readonly root: string | null;
  readonly toolchains: ToolchainOptions;
  readonly facts: FactsStore;
  readonly limits: ReadLimits;
  readonly models: readonly unknown[];
}

/** A workspace that sees one unit and nothing else, under paths relative to the root. */
export interface UnitAnswer {
  readonly workspace: Workspace;
  /** The unit's sources, sorted. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

/** Files of a git revision. */
export interface Revision {
  /** Short hash for messages. */
  readonly name: string;
  /** The machine's files with those of the revision in place of the repository's. */
  readonly host: Host;
}

/** The outside of the command line. */
export interface CliEnvironment {
  readonly version: string;
  /** Identifies the engine, for caches. */
  readonly engine: string;
  readonly cwd: string;
  readonly host: Host;
  readonly plugins: readonly LanguagePlugin[];
  /** Absolute form of a path as a user writes it. */
  absolute(path: string): string;
  /** Text, or UTF-8 that nobody changes any more. */
  out(text: string | Uint8Array): void;
  err(text: string): void;
  /** Writes a file; null, or why it could not be written. */
  write(path: string, text: string): string | null;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Whether the user wants no colours whatever the terminal. */
  readonly noColor: boolean;
  /** What of the user's own words about toolchains cannot be followed; null when all can. */
  toolchainProblem(toolchains: ToolchainOptions): string | null;
  languageOptions(toolchains: ToolchainOptions, models: readonly unknown[]): LanguageOptions;
  executor(request: ExecutorRequest): Promise<ExecutorAnswer>;
  cache(directory: string): CacheStorage;
  /** Where files of a run wait for their turn. */
  shelf(): OutcomeShelf & { dispose(): void };
  /** A workspace that sees one unit and imported facts; null when the unit is not below the root. */
  unit(request: UnitRequest): Promise<UnitAnswer | null>;
  /** Files of a revision of the repository that holds `directory`; a sentence when there is none. */
  revision(directory: string, name: string): Revision | string;
  /** Serves the language server protocol over stdin and stdout. */
  serve(): Promise<number>;
}
