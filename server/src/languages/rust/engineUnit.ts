// All analysis of an engine's packages: the world they share, their functions, the order of solving. Driven by engine.ts.
import { visitComponents } from '../../analysis/summaries.js';
import type { EngineEnvironment } from '../../analysis/language.js';
import { compareSites, type AllocationReport, type FunctionTotal } from '../../analysis/report.js';
import type { AllocationSite, FreePlace, Note, Problem } from '../../analysis/site.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../syntax/flatTree.js';
import { RustField } from '../../syntax/kinds/rust.generated.js';
import type { SymbolTable } from '../../syntax/symbolTable.js';
import { ItemFlag, ItemKind, type DeclaredFile } from './declare/facts.js';
import { expandTree, type ExpandedTree } from './declare/macroTree.js';
import { sameDeclarations, sameItem } from './engineChange.js';
import { MovableProgram, moveFindings } from './engineProgram.js';
import { type Declarations } from './engineShared.js';
import type { SourceProvider } from './layout/sourceProvider.js';
import type { LoadedFile } from './resolve/definitions.js';
import { Names } from './resolve/names.js';
import { Signatures } from './resolve/signatures.js';
import { World } from './resolve/world.js';
import type { FunctionFindings, JudgeContext, RustJudge, RustRuleSet, SolvedFunction } from './solve/contract.js';
import { inferBody } from './solve/infer/inferBody.js';
import { InherentIndex } from './solve/infer/methods.js';
import { Traits } from './types/traits.js';
import type { DefId } from './types/typeTable.js';

/** Bodies of dependencies that one solving may ask for; beyond, their effects stay unknown. */
const MAX_DEPENDENCY_BODIES = 20_000;
/** Trees of one file that its functions may hold on to. */
const MAX_TREES = 8;

/** Types, effects and findings of packages. */
export class UnitAnalysis {
  readonly symbols: SymbolTable;
  readonly provider: SourceProvider;
  readonly world: World;
  readonly names: Names;
  readonly signatures: Signatures;
  readonly traits: Traits;
  readonly index: InherentIndex;
  readonly program: MovableProgram;
  readonly #judge: RustJudge;
  readonly #summaries = new Map<DefId, unknown>();
  readonly #functions = new Map<DefId, SolvedFunction | null>();
  readonly #expanded = new WeakMap<FlatTree, ExpandedTree>();
  /** Findings that hold no place outside of their function, where the function was when it was inferred. */
  readonly #findings = new Map<DefId, FunctionFindings>();
  /** Files whose text changed since the last question. */
  readonly #dirty = new Set<string>();
  /** Functions whose text changed: the arguments of their macros are read alone. */
  readonly #edited = new Set<DefId>();
  /** Functions that call each other, themselves included. */
  readonly #recursive = new Set<DefId>();
  #effectChanged = false;
  #scopes = new WeakMap<LoadedFile, ReadonlyMap<NodeIndex, DefId>>();
  readonly #solved = new Set<DefId>();
  readonly #packages = new Set<string>();
  readonly #reports = new Map<string, AllocationReport>();
  readonly context: JudgeContext;
  #dependencyBodies = 0;

  constructor(readonly environment: EngineEnvironment, rules: RustRuleSet, declarations: Declarations) {
    this.symbols = declarations.symbols;
    this.provider = declarations.provider;
    this.world = new World(this.symbols, declarations.words, this.provider, (declared) => this.provider.treeOf(declared));
    this.names = new Names(this.world);
    this.signatures = new Signatures(this.world, this.names);
    this.traits = new Traits(this.signatures);
    this.index = new InherentIndex(this.signatures);
    this.program = new MovableProgram(this.signatures, this.traits);
    this.#judge = rules.createJudge(this.program, environment.options.models);
    this.context = {
      program: this.program,
      summaryOf: (def) => this.#summaries.get(def) ?? null,
      setSummary: (def, summary) => this.#summaries.set(def, summary),
      functionOf: (def) => this.functionOf(def),
    };
  }

  /** Notes that the text of a file changed. */
  textChanged(path: string): void {
    this.#dirty.add(path);
  }

