// The Rust engine: a package is a unit; its functions are inferred, their effects solved callees first, their findings kept with the function.
import type { Change, EngineEnvironment, LanguageEngine, UnitFacts, UnitId } from '../../analysis/language.js';
import { unreadableReport, type AllocationReport } from '../../analysis/report.js';
import { join } from './layout/cargoLayout.js';
import { Declarations } from './engineShared.js';
import { UnitAnalysis } from './engineUnit.js';
import type { RustRuleSet } from './solve/contract.js';

/** Analyses packages of one thread. */
export class RustEngine implements LanguageEngine {
  readonly #declarations: Declarations;
  #unit: UnitAnalysis;

  constructor(readonly environment: EngineEnvironment, readonly rules: RustRuleSet) {
    this.#declarations = new Declarations(environment);
    this.#unit = this.#fresh();
  }

  #fresh(): UnitAnalysis {
    return new UnitAnalysis(this.environment, this.rules, this.#declarations);
  }

  unitOf(path: string): UnitId | null {
    if (!path.endsWith('.rs')) return null;
    const owner = this.#declarations.provider.layout.packageOf(path);
    return owner === null ? path : owner.directory === '' ? '.' : owner.directory;
  }

  importsOf(): readonly UnitId[] {
    return [];
  }

  filesOf(unit: UnitId): readonly string[] {
    if (unit.endsWith('.rs')) return [unit];
    const files: string[] = [];
    const visit = (directory: string, depth: number): void => {
      for (const entry of this.environment.sources.list(directory)) {
        const path = join(directory, entry.name);
        if (entry.kind === 'file') {
          if (entry.name.endsWith('.rs')) files.push(path);
        } else if (depth < 30 && entry.name !== 'target' && !entry.name.startsWith('.') && this.environment.sources.text(join(path, 'Cargo.toml')) === null) visit(path, depth + 1);
      }
    };
    visit(unit === '.' ? '' : unit, 0);
    return files.sort();
  }

  *prepare(unit: UnitId): Iterator<void> {
    for (const file of this.filesOf(unit)) {
      this.report(file);
      yield;
    }
  }

  report(path: string): AllocationReport | null {
    const file = this.environment.sources.file(path);
    if (file === null) return null;
    try {
      if (!this.#unit.refresh()) this.#unit = this.#fresh();
      return this.#unit.report(path);
    } catch (error) {
      return unreadableReport(path, 'rust', file.tree.text, `The analysis of this file failed: ${error instanceof Error ? error.message : 'unknown reason'}`);
    }
  }

  factsOf(unit: UnitId): UnitFacts | null {
    return { language: 'rust', unit, version: 1, body: '' };
  }

  changed(change: Change): void {
    if (change.kind === 'text' && change.path.endsWith('.rs')) return this.#unit.textChanged(change.path);
    this.#declarations.provider.layout.clear();
    this.#unit = this.#fresh();
  }

  release(): void {
    // trees belong to the sources; bodies go with the next change
  }
}
