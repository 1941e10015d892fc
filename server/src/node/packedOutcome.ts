// A file's outcome as bytes outside of the heap: how it crosses threads and how it waits. Texts are made of it when they are asked for.
import type { FileOutcome, OutcomeBytes } from '../workspace/groupRunner.js';

/** Plain data: an outcome with its long texts as UTF-8, first the JSON, then the extra. */
export interface PackedFile extends Pick<FileOutcome, 'path' | 'language' | 'lines' | 'totals'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Length of the JSON in bytes. */
  readonly json: number;
}

const encoder = new TextEncoder();

/** The plain form of an outcome; the bytes have a buffer of their own, which may be handed over. */
export function packed({ path, language, lines, totals, json, extra }: FileOutcome): PackedFile {
  const first = encoder.encode(json);
  const second = encoder.encode(extra);
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return { path, language, lines, totals, bytes, json: first.length };
}

/** An outcome over its plain form. */
export class PackedOutcome implements FileOutcome {
  readonly path: string;
  readonly language: FileOutcome['language'];
  readonly lines: number;
  readonly totals: string;

  constructor(readonly packed: PackedFile) {
    ({ path: this.path, language: this.language, lines: this.lines, totals: this.totals } = packed);
  }

  get bytes(): OutcomeBytes {
    const { bytes, json } = this.packed;
    return { json: bytes.subarray(0, json), extra: bytes.subarray(json) };
  }

  get json(): string {
    return this.#text(0, this.packed.json);
  }

  get extra(): string {
    return this.#text(this.packed.json, this.packed.bytes.length);
  }

  #text(start: number, end: number): string {
    const { buffer, byteOffset } = this.packed.bytes;
    return Buffer.from(buffer, byteOffset + start, end - start).toString('utf8');
  }
}
