// Macros by example, for items: matches the text of a call against a definition's rules and gives the expansion as text. Covers fragments, literals,
// nested repetitions; what it cannot match gives null. Hygiene does not matter for items.
import { skipOpaque } from './builtinMacros.js';

const MAX_TOKENS = 1_000_000;
const MAX_OUTPUT = 400_000;

interface Group {
  readonly open: string;
  readonly close: string;
  readonly inner: readonly Token[];
}

/** A token: its text, or a bracketed group. */
interface Token {
  readonly text: string;
  readonly group: Group | null;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

interface Binding {
  /** Text of a fragment, or one binding map per repetition. */
  readonly text: string | null;
  readonly repeated: readonly Bindings[] | null;
}

type Bindings = Map<string, Binding>;

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const WORD = /^(?:r#)?[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*/;

/** The expansion of a macro call, or null when no rule can be matched. `definition` and `input` are the texts between the outer delimiters. */
export function expandMacro(definition: string, input: string): string | null {
  const rules = rulesOf(definition);
  const tokens = tokenize(input);
  if (rules === null || tokens === null) return null;
  for (let i = 0; i + 2 < rules.length + 1; ) {
    const matcher = rules[i];
    if (!matcher?.group) return null;
    let at = i + 1;
    while (at < rules.length && !rules[at]?.group) at++;
    const body = rules[at];
    if (!body?.group) return null;
    const bindings: Bindings = new Map();
    const end = match(matcher.group.inner, 0, tokens, 0, bindings, 0);
    if (end === tokens.length) {
      const out: string[] = [];
      const state = { size: 0 };
      return transcribe(body.group.inner, bindings, out, state, 0) ? out.join('') : null;
    }
    i = at + 1;
    while (i < rules.length && rules[i]?.text === ';') i++;
  }
  return null;
}

/** Definitions that were read: a macro is called many times. */
const definitions = new Map<string, readonly Token[] | null>();

function rulesOf(definition: string): readonly Token[] | null {
  let rules = definitions.get(definition);
  if (rules === undefined) {
    if (definitions.size > 200) definitions.clear();
    rules = tokenize(definition);
    definitions.set(definition, rules);
  }
  return rules;
}

function tokenize(text: string): readonly Token[] | null {
  const stack: { open: string; tokens: Token[]; spaced: boolean }[] = [{ open: '', tokens: [], spaced: false }];
  let top = stack[0] as { open: string; tokens: Token[]; spaced: boolean };
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
        if (c !== 47 /* / */) top.tokens.push({ text: text.slice(i, opaque + 1), group: null, spaced });
        spaced = c === 47;
        i = opaque + 1;
        continue;
      }
    }
    if (sort === Sort.Open) {
      top = { open: text[i] as string, tokens: [], spaced };
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
      parent.tokens.push({ text: '', group: { open: closed.open, close, inner: closed.tokens }, spaced: closed.spaced });
      top = parent;
      spaced = false;
      i++;
      continue;
    }
    const end = tokenEnd(text, i, c, sort);
    top.tokens.push({ text: text.slice(i, end), group: null, spaced });
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

/**
 * Position after what `pattern[p…]` matches of `tokens[t…]`, -1 for no match. `again` is the pattern itself where it may be repeated without a separator:
 * an optional token at its end is left to the next round when that begins with it (`$(, $name:ident $(,)?)*`).
 */
function match(pattern: readonly Token[], from: number, tokens: readonly Token[], start: number, bindings: Bindings, depth: number, again: readonly Token[] | null = null): number {
  if (depth > 40) return -1;
  let t = start;
  for (let p = from; p < pattern.length; p++) {
    const token = pattern[p] as Token;
    if (token.group !== null) {
      const other = tokens[t]?.group;
      if (!other || other.open !== token.group.open || match(token.group.inner, 0, other.inner, 0, bindings, depth + 1) !== other.inner.length) return -1;
      t++;
      continue;
    }
    if (token.text === '$' && pattern[p + 1]?.group) {
      const inner = (pattern[p + 1]?.group as Group).inner;
      let q = p + 2;
      let separator: string | null = null;
      if (!/^[*+?]$/.test(pattern[q]?.text ?? '') || /^[*+?]$/.test(pattern[q + 1]?.text ?? '')) separator = pattern[q++]?.text ?? null;
      const operator = pattern[q]?.text;
      const rounds: Bindings[] = [];
      const isOthers = operator === '?' && q === pattern.length - 1 && again?.[0] !== undefined && again[0].text === inner[0]?.text && tokens[t]?.text === again[0].text && match(again, 0, tokens, t, new Map(), depth + 1) > t;
      while (!isOthers) {
        if (operator === '?' && rounds.length === 1) break;
        if (rounds.length > 0 && separator !== null && tokens[t]?.text !== separator) break;
        const at = rounds.length > 0 && separator !== null ? t + 1 : t;
        if (at > tokens.length) break;
        const round: Bindings = new Map();
        const end = at === tokens.length && inner.length > 0 ? -1 : match(inner, 0, tokens, at, round, depth + 1, separator === null && operator !== '?' ? inner : null);
        if (end < 0 || end === t) break;
        // what follows the repetition may want these tokens: `$(…),* $(,)?` is settled by the separator alone
        rounds.push(round);
        t = end;
        if (rounds.length > 20_000) return -1;
      }
      if (operator === '+' && rounds.length === 0) return -1;
      for (const name of namesIn(inner)) bindings.set(name, { text: null, repeated: rounds });
      p = q;
      continue;
    }
    if (token.text.startsWith('$') && token.text.length > 1 && pattern[p + 1]?.text === ':') {
      const fragment = pattern[p + 2]?.text ?? 'tt';
      const end = fragmentEnd(fragment, tokens, t);
      if (end < 0) return -1;
      bindings.set(token.text.slice(1), { text: print(tokens, t, end), repeated: null });
      t = end;
      p += 2;
      continue;
    }
    if (tokens[t]?.text !== token.text || tokens[t]?.group) return -1;
    t++;
  }
  return t;
}

function namesIn(pattern: readonly Token[]): string[] {
  const names: string[] = [];
  for (const token of pattern) {
    if (token.group !== null) names.push(...namesIn(token.group.inner));
    else if (token.text.startsWith('$') && token.text.length > 1) names.push(token.text.slice(1));
  }
  return names;
}

function fragmentEnd(fragment: string, tokens: readonly Token[], t: number): number {
  const token = tokens[t];
  if (token === undefined) return fragment === 'vis' ? t : -1;
  const word = token.group === null && WORD.test(token.text);
  switch (fragment) {
    case 'tt': return t + 1;
    case 'ident': return word ? t + 1 : -1;
    case 'lifetime': return token.text.startsWith("'") && token.text.length > 1 ? t + 1 : -1;
    case 'literal': {
      const at = token.text === '-' ? t + 1 : t;
      return /^(?:["']|r#*"|b["'r]|c"|\d|true$|false$)/.test(tokens[at]?.text ?? '') || (tokens[at]?.text === 'b' && /^["']/.test(tokens[at + 1]?.text ?? '')) ? (tokens[at]?.text === 'b' ? at + 2 : at + 1) : -1;
    }
    case 'vis':
      if (token.text !== 'pub') return t;
      return tokens[t + 1]?.group?.open === '(' && /^(?:crate|super|self|in)$/.test(tokens[t + 1]?.group?.inner[0]?.text ?? '') ? t + 2 : t + 1;
    case 'block': return token.group?.open === '{' ? t + 1 : -1;
    case 'meta': {
      let at = t;
      while (at < tokens.length && !/^[,;]$/.test(tokens[at]?.text ?? '') && tokens[at]?.group?.open !== '[') at++;
      return at > t ? at : -1;
    }
    case 'ty': case 'path': return typeEnd(tokens, t);
    case 'item': {
      let at = t;
      while (tokens[at]?.text === '#' && tokens[at + 1]?.group?.open === '[') at += 2;
      if (tokens[at]?.text === 'pub') at += tokens[at + 1]?.group?.open === '(' ? 2 : 1;
      // `use a::{b};` and initialisers hold braces of their own
      const toSemicolon = /^(?:use|static|type)$/.test(tokens[at]?.text ?? '') || (tokens[at]?.text === 'const' && !/^(?:fn|unsafe|extern|async)$/.test(tokens[at + 1]?.text ?? ''));
      while (at < tokens.length && tokens[at]?.text !== ';' && (toSemicolon || tokens[at]?.group?.open !== '{')) at++;
      return at < tokens.length ? at + 1 : -1;
    }
    default: { // expr, pat, stmt
      let at = t;
      while (at < tokens.length && !/^(?:,|;|=>)$/.test(tokens[at]?.text ?? '')) at++;
      return at > t ? at : -1;
    }
  }
}

function typeEnd(tokens: readonly Token[], from: number): number {
  let angle = 0;
  let at = from;
  let wanted = true; // whether a type still has to start
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const { text } = token;
    if (angle === 0 && !wanted && (token.group !== null ? tokens[at - 1]?.text !== 'Fn' && tokens[at - 1]?.text !== 'FnMut' && tokens[at - 1]?.text !== 'FnOnce' && tokens[at - 1]?.text !== 'fn' : /^(?:,|;|=|=>|\||:|\{|>|where|for|in|as)$/.test(text))) break;
    if (angle === 0 && wanted && /^(?:,|;|=|=>)$/.test(text)) return -1;
    if (token.group !== null) wanted = false;
    else if (text === '<') { angle++; wanted = false; }
    else if (text === '>' || text === '>>') { angle -= text.length; wanted = false; }
    else if (text === '<<') angle += 2;
    else if (/^(?:&|&&|\*|mut|const|dyn|impl|::|->|\+|unsafe|extern)$/.test(text) || text.startsWith("'")) wanted = true;
    else {
      if (angle === 0 && !wanted) break;
      wanted = false;
    }
  }
  return at > from && angle === 0 ? at : -1;
}

function print(tokens: readonly Token[], from: number, to: number): string {
  const out: string[] = [];
  for (let i = from; i < to; i++) printToken(tokens[i] as Token, out);
  return out.join('').trim();
}

function printToken(token: Token, out: string[]): void {
  if (token.group === null) {
    if (token.spaced || (out.length > 0 && WORD.test(token.text))) out.push(' ');
    out.push(token.text);
    return;
  }
  out.push(' ', token.group.open);
  for (const inner of token.group.inner) printToken(inner, out);
  out.push(token.group.close);
}

/** The name that `${concat(a, $b)}` makes; empty for other expressions over metavariables. */
function joinedName(expression: readonly Token[], bindings: Bindings): string {
  const parts = expression[0]?.text === 'concat' ? (expression[1]?.group?.inner ?? []) : [];
  return parts.filter((part) => part.text !== ',').map((part) => (part.text.startsWith('$') ? (bindings.get(part.text.slice(1))?.text ?? '').trim() : part.text)).join('');
}

function transcribe(body: readonly Token[], bindings: Bindings, out: string[], state: { size: number }, depth: number): boolean {
  if (depth > 40) return false;
  for (let i = 0; i < body.length; i++) {
    const token = body[i] as Token;
    if (state.size++ > MAX_OUTPUT) return false;
    if (token.group !== null) {
      out.push(' ', token.group.open);
      if (!transcribe(token.group.inner, bindings, out, state, depth + 1)) return false;
      out.push(token.group.close);
      continue;
    }
    if (token.text === '$' && body[i + 1]?.group) {
      const { open, inner } = body[i + 1]?.group as Group;
      if (open === '{') {
        out.push(' ', joinedName(inner, bindings));
        i++;
        continue;
      }
      let q = i + 2;
      let separator: string | null = null;
      if (!/^[*+?]$/.test(body[q]?.text ?? '') || /^[*+?]$/.test(body[q + 1]?.text ?? '')) separator = body[q++]?.text ?? null;
      const used = namesIn(inner).map((name) => bindings.get(name)).find((binding) => binding?.repeated);
      if (!used?.repeated) return false;
      let first = true;
      for (let round = 0; round < used.repeated.length; round++) {
        if (!first && separator !== null) out.push(separator);
        first = false;
        const merged: Bindings = new Map(bindings);
        for (const name of namesIn(inner)) {
          const rounds = bindings.get(name)?.repeated;
          if (rounds) for (const [key, value] of rounds[round] ?? []) merged.set(key, value);
        }
        if (!transcribe(inner, merged, out, state, depth + 1)) return false;
      }
      i = q;
      continue;
    }
    if (token.text.startsWith('$') && token.text.length > 1 && token.text !== '$crate') {
      const binding = bindings.get(token.text.slice(1));
      if (binding?.text === null) return false;
      out.push(' ', binding?.text ?? token.text);
      continue;
    }
    if (token.spaced || WORD.test(token.text)) out.push(' ');
    out.push(token.text);
  }
  return true;
}
