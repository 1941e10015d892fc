// What one engine holds: layout, program, loader, solver, wired together; and what a change makes stale.
import type { Change, EngineEnvironment, UnitFacts, UnitId } from '../../analysis/language.js';
import { fileHead } from './declare/fileHead.js';
import { FactsReader } from './facts/factsReader.js';
import { writeUnitFacts } from './facts/factsWriter.js';
import { FACTS_VERSION, StandardFacts } from './facts/standardFacts.js';
import { Imports } from './layout/imports.js';
import { minorOf } from './layout/moduleFile.js';
import { joined, Modules } from './layout/modules.js';
import { Units } from './layout/units.js';
import { ReportBuilder } from './report.js';
import { Loader } from './resolve/loader.js';
import type { ObjectId } from './resolve/objects.js';
import type { ProgramFile } from './resolve/packages.js';
import { Program } from './resolve/program.js';
import type { SolveContext } from './solve/escapeContract.js';
import { Solver, type LaterStages } from './solve/solver.js';

/** Newest toolchain whose rules are known, as minor version. */
export const NEWEST_TOOLCHAIN = 27;
const NARROW = new Set(['386', 'arm', 'mips', 'mipsle', 'armbe']);

/** State of an engine. */
export class GoSession {
  readonly program: Program;
  readonly units: Units;
  readonly loader: Loader;
  readonly solver: Solver;
  readonly reports: ReportBuilder;
  readonly facts: FactsReader;
  readonly #modules: Modules;
  readonly #imports: Imports;
  #seen = new Map<UnitId, string>();
  #changedFiles = new Set<string>();
  #filesChanged = false;

