// Brings units into a program: declares their files, keeps object numbers when files are declared again, tells when declarations changed.
import type { SourceFile, Sources, UnitId } from '../../../analysis/language.js';
import { blankBodies } from '../declare/blankBodies.js';
import { declareFile, type DeclaredFile, type DeclaredName } from '../declare/declaredFile.js';
import type { Imports } from '../layout/imports.js';
import type { GoUnit, Units } from '../layout/units.js';
import type { FlatTree, NodeIndex } from '../../../syntax/flatTree.js';
import { ObjectKind, Resolution, type ObjectId, type PackageId } from './objects.js';
import type { GoPackage, ProgramFile } from './packages.js';
import type { Program } from './program.js';

/** A function, method or initialiser of a loaded unit. */
export interface LoadedBody {
  readonly object: ObjectId;
  readonly file: ProgramFile;
  readonly node: NodeIndex;
  readonly isInitialiser: boolean;
}

/** A unit that was loaded. */
export interface LoadedUnit {
  readonly unit: GoUnit;
  readonly package: GoPackage;
  /** In order of files and positions. */
  bodies: readonly LoadedBody[];
  /** Hash of all that its files declare. */
  hash: string;
}

/** Names of symbols below it make the keys of methods. */
const KEY_SPAN = 1 << 24;

/** What declaring again found. */
export interface Refreshed {
  /** Declarations changed: everything resolved was forgotten. */
  readonly declarations: boolean;
  /** Files whose text changed, or may have, without that. */
  readonly files: readonly ProgramFile[];
}

/** Whether two versions of a file declare as many things of each sort. */
function sameShape(a: DeclaredFile, b: DeclaredFile): boolean {
  return a.types.length === b.types.length && a.constants.length === b.constants.length && a.variables.length === b.variables.length
    && a.functions.length === b.functions.length && a.initialisers.length === b.initialisers.length;
}

function fileKey(path: string, pkg: GoPackage): string {
  return `${pkg.index}:${path}`;
}

/** Loads units of one program. */
export class Loader {
  readonly #units = new Map<UnitId, LoadedUnit | null>();
  /** Units to look at again: the files whose text changed, null for everything. */
  readonly #stale = new Map<UnitId, Set<string> | null>();
  /** Packages of units, also of those that are gone: what comes back takes its place, so that a program does not grow by editing. */
  readonly #packages = new Map<UnitId, GoPackage>();
  /** Files by package and path. */
  readonly #files = new Map<string, ProgramFile>();
  /** Per package: objects by what names them, so that they keep their numbers when they are declared again. */
  readonly #keys = new Map<PackageId, Map<number | string, ObjectId>>();
  readonly #bodyOf = new Map<ObjectId, LoadedBody>();
  /** Files that were parsed without bodies; false for those whose bodies cannot be had. */
  readonly #outlined = new Map<ProgramFile, boolean>();

  constructor(
    private readonly program: Program, private readonly sources: Sources, private readonly units: Units, private readonly imports: Imports,
    private readonly factsPackage: (path: string) => PackageId, private readonly unitFactsPackage: (unit: UnitId) => PackageId,
  ) {}

