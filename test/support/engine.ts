// Engines over files in memory, for tests: the real parser and the real languages, no disk.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { DirectoryEntry, EngineEnvironment, FactsStore, LanguageOptions, SourceFile, Sources } from '../../server/src/analysis/language.js';
import type { LanguageId } from '../../server/src/syntax/grammar.js';
import { parsePartial } from '../../server/src/syntax/partial.js';
import { SourceParser } from '../../server/src/syntax/parser.js';
import { profileOf } from '../../server/src/syntax/profiles.js';

const require = createRequire(import.meta.url);
const parsers = new Map<LanguageId, Promise<SourceParser>>();

/** The parser of a language, loaded once per process. */
export async function parserOf(language: LanguageId): Promise<SourceParser> {
  let parser = parsers.get(language);
  if (!parser) {
    parser = SourceParser.load(profileOf(language), readFileSync(require.resolve(`tree-sitter-${language}/tree-sitter-${language}.wasm`)));
    parsers.set(language, parser);
  }
  return parser;
}

/** Assets that were read, as a host keeps them. */
const assets = new Map<string, string | null>();

/** Files in memory as an engine sees them. `set` replaces a text; the engine must be told separately. */
export class MemorySources implements Sources {
  readonly #texts = new Map<string, string>();
  readonly #parsed = new Map<string, SourceFile>();

  constructor(files: Readonly<Record<string, string>>, private readonly parser: Readonly<Record<string, SourceParser>>) {
    for (const [path, text] of Object.entries(files)) this.#texts.set(path, text);
  }

  set(path: string, text: string | null): void {
    if (text === null) this.#texts.delete(path);
    else this.#texts.set(path, text);
    this.#parsed.delete(path);
  }

  file(path: string): SourceFile | null {
    const known = this.#parsed.get(path);
    if (known) return known;
    const text = this.#texts.get(path);
    const parser = this.parser[path.slice(path.lastIndexOf('.') + 1)];
    if (text === undefined || !parser) return null;
    const tree = parser.parseOnce(text);
    if (!tree) return null;
    const file = { path, tree, problems: [] };
    this.#parsed.set(path, file);
    return file;
  }

  outline(path: string, leftOut: (text: string) => readonly number[]): SourceFile | null {
    const text = this.#texts.get(path);
    const known = this.#parsed.get(path);
    const parser = this.parser[path.slice(path.lastIndexOf('.') + 1)];
    const tree = text === undefined || known !== undefined || parser === undefined ? null : parsePartial(text, leftOut(text), (part) => parser.parseOnce(part));
    return known ?? (tree === null ? null : { path, tree, problems: [] });
  }

  sourceText(path: string): string | null {
    return this.text(path);
  }

  text(path: string): string | null {
    return this.#texts.get(path) ?? null;
  }

  list(directory: string): readonly DirectoryEntry[] {
    const prefix = directory === '' || directory === '.' ? '' : `${directory}/`;
    const entries = new Map<string, DirectoryEntry>();
    for (const path of this.#texts.keys()) {
      if (!path.startsWith(prefix)) continue;
      const rest = path.slice(prefix.length);
      const slash = rest.indexOf('/');
      const name = slash < 0 ? rest : rest.slice(0, slash);
      entries.set(name, { name, kind: slash < 0 ? 'file' : 'directory' });
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  asset(name: string): string | null {
    let text = assets.get(name);
    if (text === undefined) {
      // in the sources, and beside a bundle in dist/; a harness without the assets would measure another product
      const found = ['../../server/assets/', './assets/'].map((folder) => new URL(`${folder}${name}`, import.meta.url)).find((url) => existsSync(url));
      if (found === undefined) throw new Error(`no asset ${name}`);
      text = readFileSync(found, 'utf8');
      assets.set(name, text);
    }
    return text;
  }
}

/** Sources over `files` with both grammars. */
export async function memorySources(files: Readonly<Record<string, string>>): Promise<MemorySources> {
  return new MemorySources(files, { rs: await parserOf('rust'), go: await parserOf('go') });
}

/** Reads the arguments of macros, as the mains do. */
export async function fragmentParser(): Promise<NonNullable<EngineEnvironment['parseFragment']>> {
  const byLanguage = { rust: await parserOf('rust'), go: await parserOf('go') };
  return (language, text) => byLanguage[language].parseOnce(text);
}

/** A store that keeps nothing. */
export const noFacts: FactsStore = { load: () => null, save: () => undefined };

/** linux/amd64, nothing on disk. */
export const testOptions: LanguageOptions = {
  go: { goos: 'linux', goarch: 'amd64', goroot: null, modcache: null, toolchain: null },
  rust: { registry: null },
  models: [],
};
