// All analysis of an engine's packages: the world they share, and reports made of it. Driven by engine.ts; what an edit changes is worked out in
// engineEdits.ts.
import type { EngineEnvironment, UnitId } from '../../analysis/language.js';
import { compareSites, type AllocationReport, type FunctionTotal } from '../../analysis/report.js';
import { syntaxProblems } from '../../analysis/syntaxProblems.js';
import type { AllocationSite, FreePlace, Note, Problem } from '../../analysis/site.js';
import type { FlatTree } from '../../syntax/flatTree.js';
import { ItemKind, type DeclaredFile } from './declare/facts.js';
import { Bodies } from './engineBodies.js';
import { Effects } from './engineEffects.js';
import { MovableProgram, moveFindings, type KeptFindings } from './engineProgram.js';
import { type Declarations } from './engineShared.js';
import { FACTS_VERSION, type CrateHeader } from './facts/crateFacts.js';
import { detailsOf } from './facts/fileDetails.js';
import { isCallable, writeCrateFacts } from './facts/writeFacts.js';
import type { Package } from './layout/cargoLayout.js';
import { join, parentOf, relativeTo } from './layout/paths.js';
import type { SourceProvider } from './layout/sourceProvider.js';
import type { LoadedCrate } from './resolve/crates.js';
import type { LoadedFile } from './resolve/definitions.js';
import { Names } from './resolve/names.js';
import { Signatures } from './resolve/signatures.js';
import { World } from './resolve/world.js';
import type { FunctionFindings, RustJudge, RustRuleSet, SolvedFunction } from './solve/contract.js';
import { Traits } from './types/traits.js';
import type { DefId } from './types/typeTable.js';

/** Directories above a file without a manifest in which a root is looked for. */
const ROOT_LEVELS = 4;

/** A loaded file with its declarations. */
interface DeclaredSource {
  readonly file: LoadedFile;
  readonly declared: DeclaredFile;
}

/** Types, effects and findings of packages. */
export class UnitAnalysis {
  readonly provider: SourceProvider;
  readonly world: World;
  readonly names: Names;
  readonly signatures: Signatures;
  readonly traits: Traits;
  readonly program: MovableProgram;
  readonly bodies: Bodies;
  readonly effects: Effects;
  readonly #judge: RustJudge;
  /** Findings of functions, where each function was when it was inferred. */
  readonly findings = new Map<DefId, KeptFindings>();
  readonly #packages = new Set<string>();
  /** Files whose libraries were loaded. */
  readonly #lookedAt = new Set<string>();
  readonly reports = new Map<string, AllocationReport>();

  constructor(readonly environment: EngineEnvironment, rules: RustRuleSet, declarations: Declarations) {
    this.provider = declarations.provider;
    this.world = new World(declarations.symbols, declarations.words, this.provider, (declared) => this.provider.treeOf(declared));
    this.world.onLoaded = (crate) => this.#packAway(crate);
    this.names = new Names(this.world);
    this.signatures = new Signatures(this.world, this.names);
    this.traits = new Traits(this.signatures);
    this.program = new MovableProgram(this.signatures, this.traits);
    this.bodies = new Bodies(environment, this.provider, this.signatures, this.traits, this.program);
    this.#judge = rules.createJudge(this.program, environment.options.models);
    this.effects = new Effects(this.world, this.provider, this.program, this.bodies, this.#judge);
  }

  /** Declarations changed: answers made of them are forgotten, those about the standard library alone stay. */
  declarationsChanged(): void {
    this.traits.clear();
    this.bodies.index.clear();
    this.program.clear();
    this.#judge.declarationsChanged();
  }

  /** Whether a package came in as facts, so that its own sources cannot be reported on here. */
  hasFactsOf(unit: UnitId): boolean {
    return this.world.crates.some((crate) => crate.fromFacts && crate.source.origin === 'workspace' && crate.source.unit === unit);
  }

  /** Loaded files of a path with their text at hand. */
  filesAt(path: string): readonly LoadedFile[] {
    this.#load(path);
    const found = this.world.defs.filesAt(path);
    if (found.length > 0) return found;
    return this.world.load(path) === null ? [] : this.world.defs.filesAt(path);
  }

  /** The file as its package holds it; one that no module names is a crate of its own. The same whichever file was asked for first. */
  #fileOf(path: string): LoadedFile | undefined {
    const owner = this.provider.layout.packageOf(path);
    const crates = owner?.crates ?? this.#rootsAround(path);
    if (owner === null) for (const root of crates) this.world.load(root);
    const files = this.filesAt(path);
    const held = files.find((file) => crates.includes(this.#crateOf(file).source.id));
    if (held !== undefined) return held;
    if (owner === null) this.world.load(path);
    return this.world.defs.filesAt(path).find((file) => this.#crateOf(file).source.root === path) ?? files[0];
  }

  /** Where there is no manifest: files in and above the directory of a file that cargo would take for the root of its crate. */
  #rootsAround(path: string): readonly string[] {
    const roots: string[] = [];
    let directory = parentOf(path);
    for (let level = 0; level < ROOT_LEVELS; level++, directory = parentOf(directory)) {
      const names = new Set(this.environment.sources.list(directory).map((entry) => entry.name));
      for (const name of ['lib.rs', 'main.rs']) if (names.has(name)) roots.push(join(directory, name));
      if (roots.length > 0 || directory === parentOf(directory)) break;
    }
    return roots;
  }

  #load(path: string): void {
    this.#loadStandard();
    const owner = this.provider.layout.packageOf(path);
    if (owner !== null) this.#loadPackage(owner);
  }

  #loadStandard(): void {
    for (const name of ['core', 'alloc', 'std']) this.world.load(name);
  }

