// All analysis of an engine's packages: the world they share, their functions, the order of solving. Driven by engine.ts.
import { visitComponents } from '../../analysis/summaries.js';
import type { EngineEnvironment, Sources } from '../../analysis/language.js';
import { compareSites, type AllocationReport, type FunctionTotal } from '../../analysis/report.js';
import type { AllocationSite, FreePlace, Note, Problem } from '../../analysis/site.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../syntax/flatTree.js';
import { RustField } from '../../syntax/kinds/rust.generated.js';
import { SymbolTable } from '../../syntax/symbolTable.js';
import { Declarer } from './declare/declareFile.js';
import { ItemFlag, ItemKind } from './declare/facts.js';
import { expandTree, type ExpandedTree } from './declare/macroTree.js';
import { Words } from './declare/words.js';
import { SourceProvider, type StandardLibrary } from './layout/sourceProvider.js';
import type { LoadedFile } from './resolve/definitions.js';
import { Names } from './resolve/names.js';
import { Signatures } from './resolve/signatures.js';
import { World } from './resolve/world.js';
import { WorldProgram } from './resolve/worldProgram.js';
import type { JudgeContext, RustJudge, RustRuleSet, SolvedFunction } from './solve/contract.js';
import { inferBody } from './solve/infer/inferBody.js';
import { InherentIndex } from './solve/infer/methods.js';
import { Traits } from './types/traits.js';
import type { DefId } from './types/typeTable.js';

/** Bodies of dependencies that one solving may ask for; beyond, their effects stay unknown. */
const MAX_DEPENDENCY_BODIES = 4000;

/** Types, effects and findings of packages. */
export class UnitAnalysis {
  readonly symbols = new SymbolTable();
  readonly provider: SourceProvider;
  readonly world: World;
  readonly names: Names;
  readonly signatures: Signatures;
  readonly traits: Traits;
  readonly index: InherentIndex;
  readonly program: WorldProgram;
  readonly #judge: RustJudge;
  readonly #summaries = new Map<DefId, unknown>();
  readonly #functions = new Map<DefId, SolvedFunction | null>();
  readonly #expanded = new WeakMap<FlatTree, ExpandedTree>();
  readonly #scopes = new WeakMap<LoadedFile, ReadonlyMap<NodeIndex, DefId>>();
  readonly #solved = new Set<DefId>();
  readonly #packages = new Set<string>();
  readonly #reports = new Map<string, AllocationReport>();
  readonly context: JudgeContext;
  #dependencyBodies = 0;

  constructor(readonly environment: EngineEnvironment, rules: RustRuleSet, standard: (sources: Sources, symbols: SymbolTable) => StandardLibrary) {
    const words = new Words(this.symbols);
    this.provider = new SourceProvider(environment, new Declarer(this.symbols, words), standard(environment.sources, this.symbols));
    this.world = new World(this.symbols, words, this.provider, (declared) => this.provider.treeOf(declared));
    this.names = new Names(this.world);
    this.signatures = new Signatures(this.world, this.names);
    this.traits = new Traits(this.signatures);
    this.index = new InherentIndex(this.signatures);
    this.program = new WorldProgram(this.signatures, this.traits);
    this.#judge = rules.createJudge(this.program, environment.options.models);
    this.context = {
      program: this.program,
      summaryOf: (def) => this.#summaries.get(def) ?? null,
      setSummary: (def, summary) => this.#summaries.set(def, summary),
      functionOf: (def) => this.functionOf(def),
    };
  }

  /** Whether what is known still holds after a text changed; false means start anew. */
  textChanged(_path: string): boolean {
    return false;
  }

  /** Loaded files of a path. */
  filesAt(path: string): readonly LoadedFile[] {
    this.#load(path);
    const found = this.world.defs.files.filter((f) => f.path === path && f.expansionOf === 0 && f.declared !== null);
    if (found.length > 0) return found;
    const crate = this.world.load(path);
    return crate === null ? [] : this.world.defs.files.filter((f) => f.path === path && f.expansionOf === 0 && f.declared !== null);
  }

  #load(path: string): void {
    for (const name of ['core', 'alloc', 'std']) this.world.load(name);
    const owner = this.provider.layout.packageOf(path);
    if (owner === null || this.#packages.has(owner.directory)) return;
    this.#packages.add(owner.directory);
    for (const id of owner.crates) this.world.load(id);
  }

  /** The tree of a loaded file with the arguments of its macros. */
  expandedOf(tree: FlatTree): ExpandedTree {
    let expanded = this.#expanded.get(tree);
    if (expanded === undefined) {
      const parse = this.environment.parseFragment;
      expanded = expandTree(tree, parse === undefined ? null : (text) => parse('rust', text));
      this.#expanded.set(tree, expanded);
    }
    return expanded;
  }

