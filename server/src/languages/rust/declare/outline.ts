// What a file can be parsed without when its declarations are wanted and nothing else: what stands in bodies of functions, in arguments and definitions of macros
// (they are taken from the text) and in comments. A small lexer, since braces stand in strings and types too. What it does not understand is parsed.

const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const MINUS = 45;
const SLASH = 47;
const SEMICOLON = 59;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const BANG = 33;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Shorter parts stay: to leave one out costs as much. */
const SMALL = 24;

/** Words that begin items. A body with one of them may declare something, and stays. */
const ITEM_WORDS = new Set(['mod', 'struct', 'union', 'enum', 'trait', 'impl', 'fn', 'const', 'static', 'type', 'use', 'extern', 'macro_rules', 'macro']);
/** Items whose braces hold items. */
const CONTAINERS = new Set(['mod', 'trait', 'impl', 'extern']);
const RAW = new Set(['r', 'br', 'cr']);

/** By character: whether it goes on with a word, and whether a word of items begins with it. */
const WORD = table('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789');
const FIRST = table([...ITEM_WORDS].map((word) => word.charAt(0)).join(''));

const NOTHING: readonly number[] = [];

const enum Head { None, Container, Function, Other }

/** Start and end of each part that is left out, in order; nothing when brackets or quotes do not end. */
export function leftOut(text: string): readonly number[] {
  const parts: number[] = [];
  const leave = (from: number, to: number): void => {
    if (to - from > SMALL) parts.push(from, to);
  };
  let depth = 0;
  let head = Head.None as Head;
  let angle = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (isWordStart(code)) {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      const token = afterWord(text, at, end);
      if (token < 0) return NOTHING;
      if (token === end) {
        if (text.charCodeAt(end) === BANG && text.charCodeAt(end + 1) !== EQUALS) {
          const open = macroArguments(text, end + 1);
          at = open < 0 ? end + 1 : afterGroup(text, open);
          if (at < 0) return NOTHING;
          if (open >= 0) leave(open + 1, at - 1);
          if (head !== Head.Other) head = Head.None;
          continue;
        }
        // a pointer to a function has no name
        if (word === 'fn') head = isWordStart(text.charCodeAt(skipBlank(text, end))) ? Head.Function : head;
        else if (head === Head.None && CONTAINERS.has(word)) head = Head.Container;
        else if (head === Head.None && ITEM_WORDS.has(word)) head = Head.Other;
      }
      at = token;
      continue;
    }
    switch (code) {
      case OPEN: case OPEN_BRACKET: {
        at = afterGroup(text, at);
        if (at < 0) return NOTHING;
        break;
      }
      case OPEN_BRACE: {
        if (head === Head.Container && angle === 0) {
          depth++;
          head = Head.None;
          at++;
          break;
        }
        const end = afterGroup(text, at, head === Head.Function ? null : leave);
        if (end < 0) return NOTHING;
        if (angle === 0) {
          if (head === Head.Function && !holdsItems(text, at + 1, end - 1)) leave(at + 1, end - 1);
          if (head !== Head.Other) head = Head.None;
        }
        at = end;
        // behind the braces of a struct or an enum comes the next item; those of a constant's value end with it
        if (head === Head.Other && text.charCodeAt(skipBlank(text, at)) !== SEMICOLON) head = Head.None;
        break;
      }
      case CLOSE_BRACE:
        if (--depth < 0) return NOTHING;
        head = Head.None;
        angle = 0;
        at++;
        break;
      case CLOSE: case CLOSE_BRACKET: return NOTHING;
      case SEMICOLON:
        head = Head.None;
        angle = 0;
        at++;
        break;
      case LESS:
        angle++;
        at++;
        break;
      case GREATER: {
        const before = text.charCodeAt(at - 1);
        if (before !== MINUS && before !== EQUALS && angle > 0) angle--;
        at++;
        break;
      }
      default: {
        const end = isComment(text, at) ? skipBlank(text, at) : afterToken(text, at, code);
        if (end < 0) return NOTHING;
        if (code === SLASH) leave(at, end);
        at = end;
      }
    }
  }
  return depth === 0 ? parts : NOTHING;
}