  /** Loads all crates of a package. */
  #loadPackage(owner: Package): void {
    if (this.#packages.has(owner.directory)) return;
    this.#packages.add(owner.directory);
    for (const id of owner.crates) this.world.load(id);
  }

  /** Of a dependency the declarations stay, in memory and in the store; its trees are read again where a body is wanted. */
  #packAway(crate: LoadedCrate): void {
    if (crate.source.origin !== 'dependency') return;
    this.#dropTrees(crate);
    const { unit, name } = crate.source;
    let text: string | null = null;
    const write = (): string => writeCrateFacts(this.world, crate, this.#header(crate), (path) => relativeTo(unit, path), null);
    // a store that keeps nothing reads nothing either
    this.environment.facts.save({ language: 'rust', unit, name, version: FACTS_VERSION, get body() { return text ??= write(); } });
  }

  #dropTrees(crate: LoadedCrate): void {
    const paths = new Set<string>();
    const files = crate.files.map((at) => this.world.defs.files[at] as LoadedFile);
    for (const file of files) file.details = detailsOf(this.world, file);
    for (const file of files) {
      file.declared = null;
      paths.add(file.path);
    }
    this.environment.sources.release?.(paths);
  }

  #header(crate: LoadedCrate): CrateHeader {
    const { name, key, edition, origin, root, unit } = crate.source;
    return {
      name, key, edition, origin: origin === 'std' ? 'dependency' : origin, root: relativeTo(unit, root), externs: this.provider.layout.externFacts(crate.source),
      inputs: origin === 'dependency' ? this.provider.inputsOf(crate.source) : '',
    };
  }

  /** Text of the facts of a package's library; null when it has none. Solves it first. */
  factsText(owner: Package): { readonly name: string; readonly body: string } | null {
    this.#load(owner.directory === '' ? 'Cargo.toml' : `${owner.directory}/Cargo.toml`);
    const crate = owner.crates.map((id) => this.world.load(id)).find((one) => one !== null && isLibrary(one));
    if (!crate) return null;
    this.#solveCrate(crate);
    return { name: crate.source.name, body: writeCrateFacts(this.world, crate, this.#header(crate), (path) => relativeTo(crate.source.unit, path), (def) => this.effects.summaryOf(def)) };
  }

  #solveCrate(crate: LoadedCrate): void {
    const all: DefId[] = [];
    for (const at of crate.files) all.push(...this.bodies.functionsIn(this.world.defs.files[at] as LoadedFile));
    this.effects.solve(all);
  }

  /** Frees trees, bodies and findings of a package; what others may ask of it stays. `asked` says that they will: then it is worked out while the trees are here. */
  release(unit: UnitId, asked: boolean): void {
    for (const crate of this.world.crates) {
      if (crate.source.unit !== unit || crate.source.origin !== 'workspace' || crate.fromFacts) continue;
      const files = crate.files.map((at) => this.world.defs.files[at] as LoadedFile);
      if (files.every((file) => file.declared === null)) continue;
      if (asked && isLibrary(crate)) this.effects.solve(files.flatMap((file) => this.bodies.functionsIn(file).filter((def) => isCallable(this.world, def))));
      for (const file of files) {
        this.reports.delete(file.path);
        for (const def of file.defs) {
          this.bodies.forget(def);
          this.findings.delete(def);
        }
      }
      this.#dropTrees(crate);
    }
    this.provider.forgetExpansions();
  }

  /** What the rules say of a function that is `delta` further on than where it was inferred. */
  #findingsOf(fn: SolvedFunction, delta: number): FunctionFindings {
    let kept = this.findings.get(fn.def);
    if (kept === undefined || !this.program.placesHold(kept.places, fn.path, delta)) {
      this.program.view(fn.path, delta);
      const found = this.#judge.check(fn, this.effects.context);
      kept = { found, places: this.program.askedPlaces() };
      this.program.view('', 0);
      this.findings.set(fn.def, kept);
    }
    return moveFindings(kept.found, fn.path, delta);
  }

  /** Does in small steps what the report of a file takes, so that its caller can yield between them. */
  *steps(path: string): Generator<void, void, void> {
    this.#loadStandard();
    const owner = this.provider.layout.packageOf(path);
    if (owner !== null && !this.#packages.has(owner.directory)) for (const id of owner.crates) yield* this.world.loadInSteps(id);
    this.#load(path);
    const source = this.environment.sources.file(path);
    if (source === null || this.reports.get(path)?.text === source.tree.text) return;
    const declared = this.#declared(path, source.tree);
    if (declared === null) return;
    if (!this.#lookedAt.has(path)) for (const [name, id] of this.#crateOf(declared.file).source.externs) if (namesCrate(source.tree.text, name)) yield* this.world.loadInSteps(id);
    this.#lookedAt.add(path);
    const defs = this.bodies.functionsIn(declared.file);
    yield* this.effects.steps(defs);
    for (const def of defs) {
      if (this.findings.has(def)) continue;
      this.#check(def, declared, source.tree);
      yield;
    }
  }

  #crateOf(file: LoadedFile): LoadedCrate {
    return this.world.crates[file.crate] as LoadedCrate;
  }

  /** A file as its package holds it, with what its present text declares; null for one that belongs nowhere. */
  #declared(path: string, tree: FlatTree): DeclaredSource | null {
    const file = this.#fileOf(path);
    const declared = file === undefined ? null : (file.declared ?? this.provider.declareTree(tree, path));
    if (file === undefined || declared === null) return null;
    file.declared = declared;
    return { file, declared };
  }

  /** A function of a file with what the rules say of it; null when it has no body at hand. */
  #check(def: DefId, { declared }: DeclaredSource, tree: FlatTree): { readonly fn: SolvedFunction; readonly found: FunctionFindings } | null {
    const fn = this.bodies.functionOf(def);
    if (fn === null) return null;
    return { fn, found: this.#findingsOf(fn, (tree.start[declared.nodes[this.world.defs.ordinalOf(def)] as number] as number) - (fn.body.tree.start[fn.node] as number)) };
  }

  report(path: string): AllocationReport | null {
    const source = this.environment.sources.file(path);
    if (source === null) return null;
    const known = this.reports.get(path);
    if (known !== undefined && known.text === source.tree.text) return known;
    const sites: AllocationSite[] = [];
    const free: FreePlace[] = [];
    const notes: Note[] = [];
    const problems: Problem[] = [...source.problems.map((message) => ({ message, start: 0, end: 0 })), ...syntaxProblems(source.tree)];
    const functions: FunctionTotal[] = [];
    const declared = this.#declared(path, source.tree);
    if (declared !== null) {
      const { file } = declared;
      if (file.owner === 0) for (const message of this.provider.layout.problemsOf(path)) problems.push({ message, start: 0, end: 0 });
      const defs = this.bodies.functionsIn(file);
      this.effects.solve(defs);
      const solved: SolvedFunction[] = [];
      for (const def of defs) {
        const checked = this.#check(def, declared, source.tree);
        if (checked === null) continue;
        const { fn, found } = checked;
        solved.push(fn);
        sites.push(...found.sites);
        free.push(...found.free);
        notes.push(...found.notes);
        problems.push(...found.problems);
        if (found.total !== null) functions.push(found.total);
      }
      const types: DefId[] = [];
      for (const def of file.defs) {
        const kind = this.world.defs.kind(def);
        if (kind === ItemKind.Struct || kind === ItemKind.Enum) types.push(def);
      }
      const found = this.#judge.checkFile({ path, tree: source.tree, types }, solved, this.effects.context);
      sites.push(...found.sites);
      notes.push(...found.notes);
      problems.push(...found.problems);
    }
    sites.sort(compareSites);
    free.sort((a, b) => a.start - b.start || a.end - b.end);
    notes.sort((a, b) => a.start - b.start);
    const report: AllocationReport = { path, language: 'rust', text: source.tree.text, sites, free, notes, problems, functions };
    this.reports.set(path, report);
    return report;
  }
}

/** Whether a text has a path that begins with a crate's name: most texts that do come to need that crate. */
function namesCrate(text: string, name: string): boolean {
  for (let at = text.indexOf(`${name}::`); at >= 0; at = text.indexOf(`${name}::`, at + 1)) if (at === 0 || !/\w/.test(text[at - 1] as string)) return true;
  return false;
}

/** Whether other crates can import a crate: programs, tests, examples and benchmarks are named by nobody. */
function isLibrary(crate: LoadedCrate): boolean {
  return crate.source.key !== crate.source.id;
}
