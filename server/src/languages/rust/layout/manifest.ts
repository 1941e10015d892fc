// What Cargo.toml and Cargo.lock say, as far as names and files depend on it. Unreadable manifests give null, never an exception.
import { parse } from 'smol-toml';

/** A dependency as a manifest writes it. */
export interface Dependency {
  /** Name in paths, with underscores. */
  readonly extern: string;
  /** Name of the package. */
  readonly package: string;
  readonly version: string | null;
  /** Directory relative to the manifest, or null. */
  readonly path: string | null;
}

/** A target of a package: something that is a crate of its own. */
export interface Target {
  readonly kind: 'lib' | 'bin' | 'test' | 'example' | 'bench' | 'build';
  readonly name: string;
  /** Relative to the package, or null for the usual place. */
  readonly path: string | null;
}

/** A parsed Cargo.toml. */
export interface Manifest {
  /** Null for a virtual workspace. */
  readonly name: string | null;
  readonly version: string | null;
  readonly edition: number;
  readonly targets: readonly Target[];
  readonly dependencies: readonly Dependency[];
  readonly workspaceDependencies: readonly Dependency[];
  readonly workspaceEdition: number | null;
  /** `edition.workspace = true`: the one of the workspace around it. */
  readonly inheritsEdition: boolean;
  readonly procMacro: boolean;
  /** Features that are on when nobody says otherwise; null for a package that has none on by default. */
  readonly defaultFeatures: ReadonlySet<string> | null;
}

type Table = Readonly<Record<string, unknown>>;

/** Parses a manifest; null when it is no TOML. */
export function parseManifest(text: string): Manifest | null {
  let root: Table;
  try {
    root = parse(text) as Table;
  } catch {
    return null;
  }
  const pack = table(root['package']);
  const workspace = table(root['workspace']);
  const workspacePackage = table(workspace?.['package']);
  const edition = Number(typeof pack?.['edition'] === 'string' ? pack['edition'] : NaN);
  const lib = table(root['lib']);
  const name = typeof pack?.['name'] === 'string' ? pack['name'] : null;
  const targets: Target[] = [];
  if (lib !== null || name !== null) targets.push({ kind: 'lib', name: string(lib?.['name']) ?? (name ?? '').replace(/-/g, '_'), path: string(lib?.['path']) });
  for (const [key, kind] of [['bin', 'bin'], ['test', 'test'], ['example', 'example'], ['bench', 'bench']] as const) {
    const list = root[key];
    if (!Array.isArray(list)) continue;
    for (const entry of list) {
      const one = table(entry);
      const target = string(one?.['name']);
      if (target !== null) targets.push({ kind, name: target, path: string(one?.['path']) });
    }
  }
  const dependencies: Dependency[] = [];
  collect(root, dependencies);
  const cfgTargets = table(root['target']);
  if (cfgTargets !== null) for (const entry of Object.values(cfgTargets)) collect(table(entry) ?? {}, dependencies);
  const workspaceDependencies: Dependency[] = [];
  collectTable(table(workspace?.['dependencies']), workspaceDependencies);
  const workspaceEdition = Number(workspacePackage?.['edition']);
  return {
    name, version: string(pack?.['version']), edition: Number.isNaN(edition) ? (pack?.['edition'] !== undefined && !Number.isNaN(workspaceEdition) ? workspaceEdition : 2015) : edition,
    targets, dependencies, workspaceDependencies, workspaceEdition: Number.isNaN(workspaceEdition) ? null : workspaceEdition, inheritsEdition: table(pack?.['edition'])?.['workspace'] === true, procMacro: lib?.['proc-macro'] === true,
    defaultFeatures: defaultFeatures(table(root['features'])),
  };
}

/** What `default` turns on. An entry `name/feature` turns the optional dependency on as well, which may be a feature by its name. */
function defaultFeatures(features: Table | null): ReadonlySet<string> | null {
  const on = new Set<string>();
  const queue = ['default'];
  for (const name of queue) {
    const entries = features?.[name];
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const feature = typeof entry === 'string' && !entry.startsWith('dep:') ? (entry.split('/')[0] ?? '') : '';
      if (feature === '' || feature.endsWith('?') || on.has(feature)) continue;
      on.add(feature);
      queue.push(feature);
    }
  }
  return on.size === 0 ? null : on.add('default');
}

function collect(root: Table, into: Dependency[]): void {
  for (const key of ['dependencies', 'dev-dependencies', 'build-dependencies']) collectTable(table(root[key]), into);
}

function collectTable(entries: Table | null, into: Dependency[]): void {
  if (entries === null) return;
  for (const [name, value] of Object.entries(entries)) {
    const one = table(value);
    into.push({ extern: name.replace(/-/g, '_'), package: string(one?.['package']) ?? name, version: typeof value === 'string' ? value : string(one?.['version']), path: string(one?.['path']) });
  }
}

function table(value: unknown): Table | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : null;
}

function string(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Versions of packages in a Cargo.lock. */
export function parseLock(text: string): ReadonlyMap<string, readonly string[]> {
  const versions = new Map<string, string[]>();
  const pattern = /\[\[package\]\]\s*\nname = "([^"]+)"\s*\nversion = "([^"]+)"/g;
  for (const match of text.matchAll(pattern)) {
    const list = versions.get(match[1] as string);
    if (list === undefined) versions.set(match[1] as string, [match[2] as string]);
    else list.push(match[2] as string);
  }
  return versions;
}

/** Compares versions; pre-releases come before releases. */
export function compareVersions(a: string, b: string): number {
  const parts = (v: string): readonly number[] => (v.split(/[-+]/)[0] ?? '').split('.').map(Number);
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return (a.includes('-') ? 0 : 1) - (b.includes('-') ? 0 : 1);
}

/** Whether a version fits a requirement such as `1.2`, `^0.3`, `=1.0.4`, `>=1, <3`, `*`. */
export function versionFits(version: string, requirement: string | null): boolean {
  if (requirement === null) return true;
  return requirement.split(',').every((part) => {
    const match = /^\s*(\^|=|~|>=|<=|>|<)?\s*(\d+|\*)(?:\.(\d+|\*))?(?:\.(\d+|\*))?/.exec(part);
    if (!match || match[2] === '*') return true;
    const wanted = `${match[2] as string}.${match[3] === undefined || match[3] === '*' ? '0' : match[3]}.${match[4] === undefined || match[4] === '*' ? '0' : match[4]}`;
    const order = compareVersions(version.split('-')[0] ?? '', wanted);
    switch (match[1]) {
      case '>=': return order >= 0;
      case '>': return order > 0;
      case '<=': return order <= 0;
      case '<': return order < 0;
      default: {
        if (order < 0) return false;
        const have = version.split('.');
        const want = wanted.split('.');
        if (match[1] === '=' && match[4] !== undefined) return order === 0;
        if (have[0] !== want[0]) return false;
        if (match[1] === '~' || want[0] === '0') return match[3] === undefined || have[1] === want[1];
        return true;
      }
    }
  });
}
