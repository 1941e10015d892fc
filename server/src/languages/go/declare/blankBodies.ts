// A file's text with nothing between the braces of its functions, every position kept: what is imported is read for its declarations,
// and few of its bodies are ever asked for. A small lexer, since braces stand in strings, comments and types too.

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const OPEN = 40;
const CLOSE = 41;
const SLASH = 47;
const BACKSLASH = 92;
const BACKQUOTE = 96;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const STAR = 42;

/** Bodies below this many characters stay: a piece of text costs as much. */
const SMALL = 24;

/** `text` with blanks for bodies; the very text when its braces or quotes do not end. */
export function blankBodies(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  let at = 0;
  const { length } = text;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === 102 && (at === 0 || text.charCodeAt(at - 1) === NEWLINE) && text.startsWith('func', at) && isGap(text.charCodeAt(at + 4))) {
      const open = bodyAfter(text, at + 4);
      if (open < 0) {
        at += 4;
        continue;
      }
      const close = matching(text, open);
      if (close < 0) return text;
      if (close - open > SMALL) {
        parts.push(text.slice(kept, open + 1), ' '.repeat(close - open - 1));
        kept = close;
      }
      at = close + 1;
      continue;
    }
    const next = afterToken(text, at, code);
    if (next < 0) return text;
    at = next;
  }
  if (kept === 0) return text;
  parts.push(text.slice(kept));
  return parts.join('');
}

/** Whether `func` ends before this character: a method's receiver follows, or a name. */
function isGap(code: number): boolean {
  return code === SPACE || code === TAB || code === OPEN;
}

/** Behind a string, a comment or one other character; -1 when it does not end. */
function afterToken(text: string, at: number, code: number): number {
  switch (code) {
    case QUOTE:
    case APOSTROPHE: {
      for (let i = at + 1; i < text.length; i++) {
        const inside = text.charCodeAt(i);
        if (inside === BACKSLASH) i++;
        else if (inside === code) return i + 1;
        else if (inside === NEWLINE) return -1;
      }
      return -1;
    }
    case BACKQUOTE: {
      const end = text.indexOf('`', at + 1);
      return end < 0 ? -1 : end + 1;
    }
    case SLASH: {
      const second = text.charCodeAt(at + 1);
      if (second === SLASH) {
        const end = text.indexOf('\n', at);
        return end < 0 ? text.length : end;
      }
      if (second !== STAR) return at + 1;
      const end = text.indexOf('*/', at + 2);
      return end < 0 ? -1 : end + 2;
    }
    default: return at + 1;
  }
}

/** The brace that opens the body of a function whose signature begins at `at`; -1 when there is none, or the signature is not understood. */
function bodyAfter(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i >= 0 && i < text.length;) {
    const code = text.charCodeAt(i);
    switch (code) {
      case OPEN: case OPEN_BRACKET: depth++; i++; break;
      case CLOSE: case CLOSE_BRACKET: depth--; i++; break;
      case NEWLINE:
        if (depth === 0) return -1;
        i++;
        break;
      case OPEN_BRACE: {
        if (depth === 0 && !isTypeBrace(text, i)) return i;
        const close = matching(text, i);
        if (close < 0) return -1;
        i = close + 1;
        break;
      }
      default: i = afterToken(text, i, code);
    }
  }
  return -1;
}

/** Whether a brace belongs to `interface {` or `struct {`. */
function isTypeBrace(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) end--;
  const isWord = (word: string): boolean => text.endsWith(word, end) && !/[\p{L}\p{Nd}_]/u.test(text.charAt(end - word.length - 1));
  return isWord('interface') || isWord('struct');
}

/** The brace that closes the one at `open`; -1 when there is none. */
function matching(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i >= 0 && i < text.length;) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE && --depth === 0) return i;
    i = code === QUOTE || code === APOSTROPHE || code === BACKQUOTE || code === SLASH ? afterToken(text, i, code) : i + 1;
  }
  return -1;
}