  constructor(private readonly environment: EngineEnvironment, stages: LaterStages) {
    const { sources, options } = environment;
    const { goroot, modcache, goos, goarch } = options.go;
    const toolchain = minorOf(options.go.toolchain ?? '') ?? (goroot === null ? null : minorOf(sources.text(joined(goroot, 'VERSION')) ?? '')) ?? NEWEST_TOOLCHAIN;
    this.program = new Program(NARROW.has(goarch) ? 4 : 8);
    this.#modules = new Modules(sources);
    this.units = new Units(sources, this.#modules, { goos, goarch, release: toolchain }, goroot);
    const standard = new StandardFacts(() => sources.asset('go-std.facts'));
    const unitFacts = (unit: string): UnitFacts | null => {
      const facts = environment.facts.load('go', unit);
      return facts?.version === FACTS_VERSION ? facts : null;
    };
    this.facts = new FactsReader(this.program, standard, { body: (unit) => unitFacts(unit)?.body ?? null, package: (unit) => this.loader.packageOf(unit) });
    this.program.facts = this.facts;
    this.#imports = new Imports(sources, this.#modules, this.units, { goroot, modcache }, (path) => standard.has(path), (name) => unitFacts(name)?.unit ?? null);
    this.loader = new Loader(this.program, sources, this.units, this.#imports, (path) => this.facts.package(path), (unit) => this.facts.unitPackage(unit));
    const context: SolveContext = {
      world: this.program, constants: this.program, toolchain, goarch,
      summaryOf: (callee) => this.solver.summaryOf(callee),
      pathOf: (object) => this.program.files[this.program.objects.file[object] as number]?.path ?? null,
    };
    this.solver = new Solver(this.program, this.loader, stages, context, (object) => this.facts.summaryOf(object), (file) => this.#seenBy(file));
    this.reports = new ReportBuilder(this.program, this.solver, (object: ObjectId) => this.loader.bodyOf(object), this.facts);
  }

  /** Notes a change; nothing is read. */
  changed(change: Change, directory: string): void {
    if (change.kind === 'files' || !change.path.endsWith('.go')) {
      this.#filesChanged = true;
      this.units.forgetAll();
      this.#modules.forget();
      this.#imports.forget();
      return;
    }
    this.#changedFiles.add(change.path);
    void directory;
  }

  /** Brings declarations up to date with the sources. */
  refresh(): void {
    if (!this.#filesChanged && this.#changedFiles.size === 0) return;
    if (this.#filesChanged) {
      this.#filesChanged = false;
      this.loader.markAllStale();
      this.solver.unsettleAll();
    }
    for (const path of this.#changedFiles) {
      const unit = this.units.ofFile(path);
      if (unit === null || this.#clauseChanged(path, unit.packageName)) {
        this.units.forgetAll();
        this.#imports.forget();
        this.loader.markAllStale();
        this.solver.unsettleAll();
      } else this.loader.markStale(unit.id, path);
    }
    this.#changedFiles = new Set();
    const { declarations, files } = this.loader.refresh();
    if (declarations) {
      this.#seen = new Map();
      this.solver.unsettleAll();
    } else for (const file of files) this.solver.textChanged(file);
  }

  #clauseChanged(path: string, name: string): boolean {
    const text = this.environment.sources.sourceText(path);
    return text === null || fileHead(text).packageName !== name;
  }

  /** Units with sources that a unit imports. */
  importsOf(unit: UnitId): readonly UnitId[] {
    const of = this.units.byId(unit);
    if (of === null) return [];
    const found = new Set<UnitId>();
    if (of.base !== null) found.add(of.base);
    for (const path of this.#importPathsOf(unit)) {
      const target = this.#imports.resolve(of, path, false);
      if (target !== null && 'unit' in target) found.add(target.unit);
    }
    return [...found].sort();
  }

  /** Imports of a unit that lead nowhere. */
  missingImportsOf(unit: UnitId): readonly string[] {
    const of = this.units.byId(unit);
    if (of === null) return [];
    const missing: string[] = [];
    for (const path of this.#importPathsOf(unit)) if (path !== 'C' && path !== 'unsafe' && this.#imports.resolve(of, path) === null) missing.push(path);
    return missing.sort();
  }

  /** What the files of a unit import, each once: files of one package import much the same. */
  #importPathsOf(unit: UnitId): ReadonlySet<string> {
    const paths = new Set<string>();
    for (const file of this.loader.load(unit)?.package.files ?? []) for (const { path } of file.declared.imports) paths.add(path);
    return paths;
  }

  /** Whether the sources of a unit are asked for of which only facts were brought in. */
  isFromFacts(unit: UnitId): boolean {
    return this.facts.hasUnit(unit) || this.facts.hasUnit(this.units.byId(unit)?.base ?? '');
  }

  /** Hash of all declarations that code in a file can see and that were read: no code depends on others yet. */
  #seenBy(file: ProgramFile): string {
    return file.package.unit === null ? '' : this.#seenIn(file.package.unit);
  }

  #seenIn(unit: UnitId): string {
    const known = this.#seen.get(unit);
    if (known !== undefined) return known;
    this.#seen.set(unit, 'cycle');
    let hash = 0x811c9dc5;
    const mix = (text: string): void => {
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    };
    mix(this.loader.load(unit)?.hash ?? '');
    for (const imported of this.importsOf(unit)) mix(this.facts.hasUnit(imported) || !this.loader.isLoaded(imported) ? imported : this.#seenIn(imported));
    const seen = (hash >>> 0).toString(36);
    this.#seen.set(unit, seen);
    return seen;
  }

  /** Facts of a unit that was solved. */
  factsOf(unit: UnitId): UnitFacts | null {
    const loaded = this.loader.load(unit);
    if (loaded === null || unit !== loaded.unit.directory || loaded.unit.packageName === 'main') return null; // commands, tests and files for other platforms are imported by nobody
    return writeUnitFacts(this.program, loaded, (object) => this.solver.summaryOf(object), {
      explanations: this.reports.explanations, unitOfFacts: (pkg) => this.facts.unitOf(pkg),
    });
  }

  /** Frees what a unit holds beyond what others ask of it. */
  release(unit: UnitId): void {
    for (const file of this.loader.load(unit)?.package.files ?? []) file.columns = null;
  }
}