  /** Takes in the changed texts. False when declarations changed, so that the analysis has to start from them. */
  refresh(): boolean {
    if (this.#dirty.size === 0) return true;
    const paths = [...this.#dirty];
    this.#dirty.clear();
    for (const path of paths) if (!this.#take(path)) return false;
    this.#reports.clear();
    return true;
  }

  #take(path: string): boolean {
    const files = this.world.defs.files.filter((f) => f.path === path && f.expansionOf === 0 && f.declared !== null);
    const source = this.environment.sources.file(path);
    if (source === null || files.length === 0) return false;
    const declared = this.provider.declareTree(source.tree);
    for (const file of files) {
      const before = file.declared;
      const old = before === null ? null : this.provider.treeOf(before);
      if (before === null || old === null || !sameDeclarations(before, old, declared, source.tree)) return false;
    }
    for (const file of files) this.#replace(file, declared, source.tree);
    return true;
  }

  /** Gives a file the nodes of its new text and forgets the functions that read otherwise. */
  #replace(file: LoadedFile, declared: DeclaredFile, tree: FlatTree): void {
    const before = file.declared as DeclaredFile;
    const old = this.provider.treeOf(before) as FlatTree;
    if (before === declared) return;
    file.declared = declared;
    this.#scopes.delete(file);
    const edited: DefId[] = [];
    const trees = new Set<FlatTree>();
    for (const def of this.functionsIn(file)) {
      const ordinal = this.world.defs.ordinalOf(def);
      const known = this.#functions.get(def);
      if (!sameItem(old, before.nodes[ordinal] as number, tree, declared.nodes[ordinal] as number)) edited.push(def);
      else if (known) trees.add(known.body.tree);
    }
    if (trees.size > MAX_TREES) {
      for (const def of this.functionsIn(file)) {
        this.#functions.delete(def);
        this.#findings.delete(def);
        this.#edited.delete(def);
      }
    }
    for (const def of edited) this.#resolveAgain(def, edited.length <= 3 && trees.size <= MAX_TREES);
  }

  /** Infers and solves a function with a new text; what its callers see decides whether they are solved again. */
  #resolveAgain(def: DefId, alone: boolean): void {
    const before = new Set(this.#functions.get(def)?.body.callees);
    this.#functions.delete(def);
    this.#findings.delete(def);
    if (alone) this.#edited.add(def);
    if (!this.#solved.has(def)) {
      if (this.#summaries.has(def)) this.#forgetEffects();
      return;
    }
    const added = (this.functionOf(def)?.body.callees ?? []).filter((callee) => !before.has(callee));
    if (this.#recursive.has(def) || added.some((callee) => this.#mayCall(callee, def))) return this.#forgetEffects();
    this.#solved.delete(def);
    this.#effectChanged = false;
    this.#solve([def], def);
    if (this.#effectChanged) this.#forgetEffects();
  }

  #mayCall(from: DefId, wanted: DefId): boolean {
    const seen = new Set<DefId>([from]);
    for (const def of seen) {
      if (def === wanted || (this.program.originOf(def) === 'workspace' && this.world.defs.kind(this.world.defs.parent(def)) === ItemKind.Trait)) return true;
      for (const callee of this.#functions.get(def)?.body.callees ?? []) seen.add(callee);
    }
    return false;
  }

  #forgetEffects(): void {
    this.#solved.clear();
    this.#summaries.clear();
    this.#findings.clear();
    this.#recursive.clear();
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

  #expandedAlone(tree: FlatTree, node: NodeIndex): ExpandedTree {
    const parse = this.environment.parseFragment;
    return this.#expanded.get(tree) ?? expandTree(tree, parse === undefined ? null : (text) => parse('rust', text), node, tree.next[node] as number);
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
    const expanded = this.#edited.has(def) ? this.#expandedAlone(tree, node) : this.expandedOf(tree);
    const body = inferBody(this.signatures, this.traits, this.index, expanded, def, node, this.#blockScopes(file));
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
  #solve(roots: readonly DefId[], watched: DefId = 0): void {
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
        if (callee === vertices[i]) this.#recursive.add(callee);
      }
      offsets.push(targets.length);
    }
    visitComponents({ count: vertices.length, offsets: Uint32Array.from(offsets), targets: Uint32Array.from(targets) }, (members) => {
      const solved: SolvedFunction[] = [];
      for (const member of members) {
        const fn = this.functionOf(vertices[member] as number);
        this.#solved.add(vertices[member] as number);
        if (members.length > 1) this.#recursive.add(vertices[member] as number);
        if (fn !== null) solved.push(fn);
      }
      if (solved.length > 0 && this.#judge.solveEffects(solved, this.context) && solved.some((fn) => fn.def === watched)) this.#effectChanged = true;
    });
  }

  /** What the rules say of a function that is `delta` further on than where it was inferred. */
  #findingsOf(fn: SolvedFunction, delta: number): FunctionFindings {
    let found = this.#findings.get(fn.def);
    if (found === undefined) {
      this.program.view(fn.path, delta);
      this.program.asked = 0;
      found = this.#judge.check(fn, this.context);
      this.program.view('', 0);
      if (this.program.asked === 0) this.#findings.set(fn.def, found);
    }
    return moveFindings(found, fn.path, delta);
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
        const found = this.#findingsOf(fn, (source.tree.start[(file.declared.nodes[this.world.defs.ordinalOf(def)]) as number] as number) - (fn.body.tree.start[fn.node] as number));
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
