// Finds source files below what was named. Links to directories are not followed, so loops end nothing; a file is listed once.
import { directoryOf, isWithin, joinPath, NEVER_CANCELLED, type Cancellation, type Host } from './host.js';
import { globBase, globMatcher, isGlob } from './glob.js';
import { IgnoreRules, isForeignDirectory } from './ignoreRules.js';
import { Pacer } from './scheduler.js';

/** A file that was found. */
export interface FoundFile {
  readonly path: string;
  /** Bytes, 0 when not known. */
  readonly size: number;
}

/** What a search gives. */
export interface Discovery {
  /** The directory that holds all that was named. */
  readonly root: string;
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
  /** Sentences about what could not be read or is not there. */
  readonly warnings: readonly string[];
  /** Named paths that do not exist. */
  readonly missing: readonly string[];
  readonly cancelled: boolean;
}

/** How a search is made. */
export interface DiscoveryOptions {
  /** Whether a file of this name is source. */
  readonly isSource: (name: string) => boolean;
  readonly cancellation?: Cancellation;
  /** Leave sizes out: saves a look at each file. */
  readonly withoutSizes?: boolean;
}

/** Searches files, directories and glob patterns; paths are absolute. */
export async function discover(host: Host, named: readonly string[], options: DiscoveryOptions): Promise<Discovery> {
  const search = new Search(host, options);
  const roots: string[] = [];
  const missing: string[] = [];
  for (const path of named) {
    const stat = host.stat(path);
    if (stat?.kind === 'directory') {
      roots.push(path);
      await search.directory(path, IgnoreRules.above(host, path), null);
    } else if (stat !== null) {
      roots.push(directoryOf(path));
      if (options.isSource(path)) search.add(path, stat.size);
      else search.warnings.push(`${path} is neither a Rust nor a Go file.`);
    } else if (isGlob(path)) {
      const base = globBase(path);
      roots.push(base);
      const before = search.count;
      if (host.stat(base)?.kind === 'directory') await search.directory(base, IgnoreRules.above(host, base), globMatcher(path));
      if (search.count === before) missing.push(path);
    } else missing.push(path);
  }
  return { root: commonDirectory(roots), files: search.sorted(), warnings: search.warnings, missing, cancelled: options.cancellation?.cancelled ?? false };
}

/** The nearest directory that holds all directories; empty for none. */
export function commonDirectory(directories: readonly string[]): string {
  let common = directories[0] ?? '';
  for (const directory of directories) while (!isWithin(common, directory) && common !== directoryOf(common)) common = directoryOf(common);
  return common;
}

class Search {
  readonly warnings: string[] = [];
  readonly #files = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #pacer: Pacer;

  constructor(private readonly host: Host, private readonly options: DiscoveryOptions) {
    this.#pacer = new Pacer(host);
  }

  get count(): number {
    return this.#files.size;
  }

  add(path: string, size: number): void {
    this.#files.set(path, size);
  }

  sorted(): FoundFile[] {
    return [...this.#files].map(([path, size]) => ({ path, size })).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  async directory(start: string, above: IgnoreRules | null, matches: ((path: string) => boolean) | null): Promise<void> {
    const { host, options } = this;
    const cancellation = options.cancellation ?? NEVER_CANCELLED;
    const pending: { directory: string; above: IgnoreRules | null }[] = [{ directory: start, above }];
    for (let next = pending.pop(); next !== undefined && !cancellation.cancelled; next = pending.pop()) {
      const { directory } = next;
      const key = matches === null ? directory : `${directory}\0glob`;
      if (this.#seen.has(key)) continue;
      if (matches === null) this.#seen.add(key);
      const entries = host.list(directory);
      if (entries === null) {
        this.warnings.push(`${directory} cannot be read; it was left out.`);
        continue;
      }
      const hasRules = entries.some((entry) => entry.name === '.gitignore');
      const rules = hasRules ? IgnoreRules.below(host, directory, next.above) : next.above;
      for (const entry of entries) {
        const path = joinPath(directory, entry.name);
        if (entry.kind === 'directory') {
          if (!entry.link && !isForeignDirectory(entry.name) && !(rules?.leavesOut(path, true) ?? false)) pending.push({ directory: path, above: rules });
        } else if (entry.kind === 'file' && options.isSource(entry.name) && (matches === null || matches(path)) && !(rules?.leavesOut(path, false) ?? false)) {
          this.add(path, options.withoutSizes === true ? 0 : (host.stat(path)?.size ?? 0));
        }
      }
      if (this.#pacer.due) await this.#pacer.breathe();
    }
  }
}
