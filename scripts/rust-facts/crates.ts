// Outlines library crates: declares and solves them with our own engine and packs what users can name. Run by scripts/generate-rust-crate-facts.mjs.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser } from 'web-tree-sitter';
import type { EngineEnvironment } from '../../server/src/analysis/language.js';
import { Declarations } from '../../server/src/languages/rust/engineShared.js';
import { UnitAnalysis } from '../../server/src/languages/rust/engineUnit.js';
import { parseManifest } from '../../server/src/languages/rust/layout/manifest.js';
import { OUTLINED_CRATES, OUTLINES_ASSET } from '../../server/src/languages/rust/models/outlined.js';
import { packOutlines, readOutlines, type Outline, type OutlineRequest } from '../../server/src/languages/rust/resolve/outlines.js';
import { rustRules } from '../../server/src/languages/rust/rules/index.js';
import type { EffectSummary } from '../../server/src/languages/rust/solve/effects/cost.js';
import { SourceParser } from '../../server/src/syntax/parser.js';
import { profileOf } from '../../server/src/syntax/profiles.js';
import { SymbolTable } from '../../server/src/syntax/symbolTable.js';
import { DiskSources } from './diskSources.js';

/** Where things are, and whether the asset is only compared. */
export interface Task {
  readonly root: string;
  readonly registry: string;
  readonly check: boolean;
  say(line: string): void;
}

/** Writes the asset, or with `check` says whether it holds the versions that the manifest names. Resolves to the exit status. */
export async function generate({ root, registry, check, say }: Task): Promise<number> {
  const asset = `${root}/server/assets/${OUTLINES_ASSET}`;
  const { dependencies } = parseManifest(readFileSync(`${root}/scripts/rust-facts/Cargo.toml`, 'utf8')) ?? { dependencies: [] };
  const versionOf = (name: string): string => dependencies.find((one) => one.extern === name)?.version?.replace('=', '') ?? '';
  if (check) {
    // what functions cost follows the engine, and solving all crates takes a minute: only what is outlined is compared
    const have = existsSync(asset) ? readOutlines(readFileSync(asset, 'utf8'), new SymbolTable()) : new Map<string, () => Outline>();
    const stale = OUTLINED_CRATES.filter((name) => have.get(name)?.().version !== versionOf(name));
    if (stale.length > 0) say(`server/assets/${OUTLINES_ASSET} is stale (${stale.join(', ')}): run npm run generate`);
    return stale.length > 0 || have.size !== OUTLINED_CRATES.length ? 1 : 0;
  }
  await Parser.init();
  const require = createRequire(import.meta.url);
  const parser = await SourceParser.load(profileOf('rust'), readFileSync(require.resolve('tree-sitter-rust/tree-sitter-rust.wasm')));
  const sources = new DiskSources(parser, (name) => (name === OUTLINES_ASSET ? null : readFileSync(`${root}/server/assets/${name}`, 'utf8')));
  const environment: EngineEnvironment = {
    sources, facts: { load: () => null, save: () => undefined }, parseFragment: (_language, text) => parser.parseOnce(text),
    options: { go: { goos: 'linux', goarch: 'amd64', goroot: null, modcache: null, toolchain: null }, rust: { registry }, models: [] },
  };
  const declarations = new Declarations(environment);
  const { layout } = declarations.provider;
  const requests: OutlineRequest[] = [];
  for (const name of OUTLINED_CRATES) {
    const version = versionOf(name);
    const directory = directoryOf(registry, dependencies.find((one) => one.extern === name)?.package ?? name, version);
    const own = directory === null ? null : layout.packageOf(`${directory}/src/lib.rs`);
    const id = own?.crates[0];
    if (id === undefined) {
      say(`generate-rust-crate-facts: no sources of ${name} ${version} at hand; ${OUTLINES_ASSET} stays as it is`);
      return 0;
    }
    const unit = new UnitAnalysis(environment, rustRules, declarations);
    const crate = unit.world.load(id);
    const paths = new Set((crate?.files ?? []).map((index) => unit.world.defs.files[index]?.path ?? ''));
    for (const path of paths) unit.report(path);
    requests.push({ id, name, version, world: unit.world, effectOf: (def) => effectOf(unit.effects.summaryOf(def)) });
  }
  const text = packOutlines(requests);
  writeFileSync(asset, text);
  say(`${OUTLINES_ASSET}: ${(text.length / 1e6).toFixed(2)} MB`);
  return 0;
}

/** What callers pay for sure, on some calls or on each; what depends on their types is left to them. */
function effectOf(summary: EffectSummary | null): ReturnType<OutlineRequest['effectOf']> {
  if (summary === null || summary.open !== null || summary.level < 2) return null;
  return { level: summary.level === 3 ? 3 : 2, kind: summary.kind, what: summary.what, awaited: summary.awaited };
}

function directoryOf(registry: string, name: string, version: string): string | null {
  for (const index of readdirSync(registry)) if (existsSync(`${registry}/${index}/${name}-${version}/Cargo.toml`)) return `${registry}/${index}/${name}-${version}`;
  return null;
}
