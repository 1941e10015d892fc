// Joins sites of a report to records of the truth by the anchor; lenient where the truth's own positions are.
import type { Judged, Truth, TruthClass } from './truth.js';

/** A site as the JSON report says it. Lines and UTF-16 columns count from 0. */
export interface ReportedSite {
  readonly rule: string;
  readonly kind: string;
  readonly certainty: string;
  readonly evidence?: string;
  readonly callee: string | null;
  readonly range: { readonly start: Position };
  readonly anchor: Position;
}

/** Zero-based line and UTF-16 column. */
export interface Position { readonly line: number; readonly character: number }

/** A site with its place in the truth's own coordinates. */
export interface PlacedSite {
  readonly site: ReportedSite;
  readonly path: string;
  readonly line: number;
  readonly col: number;
  readonly startLine: number;
  readonly startCol: number;
}

const RANK: Readonly<Record<TruthClass, number>> = { must: 0, dep: 1, depends: 1, near: 1, apart: 2, below: 2, neutral: 3, none: 4 };

/** Looks records up by position. `lineOf` gives the text of a line (from 1) of a file. */
export class TruthIndex {
  readonly #at = new Map<string, Judged[]>();
  readonly #alternative = new Map<string, Judged[]>();
  readonly #onLine = new Map<string, Judged[]>();
  readonly #bySuffix = new Map<string, string[]>();

  constructor(readonly truth: Truth, private readonly lineOf: (path: string, line: number) => string) {
    for (const [path, records] of truth.records) {
      const parts = path.split('/');
      for (let i = 0; i < parts.length; i++) push(this.#bySuffix, parts.slice(i).join('/'), path);
      for (const record of records) {
        push(this.#at, key(path, record.line, record.col), record);
        push(this.#onLine, key(path, record.line, 0), record);
        for (const [line, col] of record.alt ?? []) push(this.#alternative, key(path, line, col), record);
      }
    }
  }

  /** The truth's name of a reported file, or null. */
  find(path: string): string | null {
    const parts = path.replace(/\\/g, '/').split('/');
    for (let i = 0; i < parts.length; i++) {
      const suffix = parts.slice(i).join('/');
      if (this.truth.records.has(suffix)) return suffix;
      const known = this.#bySuffix.get(suffix);
      if (i === 0 && known?.length === 1) return known[0] as string;
    }
    return null;
  }

  /** A site in the truth's coordinates. */
  place(path: string, site: ReportedSite): PlacedSite {
    const { anchor, range: { start } } = site;
    return { site, path, line: anchor.line + 1, col: this.#byteColumn(path, anchor), startLine: start.line + 1, startCol: this.#byteColumn(path, start) };
  }

  /** Whether the compiler made code for a line. */
  isCompiled(path: string, line: number): boolean {
    return (this.truth.compiled.get(path) ?? []).some(([from, to]) => from <= line && line <= to);
  }

  /** Records exactly at a site's anchor. */
  at(site: PlacedSite): readonly Judged[] {
    return this.#at.get(key(site.path, site.line, site.col)) ?? [];
  }

  /** The record that a site speaks of; null for none. */
  match(site: PlacedSite): Judged | null {
    const here = key(site.path, site.line, site.col);
    const start = key(site.path, site.startLine, site.startCol);
    const token = this.#token(site);
    if (token === '?') {
      const records = (this.#alternative.get(here) ?? []).filter((record) => record.op === '?');
      return best(records.length > 0 ? records : (this.#at.get(start) ?? []).filter((record) => record.op === '?'));
    }
    const all = this.#at.get(here) ?? [];
    const plain = all.filter((record) => record.op !== '?');
    const awaited = (this.#alternative.get(here) ?? []).filter((record) => (record.op === 'await' || record.op === 'for') && ['must', 'dep', 'depends', 'near', 'apart', 'below'].includes(record.class));
    if (plain.length > 0) {
      const record = best(plain) as Judged;
      return record.class === 'none' && awaited.length > 0 ? best(awaited) : record;
    }
    if (all.length > 0) return best(all);
    if (awaited.length > 0) return best(awaited);
    if ((token.endsWith('!') || token === 'await' || token === '' || '+-*/%&|^<>=!.?[({'.includes(token.charAt(0))) && here !== start) {
      const records = this.#at.get(start) ?? [];
      if (records.length > 0) return best(records);
    }
    if (!/^\w/.test(token)) return null;
    const name = token.replace(/!+$/, '');
    const named = (this.#onLine.get(key(site.path, site.line, 0)) ?? []).filter((record) => record.callee.replace(/::<.*$/, '').split('::').pop() === name);
    return named.reduce<Judged | null>((nearest, record) => (nearest === null || Math.abs(record.col - site.col) < Math.abs(nearest.col - site.col) ? record : nearest), null);
  }

  #token(site: PlacedSite): string {
    const bytes = new TextEncoder().encode(this.lineOf(site.path, site.line));
    return /^(?:(?:r#)?[A-Za-z_]\w*!?|.)/u.exec(new TextDecoder().decode(bytes.subarray(site.col - 1)))?.[0] ?? '';
  }

  #byteColumn(path: string, position: Position): number {
    const text = this.lineOf(path, position.line + 1);
    return new TextEncoder().encode(text.slice(0, position.character)).length + 1 + Math.max(0, position.character - text.length);
  }
}

function best(records: readonly Judged[]): Judged | null {
  return records.reduce<Judged | null>((least, record) => (least === null || RANK[record.class] < RANK[least.class] ? record : least), null);
}

function key(path: string, line: number, col: number): string {
  return `${path}:${String(line)}:${String(col)}`;
}

function push<T>(map: Map<string, T[]>, at: string, value: T): void {
  const list = map.get(at);
  if (list) list.push(value);
  else map.set(at, [value]);
}
