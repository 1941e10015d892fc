// Which files are one unit: a directory's package for the target platform, its tests, and files that take no part in the build.
import type { Sources, UnitId } from '../../../analysis/language.js';
import { constraintHolds, nameMatches, type BuildTarget } from '../declare/buildConstraint.js';
import { fileHead } from '../declare/fileHead.js';
import { joined, parentOf, type GoModule, type Modules } from './modules.js';

/** A unit: files that are one package together. */
export interface GoUnit {
  readonly id: UnitId;
  readonly directory: string;
  readonly importPath: string;
  /** Sorted. */
  readonly files: readonly string[];
  /** Unit whose package this one adds files to: tests inside the package, files for other platforms. */
  readonly base: UnitId | null;
  /** The package that tests from outside see under the directory's import path: with the tests inside. */
  readonly external: boolean;
  readonly isTest: boolean;
  readonly module: GoModule | null;
  readonly packageName: string;
}

interface DirectoryUnits {
  readonly units: readonly GoUnit[];
  readonly byFile: ReadonlyMap<string, GoUnit>;
}

/** Groups files into units, remembering directories until told that files changed. */
export class Units {
  readonly #directories = new Map<string, DirectoryUnits>();
  readonly #byId = new Map<UnitId, GoUnit>();

  constructor(private readonly sources: Sources, private readonly modules: Modules, private readonly target: BuildTarget, private readonly goroot: string | null) {}

  /** Forgets a directory, because files appeared, vanished, or changed their package clause or constraint. */
  forget(directory: string): void {
    for (const unit of this.#directories.get(directory)?.units ?? []) this.#byId.delete(unit.id);
    this.#directories.delete(directory);
  }

  forgetAll(): void {
    this.#directories.clear();
    this.#byId.clear();
  }

  /** The unit of a file; null when the file is missing. */
  ofFile(path: string): GoUnit | null {
    return this.#directory(parentOf(path) ?? '').byFile.get(path) ?? null;
  }

  /** A unit by its id; null when there is none. */
  byId(id: UnitId): GoUnit | null {
    const known = this.#byId.get(id);
    if (known) return known;
    const bracket = id.lastIndexOf(' [');
    this.#directory(bracket < 0 ? id : id.slice(0, bracket));
    return this.#byId.get(id) ?? null;
  }

  /** Source files of a unit, sorted. Those of a package that nobody looked into are all but its tests, whatever they are for. */
  filesOf(id: UnitId): readonly string[] {
    if (this.#byId.has(id) || id.includes(' [')) return this.byId(id)?.files ?? [];
    return this.sources.list(id).filter(({ kind, name }) => kind === 'file' && name.endsWith('.go') && !name.endsWith('_test.go')).map(({ name }) => joined(id, name));
  }

  /** The package that importers of a directory see; null when it has no Go files. */
  ofDirectory(directory: string): GoUnit | null {
    return this.#directory(directory).units.find((unit) => unit.id === directory) ?? null;
  }

  #directory(directory: string): DirectoryUnits {
    const known = this.#directories.get(directory);
    if (known) return known;
    const read = this.#read(directory);
    this.#directories.set(directory, read);
    for (const unit of read.units) this.#byId.set(unit.id, unit);
    return read;
  }

  #read(directory: string): DirectoryUnits {
    const groups = new Map<string, string[]>();
    const tests = new Map<string, string[]>();
    const left: [path: string, name: string][] = [];
    for (const entry of this.sources.list(directory)) {
      if (entry.kind !== 'file' || !entry.name.endsWith('.go')) continue;
      const path = joined(directory, entry.name);
      const text = this.sources.sourceText(path);
      if (text === null) continue;
      const { packageName: name, constraint } = fileHead(text);
      if (!nameMatches(entry.name, this.target) || (constraint !== null && !constraintHolds(constraint, this.target))) left.push([path, name]);
      else push(entry.name.endsWith('_test.go') ? tests : groups, name, path);
    }
    const module = this.modules.moduleOf(directory);
    const main = [...groups].sort(([a, x], [b, y]) => Number(b !== '') - Number(a !== '') || y.length - x.length || (a < b ? -1 : 1))[0]?.[0] ?? null;
    const importPath = this.#importPath(directory, module, main ?? [...tests.keys()].sort()[0] ?? left[0]?.[1] ?? '');
    const units: GoUnit[] = [];
    const add = (id: string, files: readonly string[], name: string, base: UnitId | null, external: boolean, isTest: boolean): void => {
      units.push({ id, directory, importPath: external ? `${importPath}_test` : importPath, files, base, external, isTest, module, packageName: name });
    };
    for (const [name, files] of groups) add(name === main ? directory : `${directory} [${name}]`, files, name, null, false, false);
    const base = main === null ? null : directory;
    for (const [name, files] of tests) {
      if (name === main || main === null) add(`${directory} [test${main === null ? ` ${name}` : ''}]`, files, name, base, false, true);
      else add(`${directory} [test ${name}]`, files, name, null, name.endsWith('_test'), true);
    }
    for (const [path, name] of left) add(`${directory} [${path.slice(path.lastIndexOf('/') + 1)}]`, [path], name, name === main ? base : null, false, path.endsWith('_test.go'));
    const byFile = new Map<string, GoUnit>();
    for (const unit of units) for (const file of unit.files) byFile.set(file, unit);
    return { units, byFile };
  }

  /** Import path; outside of any module, where there is none, the package's name. */
  #importPath(directory: string, module: GoModule | null, name: string): string {
    const source = this.goroot === null ? null : joined(this.goroot, 'src');
    if (source !== null && directory.startsWith(`${source}/`)) return directory.slice(source.length + 1);
    if (module === null) return name === '' ? 'main' : name;
    const rest = module.root === '' || module.root === '.' ? directory : directory.slice(module.root.length + 1);
    if (module.path === 'std') return rest;
    return rest === '' || directory === module.root ? module.path : `${module.path}/${rest}`;
  }
}

function push(into: Map<string, string[]>, key: string, value: string): void {
  const list = into.get(key);
  if (list) list.push(value);
  else into.set(key, [value]);
}
