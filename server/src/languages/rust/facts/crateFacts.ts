// The serialised facts of one crate: what it declares, in the form that the standard library ships in, and what its functions cost. A first line
// with version and checksum, then JSON. Whatever is damaged is refused as a whole, with a reason. Not here: what the columns mean (resolve/pack.ts,
// summaryCode.ts), where facts come from (importedFacts.ts).
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { decode, encode, unpackFile, type FileCode, type PackedFile } from '../resolve/pack.js';

/** Version of the form; facts of another one are not read. */
export const FACTS_VERSION = 3;

/** A crate that another one names: name in paths, what identifies it, directory of its package below or beside that of the crate (null for none). */
export type ExternFacts = readonly [name: string, key: string, directory: string | null];

/** What a crate is. */
export interface CrateHeader {
  readonly name: string;
  /** Name and version of its package. */
  readonly key: string;
  readonly edition: number;
  readonly origin: 'workspace' | 'dependency';
  /** Path of its root file from the directory of its package. */
  readonly root: string;
  readonly externs: readonly ExternFacts[];
  /** Hash of what decided these facts besides the crate's own sources; empty when that is the caller's business. */
  readonly inputs: string;
}

/** A file as facts hold it: its code, path from the package's directory, places of names, (ordinal, text) of macros, the call that made an expansion, and where
 * items stand whose bodies may be read again. */
export type FileRecord = readonly [code: FileCode, path: number, places: string, macros: readonly (number | string)[], call: readonly [file: number, ordinal: number] | null, spans: string];

/** What is written. */
export interface CrateRecord extends CrateHeader {
  readonly names: readonly string[];
  readonly paths: readonly string[];
  readonly files: readonly FileRecord[];
  readonly effects: EffectRecord | null;
}

/** Costs of functions as integers; see summaryCode.ts. */
export interface EffectRecord {
  readonly texts: readonly string[];
  /** Keys of the crates that references speak of; the crate itself is number 0. */
  readonly crates: readonly string[];
  readonly code: string;
}

/** Facts that were read. */
export interface CrateFacts {
  readonly header: CrateHeader;
  readonly files: readonly PackedFile[];
  readonly effects: ReadEffects | null;
}

/** Costs of functions, not decoded yet. */
export interface ReadEffects {
  readonly texts: readonly string[];
  readonly crates: readonly string[];
  /** Symbols of the packed names. */
  readonly names: readonly number[];
  readonly code: Int32Array;
}

/** The text of a crate's facts. The same record gives the same text. */
export function crateFactsText(record: CrateRecord): string {
  const json = JSON.stringify(record);
  return `heaplight-rust-facts ${FACTS_VERSION} ${checksum(json)}\n${json}`;
}

/** Reads the text of a crate's facts: the facts, or why they cannot be used. `directory` is that of the package. Never throws. */
export function readCrateFacts(text: string, symbols: SymbolTable, join: (path: string) => string): CrateFacts | string {
  const end = text.indexOf('\n');
  const [magic, version, sum] = text.slice(0, Math.max(0, end)).split(' ');
  if (magic !== 'heaplight-rust-facts') return 'they are no facts of a crate';
  if (version !== String(FACTS_VERSION)) return `they have the form ${version ?? ''}, this Heaplight reads the form ${FACTS_VERSION}`;
  const json = text.slice(end + 1);
  if (sum !== checksum(json)) return 'they are damaged or cut off';
  try {
    return unpack(JSON.parse(json) as CrateRecord, symbols, join);
  } catch {
    return 'they are damaged';
  }
}

function unpack(record: CrateRecord, symbols: SymbolTable, join: (path: string) => string): CrateFacts {
  const table = record.names.map((name) => symbols.intern(name));
  const paths = record.paths.map(join);
  const files = record.files.map(([code, path, places, macros, call, spans]): PackedFile => {
    const texts = new Map<number, string>();
    for (let i = 0; i + 1 < macros.length; i += 2) texts.set(macros[i] as number, macros[i + 1] as string);
    return { ...unpackFile(code, table), call, path: paths[path] ?? '', details: { places: readPlaces(places), spans: readSpans(spans), macros: texts } };
  });
  const { name, key, edition, origin, root, externs, inputs, effects } = record;
  return {
    header: { name, key, edition, origin, root, externs, inputs }, files,
    effects: effects === null ? null : { texts: effects.texts, crates: effects.crates, names: table, code: decode(effects.code) },
  };
}

/** Places as differences: start from the place before, and length. */
export function writePlaces(places: Int32Array): string {
  const out: number[] = [];
  let last = 0;
  for (let i = 0; i < places.length; i += 2) {
    const start = places[i] as number;
    if (start < 0) out.push(0, -1);
    else {
      out.push(start - last, (places[i + 1] as number) - start);
      last = start;
    }
  }
  return encode(out);
}

function readPlaces(text: string): Int32Array {
  const values = decode(text);
  const places = new Int32Array(values.length);
  let last = 0;
  for (let i = 0; i + 1 < values.length; i += 2) {
    const length = values[i + 1] as number;
    if (length >= 0) last += values[i] as number;
    places[i] = length < 0 ? -1 : last;
    places[i + 1] = length < 0 ? -1 : last + length;
  }
  return places;
}

/** Spans as differences: start and node from those of the span before, and length. */
export function writeSpans(spans: Int32Array): string {
  const out: number[] = [];
  let start = 0;
  let node = 0;
  for (let i = 0; i < spans.length; i += 3) {
    if ((spans[i] as number) < 0) {
      out.push(0, -1, 0);
      continue;
    }
    out.push((spans[i] as number) - start, (spans[i + 1] as number) - (spans[i] as number), (spans[i + 2] as number) - node);
    start = spans[i] as number;
    node = spans[i + 2] as number;
  }
  return encode(out);
}

function readSpans(text: string): Int32Array {
  const values = decode(text);
  const spans = new Int32Array(values.length).fill(-1);
  let start = 0;
  let node = 0;
  for (let i = 0; i + 2 < values.length; i += 3) {
    const length = values[i + 1] as number;
    if (length < 0) continue;
    spans[i] = start += values[i] as number;
    spans[i + 1] = start + length;
    spans[i + 2] = node += values[i + 2] as number;
  }
  return spans;
}

/** Sixteen hexadecimal digits that tell a changed text from the one written; no defence against intent. */
export function checksum(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul((b ^ unit) + i, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