  #blockScopes(file: LoadedFile): ReadonlyMap<NodeIndex, DefId> {
    let scopes = this.#scopes.get(file);
    if (scopes === undefined) {
      const made = new Map<NodeIndex, DefId>();
      const { code, items } = file.facts;
      for (let ordinal = 0; ordinal < items.length; ordinal++) if (code[items[ordinal] as number] === ItemKind.BlockScope) made.set(file.declared?.nodes[ordinal] ?? -1, file.defs[ordinal] as number);
      scopes = made;
      this.#scopes.set(file, scopes);
    }
    return scopes;
  }

  /** The function, constant or static with its types; null without a body at hand. */
  functionOf(def: DefId): SolvedFunction | null {
    if (def === 0) return null;
    let fn = this.#functions.get(def);
    if (fn !== undefined) return fn;
    this.#functions.set(def, null);
    fn = this.#infer(def);
    this.#functions.set(def, fn);
    return fn;
  }

  #infer(def: DefId): SolvedFunction | null {
    const { defs } = this.world;
    const kind = defs.kind(def);
    if (kind !== ItemKind.Function && kind !== ItemKind.Const && kind !== ItemKind.Static) return null;
    if ((defs.flags(def) & ItemFlag.HasBody) === 0) return null;
    const file = defs.fileOf(def);
    const tree = file.declared === null ? null : this.world.treeOf(file.declared);
    if (file.declared === null || tree === null) return null;
    const reported = this.world.crateOf(def).source.origin === 'workspace' && file.expansionOf === 0;
    if (!reported && this.#dependencyBodies++ > MAX_DEPENDENCY_BODIES) return null;
    const node = file.declared.nodes[defs.ordinalOf(def)] as number;
    if (tree.childByField(node, kind === ItemKind.Function ? RustField.Body : RustField.Value) === NO_NODE) return null;
    const body = inferBody(this.signatures, this.traits, this.index, this.expandedOf(tree), def, node, this.#blockScopes(file));
    return { def, name: this.program.pathOf(def), path: file.path, node, body, test: (defs.flags(def) & ItemFlag.Test) !== 0 || /(?:^|\/)(?:tests|benches|examples)\//.test(file.path), initialiser: kind !== ItemKind.Function, reported };
  }

  /** Functions, constants and statics written in a file. */
  functionsIn(file: LoadedFile): DefId[] {
    const found: DefId[] = [];
    const { code, items } = file.facts;
    for (let ordinal = 0; ordinal < items.length; ordinal++) {
      const kind = code[items[ordinal] as number];
      if ((kind === ItemKind.Function || kind === ItemKind.Const || kind === ItemKind.Static) && ((code[(items[ordinal] as number) + 2] as number) & ItemFlag.HasBody) !== 0) found.push(file.defs[ordinal] as number);
    }
    return found;
  }

  /** Solves effects of functions and of all they call, callees first. */
  #solve(roots: readonly DefId[]): void {
    const vertices: DefId[] = [];
    const number = new Map<DefId, number>();
    const add = (def: DefId): number => {
      let at = number.get(def);
      if (at === undefined) {
        at = vertices.length;
        vertices.push(def);
        number.set(def, at);
      }
      return at;
    };
    for (const root of roots) if (!this.#solved.has(root)) add(root);
    const offsets: number[] = [0];
    const targets: number[] = [];
    for (let i = 0; i < vertices.length; i++) {
      const fn = this.functionOf(vertices[i] as number);
      for (const callee of fn?.body.callees ?? []) {
        if (this.#solved.has(callee)) continue;
        const origin = this.program.originOf(callee);
        if (origin === 'std' || (origin === 'dependency' && !this.#judge.wantsBody(callee))) continue;
        targets.push(add(callee));
      }
      offsets.push(targets.length);
    }
    visitComponents({ count: vertices.length, offsets: Uint32Array.from(offsets), targets: Uint32Array.from(targets) }, (members) => {
      const solved: SolvedFunction[] = [];
      for (const member of members) {
        const fn = this.functionOf(vertices[member] as number);
        this.#solved.add(vertices[member] as number);
        if (fn !== null) solved.push(fn);
      }
      if (solved.length > 0) this.#judge.solveEffects(solved, this.context);
    });
  }

  report(path: string): AllocationReport | null {
    const source = this.environment.sources.file(path);
    if (source === null) return null;
    const known = this.#reports.get(path);
    if (known !== undefined && known.text === source.tree.text) return known;
    const sites: AllocationSite[] = [];
    const free: FreePlace[] = [];
    const notes: Note[] = [];
    const problems: Problem[] = source.problems.map((message) => ({ message, start: 0, end: 0 }));
    const functions: FunctionTotal[] = [];
    const file = this.filesAt(path)[0];
    if (file !== undefined && file.declared !== null) {
      const defs = this.functionsIn(file);
      this.#solve(defs);
      const solved: SolvedFunction[] = [];
      for (const def of defs) {
        const fn = this.functionOf(def);
        if (fn === null) continue;
        solved.push(fn);
        const found = this.#judge.check(fn, this.context);
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
      const found = this.#judge.checkFile({ path, tree: source.tree, types }, solved, this.context);
      sites.push(...found.sites);
      notes.push(...found.notes);
      problems.push(...found.problems);
    }
    sites.sort(compareSites);
    free.sort((a, b) => a.start - b.start || a.end - b.end);
    notes.sort((a, b) => a.start - b.start);
    const report: AllocationReport = { path, language: 'rust', text: source.tree.text, sites, free, notes, problems, functions };
    this.#reports.set(path, report);
    return report;
  }
}
