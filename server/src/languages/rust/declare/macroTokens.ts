// A text as the tokens that macros by example match: words, numbers, literals, punctuation, bracketed groups.
import { skipOpaque } from './builtinMacros.js';

const MAX_TOKENS = 1_000_000;

/** A bracketed group. */
export interface Group {
  readonly open: string;
  readonly close: string;
  readonly inner: readonly Token[];
}

/** A token: its text, or a bracketed group. */
export interface Token {
  readonly text: string;
  readonly group: Group | null;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
  /** Where it stands in the text that was read; a group with its brackets. */
  readonly start: number;
  readonly end: number;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** What names are like. */
export const WORD = /^(?:r#)?[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*/;

interface OpenGroup {
  readonly open: string;
  readonly tokens: Token[];
  readonly spaced: boolean;
  readonly start: number;
}

/** The tokens of a text without its comments; null where its brackets do not match, or there is no end to it. */
export function tokenize(text: string): readonly Token[] | null {
  const stack: OpenGroup[] = [{ open: '', tokens: [], spaced: false, start: 0 }];
  let top = stack[0] as OpenGroup;
  let count = 0;
  let spaced = false;
  for (let i = 0; i < text.length; ) {
    if (count++ > MAX_TOKENS) return null;
    const c = text.charCodeAt(i);
    const sort = c < 128 ? (SORTS[c] as number) : SPACE.test(text[i] as string) ? Sort.Space : Sort.Word;
    if (sort === Sort.Space) {
      spaced = true;
      i++;
      continue;
    }
    if (sort === Sort.Quoting || c === 114 /* r */) {
      const opaque = skipOpaque(text, i);
      if (opaque > i) {
        if (c !== 47 /* / */) top.tokens.push({ text: text.slice(i, opaque + 1), group: null, spaced, start: i, end: opaque + 1 });
        spaced = c === 47;
        i = opaque + 1;
        continue;
      }
    }
    if (sort === Sort.Open) {
      top = { open: text[i] as string, tokens: [], spaced, start: i };
      stack.push(top);
      spaced = false;
      i++;
      continue;
    }
    if (sort === Sort.Close) {
      const closed = stack.pop();
      const parent = stack[stack.length - 1];
      const close = text[i] as string;
      if (!closed || !parent || CLOSERS[closed.open] !== close) return null;
      parent.tokens.push({ text: '', group: { open: closed.open, close, inner: closed.tokens }, spaced: closed.spaced, start: closed.start, end: i + 1 });
      top = parent;
      spaced = false;
      i++;
      continue;
    }
    const end = tokenEnd(text, i, c, sort);
    top.tokens.push({ text: text.slice(i, end), group: null, spaced, start: i, end });
    spaced = false;
    i = end;
  }
  return stack.length === 1 ? top.tokens : null;
}

/** End of the word, number, lifetime, `$name` or punctuation that starts at `i`. */
function tokenEnd(text: string, i: number, c: number, sort: number): number {
  if (sort === Sort.Word) {
    // r#name
    if (c === 114 && text.charCodeAt(i + 1) === 35 && isWordStart(text.charCodeAt(i + 2))) return wordEnd(text, i + 3);
    return wordEnd(text, i + 1);
  }
  if (sort === Sort.Digit) {
    const end = wordEnd(text, i + 1, true);
    return text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1)) ? wordEnd(text, end + 2, true) : end;
  }
  if (c === 39 /* ' */ || c === 36 /* $ */) {
    const next = text.charCodeAt(i + 1);
    return next < 128 && isWordStart(next) ? wordEnd(text, i + 2, true) : i + 1;
  }
  const three = text.slice(i, i + 3);
  if (three === '...' || three === '..=' || three === '<<=' || three === '>>=') return i + 3;
  return PAIRS.has(three.slice(0, 2)) ? i + 2 : i + 1;
}

function wordEnd(text: string, from: number, ascii = false): number {
  let at = from;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c >= 128 ? ascii : SORTS[c] !== Sort.Word && SORTS[c] !== Sort.Digit) break;
  }
  return at;
}

function isWordStart(c: number): boolean {
  return c >= 128 || SORTS[c] === Sort.Word;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

const enum Sort { Punctuation = 0, Space = 1, Word = 2, Digit = 3, Open = 4, Close = 5, Quoting = 6 }

const SPACE = /\s/;
const PAIRS: ReadonlySet<string> = new Set(['::', '->', '=>', '==', '!=', '<=', '>=', '&&', '||', '+=', '-=', '*=', '/=', '%=', '^=', '&=', '|=', '<<', '>>', '..']);
const SORTS = sortsOfAscii();

function sortsOfAscii(): Uint8Array {
  const sorts = new Uint8Array(128);
  for (let c = 0; c < 128; c++) {
    const text = String.fromCharCode(c);
    sorts[c] = SPACE.test(text) ? Sort.Space : /[A-Za-z_]/.test(text) ? Sort.Word : isDigit(c) ? Sort.Digit : CLOSERS[text] !== undefined ? Sort.Open : /[)\]}]/.test(text) ? Sort.Close : /["'/]/.test(text) ? Sort.Quoting : Sort.Punctuation;
  }
  return sorts;
}
