// Which files a crate consists of: those that `mod name;` leads to. Not here: what macros make (world.ts).
import { ItemFlag, ItemKind, type FileFacts } from '../declare/facts.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { CrateProvider, CrateSource } from './crates.js';
import { HEADER } from './definitions.js';

/** A `mod name;`: its ordinal in the file that it stands in, and the module's file. */
export interface ModuleFile {
  readonly ordinal: number;
  readonly path: string;
}

/** The modules of a file that are files of their own, as the sources lie now. `around` are the inline modules that the file itself stands in. */
export function* moduleFiles(provider: CrateProvider, symbols: SymbolTable, crate: CrateSource, { code, items, names }: FileFacts, file: string, isRoot: boolean, around: readonly string[] = []): Generator<ModuleFile, void, void> {
  const skipInactive = crate.origin !== 'workspace';
  for (let ordinal = 1; ordinal < items.length; ordinal++) {
    const at = items[ordinal] as number;
    const flags = code[at + 2] as number;
    if (code[at] !== ItemKind.Module || (flags & ItemFlag.External) === 0) continue;
    if (skipInactive && (flags & (ItemFlag.Inactive | ItemFlag.Test)) !== 0) continue;
    const inline: string[] = [];
    for (let parent = code[at + 5] as number; parent > 0; parent = code[(items[parent] as number) + 5] as number) {
      if (code[items[parent] as number] === ItemKind.Module) inline.unshift(symbols.text(names[code[(items[parent] as number) + 4] as number] as number));
    }
    inline.unshift(...around);
    const explicit = code[at + HEADER] as number;
    const name = symbols.text(names[code[at + 4] as number] as number);
    const path = provider.moduleFile(crate, file, isRoot, inline, name, explicit < 0 ? null : symbols.text(names[explicit] as number));
    if (path !== null) yield { ordinal, path };
  }
}

/** Parses the files of a crate, at most `limit`, one a step: to load it takes less time then. Changes nothing. */
export function* readFiles(provider: CrateProvider, symbols: SymbolTable, crate: CrateSource, limit: number): Generator<void, void, void> {
  const seen = new Set([crate.root]);
  const paths = [crate.root];
  for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
    const declared = provider.declareAhead(crate, path);
    yield;
    if (declared === null) continue;
    for (const next of moduleFiles(provider, symbols, crate, declared.facts, path, path === crate.root)) {
      if (seen.has(next.path) || seen.size >= limit) continue;
      seen.add(next.path);
      paths.push(next.path);
    }
  }
}
