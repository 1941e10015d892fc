// The contract between a language and everything above it. The workspace drives engines through this file alone;
// `analysis` never imports a language: plug-ins are handed in by the mains.
import type { FlatTree } from '../syntax/flatTree.js';
import type { LanguageId } from '../syntax/grammar.js';
import type { RuleDocumentation } from './rule.js';
import type { AllocationReport } from './report.js';

/** Names what is decided together: a Go package or a Rust crate. Stable within a workspace, comparable as a string. */
export type UnitId = string;

/** A source file with its present syntax. The same object for as long as the text is the same. */
export interface SourceFile {
  readonly path: string;
  readonly tree: FlatTree;
  /** What was left out while reading (bytes that are no UTF-8, a time limit), for the report. */
  readonly problems: readonly string[];
  /** Set where bodies were left out of the text that was parsed. */
  readonly outline?: true;
}

/** One entry of a directory. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
}

/**
 * All that an engine may ask of the outside. Paths use forward slashes and are what the workspace calls them; every call is synchronous
 * and answers null or nothing instead of throwing.
 */
export interface Sources {
  /** The present syntax of a source file (an open document, else the disk); null when it is missing or unreadable. */
  file(path: string): SourceFile | null;
  /**
   * The same as `file` for whoever needs declarations alone. Of a file that no report is wanted of, the outline is given: `blank` takes bodies out of its
   * text and leaves every position where it was.
   */
  declarations?(path: string, blank: (text: string) => string): SourceFile | null;
  /**
   * A file that is read for its declarations alone and then let go: parsed without the parts that `leftOut` gives (start and end of each, in order), and kept by nobody.
   * The whole file where it is at hand.
   */
  outline?(path: string, leftOut: (text: string) => readonly number[]): SourceFile | null;
  /** Text of a file that is not source (go.mod, Cargo.toml); null when missing or unreadable. */
  text(path: string): string | null;
  /** Text of a source file without its syntax, as `file` would have it; null when missing or unreadable. Not kept. */
  sourceText(path: string): string | null;
  /** Entries of a directory, sorted by name; empty when it is missing or unreadable. */
  list(directory: string): readonly DirectoryEntry[];
  /** Text of a file that ships with Heaplight (facts of a standard library); null when missing. */
  asset(name: string): string | null;
  /** Says that the trees of closed files are not needed for now; they are parsed again when asked for. */
  release?(paths: Iterable<string>): void;
}

/** Facts of a unit in their serialised form. Same unit, same imports, same bytes. */
export interface UnitFacts {
  readonly language: LanguageId;
  readonly unit: UnitId;
  /** What code that imports it calls it: an import path, a crate's name. */
  readonly name?: string;
  /** Increased when the form changes; facts of another version are not read. */
  readonly version: number;
  readonly body: string;
}

/** Keeps facts across engines, threads and runs. */
export interface FactsStore {
  /** Facts by a unit's id, else by its name. */
  load(language: LanguageId, unit: UnitId): UnitFacts | null;
  save(facts: UnitFacts): void;
}

/** Settings that decide what an engine assumes. */
export interface LanguageOptions {
  readonly go: {
    readonly goos: string;
    readonly goarch: string;
    /** Directory of the Go installation; null for none at hand. */
    readonly goroot: string | null;
    /** Directory of the module cache; null for none. */
    readonly modcache: string | null;
    /** `1.24` … `1.27`, or null for GOROOT's own version, else the newest known. */
    readonly toolchain: string | null;
  };
  readonly rust: {
    /** Directory of cargo's registry sources, `…/registry/src`; null for none. */
    readonly registry: string | null;
    /** Paths inside of the registry whose report is asked for: their packages are analysed like any workspace. */
    readonly asked?: readonly string[];
  };
  /** Rows a user adds in `heaplight.json`, as parsed; validated by the language that reads them. */
  readonly models: readonly unknown[];
}

/** The same options for a run over these paths, which hold these files. */
export function optionsForPaths(options: LanguageOptions, paths: readonly string[], files: readonly { readonly path: string }[]): LanguageOptions {
  const { registry } = options.rust;
  if (registry === null) return options;
  const inside = (path: string): boolean => path === registry || path.startsWith(`${registry}/`);
  const asked = paths.filter(inside);
  if (asked.length === 0 && files.some((file) => inside(file.path))) asked.push(registry);
  return asked.length === 0 ? options : { ...options, rust: { registry, asked: asked.sort() } };
}

/** What an engine is made with. */
export interface EngineEnvironment {
  readonly sources: Sources;
  readonly facts: FactsStore;
  readonly options: LanguageOptions;
  /** Parses a text that is no file of its own (the arguments of macros); null when it cannot. Without it such parts stay unread. */
  readonly parseFragment?: (language: LanguageId, text: string) => FlatTree | null;
}

/** What changed under an engine: the text of a file, or which files there are. */
export type Change = { readonly kind: 'text'; readonly path: string } | { readonly kind: 'files'; readonly path: string };

/** Analyses units of one language in one thread. Holds caches; every answer is a function of the sources alone. */
export interface LanguageEngine {
  /** The unit a file belongs to; null when it is not of this language. A file outside of any package or crate is a unit of its own. */
  unitOf(path: string): UnitId | null;
  /** Units that a unit imports and whose sources are at hand in the workspace, for scheduling. */
  importsOf(unit: UnitId): readonly UnitId[];
  /** Imports of a unit that lead to no sources, no facts and no standard library, as the code writes them; sorted. */
  missingImportsOf?(unit: UnitId): readonly string[];
  /** Source files of a unit, sorted. */
  filesOf(unit: UnitId): readonly string[];
  /**
   * Brings up to date, in small steps, what the report of a file of a unit takes, so that the caller can yield between them; stops early when
   * the caller stops asking. Sources may change between two steps.
   */
  prepare(unit: UnitId, path: string): Iterator<void>;
  /** The report of a file, up to date; does the work that `prepare` has not done. Null when the file is missing. */
  report(path: string): AllocationReport | null;
  /** Facts of a unit for those that import it; solves it first where needed. Null when there is no such unit, or none can import it. */
  factsOf(unit: UnitId): UnitFacts | null;
  /** Says that a file changed, appeared or vanished. Cheap; the work is done when something is asked. */
  changed(change: Change): void;
  /** Frees trees and bodies of a unit; what others may ask of it stays. `asked` says that other units are still to be analysed. */
  release(unit: UnitId, asked: boolean): void;
}

/** A language as the mains hand it to the workspace. */
export interface LanguagePlugin {
  readonly id: LanguageId;
  /** With the dot. */
  readonly extensions: readonly string[];
  readonly rules: readonly RuleDocumentation[];
  createEngine(environment: EngineEnvironment): LanguageEngine;
}
