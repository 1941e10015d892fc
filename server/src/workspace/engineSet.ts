// The engines of one thread behind a guard: what an engine throws becomes a problem of the file it was asked about, and nothing else.
import { applyContracts, type ContractFinding } from '../analysis/contracts/contracts.js';
import type { Change, EngineEnvironment, FactsStore, LanguageEngine, LanguageOptions, LanguagePlugin, UnitFacts, UnitId } from '../analysis/language.js';
import { unreadableReport, type AllocationReport } from '../analysis/report.js';
import type { LanguageId } from '../syntax/grammar.js';
import type { Parsers, SourceStore } from './sourceStore.js';

/** A report with the contracts of its text applied. */
export interface FileResult {
  readonly report: AllocationReport;
  readonly findings: readonly ContractFinding[];
}

/** Everything an engine set is made with. */
export interface EngineSetOptions {
  readonly plugins: readonly LanguagePlugin[];
  readonly sources: SourceStore;
  readonly parsers: Parsers;
  readonly facts: FactsStore;
  readonly languageOptions: LanguageOptions;
}

/** Engines by language, made when first needed. */
export class EngineSet {
  readonly #engines = new Map<LanguageId, LanguageEngine>();
  readonly #faults = new Map<string, string>();
  #options: LanguageOptions;
  #parsedBefore = 0;

  constructor(private readonly environment: EngineSetOptions) {
    this.#options = environment.languageOptions;
  }

  /** Starts over with other options. */
  configure(options: LanguageOptions): void {
    this.#options = options;
    this.#engines.clear();
    this.#faults.clear();
  }

  /** The language that reads files of this name, or null. */
  languageOf(path: string): LanguageId | null {
    return this.#pluginOf(path)?.id ?? null;
  }

  changed(change: Change): void {
    this.#faults.clear();
    for (const [id, engine] of [...this.#engines]) this.#guard(id, () => engine.changed(change), undefined);
  }

  unitOf(path: string): UnitId | null {
    const plugin = this.#pluginOf(path);
    return plugin ? this.#guard(plugin.id, () => this.#engine(plugin).unitOf(path), null) : null;
  }

  /** Files of the units that the file's unit imports. */
  importedFiles(path: string): readonly string[] {
    const plugin = this.#pluginOf(path);
    if (!plugin) return [];
    return this.#guard(plugin.id, () => {
      const engine = this.#engine(plugin);
      const unit = engine.unitOf(path);
      return unit === null ? [] : engine.importsOf(unit).flatMap((imported) => engine.filesOf(imported));
    }, []);
  }

