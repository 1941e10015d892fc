// Crates as text: the facts of all files of some crates, packed. The standard library ships in this form, and units hand their declarations to each other in it (facts/).
import type { FileFacts } from '../declare/facts.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { FileDetails, LoadedFile } from './definitions.js';
import type { OutlinedEffect } from './outlines.js';
import type { World } from './world.js';

/** Version of the packed form; another one is not read. */
export const PACK_VERSION = 1;

/** One file of a packed crate. */
export interface PackedFile {
  /** Index of the file whose item owns this one, -1 for the crate's root. */
  readonly ownerFile: number;
  readonly ownerOrdinal: number;
  /** Made by a macro, not a `mod`. */
  readonly expansion: boolean;
  readonly facts: FileFacts;
  /** For an expansion: file and ordinal of the macro's call; null where they are not told. */
  readonly call: readonly [file: number, ordinal: number] | null;
  /** Path of its text; null for that of the crate's root. */
  readonly path: string | null;
  /** What is known of its text without it; null for nothing. */
  readonly details: FileDetails | null;
  /** What its functions cost their callers, by ordinal, where an outline says so. */
  readonly effects?: ReadonlyMap<number, OutlinedEffect>;
}

/** A file of a crate as it is written: owner's file, owner's ordinal, whether it is an expansion, names, code. */
export type FileCode = readonly [ownerFile: number, ownerOrdinal: number, expansion: number, names: string, code: string];

/** Gives names the numbers that a packed form knows them by. */
export class NameList {
  readonly names: string[] = [];
  readonly #index = new Map<number, number>();

  constructor(readonly world: World) {}

  at(symbol: number): number {
    let at = this.#index.get(symbol);
    if (at === undefined) {
      at = this.names.length;
      this.names.push(this.world.symbols.text(symbol));
      this.#index.set(symbol, at);
    }
    return at;
  }
}

/** The declarations of all files of a crate. */
export function packFiles(names: NameList, files: readonly LoadedFile[]): FileCode[] {
  const { defs } = names.world;
  const byFile = new Map<LoadedFile, number>();
  return files.map((file, at) => {
    const owner = file.owner === 0 ? null : defs.fileOf(file.owner);
    byFile.set(file, at);
    return [owner === null ? -1 : (byFile.get(owner) ?? -1), owner === null ? 0 : defs.ordinalOf(file.owner), file.expansionOf === 0 ? 0 : 1, encode(file.facts.names.map((name) => names.at(name))), encode(file.facts.code)];
  });
}

/** A packed file with names as indices into the pack's table. */
interface DecodedFile {
  readonly ownerFile: number;
  readonly ownerOrdinal: number;
  readonly expansion: boolean;
  readonly names: Int32Array;
  readonly code: Int32Array;
  readonly items: Int32Array;
}

function decodeFile([ownerFile, ownerOrdinal, expansion, names, packed]: FileCode): DecodedFile {
  const code = decode(packed);
  let count = 0;
  for (let at = 0; at < code.length; at += Math.max(1, code[at + 1] as number)) count++;
  const items = new Int32Array(count);
  for (let at = 0, i = 0; i < count; at += Math.max(1, code[at + 1] as number)) items[i++] = at;
  return { ownerFile, ownerOrdinal, expansion: expansion === 1, names: decode(names), code, items };
}

function named({ ownerFile, ownerOrdinal, expansion, names, code, items }: DecodedFile, table: readonly number[]): PackedFile {
  const own: number[] = [];
  for (let i = 0; i < names.length; i++) own.push(table[names[i] as number] ?? 0);
  return { ownerFile, ownerOrdinal, expansion, call: null, path: null, details: null, facts: { names: own, code, items } };
}

/** Reads one packed file; `table` gives the symbols of the packed names. */
export function unpackFile(file: FileCode, table: readonly number[]): PackedFile {
  return named(decodeFile(file), table);
}

/** Packs crates of a world. */
export function packCrates(world: World, ids: readonly string[]): string {
  const names = new NameList(world);
  const crates = ids.map((id) => ({ name: id, files: packFiles(names, (world.load(id)?.files ?? []).map((at) => world.defs.files[at] as LoadedFile)) }));
  return JSON.stringify({ version: PACK_VERSION, names: names.names, crates });
}

interface DecodedPack {
  readonly text: string;
  readonly names: readonly string[];
  readonly crates: readonly { readonly name: string; readonly files: readonly DecodedFile[] }[];
}

/** The last pack that was decoded: the engines of a process read the same one. Nothing in it is changed. */
let decodedPack: DecodedPack | null = null;

/** The same with symbols in place of names: tables that give the names the same symbols share it. Nothing in it is changed. */
let namedPack: { readonly pack: DecodedPack; readonly table: readonly number[]; readonly crates: ReadonlyMap<string, readonly PackedFile[]> } | null = null;

function sameTable(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Unpacks; null when the text is of another version or broken. */
export function unpackCrates(text: string, symbols: SymbolTable): ReadonlyMap<string, readonly PackedFile[]> | null {
  const pack = decodedPack?.text === text ? decodedPack : decodePack(text);
  if (pack === null) return null;
  decodedPack = pack;
  const table = pack.names.map((name) => symbols.intern(name));
  if (namedPack !== null && namedPack.pack === pack && sameTable(namedPack.table, table)) return namedPack.crates;
  const crates = new Map(pack.crates.map(({ name, files }) => [name, files.map((file) => named(file, table))]));
  namedPack = { pack, table, crates };
  return crates;
}

function decodePack(text: string): DecodedPack | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const pack = parsed as { version?: number; names?: string[]; crates?: { name: string; files: FileCode[] }[] };
  if (pack.version !== PACK_VERSION || pack.names === undefined || pack.crates === undefined) return null;
  return { text, names: pack.names, crates: pack.crates.map(({ name, files }) => ({ name, files: files.map(decodeFile) })) };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Integers as base-64 digits with five bits each, the lowest first; the sign is the lowest bit. */
export function encode(values: ArrayLike<number>): string {
  const out: string[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let rest = value < 0 ? -value * 2 + 1 : value * 2;
    do {
      const digit = rest % 32;
      rest = Math.floor(rest / 32);
      out.push(DIGITS.charAt(rest > 0 ? digit + 32 : digit));
    } while (rest > 0);
  }
  return out.join('');
}

/** Where `decode` collects values before it knows how many there are. */
let scratch = new Int32Array(1 << 16);

/** The integers that `encode` wrote. */
export function decode(text: string): Int32Array {
  if (scratch.length < text.length) scratch = new Int32Array(text.length);
  let count = 0;
  let value = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const digit = c >= 97 ? c - 71 : c >= 65 ? c - 65 : c >= 48 ? c + 4 : c === 43 ? 62 : 63;
    value |= (digit & 31) << shift;
    if (digit >= 32) shift += 5;
    else {
      scratch[count++] = (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
      value = 0;
      shift = 0;
    }
  }
  return scratch.slice(0, count);
}
