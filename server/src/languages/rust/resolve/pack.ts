// Crates as text: the facts of all files of some crates, packed. The standard library ships in this form.
import type { FileFacts } from '../declare/facts.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { LoadedFile } from './definitions.js';
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
}

/** Packs crates of a world. */
export function packCrates(world: World, ids: readonly string[]): string {
  const names: string[] = [];
  const index = new Map<number, number>();
  const nameOf = (symbol: number): number => {
    let at = index.get(symbol);
    if (at === undefined) {
      at = names.length;
      names.push(world.symbols.text(symbol));
      index.set(symbol, at);
    }
    return at;
  };
  const crates = ids.map((id) => {
    const crate = world.load(id);
    const files: (number | string)[][] = [];
    const byFile = new Map<LoadedFile, number>();
    for (const at of crate?.files ?? []) {
      const file = world.defs.files[at] as LoadedFile;
      const owner = file.owner === 0 ? null : world.defs.fileOf(file.owner);
      byFile.set(file, files.length);
      files.push([owner === null ? -1 : (byFile.get(owner) ?? -1), owner === null ? 0 : world.defs.ordinalOf(file.owner), file.expansionOf === 0 ? 0 : 1, encode(file.facts.names.map(nameOf)), encode(file.facts.code)]);
    }
    return { name: id, files };
  });
  return JSON.stringify({ version: PACK_VERSION, names, crates });
}

/** Unpacks; null when the text is of another version or broken. */
export function unpackCrates(text: string, symbols: SymbolTable): ReadonlyMap<string, readonly PackedFile[]> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const pack = parsed as { version?: number; names?: string[]; crates?: { name: string; files: [number, number, number, string, string][] }[] };
  if (pack.version !== PACK_VERSION || pack.names === undefined || pack.crates === undefined) return null;
  const table = pack.names.map((name) => symbols.intern(name));
  const crates = new Map<string, readonly PackedFile[]>();
  for (const crate of pack.crates) {
    crates.set(crate.name, crate.files.map(([ownerFile, ownerOrdinal, expansion, names, code]) => {
      const decoded = Int32Array.from(decode(code));
      const items: number[] = [];
      for (let at = 0; at < decoded.length; at += Math.max(1, decoded[at + 1] as number)) items.push(at);
      return { ownerFile, ownerOrdinal, expansion: expansion === 1, facts: { names: decode(names).map((n) => table[n] ?? 0), code: decoded, items: Int32Array.from(items) } };
    }));
  }
  return crates;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Integers as base-64 digits with five bits each, the lowest first; the sign is the lowest bit. */
function encode(values: ArrayLike<number>): string {
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

function decode(text: string): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const digit = c >= 97 ? c - 71 : c >= 65 ? c - 65 : c >= 48 ? c + 4 : c === 43 ? 62 : 63;
    value += (digit & 31) * scale;
    if (digit >= 32) scale *= 32;
    else {
      values.push(value % 2 === 1 ? -Math.floor(value / 2) : value / 2);
      value = 0;
      scale = 1;
    }
  }
  return values;
}