/** Whether a word that begins an item stands in a range; lifetimes and pointers are none. */
function holdsItems(text: string, from: number, to: number): boolean {
  for (let at = from; at < to;) {
    const code = text.charCodeAt(at);
    if (isWordStart(code)) {
      const end = wordEnd(text, at);
      if (FIRST[code] === 1 && end - at < 12 && ITEM_WORDS.has(text.slice(at, end)) && text.charCodeAt(at - 1) !== STAR) return true;
      at = afterWord(text, at, end);
    } else at = afterToken(text, at, code);
    if (at < 0) return true;
  }
  return false;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

function wordEnd(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code < 128 && WORD[code] === 0) break;
  }
  return end;
}

/** Behind a word, or behind the raw string or raw identifier that it begins; -1 when that does not end. */
function afterWord(text: string, at: number, end: number): number {
  const code = text.charCodeAt(end);
  if ((code !== QUOTE && code !== HASH) || end - at > 2 || !RAW.has(text.slice(at, end))) return end;
  let quote = end;
  while (text.charCodeAt(quote) === HASH) quote++;
  if (text.charCodeAt(quote) !== QUOTE) return quote - end === 1 && isWordStart(text.charCodeAt(quote)) ? wordEnd(text, quote) : end;
  const closing = `"${'#'.repeat(quote - end)}`;
  const close = text.indexOf(closing, quote + 1);
  return close < 0 ? -1 : close + closing.length;
}

/** Behind a string, a character, a lifetime, a comment or one other character; -1 when it does not end. */
function afterToken(text: string, at: number, code: number): number {
  switch (code) {
    case QUOTE: {
      for (let i = at + 1; i < text.length; i++) {
        const inside = text.charCodeAt(i);
        if (inside === BACKSLASH) i++;
        else if (inside === QUOTE) return i + 1;
      }
      return -1;
    }
    case APOSTROPHE: {
      if (text.charCodeAt(at + 1) === BACKSLASH) {
        const end = text.indexOf("'", at + 3);
        return end < 0 ? -1 : end + 1;
      }
      const width = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 2 : 1;
      if (text.charCodeAt(at + 1 + width) === APOSTROPHE) return at + 2 + width;
      return isWordStart(text.charCodeAt(at + 1)) ? wordEnd(text, at + 1) : at + 1;
    }
    case SLASH: {
      const second = text.charCodeAt(at + 1);
      if (second === SLASH) {
        const end = text.indexOf('\n', at);
        return end < 0 ? text.length : end;
      }
      return second === STAR ? afterComment(text, at) : at + 1;
    }
    default: return at + 1;
  }
}

/** Behind a block comment; they nest. */
function afterComment(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SLASH && text.charCodeAt(i + 1) === STAR) {
      depth++;
      i++;
    } else if (code === STAR && text.charCodeAt(i + 1) === SLASH) {
      i++;
      if (--depth === 0) return i + 1;
    }
  }
  return -1;
}

function isComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === SLASH && (text.charCodeAt(at + 1) === SLASH || text.charCodeAt(at + 1) === STAR);
}

/** The first character that is neither blank nor in a comment; -1 when a comment does not end. */
function skipBlank(text: string, at: number): number {
  let i = at;
  while (i >= 0 && i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 32 || (code >= 9 && code <= 13)) i++;
    else if (isComment(text, i)) i = afterToken(text, i, code);
    else break;
  }
  return i;
}

/** Behind the brackets that open at `at`; -1 when they do not end. `leave` is told of the comments in them. */
function afterGroup(text: string, at: number, leave: ((from: number, to: number) => void) | null = null): number {
  let depth = 0;
  for (let i = at; i >= 0 && i < text.length;) {
    const code = text.charCodeAt(i);
    if (isWordStart(code)) i = afterWord(text, i, wordEnd(text, i));
    else if (code === OPEN || code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth++;
      i++;
    } else if (code === CLOSE || code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      i++;
      if (--depth === 0) return i;
    } else if (leave !== null && isComment(text, i)) {
      const from = i;
      i = skipBlank(text, i);
      if (i > 0) leave(from, i);
    } else i = afterToken(text, i, code);
  }
  return -1;
}

/** The bracket that opens the arguments of a macro whose `!` ends at `at`; of a definition the name comes first. -1 where there is none. */
function macroArguments(text: string, at: number): number {
  let open = skipBlank(text, at);
  if (isWordStart(text.charCodeAt(open))) open = skipBlank(text, wordEnd(text, open));
  const code = text.charCodeAt(open);
  return code === OPEN || code === OPEN_BRACKET || code === OPEN_BRACE ? open : -1;
}

function table(characters: string): Uint8Array {
  const made = new Uint8Array(128);
  for (const character of characters) made[character.charCodeAt(0)] = 1;
  return made;
}
