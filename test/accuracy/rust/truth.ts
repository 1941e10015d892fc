// Truth files for Rust: where compiled code reaches the allocator, call by call, and what each record means for the score.

/** Classes of records; see the README of the truth. */
export type TruthClass = 'must' | 'dep' | 'depends' | 'near' | 'none' | 'apart' | 'below' | 'neutral';

/** One call position that the compiler emitted. Lines and UTF-8 byte columns count from 1. */
export interface TruthRecord {
  readonly path: string;
  readonly line: number;
  readonly col: number;
  readonly kind: string;
  readonly callee: string;
  readonly op?: string;
  readonly alt?: readonly (readonly [number, number])[];
  readonly gen?: boolean | number;
  readonly derive?: boolean | number;
  readonly macro?: boolean | number;
  readonly implicit?: boolean | number;
  readonly via?: unknown;
  readonly all?: readonly string[];
}

/** A record with its class. */
export interface Judged extends TruthRecord {
  readonly class: TruthClass;
}

/** Truth of several crates, by file. */
export interface Truth {
  readonly records: ReadonlyMap<string, readonly Judged[]>;
  /** Lines with machine code, as ascending ranges. */
  readonly compiled: ReadonlyMap<string, readonly (readonly [number, number])[]>;
}

/** What a record counts for. */
export function classOf(record: TruthRecord): TruthClass {
  if (record.derive || record.macro || record.implicit) return 'neutral';
  switch (record.kind) {
    case 'direct': case 'dep': case 'indirect':
      if (record.op === 'fmtarg') return 'neutral';
      if (record.op === 'for' || (record.kind === 'dep' && (record.op === 'await' || record.callee.includes('::poll')))) return 'near';
      return record.kind === 'indirect' || record.gen ? 'depends' : record.kind === 'dep' ? 'dep' : 'must';
    case 'transitive': return record.via || ['for', 'fmtarg', 'drop'].includes(record.op ?? '') ? 'below' : 'apart';
    case 'none': return 'none';
    default: return 'neutral';
  }
}

/** Reads truth files (their texts). Throws on a line that is no JSON: a broken truth must not pass for an empty one. */
export function readTruth(texts: readonly string[]): Truth {
  const records = new Map<string, Judged[]>();
  const compiled = new Map<string, (readonly [number, number])[]>();
  for (const text of texts) {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const value = JSON.parse(line) as { readonly type?: string; readonly files?: readonly { readonly path: string; readonly compiled: string }[] } & TruthRecord;
      if (value.type === 'meta') {
        for (const file of value.files ?? []) {
          if (!records.has(file.path)) records.set(file.path, []);
          compiled.set(file.path, file.compiled.split(',').filter((range) => range !== '').map((range) => {
            const [from, to] = range.split('-').map(Number);
            return [from as number, to ?? (from as number)] as const;
          }));
        }
      } else {
        const list = records.get(value.path);
        const judged = { ...value, class: classOf(value) };
        if (list) list.push(judged);
        else records.set(value.path, [judged]);
      }
    }
  }
  return { records, compiled };
}
