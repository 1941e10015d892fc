// Which files make which crates: packages by Cargo.toml, their targets, path and registry dependencies, module files. Asks the sources, keeps the answers.
import type { Sources } from '../../../analysis/language.js';
import type { CrateSource } from '../resolve/crates.js';
import type { ExternFacts } from '../facts/crateFacts.js';
import type { ImportedCrate } from '../facts/importedFacts.js';
import { Configuration } from '../declare/cfg.js';
import { join, joinedPath, normalize, parentOf, relativeTo } from './paths.js';
import { compareVersions, parseLock, parseManifest, versionFits, type Manifest } from './manifest.js';

/** A package: a unit. */
export interface Package {
  readonly directory: string;
  readonly manifest: Manifest;
  readonly origin: 'workspace' | 'dependency';
  /** Ids of its crates, the library first. */
  readonly crates: readonly string[];
}

/** Crates whose facts are at hand, by the directory of their package or by their name. */
export interface ImportedCrates {
  find(directory: string | null, name: string | null): ImportedCrate | null;
  /** Why facts cannot be used, as a sentence; null when they can or there are none. */
  problemOf(directory: string | null, name: string | null): string | null;
}

const TARGET_DIRECTORIES = [['tests', 'test'], ['examples', 'example'], ['benches', 'bench']] as const;

/** Crates by files. */
export class CargoLayout {
  readonly #packages = new Map<string, Package | null>();
  readonly #manifests = new Map<string, Manifest | null>();
  readonly #crates = new Map<string, CrateSource>();
  readonly #locks = new Map<string, ReadonlyMap<string, readonly string[]> | null>();
  #registry: ReadonlyMap<string, readonly { readonly version: string; readonly directory: string }[]> | null = null;

  constructor(readonly sources: Sources, readonly registryRoot: string | null, readonly imported: ImportedCrates = { find: () => null, problemOf: () => null }, readonly asked: readonly string[] = []) {}

  /** Forgets what manifests and directories said. */
  clear(): void {
    this.#packages.clear();
    this.#manifests.clear();
    this.#crates.clear();
    this.#locks.clear();
    this.#registry = null;
  }

  /** The package around a file; null for a file outside of any. */
  packageOf(path: string): Package | null {
    let directory = parentOf(path);
    for (let guard = 0; guard < 100; guard++) {
      const manifest = this.#manifest(directory);
      if (manifest !== null && manifest.name !== null) return this.#package(directory, this.#inRegistry(directory) ? 'dependency' : 'workspace');
      const up = parentOf(directory);
      if (up === directory) return null;
      directory = up;
    }
    return null;
  }

  /**
   * Which features decide between alternatives in a file: those that its package has on by default. Of a library that has none on by default all are:
   * whoever depends on it asks for what it needs.
   */
  configurationOf(path: string): Configuration {
    const owner = this.packageOf(path);
    return configurationOf(owner?.manifest ?? null, this.#inRegistry(owner?.directory ?? path));
  }

  /** The package in a directory; null when there is none. */
  packageIn(directory: string): Package | null {
    return this.packageOf(join(directory, 'Cargo.toml'));
  }

  /** What is wrong with the facts of crates that the package of a file imports, a sentence each. */
  problemsOf(path: string): readonly string[] {
    const pack = this.packageOf(path);
    if (pack === null) return [];
    const problems = new Set<string>();
    const look = (directory: string | null, name: string): void => {
      const problem = this.imported.problemOf(directory, name);
      if (problem !== null) problems.add(problem);
    };
    const externs = this.#externs(pack);
    for (const dependency of pack.manifest.dependencies) {
      const id = externs.get(dependency.extern);
      const source = id === undefined ? null : this.crate(id);
      if (source === null) look(dependency.path === null ? null : normalize(join(pack.directory, dependency.path)), dependency.package.replace(/-/g, '_'));
      else if (source.origin === 'workspace') look(source.unit, source.name);
    }
    return [...problems].sort();
  }

  #inRegistry(directory: string): boolean {
    return this.registryRoot !== null && directory.startsWith(`${this.registryRoot}/`) && !this.asked.some((path) => path === directory || directory.startsWith(`${path}/`) || path.startsWith(`${directory}/`));
  }

