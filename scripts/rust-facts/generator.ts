// Declares the standard library's crates from their sources and packs what a user can name. Run by scripts/generate-rust-facts.mjs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser } from 'web-tree-sitter';
import type { EngineEnvironment } from '../../server/src/analysis/language.js';
import { closing } from '../../server/src/languages/rust/declare/builtinMacros.js';
import { Configuration } from '../../server/src/languages/rust/declare/cfg.js';
import { Declarer } from '../../server/src/languages/rust/declare/declareFile.js';
import { Words } from '../../server/src/languages/rust/declare/words.js';
import { CargoLayout } from '../../server/src/languages/rust/layout/cargoLayout.js';
import { SourceProvider, type StandardLibrary } from '../../server/src/languages/rust/layout/sourceProvider.js';
import { Names } from '../../server/src/languages/rust/resolve/names.js';
import { packCrates } from '../../server/src/languages/rust/resolve/pack.js';
import { Signatures } from '../../server/src/languages/rust/resolve/signatures.js';
import { World } from '../../server/src/languages/rust/resolve/world.js';
import { Traits } from '../../server/src/languages/rust/types/traits.js';
import { SourceParser } from '../../server/src/syntax/parser.js';
import { profileOf } from '../../server/src/syntax/profiles.js';
import { SymbolTable } from '../../server/src/syntax/symbolTable.js';
import { DiskSources } from './diskSources.js';

const CRATES = ['core', 'alloc', 'std'] as const;

/** Writes the facts, or with `check` compares them. Resolves to the exit status; `say` takes one line for the terminal. */
export async function generate(library: string, asset: string, check: boolean, say: (line: string) => void): Promise<number> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const parser = await SourceParser.load(profileOf('rust'), readFileSync(require.resolve('tree-sitter-rust/tree-sitter-rust.wasm')));
  const symbols = new SymbolTable();
  const words = new Words(symbols);
  const sources = new DiskSources(parser, () => null, maskUnstable);
  const layout = new CargoLayout(sources, null);
  const declarer = new Declarer(symbols, words);
  const standard: StandardLibrary = {
    crate: (name) => ({
      id: name, name, edition: 2024, origin: 'std', root: `${library}/${name}/src/lib.rs`, unit: name, key: name, configuration: Configuration.everything,
      externs: new Map<string, string>([['core', 'core'], ['alloc', 'alloc'], ['std', 'std'], ['alloc_crate', 'alloc']].filter(([, crate]) => crate !== name) as [string, string][]),
    }),
    packed: () => null,
    declare: (_crate, path) => {
      const file = sources.file(path);
      return file ? provider.declareTree(file.tree, path, Configuration.everything) : null;
    },
    moduleFile: (_crate, path, root, inline, name, explicit) => layout.moduleFile(path, root, inline, name, explicit),
  };
  const environment: EngineEnvironment = {
    sources, facts: { load: () => null, save: () => undefined }, parseFragment: (_language, text) => parser.parseOnce(text),
    options: { go: { goos: 'linux', goarch: 'amd64', goroot: null, modcache: null, toolchain: null }, rust: { registry: null }, models: [] },
  };
  const provider: SourceProvider = new SourceProvider(environment, declarer, standard);
  const world = new World(symbols, words, provider, (def) => provider.treeOf(def));
  new Traits(new Signatures(world, new Names(world))); // lets the world expand the macros that make impls
  const text = packCrates(world, [...CRATES]);
  if (!check) {
    writeFileSync(asset, text);
    say(`rust-std.facts.json: ${(text.length / 1e6).toFixed(2)} MB`);
    return 0;
  }
  if (existsSync(asset) && readFileSync(asset, 'utf8') === text) return 0;
  say('server/assets/rust-std.facts.json is stale: run npm run generate');
  return 1;
}

/** Blanks const-trait syntax, `safe fn`, restricted impls, `final` and declarative macros 2.0, keeping the length: the grammar knows none of them. */
function maskUnstable(text: string): string {
  const blank = (found: string): string => ' '.repeat(found.length);
  return blankMacros(text)
    .replace(/\[const\] /g, blank)
    .replace(/~const /g, blank)
    .replace(/\b(impl(?:<[^{};]*?>)?\s+)const (?=[\w!:])/g, (_found, before: string) => `${before}      `)
    .replace(/(?<=[:+] )const (?=[A-Z])/g, blank)
    .replace(/\bconst (?=(?:unsafe )?(?:auto )?trait\b)/g, blank)
    .replace(/\bconst (?=impl\b)/g, blank)
    .replace(/\bsafe fn\b/g, '     fn')
    .replace(/^(\s*(?:pub(?:\([a-z]+\))? )?)impl\(([^)]*)\) /gm, blank)
    .replace(/\bfinal (?=fn|const fn|unsafe fn)/g, blank);
}

/** Blanks declarative macros 2.0 to their last brace: what follows one would be lost with it. */
function blankMacros(text: string): string {
  let out = '';
  let from = 0;
  const start = /^[ \t]*(?:pub(?:\([^)]*\))? )?macro \w+\s*(?:\([^{]*\))?\s*\{/gm;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const end = closing(text, match.index + match[0].length - 1);
    if (end < 0) continue;
    out += text.slice(from, match.index) + text.slice(match.index, end + 1).replace(/[^\n]/g, ' ');
    from = start.lastIndex = end + 1;
  }
  return out + text.slice(from);
}
