// Reading go.mod and go.work: the few directives that decide where imports are found.

/** A replacement of a module by another one or by a directory. */
export interface Replacement {
  readonly module: string;
  /** '' for every version. */
  readonly version: string;
  /** Module path, or a directory when it starts with `.` or `/`. */
  readonly target: string;
  readonly targetVersion: string;
}

/** What a go.mod says. */
export interface ModuleFile {
  readonly module: string;
  /** Minor version of the `go` line (`go 1.21.3` is 21); null when there is none. */
  readonly language: number | null;
  /** Required versions by module path. */
  readonly requires: ReadonlyMap<string, string>;
  readonly replaces: readonly Replacement[];
}

/** Reads a go.mod; what is not understood is left out. */
export function readModuleFile(text: string): ModuleFile {
  let module = '';
  let language: number | null = null;
  const requires = new Map<string, string>();
  const replaces: Replacement[] = [];
  for (const [verb, words] of directives(text)) {
    if (verb === 'module') module = words[0] ?? '';
    else if (verb === 'go') language = minorOf(words[0] ?? '');
    else if (verb === 'require' && words.length >= 2) requires.set(words[0] as string, words[1] as string);
    else if (verb === 'replace') {
      const replacement = readReplacement(words);
      if (replacement) replaces.push(replacement);
    }
  }
  return { module, language, requires, replaces };
}

/** What a go.work says: directories of its modules, as written, and replacements. */
export function readWorkFile(text: string): { readonly uses: readonly string[]; readonly replaces: readonly Replacement[] } {
  const uses: string[] = [];
  const replaces: Replacement[] = [];
  for (const [verb, words] of directives(text)) {
    if (verb === 'use' && words[0]) uses.push(words[0]);
    else if (verb === 'replace') {
      const replacement = readReplacement(words);
      if (replacement) replaces.push(replacement);
    }
  }
  return { uses, replaces };
}

/** Modules of a vendor/modules.txt with the minor version of their `go` line, null for none. */
export function readVendorFile(text: string): ReadonlyMap<string, number | null> {
  const languages = new Map<string, number | null>();
  let module = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('# ')) {
      module = line.slice(2).split(' ', 1)[0] ?? '';
      if (module !== '') languages.set(module, languages.get(module) ?? null);
    } else if (line.startsWith('## ')) {
      const language = /\bgo (\S+)/.exec(line);
      if (language && module !== '') languages.set(module, minorOf(language[1] as string));
    }
  }
  return languages;
}

/** Whether one version of a module comes after another, as semantic versions order them; what is no version comes first. */
export function isNewer(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => /^v(\d+)\.(\d+)\.(\d+)(?:-([^+]*))?/.exec(text));
  if (!a || !b) return a !== null && b === null;
  for (let part = 1; part <= 3; part++) if (a[part] !== b[part]) return Number(a[part]) > Number(b[part]);
  if (a[4] === undefined || b[4] === undefined) return a[4] === undefined && b[4] !== undefined;
  return a[4] > b[4];
}

/** Path of a module in the module cache: capitals become `!` and the small letter. */
export function escapedModulePath(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** Minor number of `1.21`, `1.21.3`, `go1.26rc1`; null when it is no version of Go 1. */
export function minorOf(version: string): number | null {
  const match = /^(?:go)?1\.(\d+)/.exec(version);
  return match ? Number(match[1]) : null;
}

function readReplacement(words: readonly string[]): Replacement | null {
  const arrow = words.indexOf('=>');
  if (arrow < 1 || arrow + 1 >= words.length) return null;
  return { module: words[0] as string, version: arrow > 1 ? (words[1] as string) : '', target: words[arrow + 1] as string, targetVersion: words[arrow + 2] ?? '' };
}

/** Directives of a module file with their words; blocks are taken apart, comments left out. */
function* directives(text: string): Iterable<[verb: string, words: readonly string[]]> {
  let block = '';
  for (const raw of text.split('\n')) {
    const comment = raw.indexOf('//');
    const line = (comment >= 0 ? raw.slice(0, comment) : raw).trim();
    if (line === '') continue;
    const words = (line.match(/"[^"]*"|`[^`]*`|[^\s"`]+/g) ?? []).map((word) => word.replace(/^["`]|["`]$/g, ''));
    if (block !== '') {
      if (words[0] === ')') block = '';
      else yield [block, words];
    } else if (words[1] === '(') block = words[0] ?? '';
    else yield [words[0] ?? '', words.slice(1)];
  }
}
