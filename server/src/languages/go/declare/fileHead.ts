// What decides where a file belongs, read from its text alone: the package clause and the `//go:build` line above it.
// A directory's units are found by it, so that tests and files for other platforms that nobody asks for are never parsed.

/** The beginning of a file. */
export interface FileHead {
  /** Name of the package clause; '' when the file does not begin with one. */
  readonly packageName: string;
  /** The expression of the first `//go:build` line above the clause; null when there is none. */
  readonly constraint: string | null;
}

const BUILD = '//go:build ';

/** Reads the head of a file's text. */
export function fileHead(text: string): FileHead {
  let constraint: string | null = null;
  let at = 0;
  for (;;) {
    at = afterSpace(text, at);
    if (text.startsWith('//', at)) {
      const end = lineEnd(text, at);
      if (constraint === null && text.startsWith(BUILD, at)) constraint = text.slice(at + BUILD.length, end);
      at = end;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return { packageName: '', constraint };
      at = end + 2;
    } else break;
  }
  return { packageName: /^package[ \t]+([\p{L}_][\p{L}\p{Nd}_]*)/u.exec(text.slice(at, at + 256))?.[1] ?? '', constraint };
}

function afterSpace(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 9 && code !== 13) break;
  }
  return at;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
}