  /** A file's text changed: it is declared again when its unit is asked for. */
  markStale(unit: UnitId, path: string): void {
    if (!this.#units.has(unit)) return;
    const paths = this.#stale.get(unit);
    if (paths) paths.add(path);
    else if (paths === undefined) this.#stale.set(unit, new Set([path]));
  }

  /** Which files there are changed: every unit is looked at again. */
  markAllStale(): void {
    for (const unit of this.#units.keys()) this.#stale.set(unit, null);
  }

  /** Declares again what is stale. */
  refresh(): Refreshed {
    let changed = false;
    const files: ProgramFile[] = [];
    for (const id of [...this.#stale.keys()].sort()) {
      const paths = this.#stale.get(id) ?? null;
      this.#stale.delete(id);
      const known = this.#units.get(id);
      if (known === undefined) continue;
      if (known !== null && paths !== null && this.#movedOnly(known, paths, files)) continue;
      const before = known?.hash ?? '';
      this.#units.delete(id);
      const now = this.#load(id, known?.package ?? null);
      if ((now?.hash ?? '') !== before) changed = true;
      else files.push(...(now?.package.files ?? []));
    }
    if (changed) this.program.forgetDeclarations();
    return { declarations: changed, files };
  }

  /** Declares files of a unit again whose declarations are what they were, at other places: false when they are not, or files are missing. */
  #movedOnly(loaded: LoadedUnit, paths: ReadonlySet<string>, into: ProgramFile[]): boolean {
    const moved: [ProgramFile, FlatTree, DeclaredFile][] = [];
    for (const path of paths) {
      const file = this.#files.get(fileKey(path, loaded.package));
      const source = this.sources.file(path);
      if (!file || source === null) return false;
      if (source.tree === file.tree) continue;
      const declared = declareFile(path, source.tree, this.program.symbols);
      if (declared.hash !== file.declared.hash || !sameShape(declared, file.declared)) return false;
      moved.push([file, source.tree, declared]);
    }
    for (const [file, tree, declared] of moved) {
      this.#move(file, tree, declared);
      into.push(file);
    }
    if (moved.length > 0) loaded.bodies = loaded.package.files.flatMap((file) => file.bodies);
    return true;
  }

  #move(file: ProgramFile, tree: FlatTree, declared: DeclaredFile): void {
    const { objects } = this.program;
    const { members } = file.package;
    const old = file.declared;
    const move = (name: number, from: NodeIndex, to: NodeIndex): void => {
      const object = members.get(name) ?? 0;
      if (object !== 0 && objects.file[object] === file.index && objects.node[object] === from) objects.node[object] = to;
    };
    // Last ones first: a place that was moved to must not be taken for one to move from.
    const each = (now: readonly DeclaredName[], before: readonly DeclaredName[]): void => {
      const forward = (now[0]?.valueNode ?? 0) <= (before[0]?.valueNode ?? 0);
      for (let k = 0; k < now.length; k++) {
        const i = forward ? k : now.length - 1 - k;
        move((now[i] as DeclaredName).name, (before[i] as DeclaredName).valueNode, (now[i] as DeclaredName).valueNode);
      }
    };
    each(declared.types, old.types);
    each(declared.constants, old.constants);
    each(declared.variables, old.variables);
    const nodes = [...declared.functions.map((fn) => fn.node), ...declared.initialisers].sort((a, b) => a - b);
    file.bodies = file.bodies.map((body, i) => {
      const moved: LoadedBody = { object: body.object, file, node: nodes[i] as NodeIndex, isInitialiser: body.isInitialiser };
      if (body.object !== 0 && !body.isInitialiser) {
        objects.node[body.object] = moved.node;
        this.#bodyOf.set(body.object, moved);
      }
      return moved;
    });
    file.tree = tree;
    file.declared = declared;
    file.columns = null;
    this.#outlined.delete(file);
  }

  /** Whether somebody asked for a unit before. */
  isLoaded(id: UnitId): boolean {
    return this.#units.has(id);
  }

  /** A unit, loaded; null when it does not exist. */
  load(id: UnitId): LoadedUnit | null {
    const known = this.#units.get(id);
    return known !== undefined ? known : this.#load(id, null);
  }

  /** A unit with all bodies, for a report; null when it does not exist. */
  loadWhole(id: UnitId): LoadedUnit | null {
    const loaded = this.load(id);
    if (loaded !== null && this.#outlined.size > 0) for (const file of loaded.package.files) this.#complete(file);
    return loaded;
  }

  /** The body that an object has in source, null for none. */
  bodyOf(object: ObjectId): LoadedBody | null {
    const body = this.#bodyOf.get(object);
    if (body === undefined) return null;
    return this.#complete(body.file) ? (this.#bodyOf.get(object) ?? null) : null;
  }

  /** Parses a file with its bodies that was parsed without them; false when that does not declare the same. */
  #complete(file: ProgramFile): boolean {
    const outlined = this.#outlined.get(file);
    if (outlined === undefined) return true;
    if (!outlined) return false;
    const source = this.sources.file(file.path);
    const declared = source === null ? null : declareFile(file.path, source.tree, this.program.symbols);
    if (source === null || declared === null || declared.hash !== file.declared.hash || !sameShape(declared, file.declared)) {
      this.#outlined.set(file, false);
      return false;
    }
    this.#move(file, source.tree, declared);
    const unit = file.package.unit === null ? null : this.#units.get(file.package.unit);
    if (unit) unit.bodies = unit.package.files.flatMap((one) => one.bodies);
    return true;
  }

  /** Unit of a package's files, null for facts. */
  unitOf(object: ObjectId): LoadedUnit | null {
    const file = this.program.files[this.program.objects.file[object] as number];
    return file?.package.unit ? this.load(file.package.unit) : null;
  }

  #load(id: UnitId, previous: GoPackage | null): LoadedUnit | null {
    const unit = this.units.byId(id);
    if (unit === null) {
      this.#units.set(id, null);
      return null;
    }
    const base = unit.base === null ? null : (this.load(unit.base)?.package ?? null);
    const pkg = previous ?? this.#packages.get(id) ?? this.program.addPackage({
      path: unit.importPath, name: unit.packageName, base, unit: id, find: null, isTest: unit.isTest, language: unit.module?.file.language ?? null,
      importer: (path) => this.#import(unit, path),
    });
    this.#packages.set(id, pkg);
    pkg.name = this.program.symbols.intern(unit.packageName);
    for (const file of pkg.files) for (const fn of file.declared.functions) if (fn.receiver !== 0) this.program.methods.get(pkg.members.get(fn.receiver) ?? 0)?.delete(fn.name);
    pkg.files = [];
    pkg.members = new Map();
    const hashes: string[] = [];
    const loaded: LoadedUnit = { unit, package: pkg, bodies: [], hash: '' };
    this.#units.set(id, loaded);
    const declared: ProgramFile[] = [];
    for (const path of unit.files) {
      const file = this.#declare(path, pkg);
      if (file === null) continue;
      declared.push(file);
      pkg.files.push(file);
      hashes.push(`${path}:${file.declared.hash}`);
    }
    for (const file of declared) this.#addNames(file, pkg);
    for (const file of declared) this.#addBodies(file, pkg);
    loaded.bodies = declared.flatMap((file) => file.bodies);
    loaded.hash = hashes.join();
    return loaded;
  }

  #import(unit: GoUnit, path: string): PackageId {
    const target = this.imports.resolve(unit, path);
    if (target === null) return -1;
    return 'facts' in target ? this.factsPackage(target.facts) : this.packageOf(target.unit);
  }

  /** Package of a unit: from its sources when they are loaded, else from its facts, else from its sources; -1 when it does not exist. */
  packageOf(unit: UnitId): PackageId {
    const loaded = this.#units.get(unit);
    if (loaded) return loaded.package.index;
    const facts = this.unitFactsPackage(unit);
    return facts >= 0 ? facts : (this.load(unit)?.package.index ?? -1);
  }

  #declare(path: string, pkg: GoPackage): ProgramFile | null {
    const source = this.sources.declarations === undefined ? this.sources.file(path) : this.sources.declarations(path, blankBodies);
    if (source === null) return null;
    const known = this.#files.get(fileKey(path, pkg));
    if (known) {
      if (known.tree === source.tree) return known;
      known.tree = source.tree;
      known.declared = declareFile(path, source.tree, this.program.symbols);
      known.imports = null;
      known.columns = null;
      this.#mark(known, source);
      return known;
    }
    const declared: DeclaredFile = declareFile(path, source.tree, this.program.symbols);
    const file: ProgramFile = { index: this.program.files.length, path, package: pkg, tree: source.tree, declared, imports: null, dots: [], columns: null, bodies: [] };
    this.program.files.push(file);
    this.#files.set(fileKey(path, pkg), file);
    this.#mark(file, source);
    return file;
  }

  #mark(file: ProgramFile, source: SourceFile): void {
    if (source.outline === true) this.#outlined.set(file, true);
    else this.#outlined.delete(file);
  }

  /** The object of a key: the same number whenever it is declared again. */
  #object(kind: ObjectKind, pkg: GoPackage, name: number, key: number | string, file: ProgramFile, node: NodeIndex): ObjectId {
    const { objects } = this.program;
    let keys = this.#keys.get(pkg.index);
    if (!keys) this.#keys.set(pkg.index, (keys = new Map()));
    let object = keys.get(key);
    if (object === undefined) {
      object = objects.add(kind, name, pkg.id);
      keys.set(key, object);
    }
    if (objects.kind[object] !== kind || objects.file[object] !== file.index) objects.state[object] = Resolution.Pending;
    objects.kind[object] = kind;
    objects.file[object] = file.index;
    objects.node[object] = node;
    return object;
  }

  #addNames(file: ProgramFile, pkg: GoPackage): void {
    const { objects } = this.program;
    const { blank } = this.program;
    const add = (kind: ObjectKind, name: number, node: NodeIndex): ObjectId => {
      if (name === blank || pkg.members.has(name)) return 0; // of duplicates the first holds
      const object = this.#object(kind, pkg, name, name, file, node);
      pkg.members.set(name, object);
      return object;
    };
    for (const type of file.declared.types) {
      const object = add(ObjectKind.Type, type.name, type.node);
      if (object !== 0) objects.flag[object] = file.tree.kind[type.node] === 114 ? 1 : 0;
    }
    for (const constant of file.declared.constants) {
      const object = add(ObjectKind.Const, constant.name, constant.valueNode);
      objects.index[object] = constant.index;
      objects.flag[object] = constant.iota;
    }
    for (const variable of file.declared.variables) {
      const object = add(ObjectKind.Var, variable.name, variable.node);
      objects.index[object] = variable.index;
    }
    const init = this.program.symbols.intern('init');
    for (const fn of file.declared.functions) if (fn.receiver === 0 && fn.name !== init) add(ObjectKind.Func, fn.name, fn.node);
  }

  #addBodies(file: ProgramFile, pkg: GoPackage): void {
    const bodies: LoadedBody[] = [];
    const { objects, methods } = this.program;
    const { program } = this;
    let unnamed = 0;
    const firstVariable = new Map<NodeIndex, number>();
    for (const variable of file.declared.variables) if (variable.name !== program.blank && !firstVariable.has(variable.node)) firstVariable.set(variable.node, variable.name);
    const put = (object: ObjectId, node: NodeIndex, isInitialiser: boolean): void => {
      const body = { object, file, node, isInitialiser };
      bodies.push(body);
      if (object !== 0 && !isInitialiser) this.#bodyOf.set(object, body);
    };
    for (const fn of file.declared.functions) {
      if (fn.receiver !== 0) {
        const owner = program.memberOf(pkg.index, fn.receiver);
        const isType = owner !== 0 && objects.kind[owner] === ObjectKind.Type;
        const object = this.#object(ObjectKind.Method, pkg, fn.name, fn.name === program.blank ? `_${file.path}${unnamed++}` : (fn.receiver + 1) * KEY_SPAN + fn.name, file, fn.node);
        objects.receiver[object] = isType ? owner : 0;
        objects.flag[object] = fn.pointer ? 1 : 0;
        if (isType && fn.name !== program.blank) {
          let own = methods.get(owner);
          if (!own) methods.set(owner, (own = new Map()));
          // A file for another platform says again what the package says: the package's methods stay what they are.
          if (pkg.base === null || objects.package[own.get(fn.name) ?? 0] !== pkg.id || objects.file[own.get(fn.name) ?? 0] === file.index) own.set(fn.name, object);
        }
        put(object, fn.node, false);
        continue;
      }
      const member = pkg.members.get(fn.name) ?? 0;
      const isFirst = member !== 0 && objects.node[member] === fn.node && objects.file[member] === file.index;
      put(isFirst ? member : this.#object(ObjectKind.Func, pkg, fn.name, `${program.symbols.text(fn.name)} ${file.path} ${unnamed++}`, file, fn.node), fn.node, false);
    }
    for (const node of file.declared.initialisers) {
      put(pkg.members.get(firstVariable.get(node) ?? 0) ?? 0, node, true);
    }
    file.bodies = bodies.sort((a, b) => a.node - b.node);
  }
}
