// Tells in Go text, before any parsing, whether what stands at an offset is a type or an expression that begins like one:
// `[]int` or `[]int{1}`. Only unnamed types are recognised; a name may be either and is for the caller to decide.
// Not a parser: it skips brackets, strings and comments, and gives up when its budget of characters is spent.

/** What an argument is. `named` starts with something that an expression may start with as well. */
export type ArgumentForm = 'type' | 'expression' | 'named';

/** Reads argument forms from one text with a common budget, so that hostile texts stay linear. */
export class GoTypeText {
  #budget: number;

  constructor(private readonly text: string) {
    this.#budget = 2 * text.length + 4096;
  }

  /** The form of the argument that starts at `at`, which is after the opening parenthesis of a call with one argument. */
  formOf(at: number): ArgumentForm {
    if (this.#budget < 0) return 'type';
    const { text } = this;
    let parentheses = 0;
    let unnamed = false; // whether something that only a type starts with was seen
    let i = at;
    for (;;) {
      i = this.#blank(i);
      const c = text.charCodeAt(i);
      if (c === Char.Star) {
        i++;
        continue;
      }
      if (c === Char.OpenParenthesis) {
        parentheses++;
        i++;
        continue;
      }
      if (c === Char.OpenBracket) {
        unnamed = true;
        i = this.#balanced(i);
        continue;
      }
      if (c === Char.Less && text.charCodeAt(i + 1) === Char.Minus) {
        const after = this.#blank(i + 2);
        if (this.#word(after) !== 'chan') return 'expression'; // a receive
        i = after;
        continue;
      }
      const word = this.#word(i);
      if (word === 'map') {
        const bracket = this.#blank(i + 3);
        if (text.charCodeAt(bracket) !== Char.OpenBracket) return unnamed ? 'type' : 'named';
        unnamed = true;
        i = this.#balanced(bracket);
        continue;
      }
      if (word === 'chan') {
        unnamed = true;
        i = this.#blank(i + 4);
        if (text.charCodeAt(i) === Char.Less && text.charCodeAt(i + 1) === Char.Minus) i += 2;
        continue;
      }
      if (word === 'struct' || word === 'interface') {
        const brace = this.#blank(i + word.length);
        if (text.charCodeAt(brace) !== Char.OpenBrace) return 'type';
        i = this.#balanced(brace);
        break;
      }
      if (word === 'func') {
        const parameters = this.#blank(i + 4);
        if (text.charCodeAt(parameters) !== Char.OpenParenthesis) return 'type';
        i = this.#spaces(this.#balanced(parameters));
        const result = text.charCodeAt(i);
        if (result === Char.OpenParenthesis) {
          i = this.#balanced(i);
          break;
        }
        if (!startsType(result)) break;
        unnamed = true;
        continue;
      }
      if (!unnamed) return 'named';
      if (word === '') return 'type'; // not Go: leave it alone
      i = this.#qualifiedName(i);
      break;
    }
    for (;;) {
      i = this.#blank(i);
      const c = text.charCodeAt(i);
      if (c === Char.CloseParenthesis && parentheses > 0) {
        parentheses--;
        i++;
        continue;
      }
      return c === Char.CloseParenthesis || c === Char.Comma || Number.isNaN(c) || this.#budget < 0 ? 'type' : 'expression';
    }
  }

  /** After the name at `i`, its package and its type arguments. */
  #qualifiedName(at: number): number {
    const { text } = this;
    let i = at + this.#word(at).length;
    if (text.charCodeAt(i) === Char.Dot) i += 1 + this.#word(i + 1).length;
    return text.charCodeAt(i) === Char.OpenBracket ? this.#balanced(i) : i;
  }

  /** The identifier or keyword at `at`; empty for none. */
  #word(at: number): string {
    let i = at;
    while (i < this.text.length && isWordUnit(this.text.charCodeAt(i))) i++;
    this.#budget -= i - at;
    return this.text.slice(at, i);
  }

  #spaces(at: number): number {
    let i = at;
    while (this.text.charCodeAt(i) === Char.Space || this.text.charCodeAt(i) === Char.Tab) i++;
    return i;
  }

  /** After white space and comments. */
  #blank(at: number): number {
    const { text } = this;
    let i = at;
    for (;;) {
      const c = text.charCodeAt(i);
      if (c === Char.Space || c === Char.Tab || c === Char.Newline || c === Char.Return) i++;
      else if (c === Char.Slash && (text.charCodeAt(i + 1) === Char.Slash || text.charCodeAt(i + 1) === Char.Star)) i = this.#comment(i);
      else break;
      if (this.#budget < 0) break;
    }
    this.#budget -= i - at;
    return i;
  }

  #comment(at: number): number {
    const line = this.text.charCodeAt(at + 1) === Char.Slash;
    const close = this.text.indexOf(line ? '\n' : '*/', at + 2);
    const after = close < 0 ? this.text.length : close + (line ? 1 : 2);
    this.#budget -= after - at;
    return after;
  }

  /** After the bracket that closes the one at `at`; the end of the text when none does or the budget is spent. */
  #balanced(at: number): number {
    const { text } = this;
    let depth = 0;
    let i = at;
    while (i < text.length && this.#budget >= 0) {
      this.#budget--;
      const c = text.charCodeAt(i);
      if (c === Char.OpenParenthesis || c === Char.OpenBracket || c === Char.OpenBrace) depth++;
      else if (c === Char.CloseParenthesis || c === Char.CloseBracket || c === Char.CloseBrace) {
        depth--;
        if (depth === 0) return i + 1;
      } else if (c === Char.Quote || c === Char.Apostrophe) {
        i = this.#quoted(i, c);
        continue;
      } else if (c === Char.Backquote) {
        const close = text.indexOf('`', i + 1);
        this.#budget -= (close < 0 ? text.length : close) - i;
        i = close < 0 ? text.length : close + 1;
        continue;
      } else if (c === Char.Slash && (text.charCodeAt(i + 1) === Char.Slash || text.charCodeAt(i + 1) === Char.Star)) {
        i = this.#comment(i);
        continue;
      }
      i++;
    }
    return text.length;
  }

  /** After the string or rune at `at`; an unclosed one ends with its line. */
  #quoted(at: number, quote: number): number {
    const { text } = this;
    let i = at + 1;
    while (i < text.length) {
      const c = text.charCodeAt(i++);
      if (c === quote || c === Char.Newline) break;
      if (c === Char.Backslash) i++;
    }
    this.#budget -= i - at;
    return i;
  }
}

/** Code units of Go's tokens. */
const enum Char {
  Tab = 9, Newline = 10, Return = 13, Space = 32, Quote = 34, Apostrophe = 39, OpenParenthesis = 40, CloseParenthesis = 41, Star = 42, Comma = 44, Minus = 45, Dot = 46, Slash = 47,
  Less = 60, OpenBracket = 91, Backslash = 92, CloseBracket = 93, Backquote = 96, OpenBrace = 123, CloseBrace = 125,
}

/** Whether a UTF-16 unit can be part of an identifier; beyond ASCII every unit counts, since Go has no other use for them in code. */
export function isWordUnit(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c >= 128;
}

function startsType(c: number): boolean {
  return c === Char.Star || c === Char.OpenBracket || c === Char.Less || isWordUnit(c);
}
