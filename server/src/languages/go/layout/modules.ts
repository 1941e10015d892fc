// Which module a directory belongs to, and where the packages of other modules are found. Reads go.mod and go.work, nothing else.
import type { Sources } from '../../../analysis/language.js';
import { escapedModulePath, isNewer, readModuleFile, readVendorFile, readWorkFile, type ModuleFile, type Replacement } from './moduleFile.js';

/** A module with its root directory. */
export interface GoModule {
  readonly root: string;
  /** Module path; `std` for the standard library. */
  readonly path: string;
  readonly file: ModuleFile;
  /** Directory that holds modules as a module cache does, when the root lies in one (`…/path@version`). */
  readonly cache: string | null;
  /** The vendor directory that it lies in: there it finds what it imports. */
  readonly vendor: string | null;
}

/** A go.work with the directories of its modules. */
export interface GoWork {
  readonly root: string;
  readonly uses: readonly string[];
  readonly replaces: readonly Replacement[];
}

/** The module that a go.mod requires for an import path, replacements applied: a directory, or a name with its version. */
interface Requirement {
  readonly directory: string | null;
  readonly name: string;
  readonly version: string;
  /** The import path below the module. */
  readonly rest: string;
}

/** Looks modules up, remembering what it read until told that files changed. */
export class Modules {
  readonly #modules = new Map<string, GoModule | null>();
  readonly #works = new Map<string, GoWork | null>();
  readonly #vendored = new Map<string, ReadonlyMap<string, number | null> | null>();

  /** What `#required` found, by the module that asks and the import path. */
  readonly #requirements = new Map<GoModule, Map<string, Requirement | null>>();

  constructor(private readonly sources: Sources) {}

  forget(): void {
    this.#requirements.clear();
    this.#modules.clear();
    this.#works.clear();
    this.#vendored.clear();
  }

  /** The module that a directory lies in; null outside of any. */
  moduleOf(directory: string): GoModule | null {
    const known = this.#modules.get(directory);
    if (known !== undefined) return known;
    const text = this.sources.text(joined(directory, 'go.mod'));
    const versioned = /^(?:(.*)\/)?([^/].*?)@[^/]+$/.exec(directory);
    let found: GoModule | null = null;
    if (text !== null || (versioned && !directory.slice(directory.lastIndexOf('@')).includes('/'))) {
      const file = readModuleFile(text ?? '');
      const cache = cacheOf(directory, file.module);
      found = { root: directory, path: file.module || pathFromDirectory(directory), file, cache, vendor: null };
    } else {
      const parent = parentOf(directory);
      if (parent !== null) found = this.#vendoredModule(directory) ?? this.moduleOf(parent);
    }
    this.#modules.set(directory, found);
    return found;
  }

