// The outside as one unit of a build may see it: its own directory and the manifests above, under paths relative to a root. Whatever lies
// elsewhere is not there, so that a result depends on what was handed in and on nothing else, and says nothing of where the tree lies.
import { directoryOf, isWithin, joinPath, relativePath, type Host } from './host.js';

/** Files that say what a unit is; read in its directory and in those above, up to the root. */
const MANIFESTS: readonly string[] = ['go.mod', 'go.work', 'Cargo.toml', 'Cargo.lock'];

/** A unit's place. */
export interface UnitPlace {
  /** Absolute. */
  readonly root: string;
  /** Relative to the root; empty when it is the root. */
  readonly directory: string;
  /** A crate reads all that lies below its directory; a Go package its directory alone. */
  readonly deep: boolean;
}

/** Where a unit is: below `root`, else below the root of its module or of cargo's workspace. Null when it is not below `root`. */
export function placeOfUnit(host: Host, directory: string, root: string | null): UnitPlace | null {
  if (root !== null && !isWithin(root, directory)) return null;
  const deep = host.stat(joinPath(directory, 'Cargo.toml'))?.kind === 'file';
  const top = root ?? (deep ? cargoRoot(host, directory) : nearest(host, directory, 'go.mod')) ?? directory;
  const below = relativePath(top, directory);
  return { root: top, directory: below === '.' ? '' : below, deep };
}

/** A host that shows a unit. */
export function unitHost(host: Host, { root, directory, deep }: UnitPlace): Host {
  const real = (path: string): string => (path === '' || path === '.' ? root : joinPath(root, path));
  const above = new Set<string>(['', directory]);
  for (let at = directory; at !== ''; at = directoryOf(at)) above.add(at);
  const isBelow = (path: string): boolean => directory === '' || path === directory || path.startsWith(`${directory}/`);
  const isManifest = (path: string): boolean => above.has(directoryOf(path)) && MANIFESTS.includes(path.slice(path.lastIndexOf('/') + 1));
  const isOwn = (path: string): boolean => (deep ? isBelow(path) : directoryOf(path) === directory);
  return {
    ...host,
    read: (path, limit) => (path !== '' && (isOwn(path) || isManifest(path)) ? host.read(real(path), limit) : { kind: 'missing' }),
    stat: (path) => (path === '' || path === directory || isOwn(path) || isManifest(path) ? host.stat(real(path)) : null),
    list: (path) => ((path === '.' ? '' : path) === directory || (deep && isBelow(path)) ? host.list(real(path)) : null),
  };
}

function nearest(host: Host, directory: string, name: string): string | null {
  for (let at = directory; ; at = directoryOf(at)) {
    if (host.stat(joinPath(at, name))?.kind === 'file') return at;
    if (at === directoryOf(at) || at === '') return null;
  }
}

/** The directory of the Cargo.toml with `[workspace]` that holds for a crate, else its own. */
function cargoRoot(host: Host, directory: string): string {
  for (let at = directory; ; at = directoryOf(at)) {
    const read = host.read(joinPath(at, 'Cargo.toml'), 16 * 1024 * 1024);
    if (read.kind === 'bytes' && /^\s*\[workspace[\].]/m.test(host.decode(read.bytes).text)) return at;
    if (at === directoryOf(at) || at === '') return directory;
  }
}
