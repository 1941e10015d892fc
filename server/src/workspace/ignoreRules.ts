// Which paths .gitignore files leave out: rules of nested directories and negations, with or without git.
import ignore, { type Ignore } from 'ignore';
import { directoryOf, joinPath, relativePath, type Host } from './host.js';

/** Directories that are never looked into, whatever is named. */
const REPOSITORIES: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj']);

/** Directories of others' code and of output: left out unless named. Their declarations are still read where code imports them. */
const FOREIGN: ReadonlySet<string> = new Set(['vendor', 'target', 'node_modules']);

/** Whether a directory of this name is left out below what was named. */
export function isForeignDirectory(name: string): boolean {
  return REPOSITORIES.has(name) || FOREIGN.has(name);
}

/** The rules that hold in one directory: its own .gitignore and those above. Immutable. */
export class IgnoreRules {
  private constructor(private readonly directory: string, private readonly own: Ignore | null, private readonly above: IgnoreRules | null) {}

  /**
   * The rules above a named directory: those of its ancestors up to the repository's root, or none where no repository is found
   * or where they leave out the directory itself (a path that is named is always read).
   */
  static above(host: Host, directory: string): IgnoreRules | null {
    const chain: string[] = [];
    let root: string | null = null;
    for (let at = directory; ; at = directoryOf(at)) {
      chain.unshift(at);
      if (host.stat(joinPath(at, '.git')) !== null) {
        root = at;
        break;
      }
      if (at === directoryOf(at) || at === '') break;
    }
    if (root === null) return null;
    let rules: IgnoreRules | null = new IgnoreRules(root, readRules(host, joinPath(root, '.git/info/exclude')), null);
    for (const at of chain) {
      if (at !== root && rules.leavesOut(at, true)) return null;
      if (at !== directory) rules = IgnoreRules.below(host, at, rules) ?? rules;
    }
    return rules;
  }

  /** The rules in `directory`, given those above it. */
  static below(host: Host, directory: string, above: IgnoreRules | null): IgnoreRules | null {
    const own = readRules(host, joinPath(directory, '.gitignore'));
    return own === null ? above : new IgnoreRules(directory, own, above);
  }

  /** Whether a path is left out; rules of the nearer directory win. */
  leavesOut(path: string, isDirectory: boolean): boolean {
    const relative = relativePath(this.directory, path);
    if (this.own !== null && relative !== '.' && relative !== path) {
      const result = this.own.test(isDirectory ? `${relative}/` : relative);
      if (result.ignored) return true;
      if (result.unignored) return false;
    }
    return this.above?.leavesOut(path, isDirectory) ?? false;
  }
}

function readRules(host: Host, path: string): Ignore | null {
  const read = host.read(path, 1024 * 1024);
  if (read.kind !== 'bytes') return null;
  return ignore({ allowRelativePaths: true }).add(host.decode(read.bytes).text);
}