  /** The module of a directory below `vendor`, by its modules.txt; null elsewhere, and in the standard library, which counts its vendored packages as its own. */
  #vendoredModule(directory: string): GoModule | null {
    const at = `/${directory}/`.lastIndexOf('/vendor/');
    if (at < 0) return null;
    const vendor = directory.slice(0, at + 6);
    const below = directory.slice(at + 7);
    let languages = this.#vendored.get(vendor);
    if (languages === undefined) {
      const text = this.sources.text(joined(vendor, 'modules.txt'));
      const owner = this.moduleOf(parentOf(vendor) ?? '');
      languages = text === null || owner?.path === 'std' || owner?.path === 'cmd' ? null : readVendorFile(text);
      this.#vendored.set(vendor, languages);
    }
    if (languages === null) return null;
    let path = '';
    for (const module of languages.keys()) if (module.length > path.length && inside(module, below) !== null) path = module;
    if (path === '') return null;
    return { root: joined(vendor, path), path, file: { module: path, language: languages.get(path) ?? null, requires: new Map(), replaces: [] }, cache: null, vendor };
  }

  /** The go.work that holds for a directory. */
  workOf(directory: string): GoWork | null {
    const known = this.#works.get(directory);
    if (known !== undefined) return known;
    const text = this.sources.text(joined(directory, 'go.work'));
    let found: GoWork | null = null;
    if (text !== null) {
      const { uses, replaces } = readWorkFile(text);
      found = { root: directory, uses: uses.map((use) => resolved(directory, use)), replaces };
    } else {
      const parent = parentOf(directory);
      if (parent !== null) found = this.workOf(parent);
    }
    this.#works.set(directory, found);
    return found;
  }

  /** Directories where a package may lie, best first, seen from a module. `modcache` is the module cache, null for none. */
  candidates(from: GoModule, importPath: string, modcache: string | null): readonly string[] {
    const found: string[] = [];
    const own = from.path === 'std' ? importPath : inside(from.path, importPath);
    if (own !== null) found.push(joined(from.root, own));
    if (from.vendor !== null) found.push(joined(from.vendor, importPath));
    if (from.path === 'std') found.push(joined(from.root, `vendor/${importPath}`));
    const work = this.workOf(from.root);
    for (const use of work?.uses ?? []) {
      const module = this.moduleOf(use);
      const rest = module === null ? null : inside(module.path, importPath);
      if (module !== null && rest !== null) found.push(joined(module.root, rest));
    }
    found.push(joined(from.root, `vendor/${importPath}`));
    if (work !== null) found.push(joined(work.root, `vendor/${importPath}`));
    const required = this.#required(from, importPath);
    if (required === null) return found;
    if (required.directory !== null) found.push(joined(required.directory, required.rest));
    else for (const cache of [from.cache, modcache]) if (cache !== null && required.version !== '') found.push(joined(joined(cache, `${escapedModulePath(required.name)}@${required.version}`), required.rest));
    return found;
  }

  /**
   * The same for newer versions of the required module in the module cache, the next one first: a dependency's go.mod states the least version,
   * and the build takes the newest that anything requires.
   */
  otherVersions(from: GoModule, importPath: string, modcache: string | null): readonly string[] {
    const required = this.#required(from, importPath);
    if (required === null || required.directory !== null || required.version === '') return [];
    const found: string[] = [];
    for (const cache of new Set([from.cache, modcache])) {
      if (cache === null) continue;
      const path = joined(cache, escapedModulePath(required.name));
      const prefix = `${path.slice(path.lastIndexOf('/') + 1)}@`;
      const versions = this.sources.list(parentOf(path) ?? '').filter((entry) => entry.kind === 'directory' && entry.name.startsWith(prefix)).map((entry) => entry.name.slice(prefix.length));
      const newer = versions.filter((version) => isNewer(version, required.version)).sort((a, b) => (a === b ? 0 : isNewer(a, b) ? 1 : -1));
      for (const version of newer) found.push(joined(`${path}@${version}`, required.rest));
    }
    return found;
  }

  #required(from: GoModule, importPath: string): Requirement | null {
    let known = this.#requirements.get(from);
    if (known === undefined) this.#requirements.set(from, (known = new Map()));
    let required = known.get(importPath);
    if (required === undefined) known.set(importPath, (required = this.#require(from, importPath)));
    return required;
  }

  #require(from: GoModule, importPath: string): Requirement | null {
    const work = this.workOf(from.root);
    const replaces = work === null ? from.file.replaces : [...work.replaces, ...from.file.replaces];
    let module = '';
    for (const name of from.file.requires.keys()) if (name.length > module.length && inside(name, importPath) !== null) module = name;
    for (const replacement of replaces) if (replacement.module.length > module.length && inside(replacement.module, importPath) !== null) module = replacement.module;
    if (module === '') return null;
    const version = from.file.requires.get(module) ?? '';
    const rest = inside(module, importPath) ?? '';
    const replacement = replaces.find((r) => r.module === module && (r.version === '' || r.version === version));
    if (replacement === undefined) return { directory: null, name: module, version, rest };
    if (!/^[./]/.test(replacement.target)) return { directory: null, name: replacement.target, version: replacement.targetVersion, rest };
    return { directory: resolved(work?.replaces.includes(replacement) === true ? work.root : from.root, replacement.target), name: module, version, rest };
  }
}

/** The rest of an import path below a module path ('' for the module's root package), null when it lies elsewhere. */
function inside(module: string, importPath: string): string | null {
  if (importPath === module) return '';
  return module !== '' && importPath.startsWith(`${module}/`) ? importPath.slice(module.length + 1) : null;
}

/** Directory that holds a module's directory as a module cache does; null when it is not laid out like one. */
function cacheOf(directory: string, module: string): string | null {
  const at = directory.lastIndexOf('@');
  if (at < 0 || directory.includes('/', at)) return null;
  const plain = directory.slice(0, at);
  for (const name of [escapedModulePath(module), module]) {
    if (name !== '' && plain.endsWith(name)) return plain.slice(0, plain.length - name.length).replace(/\/$/, '');
  }
  return null;
}

/** Module path of a directory of a module cache that has no go.mod: from the first segment with a dot. */
function pathFromDirectory(directory: string): string {
  const at = directory.lastIndexOf('@');
  const parts = (at < 0 ? directory : directory.slice(0, at)).split('/');
  const first = parts.findIndex((part) => /^[^.].*\.[a-z]+$/.test(part));
  return (first < 0 ? parts.slice(-1) : parts.slice(first)).join('/').replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Parent of a directory, null for a root. */
export function parentOf(directory: string): string | null {
  if (directory === '' || directory === '/' || directory === '.') return null;
  const slash = directory.lastIndexOf('/');
  return slash < 0 ? '' : slash === 0 ? '/' : directory.slice(0, slash);
}

/** A path below a directory. */
export function joined(directory: string, rest: string): string {
  if (rest === '') return directory;
  return directory === '' || directory === '.' ? rest : directory.endsWith('/') ? directory + rest : `${directory}/${rest}`;
}

/** A path as written in a module file, seen from its directory: `./x` and `../x` are resolved. */
export function resolved(directory: string, path: string): string {
  if (path.startsWith('/')) return path;
  const parts = directory === '' || directory === '.' ? [] : directory.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
