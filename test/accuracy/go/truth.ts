// Reads truth files for Go: one JSON record a line, a header per package. See docs/accuracy.md for what the records mean.

/** What the compilers say of one line. */
export interface TruthLine {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly verdict: 'positive' | 'negative' | 'neutral';
  readonly cert?: 'always' | 'conditional';
  readonly kinds: readonly string[];
  readonly reason?: string;
  readonly cold?: boolean;
  readonly calls?: readonly string[];
  readonly sites?: readonly { readonly kind: string; readonly loop?: number }[];
  readonly anchors?: readonly (readonly [string, number, number])[];
}

/** A form that the compiler places on another line than the one on which it starts. */
export interface Anchor {
  readonly line: number;
  readonly family: string;
}

/** Truth files, read and indexed. */
export interface Truth {
  readonly lines: ReadonlyMap<string, TruthLine>;
  /** `path:line` of where a form starts → where the compiler places it. */
  readonly anchors: ReadonlyMap<string, readonly Anchor[]>;
  /** Path → number of lines. */
  readonly files: ReadonlyMap<string, number>;
}

interface Meta {
  readonly type: 'meta';
  readonly files: readonly { readonly path: string; readonly lines: number }[];
}

/** Reads the text of truth files. Throws on text that is no truth: a harness must not measure against nothing. */
export function readTruth(texts: readonly string[], familyOf: (kind: string) => string): Truth {
  const lines = new Map<string, TruthLine>();
  const anchors = new Map<string, Anchor[]>();
  const files = new Map<string, number>();
  for (const text of texts) {
    for (const row of text.split('\n')) {
      if (row === '') continue;
      const record = JSON.parse(row) as Meta | TruthLine;
      if ('type' in record) {
        for (const file of record.files) files.set(file.path, file.lines);
        continue;
      }
      lines.set(`${record.path}:${record.line}`, record);
      for (const [kind, start] of record.anchors ?? []) {
        if (start === record.line) continue;
        const key = `${record.path}:${start}`;
        const known = anchors.get(key);
        const anchor = { line: record.line, family: familyOf(kind) };
        if (known) known.push(anchor);
        else anchors.set(key, [anchor]);
      }
    }
  }
  if (files.size === 0) throw new Error('no truth file names any source file');
  return { lines, anchors, files };
}

/** The truth file that a report's path names: equal, or the only one that ends like it. */
export function pathResolver(files: ReadonlyMap<string, number>): (path: string) => string | null {
  const tails = new Map<string, string[]>();
  for (const file of files.keys()) {
    const parts = file.split('/');
    for (let i = 1; i < parts.length; i++) {
      const tail = parts.slice(i).join('/');
      const known = tails.get(tail);
      if (known) known.push(file);
      else tails.set(tail, [file]);
    }
  }
  return (path) => {
    const parts = path.split('/');
    for (let i = 0; i < parts.length; i++) {
      const tail = parts.slice(i).join('/');
      if (files.has(tail)) return tail;
      if (parts[i - 1] === 'src' && files.has(`std/${tail}`)) return `std/${tail}`;
    }
    const ending = tails.get(path);
    return ending?.length === 1 ? (ending[0] as string) : null;
  };
}