  #manifest(directory: string): Manifest | null {
    let manifest = this.#manifests.get(directory);
    if (manifest === undefined) {
      const text = this.sources.text(join(directory, 'Cargo.toml'));
      manifest = text === null ? null : parseManifest(text);
      this.#manifests.set(directory, manifest);
    }
    return manifest;
  }

  #package(directory: string, origin: 'workspace' | 'dependency'): Package | null {
    const known = this.#packages.get(directory);
    if (known !== undefined) return known;
    const manifest = this.#manifest(directory);
    if (manifest === null || manifest.name === null) {
      this.#packages.set(directory, null);
      return null;
    }
    const crates: string[] = [];
    const made: Package = { directory, manifest, origin, crates };
    this.#packages.set(directory, made);
    const roots = new Set<string>();
    const library = manifest.targets.find((t) => t.kind === 'lib');
    const libraryRoot = joinedPath(directory, library?.path ?? 'src/lib.rs');
    const externs = this.#externs(made);
    const add = (root: string, name: string, withLibrary: boolean): void => {
      if (roots.has(root)) return;
      roots.add(root);
      const id = root;
      const own = new Map(externs);
      if (withLibrary && crates[0] !== undefined && crates[0] === libraryRoot) own.set((library?.name ?? manifest.name ?? '').replace(/-/g, '_'), libraryRoot);
      const key = root === libraryRoot ? keyOf(manifest) : root;
      this.#crates.set(id, { id, name: name.replace(/-/g, '_'), edition: this.#editionOf(directory, manifest), origin, root, externs: own, unit: directory, key, configuration: configurationOf(manifest, this.#inRegistry(directory)) });
      crates.push(id);
    };
    if (this.#exists(libraryRoot)) add(libraryRoot, library?.name ?? manifest.name, false);
    if (origin === 'dependency') return made;
    for (const target of manifest.targets) {
      if (target.kind === 'lib') continue;
      const guesses = target.path !== null ? [target.path] : target.kind === 'bin' ? [`src/bin/${target.name}.rs`, `src/bin/${target.name}/main.rs`, 'src/main.rs'] : [`${target.kind === 'bench' ? 'benches' : `${target.kind}s`}/${target.name}.rs`];
      const root = guesses.map((g) => joinedPath(directory, g)).find((g) => this.#exists(g));
      if (root !== undefined) add(root, target.name, true);
    }
    if (this.#exists(join(directory, 'src/main.rs'))) add(join(directory, 'src/main.rs'), manifest.name, true);
    for (const [folder, suffix] of [['src/bin', ''], ...TARGET_DIRECTORIES.map(([f]) => [f, ''] as const)] as const) {
      for (const entry of this.sources.list(join(directory, folder))) {
        if (entry.kind === 'file' && entry.name.endsWith('.rs')) add(join(directory, `${folder}/${entry.name}`), `${entry.name.slice(0, -3)}${suffix}`, true);
        else if (entry.kind === 'directory' && this.#exists(join(directory, `${folder}/${entry.name}/main.rs`))) add(join(directory, `${folder}/${entry.name}/main.rs`), entry.name, true);
      }
    }
    if (this.#exists(join(directory, 'build.rs'))) add(join(directory, 'build.rs'), 'build_script_build', false);
    return made;
  }

  #exists(path: string): boolean {
    const at = path.lastIndexOf('/');
    const name = path.slice(at + 1);
    return this.sources.list(at < 0 ? '' : path.slice(0, at)).some((e) => e.kind === 'file' && e.name === name);
  }

  /** The crate with this id (its root file); a file that no target names is a crate of its own. */
  crate(id: string): CrateSource | null {
    const known = this.#crates.get(id);
    if (known !== undefined) return known;
    const owner = this.packageOf(id);
    const late = this.#crates.get(id);
    if (late !== undefined) return late;
    const name = id.slice(id.lastIndexOf('/') + 1).replace(/\.rs$/, '').replace(/\W/g, '_');
    const externs = owner === null ? new Map<string, string>() : new Map(this.#externs(owner));
    const library = owner?.crates[0];
    if (owner !== null && library !== undefined) externs.set((owner.manifest.targets.find((t) => t.kind === 'lib')?.name ?? owner.manifest.name ?? '').replace(/-/g, '_'), library);
    const source: CrateSource = { id, name, edition: owner === null ? 2021 : this.#editionOf(owner.directory, owner.manifest), origin: 'workspace', root: id, externs, unit: owner?.directory ?? id, key: id, configuration: configurationOf(owner?.manifest ?? null, false) };
    this.#crates.set(id, source);
    return source;
  }

  #externs(pack: Package): ReadonlyMap<string, string> {
    const externs = new Map<string, string>();
    const workspace = this.#workspaceOf(pack.directory);
    for (const dependency of pack.manifest.dependencies) {
      let { path, version } = dependency;
      let base = pack.directory;
      if (path === null && version === null && workspace !== null) {
        const shared = workspace.manifest.workspaceDependencies.find((d) => d.extern === dependency.extern);
        path = shared?.path ?? null;
        version = shared?.version ?? null;
        base = workspace.directory;
      }
      const directory = path !== null ? normalize(join(base, path)) : this.#registryDirectory(pack, dependency.package, version);
      const target = directory === null ? null : this.#manifest(directory);
      if (directory === null || target === null) {
        const imported = this.imported.find(directory, dependency.package.replace(/-/g, '_'));
        if (imported !== null) externs.set(dependency.extern, this.#importedCrate(imported));
        continue;
      }
      // libraries are found when they are asked for: a package may depend on itself through its dependencies' tests
      const library = target.targets.find((t) => t.kind === 'lib');
      const root = joinedPath(directory, library?.path ?? 'src/lib.rs');
      externs.set(dependency.extern, root);
    }
    return externs;
  }

  /** The crate that facts tell of, where no manifest does. */
  #importedCrate({ directory, facts: { header } }: ImportedCrate): string {
    const id = normalize(join(directory, header.root));
    if (this.#crates.has(id)) return id;
    const externs = new Map<string, string>();
    this.#crates.set(id, { id, name: header.name, edition: header.edition, origin: header.origin, root: id, externs, unit: directory, key: header.key, configuration: Configuration.everything });
    for (const [name, key, below] of header.externs) {
      const imported = this.imported.find(below === null ? null : normalize(join(directory, below)), key.split(' ')[0]?.replace(/-/g, '_') ?? null);
      if (imported !== null) externs.set(name, this.#importedCrate(imported));
    }
    return id;
  }

  /** Name of the library that code of a crate calls `extern`: another one where the manifest renames it. */
  libraryOf(crate: CrateSource, extern: string): string {
    const renamed = this.#manifest(crate.unit)?.dependencies.find((d) => d.extern === extern);
    return (renamed?.package ?? extern).replace(/-/g, '_');
  }

  /** Package directories that a package depends on and whose sources are in the workspace, sorted. */
  importsOf(pack: Package): readonly string[] {
    const found = new Set<string>();
    for (const id of this.#externs(pack).values()) {
      const source = this.crate(id);
      if (source !== null && source.origin === 'workspace' && source.unit !== pack.directory && this.#manifest(source.unit) !== null) found.add(source.unit);
    }
    return [...found].sort();
  }

  /** Names of dependencies that lead to no sources and no facts, sorted. */
  missingOf(pack: Package): readonly string[] {
    const externs = this.#externs(pack);
    return [...new Set(pack.manifest.dependencies.map((d) => d.extern).filter((name) => !externs.has(name)))].sort();
  }

  /** What facts say of the crates that a crate names: name, key, and directory where the package lies in the workspace too. */
  externFacts(source: CrateSource): readonly ExternFacts[] {
    return [...source.externs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, id]) => {
      const target = this.crate(id);
      return [name, target?.key ?? name, target?.origin === 'workspace' ? relativeTo(source.unit, target.unit) : null];
    });
  }

  #editionOf(directory: string, manifest: Manifest): number {
    if (!manifest.inheritsEdition) return manifest.edition;
    let at = directory;
    for (let guard = 0; guard < 20; guard++) {
      const edition = this.#manifest(at)?.workspaceEdition ?? null;
      const up = parentOf(at);
      if (edition !== null || up === at) return edition ?? manifest.edition;
      at = up;
    }
    return manifest.edition;
  }

  #workspaceOf(directory: string): { readonly directory: string; readonly manifest: Manifest } | null {
    let at = directory;
    for (let guard = 0; guard < 20; guard++) {
      const manifest = this.#manifest(at);
      if (manifest !== null && manifest.workspaceDependencies.length > 0) return { directory: at, manifest };
      const up = parentOf(at);
      if (up === at) return null;
      at = up;
    }
    return null;
  }

  #registryDirectory(pack: Package, name: string, requirement: string | null): string | null {
    const versions = this.#registryIndex().get(name);
    if (versions === undefined) return null;
    // a lock that a package of the registry brings along holds for nobody else
    const locked = pack.origin === 'dependency' ? undefined : this.#lockOf(pack.directory)?.get(name);
    if (locked !== undefined) {
      const exact = versions.find((v) => locked.includes(v.version) && versionFits(v.version, requirement));
      if (exact !== undefined) return exact.directory;
    }
    const fitting = versions.filter((v) => versionFits(v.version, requirement));
    const best = (fitting.length > 0 ? fitting : versions).reduce((a, b) => (compareVersions(a.version, b.version) >= 0 ? a : b));
    return best.directory;
  }

  #lockOf(directory: string): ReadonlyMap<string, readonly string[]> | null {
    let at = directory;
    for (let guard = 0; guard < 20; guard++) {
      let lock = this.#locks.get(at);
      if (lock === undefined) {
        const text = this.sources.text(join(at, 'Cargo.lock'));
        lock = text === null ? null : parseLock(text);
        this.#locks.set(at, lock);
      }
      if (lock !== null) return lock;
      const up = parentOf(at);
      if (up === at) return null;
      at = up;
    }
    return null;
  }

  #registryIndex(): ReadonlyMap<string, readonly { readonly version: string; readonly directory: string }[]> {
    if (this.#registry !== null) return this.#registry;
    const index = new Map<string, { version: string; directory: string }[]>();
    this.#registry = index;
    if (this.registryRoot === null) return index;
    const scan = (directory: string, deep: boolean): void => {
      for (const entry of this.sources.list(directory)) {
        if (entry.kind !== 'directory') continue;
        const match = /^(.+?)-(\d+\.\d+\.\d+.*)$/.exec(entry.name); // the version may hold a hyphen of its own: `1.1.6+spec-1.1.0`
        if (match) {
          const list = index.get(match[1] as string) ?? [];
          list.push({ version: match[2] as string, directory: join(directory, entry.name) });
          index.set(match[1] as string, list);
        } else if (deep) scan(join(directory, entry.name), false);
      }
    };
    scan(this.registryRoot, true);
    return index;
  }

  /** See CrateProvider.moduleFile. */
  moduleFile(parentFile: string, parentIsRoot: boolean, inline: readonly string[], name: string, explicit: string | null): string | null {
    const directory = parentOf(parentFile);
    const file = parentFile.slice(parentFile.lastIndexOf('/') + 1);
    const own = parentIsRoot || file === 'mod.rs' ? directory : join(directory, file.replace(/\.rs$/, ''));
    const base = inline.reduce((at, segment) => join(at, segment), own);
    if (explicit !== null) {
      const path = normalize(join(inline.length === 0 ? directory : base, explicit));
      return this.#exists(path) ? path : null;
    }
    const flat = join(base, `${name}.rs`);
    if (this.#exists(flat)) return flat;
    const nested = join(base, `${name}/mod.rs`);
    return this.#exists(nested) ? nested : null;
  }
}

function keyOf(manifest: Manifest): string {
  return `${manifest.name ?? ''} ${manifest.version ?? ''}`.trim();
}

function configurationOf(manifest: Manifest | null, isForeign: boolean): Configuration {
  if (manifest === null) return Configuration.everything;
  if (manifest.defaultFeatures !== null) return Configuration.of(manifest.defaultFeatures);
  return isForeign ? Configuration.everything : NO_FEATURES;
}

const NO_FEATURES = Configuration.of(new Set(['default']));