  /** Steps that bring the file's unit up to date. They never throw. */
  *prepare(path: string): Generator<void> {
    const plugin = this.#pluginOf(path);
    const unit = this.unitOf(path);
    if (!plugin || unit === null || this.#faults.has(path)) return;
    try {
      const steps = this.#engine(plugin).prepare(unit, path);
      while (steps.next().done !== true) yield;
    } catch (error) {
      this.#fault(plugin.id, path, error);
    }
  }

  /** The file's report, up to date. Null when no language reads such files. A file that cannot be analysed has one problem that says why. */
  report(path: string): FileResult | null {
    const plugin = this.#pluginOf(path);
    if (!plugin) return null;
    const { sources } = this.environment;
    const file = sources.file(path);
    const text = file?.tree.text ?? '';
    const fault = this.#faults.get(path);
    if (fault !== undefined) return { report: unreadableReport(path, plugin.id, text, fault), findings: [] };
    if (file === null) return { report: unreadableReport(path, plugin.id, sources.document(path)?.text ?? '', sources.failure(path) ?? 'The file cannot be read.'), findings: [] };
    try {
      const report = this.#engine(plugin).report(path) ?? unreadableReport(path, plugin.id, text, 'The file belongs to no package or crate.');
      const { report: contracted, findings } = applyContracts(withReadProblems(report, file.problems), file.tree.comments);
      return { report: contracted, findings };
    } catch (error) {
      this.#fault(plugin.id, path, error);
      return { report: unreadableReport(path, plugin.id, text, this.#faults.get(path) ?? ''), findings: [] };
    }
  }

  /** Units that a unit imports. */
  importsOf(language: LanguageId, unit: UnitId): readonly UnitId[] {
    const plugin = this.environment.plugins.find(({ id }) => id === language);
    return plugin ? this.#guard(language, () => this.#engine(plugin).importsOf(unit), []) : [];
  }

  /** Facts of a unit; null when there are none. */
  unitFacts(language: LanguageId, unit: UnitId): UnitFacts | null {
    const plugin = this.environment.plugins.find(({ id }) => id === language);
    return plugin ? this.#guard(language, () => this.#engine(plugin).factsOf(unit), null) : null;
  }

  /** UTF-16 units of text that were parsed since the engines started over. */
  get loaded(): number {
    return this.environment.sources.parsed - this.#parsedBefore;
  }

  /** Lets go of engines and of all trees; what is asked next is loaded anew. */
  startOver(): void {
    this.#engines.clear();
    this.environment.sources.releaseAll();
    this.#parsedBefore = this.environment.sources.parsed;
  }

  /** Says which files reports are wanted of, so that of all others declarations suffice; null for all. */
  expect(paths: ReadonlySet<string> | null): void {
    this.environment.sources.setWanted(paths);
  }

  /** Imports of the file's unit that lead nowhere. */
  missingImports(path: string): readonly string[] {
    const plugin = this.#pluginOf(path);
    const unit = this.unitOf(path);
    return plugin && unit !== null ? this.#guard(plugin.id, () => this.#engine(plugin).missingImportsOf?.(unit) ?? [], []) : [];
  }

  factsOf(path: string): UnitFacts | null {
    const plugin = this.#pluginOf(path);
    const unit = this.unitOf(path);
    return plugin && unit !== null ? this.#guard(plugin.id, () => this.#engine(plugin).factsOf(unit), null) : null;
  }

  /** Frees trees and bodies of the units of files, each unit once: what a unit holds is found by walking its directories. `asked` says that other units are still to be analysed. */
  release(paths: readonly string[], asked: boolean): void {
    const released = new Set<string>();
    for (const path of paths) {
      const plugin = this.#pluginOf(path);
      const unit = this.unitOf(path);
      if (!plugin || unit === null) continue;
      const key = `${plugin.id} ${unit}`;
      if (released.has(key)) continue;
      released.add(key);
      this.#guard(plugin.id, () => {
        const engine = this.#engine(plugin);
        this.environment.sources.release(engine.filesOf(unit));
        engine.release(unit, asked);
      }, undefined);
    }
  }

  #pluginOf(path: string): LanguagePlugin | undefined {
    return this.environment.plugins.find((plugin) => plugin.extensions.some((extension) => path.endsWith(extension)));
  }

  #engine(plugin: LanguagePlugin): LanguageEngine {
    let engine = this.#engines.get(plugin.id);
    if (!engine) {
      const { sources, parsers, facts } = this.environment;
      const parseFragment: EngineEnvironment['parseFragment'] = (language, text) => parsers.get(language)?.parseOnce(text) ?? null;
      engine = plugin.createEngine({ sources, facts, options: this.#options, parseFragment });
      this.#engines.set(plugin.id, engine);
    }
    return engine;
  }

  /** An engine that threw may hold half-done work: it is made anew, and the file is not tried again before something changes. */
  #fault(language: LanguageId, path: string, error: unknown): void {
    this.#faults.set(path, `Heaplight failed on this file: ${error instanceof Error ? error.message : String(error)}`);
    this.#engines.delete(language);
  }

  #guard<T>(language: LanguageId, work: () => T, otherwise: T): T {
    try {
      return work();
    } catch {
      this.#engines.delete(language);
      return otherwise;
    }
  }
}

function withReadProblems(report: AllocationReport, problems: readonly string[]): AllocationReport {
  const missing = problems.filter((message) => !report.problems.some((problem) => problem.message === message));
  return missing.length === 0 ? report : { ...report, problems: [...missing.map((message) => ({ message, start: 0, end: 0 })), ...report.problems] };
}
