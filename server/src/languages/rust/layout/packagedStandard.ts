// The standard library as it ships with Heaplight: packed facts in an asset, unpacked once per engine.
import type { Sources } from '../../../analysis/language.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { Configuration } from '../declare/cfg.js';
import { unpackCrates, type PackedFile } from '../resolve/pack.js';
import type { StandardLibrary } from './sourceProvider.js';

/** Name of the asset. */
export const STANDARD_ASSET = 'rust-std.facts.json';

/** The packed standard library; without the asset no type of it is known. */
export function packagedStandard(sources: Sources, symbols: SymbolTable): StandardLibrary {
  let crates: ReadonlyMap<string, readonly PackedFile[]> | null | undefined;
  const load = (): ReadonlyMap<string, readonly PackedFile[]> | null => {
    if (crates === undefined) {
      const text = sources.asset(STANDARD_ASSET);
      crates = text === null ? null : unpackCrates(text, symbols);
    }
    return crates;
  };
  return {
    crate: (name) => (load()?.has(name) ? { id: name, name, edition: 2024, origin: 'std', root: `<${name}>`, unit: name, key: name, externs: new Map([['core', 'core'], ['alloc', 'alloc'], ['std', 'std'], ['alloc_crate', 'alloc']].filter(([, id]) => id !== name) as [string, string][]), configuration: Configuration.everything } : null),
    packed: (name) => load()?.get(name) ?? null,
    declare: () => null,
  };
}
