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
const PUNCTUATION = /^(?:\.\.\.|\.\.=|<<=|>>=|::|->|=>|==|!=|<=|>=|&&|\|\||\+=|-=|\*=|\/=|%=|\^=|&=|\|=|<<|>>|\.\.|[^\s])/;
const WORD = /^(?:r#)?[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*/;
const NUMBER = /^\d[A-Za-z0-9_]*(?:\.\d[A-Za-z0-9_]*)?/;

/** The expansion of a macro call, or null when no rule can be matched. `definition` and `input` are the texts between the outer delimiters. */
export function expandMacro(definition: string, input: string): string | null {
  const rules = tokenize(definition);
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

function tokenize(text: string): readonly Token[] | null {
  const stack: { open: string; tokens: Token[]; spaced: boolean }[] = [{ open: '', tokens: [], spaced: false }];
  let count = 0;
  let spaced = false;
  for (let i = 0; i < text.length; ) {
    if (count++ > MAX_TOKENS) return null;
    const top = stack[stack.length - 1] as { open: string; tokens: Token[]; spaced: boolean };
    const c = text[i] as string;
    if (/\s/.test(c)) {
      spaced = true;
      i++;
      continue;
    }
    const opaque = skipOpaque(text, i);
    if (opaque > i) {
      if (c !== '/') top.tokens.push({ text: text.slice(i, opaque + 1), group: null, spaced });
      spaced = c === '/';
      i = opaque + 1;
      continue;
    }
    if (CLOSERS[c] !== undefined) {
      stack.push({ open: c, tokens: [], spaced });
      spaced = false;
      i++;
      continue;
    }
    if (c === ')' || c === ']' || c === '}') {
      const closed = stack.pop();
      const parent = stack[stack.length - 1];
      if (!closed || !parent || CLOSERS[closed.open] !== c) return null;
      parent.tokens.push({ text: '', group: { open: closed.open, close: c, inner: closed.tokens }, spaced: closed.spaced });
      spaced = false;
      i++;
      continue;
    }
    const rest = text.slice(i, i + 256);
    let token: string | undefined;
    if (c === "'") token = /^'[A-Za-z_][A-Za-z0-9_]*/.exec(rest)?.[0];
    else if (c === '$') token = /^\$(?:crate\b|[A-Za-z_][A-Za-z0-9_]*)?/.exec(rest)?.[0];
    token ??= WORD.exec(rest)?.[0] ?? NUMBER.exec(rest)?.[0] ?? PUNCTUATION.exec(rest)?.[0];
    if (token === undefined) return null;
    top.tokens.push({ text: token, group: null, spaced });
    spaced = false;
    i += token.length;
  }
  return stack.length === 1 ? (stack[0] as { tokens: Token[] }).tokens : null;
}

/** Position after what `pattern[p…]` matches of `tokens[t…]`, -1 for no match. */
function match(pattern: readonly Token[], from: number, tokens: readonly Token[], start: number, bindings: Bindings, depth: number): number {
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
      for (;;) {
        if (operator === '?' && rounds.length === 1) break;
        if (rounds.length > 0 && separator !== null && tokens[t]?.text !== separator) break;
        const at = rounds.length > 0 && separator !== null ? t + 1 : t;
        if (at > tokens.length) break;
        const round: Bindings = new Map();
        const end = at === tokens.length && inner.length > 0 ? -1 : match(inner, 0, tokens, at, round, depth + 1);
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
    else if (text === '>') angle--;
    else if (text === '>>') angle -= 2;
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
      const inner = (body[i + 1]?.group as Group).inner;
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
