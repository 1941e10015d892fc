// Outlines of library crates as text: declarations that users can name, with what calling them costs, as our own engine found it in the sources.
// They stand in for crates whose sources are not on disk. Not here: where the text comes from (layout/outlinedCrates.ts), which crates it
// holds (scripts/rust-facts/), and the standard library's own packed form (pack.ts).
import type { AllocationKind } from '../../../analysis/site.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { ItemFlag, ItemKind, Visibility, type FileFacts } from '../declare/facts.js';
import { implParts } from '../declare/factsReader.js';
import type { DefId } from '../types/typeTable.js';
import { HEADER, type LoadedFile } from './definitions.js';
import { decode, encode, unpackFile, type FileCode, type PackedFile } from './pack.js';
import type { World } from './world.js';

/** Version of the form; another one is not read. */
export const OUTLINE_VERSION = 1;

/** What a function of an outlined crate costs its callers. `level` is 2 for some calls, 3 for each. */
export interface OutlinedEffect {
  readonly level: 2 | 3;
  readonly kind: AllocationKind;
  readonly what: string;
  readonly awaited: boolean;
  /** An outline knows no chain of callees, and nothing that its caller decides. */
  readonly chain: readonly [];
  readonly open: null;
}

/** A crate read from an outline. */
export interface Outline {
  readonly name: string;
  /** Version of the package that was read. */
  readonly version: string;
  readonly edition: number;
  readonly files: readonly PackedFile[];
}

/** A crate to be outlined: `id` in `world`. */
export interface OutlineRequest {
  readonly world: World;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  effectOf(def: DefId): Omit<OutlinedEffect, 'chain' | 'open'> | null;
}

/** One crate in the text: name, version, edition, files. A file: index and ordinal of its owner, whether a macro made it, names, code, effects. */
type CrateText = readonly [string, string, number, readonly (readonly [FileCode, string])[]];

/** Packs outlines. */
export function packOutlines(requests: Iterable<OutlineRequest>): string {
  const names = new Interner();
  const texts = new Interner();
  const crates: CrateText[] = [];
  for (const request of requests) {
    const { world } = request;
    const crate = world.load(request.id);
    if (crate === null) continue;
    const files: (readonly [FileCode, string])[] = [];
    const byFile = new Map<LoadedFile, { readonly at: number; readonly ordinals: Int32Array }>();
    for (const index of crate.files) {
      const file = world.defs.files[index] as LoadedFile;
      const home = file.owner === 0 ? null : byFile.get(world.defs.fileOf(file.owner));
      if (home === undefined) continue;
      const ownerOrdinal = home === null ? 0 : (home.ordinals[world.defs.ordinalOf(file.owner)] as number);
      if (ownerOrdinal < 0) continue;
      const { facts, ordinals } = pruned(file.facts);
      const effects: number[] = [];
      for (let ordinal = 0; ordinal < ordinals.length; ordinal++) {
        const effect = (ordinals[ordinal] as number) < 0 || facts.code[facts.items[ordinals[ordinal] as number] as number] !== ItemKind.Function ? null : request.effectOf(file.defs[ordinal] as number);
        if (effect !== null) effects.push(ordinals[ordinal] as number, effect.level * 2 + (effect.awaited ? 1 : 0), texts.at(effect.kind), texts.at(effect.what));
      }
      byFile.set(file, { at: files.length, ordinals });
      files.push([[home === null ? -1 : home.at, ownerOrdinal, file.expansionOf === 0 ? 0 : 1, encode(facts.names.map((symbol) => names.at(world.symbols.text(symbol)))), encode(facts.code)], encode(effects)]);
    }
    crates.push([request.name, request.version, crate.source.edition, files]);
  }
  return JSON.stringify({ version: OUTLINE_VERSION, names: names.texts, texts: texts.texts, crates });
}

interface ParsedOutlines {
  readonly text: string;
  readonly names: readonly string[];
  readonly texts: readonly string[];
  readonly crates: readonly CrateText[];
}

/** The last text that was parsed: the engines of a process read the same one. Nothing in it is changed. */
let parsedOutlines: ParsedOutlines | null = null;

