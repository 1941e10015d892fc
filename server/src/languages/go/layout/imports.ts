// Where an import leads: a unit with sources at hand, or the embedded facts of the standard library.
import type { Sources, UnitId } from '../../../analysis/language.js';
import { joined, type GoModule, type Modules } from './modules.js';
import type { GoUnit, Units } from './units.js';

/** Where an import leads. */
export type ImportTarget = { readonly unit: UnitId } | { readonly facts: string };

/** Says what import paths mean. */
export class Imports {
  /** Per unit: targets by path. */
  readonly #known = new Map<UnitId, Map<string, ImportTarget | null>>();

  constructor(
    private readonly sources: Sources, private readonly modules: Modules, private readonly units: Units,
    private readonly options: { readonly goroot: string | null; readonly modcache: string | null }, private readonly hasFacts: (path: string) => boolean,
    /** The unit that facts at hand call by this id or import path; null for none. */
    private readonly unitWithFacts: (name: string) => UnitId | null,
  ) {}

  /** Forgets what it found, because files came or went. */
  forget(): void {
    this.#known.clear();
  }

  /**
   * Target of an import seen from a unit; null when it cannot be found.
   * @param look false: a directory with Go files is taken for a package without a look into them
   */
  resolve(from: GoUnit, path: string, look = true): ImportTarget | null {
    let known = this.#known.get(from.id);
    if (!known) this.#known.set(from.id, (known = new Map()));
    let target = known.get(path);
    if (target === undefined) {
      target = this.#resolve(from, path, look);
      if (look) known.set(path, target);
    }
    return target;
  }

  #resolve(from: GoUnit, path: string, look: boolean): ImportTarget | null {
    if (path === 'C' || path === '' || path === 'unsafe') return null;
    if (path.startsWith('.')) return null;
    const standard = !(path.split('/', 1)[0] ?? '').includes('.');
    const { module } = from;
    if (module?.path !== 'std') {
      if (standard && this.hasFacts(path)) return { facts: path };
      const unit = module === null ? null : this.#inModule(module, path, from, look);
      if (unit !== null) return { unit };
      const named = standard ? null : this.unitWithFacts(path);
      if (named !== null && named !== from.id) return { unit: named };
      return standard ? this.#inGoroot(path, from, look) : null;
    }
    // The standard library's own sources come before what is known of another version of it.
    const unit = this.#inModule(module, path, from, look);
    if (unit !== null) return { unit };
    for (const below of [path, `vendor/${path}`]) if (this.hasFacts(below)) return { facts: below };
    return this.#inGoroot(path, from, look) ?? this.#inGoroot(`vendor/${path}`, from, look);
  }

  #inModule(module: GoModule, path: string, from: GoUnit, look: boolean): UnitId | null {
    for (const directory of this.modules.candidates(module, path, this.options.modcache)) {
      const unit = this.#unitIn(directory, from, look);
      if (unit !== null) return unit;
    }
    for (const directory of this.modules.otherVersions(module, path, this.options.modcache)) {
      const unit = this.#unitIn(directory, from, look);
      if (unit !== null) return unit;
    }
    return null;
  }

  #inGoroot(path: string, from: GoUnit, look: boolean): ImportTarget | null {
    const unit = this.options.goroot === null ? null : this.#unitIn(joined(this.options.goroot, `src/${path}`), from, look);
    return unit === null ? null : { unit };
  }

  #unitIn(directory: string, from: GoUnit, look: boolean): UnitId | null {
    if (directory !== from.directory) {
      const known = this.unitWithFacts(directory);
      if (known !== null) return known;
    }
    if (!this.sources.list(directory).some((entry) => entry.kind === 'file' && entry.name.endsWith('.go'))) return null;
    if (!look && directory !== from.directory) return directory;
    const found = this.units.ofDirectory(directory);
    if (found === null || found.id === from.id) return null;
    if (from.external && directory === from.directory) {
      const tests = `${directory} [test]`; // tests from outside see what the tests inside export
      if (this.units.byId(tests) !== null) return tests;
    }
    return found.id;
  }
}
