// A part of a fetched corpus of a wanted length, in memory: whole Go packages or Rust crates in the order of corpora.json. No measuring in here.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageOptions } from '../../../server/src/analysis/language.js';
import { findToolchains } from './toolchains.js';
import { isWithin, type Host } from '../../../server/src/workspace/host.js';
import type { FoundFile } from '../../../server/src/workspace/discovery.js';

/** What a corpus is made of. */
export type CorpusLanguage = 'go' | 'rust';

/** Whether libraries that are not part of the corpus can be read (`open`) or not (`closed`). */
export type World = 'closed' | 'open';

/** A corpus in memory. */
export interface Corpus {
  readonly language: CorpusLanguage;
  /** Absolute; all files are below it. */
  readonly root: string;
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  readonly lines: number;
}

interface CorporaList { readonly go: readonly string[]; readonly rust: readonly string[] }

/** Reads whole units until there are at least `lines` lines; everything when the corpus is shorter. `folder` is what `npm run corpora` filled, `list` its list. */
export function readCorpus(language: CorpusLanguage, folder: string, list: CorporaList, lines: number): Corpus {
  const root = join(folder, language);
  const bytes = new Map<string, Uint8Array>();
  let count = 0;
  for (const name of list[language]) {
    for (const unit of language === 'rust' ? [filesBelow(join(root, nameOf(name)), '.rs')] : packagesBelow(join(root, nameOf(name)))) {
      if (count >= lines) break;
      for (const path of unit) {
        const content = readFileSync(path);
        bytes.set(path, content);
        count += linesOf(content);
      }
    }
  }
  const files = [...bytes].map(([path, content]) => ({ path, size: content.length })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { language, root, files, bytes, lines: count };
}

/** A host that answers the corpus' files from memory. In a closed world there is nothing beside them and the manifests below the root. */
export function hostOver(host: Host, corpus: Corpus, world: World): Host {
  const { bytes, root, language } = corpus;
  const source = language === 'go' ? '.go' : '.rs';
  const outside = (path: string): boolean => world === 'closed' && (!isWithin(root, path) || (path.endsWith(source) && !bytes.has(path)));
  return {
    ...host,
    read: (path, limit) => {
      const content = bytes.get(path);
      if (content !== undefined) return { kind: 'bytes', bytes: content };
      return outside(path) ? { kind: 'missing' } : host.read(path, limit);
    },
    stat: (path) => (outside(path) ? null : host.stat(path)),
    list: (directory) => (world === 'closed' && !isWithin(root, directory) ? null : (host.list(directory) ?? []).filter(({ name }) => !name.endsWith(source) || !outside(`${directory}/${name}`))),
  };
}

/** Options for linux/amd64; toolchain and caches only in an open world. */
export function optionsIn(world: World, folder: string): LanguageOptions {
  const open = world === 'open';
  return {
    go: { goos: 'linux', goarch: 'amd64', goroot: open ? findToolchains().goroot : null, modcache: open ? join(folder, 'gomod') : null, toolchain: null },
    rust: { registry: open ? join(folder, 'cargo', 'registry', 'src') : null },
    models: [],
  };
}

function nameOf(entry: string): string {
  return entry.slice(0, entry.lastIndexOf('@'));
}

/** Newline characters. */
export function linesOf(content: Uint8Array): number {
  let count = 0;
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) count++;
  return count;
}

function filesBelow(directory: string, extension: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) found.push(...filesBelow(path, extension));
    else if (entry.name.endsWith(extension)) found.push(path);
  }
  return found;
}

/** Files by directory. */
function packagesBelow(directory: string): string[][] {
  const packages = new Map<string, string[]>();
  for (const path of filesBelow(directory, '.go')) {
    const at = path.slice(0, path.lastIndexOf('/'));
    packages.set(at, [...(packages.get(at) ?? []), path]);
  }
  return [...packages.values()];
}
