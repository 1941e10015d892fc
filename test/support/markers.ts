// Inline markers: the specification inside a fixture. A marker comment stands below the line it speaks of:
//
//   let node = Box::new(Node { id: 7 });
//   //         ^^^^^^^^^^^^^^^^^^^^^^^^ rust/box-new always size=8
//   // @ "Box::new" rust/box-new always          the same by text, for places left of the comment; "text"#2 is the second occurrence
//
// Carets span the expression as far as the line goes; `^^^...` leaves the end open (it is on a later line). After the rule and the certainty
// come `key=value` checks: loop, cold, muted, kind, size, callee, evidence, anchor (text that stands at the anchor), what="…", when="…", why="…".
// `why` is matched against the steps in order: why="address taken:12 -> captured" (message fragment, optional 1-based line).
// `~~~~ free rust/vec-new` marks a place that is proved free (reason="…", why="…"); `---- note rust/never-shared` a note. Other comments are prose.

/** One expectation of a fixture. */
export interface Marker {
  readonly type: 'site' | 'free' | 'note';
  /** Zero-based line of the marked code. */
  readonly line: number;
  readonly column: number;
  /** Null when the end is on a later line. */
  readonly endColumn: number | null;
  readonly rule: string;
  readonly certainty: string | null;
  readonly checks: ReadonlyMap<string, string>;
  /** Zero-based line of the marker itself, for messages. */
  readonly at: number;
}

const MARK = /^\s*\/\/\s*(?:(\^+|~+|-{2,})(\.\.\.)?|@\s+"((?:[^"\\]|\\.)*)"(?:#(\d+))?(\.\.\.)?)\s+(?:(free|note)\s+)?((?:rust|go)\/[a-z0-9-]+)(?:\s+(always|conditional|possible))?(.*)$/;
const CHECK = /(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g;

/** Reads the markers of a fixture. Throws on a comment that looks like a marker and is none: a typo must not silence a test. */
export function readMarkers(text: string): Marker[] {
  const lines = text.split(/\r?\n/);
  const markers: Marker[] = [];
  let code = -1;
  lines.forEach((line, at) => {
    const match = MARK.exec(line);
    if (!match) {
      if (/^\s*\/\/\s*(\^+|~~+|@ ")/.test(line)) throw new Error(`line ${at + 1}: not a marker: ${line.trim()}`);
      if (line.trim() !== '' && !/^\s*\/\//.test(line)) code = at;
      return;
    }
    const [, carets, open, quoted, nth, openQuoted, word, rule, certainty, rest] = match;
    let column: number;
    let endColumn: number | null;
    if (carets) {
      column = line.indexOf(carets, line.indexOf('//') + 2);
      endColumn = open ? null : column + carets.length;
    } else {
      const wanted = (quoted ?? '').replace(/\\(.)/g, '$1');
      column = -1;
      for (let i = Number(nth ?? 1); i > 0; i--) {
        column = (lines[code] ?? '').indexOf(wanted, column + 1);
        if (column < 0) throw new Error(`line ${at + 1}: the line above has no ${JSON.stringify(wanted)}`);
      }
      endColumn = openQuoted ? null : column + wanted.length;
    }
    const type = word === 'free' || carets?.startsWith('~') ? 'free' : word === 'note' || carets?.startsWith('-') ? 'note' : 'site';
    if (type === 'site' && !certainty) throw new Error(`line ${at + 1}: a marker of a site says its certainty`);
    const checks = new Map<string, string>();
    for (const check of (rest ?? '').matchAll(CHECK)) checks.set(check[1] as string, check[2]?.replace(/\\(.)/g, '$1') ?? (check[3] as string));
    markers.push({ type, line: code, column, endColumn, rule: rule as string, certainty: certainty ?? null, checks, at });
  });
  return markers;
}
