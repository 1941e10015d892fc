// The Rust engine: a package is a unit; its functions are inferred, their effects solved callees first, their findings kept with the function.
import type { Change, EngineEnvironment, LanguageEngine, UnitFacts, UnitId } from '../../analysis/language.js';
import { unreadableReport, type AllocationReport } from '../../analysis/report.js';
import { takeTexts } from './engineEdits.js';
import { Declarations } from './engineShared.js';
import { UnitAnalysis } from './engineUnit.js';
import { FACTS_VERSION } from './facts/crateFacts.js';
import type { Package } from './layout/cargoLayout.js';
import { join } from './layout/paths.js';
import type { RustRuleSet } from './solve/contract.js';

/** Analyses packages of one thread. */
export class RustEngine implements LanguageEngine {
  readonly #declarations: Declarations;
  #analysis: UnitAnalysis;
  /** Files whose text changed since the last question. */
  readonly #dirty = new Set<string>();
  /** Increased when changes are taken in. */
  #state = 0;

  constructor(readonly environment: EngineEnvironment, readonly rules: RustRuleSet) {
    this.#declarations = new Declarations(environment);
    this.#analysis = this.#fresh();
  }

  #fresh(): UnitAnalysis {
    return new UnitAnalysis(this.environment, this.rules, this.#declarations);
  }

  unitOf(path: string): UnitId | null {
    if (!path.endsWith('.rs')) return null;
    const owner = this.#layout.packageOf(path);
    return owner === null ? path : unitId(owner);
  }

  get #layout(): Declarations['provider']['layout'] {
    return this.#declarations.provider.layout;
  }

  #packageOf(unit: UnitId): Package | null {
    return unit.endsWith('.rs') ? null : this.#layout.packageIn(unit === '.' ? '' : unit);
  }

  importsOf(unit: UnitId): readonly UnitId[] {
    const owner = this.#packageOf(unit);
    return owner === null ? [] : this.#layout.importsOf(owner).map((directory) => (directory === '' ? '.' : directory));
  }

  missingImportsOf(unit: UnitId): readonly string[] {
    const owner = this.#packageOf(unit);
    return owner === null ? [] : this.#layout.missingOf(owner);
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

  /** Links the package and solves the functions of the file: a key stroke costs the file that is looked at, not the package. */
  *prepare(unit: UnitId, path: string): Iterator<void> {
    for (let over = false; !over;) {
      const analysis = this.#present(unit);
      const state = this.#state;
      over = true;
      for (const step of analysis.steps(path)) {
        yield step;
        if (this.#dirty.size === 0 && this.#state === state) continue;
        over = false; // sources changed meanwhile: what is left may rest on what is gone
        break;
      }
    }
  }

  report(path: string): AllocationReport | null {
    const file = this.environment.sources.file(path);
    if (file === null) return null;
    try {
      return this.#present(this.unitOf(path) ?? path).report(path);
    } catch (error) {
      return unreadableReport(path, 'rust', file.tree.text, `The analysis of this file failed: ${error instanceof Error ? error.message : 'unknown reason'}`);
    }
  }

  /** The analysis with all changes taken in, and with the sources of a unit rather than its facts. */
  #present(unit: UnitId): UnitAnalysis {
    const directory = unit === '.' ? '' : unit;
    this.#declarations.provider.fromSources.add(directory);
    let valid = !this.#analysis.hasFactsOf(directory);
    valid &&= takeTexts(this.#analysis, this.#dirty);
    if (!valid || this.#dirty.size > 0) this.#state++;
    if (!valid) this.#analysis = this.#fresh();
    else if (this.#dirty.size > 0) this.#analysis.reports.clear();
    this.#dirty.clear();
    return this.#analysis;
  }

  factsOf(unit: UnitId): UnitFacts | null {
    const owner = this.#packageOf(unit);
    const facts = owner === null ? null : this.#present(unit).factsText(owner);
    return facts === null ? null : { language: 'rust', unit, name: facts.name, version: FACTS_VERSION, body: facts.body };
  }

  changed(change: Change): void {
    if (change.kind === 'text' && change.path.endsWith('.rs')) {
      this.#dirty.add(change.path);
      return;
    }
    this.#layout.clear();
    this.#declarations.provider.imported.clear();
    this.#dirty.clear();
    this.#state++;
    this.#analysis = this.#fresh();
  }

  release(unit: UnitId, asked: boolean): void {
    this.#analysis.release(unit === '.' ? '' : unit, asked);
  }
}

function unitId(owner: Package): UnitId {
  return owner.directory === '' ? '.' : owner.directory;
}
