// Macros by example: matches the text of a call against a definition's rules and gives the expansion as text. Covers fragments, literals,
// nested repetitions; what it cannot match gives null. Not here: hygiene, which does not matter for items (for bodies: solve/infer/state.ts).
import { tokenize, WORD, type Group, type Token } from './macroTokens.js';

/** UTF-16 units of the items that one call may make. */
const MAX_OUTPUT = 3_000_000;

/** Calls that make nothing but a call are followed this often, and UTF-16 units of what they make together. */
const MAX_STEPS = 400;
const MAX_FOLLOWED = 1_000_000;
const SINGLE_CALL = /^\s*(?:\$crate\s*::\s*)?(?:\w+\s*::\s*)*\w+\s*!\s*[([{]/;

interface Binding {
  /** Text of a fragment as the call has it, or one binding map per repetition. */
  readonly text: string | null;
  readonly repeated: readonly Bindings[] | null;
  /** Where the fragment stands in the input. */
  readonly start: number;
  /** Whether it is an expression of several tokens: it stays one whatever it is put next to. */
  readonly compound: boolean;
}

type Bindings = Map<string, Binding>;

/** What a macro call makes. */
export interface Expansion {
  readonly text: string;
  /** Parts of it that are the call's own text: start and end in `text`, start in the input, … ascending. */
  readonly origins: readonly number[];
}

/** Definitions that a macro's name may mean, likeliest first: the texts between their outer delimiters. */
export type MacroDefinitions = (name: string) => readonly string[];

/**
 * The items that a macro call makes, or null when no rule can be matched. `definition` and `input` are the texts between the outer delimiters.
 * A call that makes nothing but another call is followed: macros that work through their input token by token do it a hundred times over.
 */
export function expandMacro(definition: string, input: string, definitions: MacroDefinitions = () => []): string | null {
  let text = expansionOf(definition, input, new Output(false, '$crate', MAX_OUTPUT))?.text ?? null;
  let left = MAX_FOLLOWED;
  for (let step = 0; step < MAX_STEPS && text !== null && text.length < left; step++) {
    left -= text.length;
    const call = onlyCall(text);
    if (call === null) break;
    let made: string | null = null;
    for (const next of definitions(call.name)) if ((made = expansionOf(next, call.input, new Output(false, '$crate', MAX_OUTPUT))?.text ?? null) !== null) break;
    if (made === null) break;
    text = made;
  }
  return text;
}

/** The macro call that a text consists of, `name! { input }` or `name!(input);`; null for other texts. */
function onlyCall(text: string): { readonly name: string; readonly input: string } | null {
  if (!SINGLE_CALL.test(text)) return null;
  const tokens = tokenize(text);
  if (tokens === null) return null;
  const count = tokens[tokens.length - 1]?.text === ';' ? tokens.length - 1 : tokens.length;
  const [name, group] = [tokens[count - 3], tokens[count - 1]];
  if (!name || !group?.group || tokens[count - 2]?.text !== '!') return null;
  for (let i = 0; i < count - 3; i++) if (tokens[i]?.group !== null || !/^(?:::|\$crate|\w+)$/.test(tokens[i]?.text ?? '')) return null;
  return { name: name.text, input: text.slice(group.start + 1, group.end - 1) };
}

/** The expression or statements that a macro call makes; `crate` is written in the place of `$crate`. Null when no rule can be matched, or it is longer than `limit`. */
export function expandInBody(definition: string, input: string, crate: string, limit: number): Expansion | null {
  return expansionOf(definition, input, new Output(true, crate, limit));
}

/** Text being made. */
class Output {
  readonly #parts: string[] = [];
  readonly origins: number[] = [];
  length = 0;

  constructor(readonly inBody: boolean, readonly crate: string, readonly limit: number) {}

  push(text: string): void {
    this.#parts.push(text);
    this.length += text.length;
  }

  /** Adds what the call gave for a name. */
  bound({ text, start, compound }: Binding): void {
    const grouped = this.inBody && compound;
    this.push(grouped ? ' (' : ' ');
    if (text !== null) {
      this.origins.push(this.length, this.length + text.length, start);
      this.push(text);
    }
    if (grouped) this.push(')');
  }

  get full(): boolean {
    return this.length > this.limit;
  }

  get text(): string {
    return this.#parts.join('');
  }
}

function expansionOf(definition: string, input: string, out: Output): Expansion | null {
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
    const end = match(matcher.group.inner, 0, { tokens, input }, 0, bindings, 0);
    if (end === tokens.length) {
      return transcribe(body.group.inner, bindings, out, 0) ? { text: out.text, origins: out.origins } : null;
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
    if (definitions.size > 1000) definitions.clear();
    rules = tokenize(definition);
    definitions.set(definition, rules);
  }
  return rules;
}

/** Tokens of a call, and the text that they are of. */
interface Input {
  readonly tokens: readonly Token[];
  readonly input: string;
}

/**
 * Position after what `pattern[p…]` matches of `tokens[t…]`, -1 for no match. `again` is the pattern itself where it may be repeated without a separator:
 * an optional token at its end is left to the next round when that begins with it (`$(, $name:ident $(,)?)*`).
 */
function match(pattern: readonly Token[], from: number, given: Input, start: number, bindings: Bindings, depth: number, again: readonly Token[] | null = null): number {
  if (depth > 40) return -1;
  const { tokens } = given;
  let t = start;
  for (let p = from; p < pattern.length; p++) {
    const token = pattern[p] as Token;
    if (token.group !== null) {
      const other = tokens[t]?.group;
      if (!other || other.open !== token.group.open || match(token.group.inner, 0, { tokens: other.inner, input: given.input }, 0, bindings, depth + 1) !== other.inner.length) return -1;
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
      const isOthers = operator === '?' && q === pattern.length - 1 && again?.[0] !== undefined && again[0].text === inner[0]?.text && tokens[t]?.text === again[0].text && match(again, 0, given, t, new Map(), depth + 1) > t;
      while (!isOthers) {
        if (operator === '?' && rounds.length === 1) break;
        if (rounds.length > 0 && separator !== null && tokens[t]?.text !== separator) break;
        const at = rounds.length > 0 && separator !== null ? t + 1 : t;
        if (at > tokens.length) break;
        const round: Bindings = new Map();
        const end = at === tokens.length && inner.length > 0 ? -1 : match(inner, 0, given, at, round, depth + 1, separator === null && operator !== '?' ? inner : null);
        if (end < 0 || end === t) break;
        // what follows the repetition may want these tokens: `$(…),* $(,)?` is settled by the separator alone
        rounds.push(round);
        t = end;
        if (rounds.length > 20_000) return -1;
      }
      if (operator === '+' && rounds.length === 0) return -1;
      for (const name of namesIn(inner)) bindings.set(name, { text: null, repeated: rounds, start: 0, compound: false });
      p = q;
      continue;
    }
    if (token.text.startsWith('$') && token.text.length > 1 && pattern[p + 1]?.text === ':') {
      const fragment = pattern[p + 2]?.text ?? 'tt';
      const end = fragmentEnd(fragment, tokens, t);
      if (end < 0) return -1;
      const at = tokens[t]?.start ?? 0;
      bindings.set(token.text.slice(1), { text: given.input.slice(at, tokens[end - 1]?.end ?? at), repeated: null, start: at, compound: fragment.startsWith('expr') && end - t > 1 });
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

/** The name that `${concat(a, $b)}` makes; empty for other expressions over metavariables. */
function joinedName(expression: readonly Token[], bindings: Bindings): string {
  const parts = expression[0]?.text === 'concat' ? (expression[1]?.group?.inner ?? []) : [];
  return parts.filter((part) => part.text !== ',').map((part) => (part.text.startsWith('$') ? (bindings.get(part.text.slice(1))?.text ?? '').trim() : part.text)).join('');
}

function transcribe(body: readonly Token[], bindings: Bindings, out: Output, depth: number): boolean {
  if (depth > 40) return false;
  for (let i = 0; i < body.length; i++) {
    const token = body[i] as Token;
    if (out.full) return false;
    if (token.group !== null) {
      out.push(` ${token.group.open}`);
      if (!transcribe(token.group.inner, bindings, out, depth + 1)) return false;
      out.push(token.group.close);
      continue;
    }
    if (token.text === '$' && body[i + 1]?.group) {
      const { open, inner } = body[i + 1]?.group as Group;
      if (open === '{') {
        out.push(` ${joinedName(inner, bindings)}`);
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
        if (!transcribe(inner, merged, out, depth + 1)) return false;
      }
      i = q;
      continue;
    }
    if (token.text === '$crate') {
      out.push(` ${out.crate}`);
      continue;
    }
    if (token.text.startsWith('$') && token.text.length > 1) {
      const binding = bindings.get(token.text.slice(1));
      if (binding?.text === null) return false;
      if (binding) out.bound(binding);
      else out.push(` ${token.text}`);
      continue;
    }
    out.push(token.spaced || WORD.test(token.text) ? ` ${token.text}` : token.text);
  }
  return true;
}