function parseOutlines(text: string): ParsedOutlines | null {
  let parsed: { readonly version?: number; readonly names?: readonly string[]; readonly texts?: readonly string[]; readonly crates?: readonly CrateText[] };
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch {
    return null;
  }
  const { names, texts, crates } = parsed;
  return parsed.version !== OUTLINE_VERSION || names === undefined || texts === undefined || crates === undefined ? null : { text, names, texts, crates };
}

/** Readers of outlines by crate name; empty when the text is of another version or broken. A crate is decoded when it is asked for. */
export function readOutlines(text: string, symbols: SymbolTable): ReadonlyMap<string, () => Outline> {
  const readers = new Map<string, () => Outline>();
  const outlines = parsedOutlines?.text === text ? parsedOutlines : parseOutlines(text);
  if (outlines === null) return readers;
  parsedOutlines = outlines;
  const { names, texts, crates } = outlines;
  let table: readonly number[] | null = null;
  for (const [name, version, edition, files] of crates) {
    readers.set(name, () => {
      const symbolsOf = (table ??= names.map((text) => symbols.intern(text)));
      return { name, version, edition, files: files.map(([code, effects]) => ({ ...unpackFile(code, symbolsOf), effects: effectsOf(decode(effects), texts) })) };
    });
  }
  return readers;
}

function effectsOf(values: ArrayLike<number>, texts: readonly string[]): ReadonlyMap<number, OutlinedEffect> {
  const effects = new Map<number, OutlinedEffect>();
  for (let i = 0; i + 3 < values.length; i += 4) {
    const level = values[i + 1] as number;
    effects.set(values[i] as number, { level: level >= 6 ? 3 : 2, kind: (texts[values[i + 2] as number] ?? 'buffer') as AllocationKind, what: texts[values[i + 3] as number] ?? '', awaited: level % 2 === 1, chain: [], open: null });
  }
  return effects;
}

/** Facts without what no other crate can name: tests, inactive items, macros, private functions and constants. `ordinals` gives the new ordinal, -1 for none. */
function pruned(facts: FileFacts): { readonly facts: FileFacts; readonly ordinals: Int32Array } {
  const { code, items } = facts;
  const ordinals = new Int32Array(items.length).fill(-1);
  const kept: number[] = [];
  const starts: number[] = [];
  for (let ordinal = 0; ordinal < items.length; ordinal++) {
    const at = items[ordinal] as number;
    const parent = code[at + 5] as number;
    if (ordinal > 0 && (parent < 0 || (ordinals[parent] as number) < 0 || !isPublic(facts, at, parent))) continue;
    ordinals[ordinal] = starts.length;
    starts.push(kept.length);
    const end = at + (code[at + 1] as number);
    for (let i = at; i < end; i++) kept.push(i === at + 5 && parent >= 0 ? (ordinals[parent] as number) : (code[i] as number));
  }
  return { facts: { names: facts.names, code: Int32Array.from(kept), items: Int32Array.from(starts) }, ordinals };
}

function isPublic(facts: FileFacts, at: number, parent: number): boolean {
  const { code, items } = facts;
  if (((code[at + 2] as number) & (ItemFlag.Test | ItemFlag.Inactive)) !== 0) return false;
  switch (code[at] as ItemKind) {
    case ItemKind.MacroCall: case ItemKind.MacroRules: case ItemKind.BlockScope: return false;
    case ItemKind.Function: case ItemKind.Const: case ItemKind.Static: {
      const home = items[parent] as number;
      if (code[home] === ItemKind.Trait || (code[home] === ItemKind.Impl && implParts(code, home, HEADER).trait >= 0)) return true;
      return code[at + 3] === Visibility.Public;
    }
    default: return true;
  }
}

/** Texts as small integers. */
class Interner {
  readonly texts: string[] = [];
  readonly #index = new Map<string, number>();

  at(text: string): number {
    let at = this.#index.get(text);
    if (at === undefined) {
      at = this.texts.length;
      this.texts.push(text);
      this.#index.set(text, at);
    }
    return at;
  }
}
