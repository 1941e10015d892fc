// Rust that the grammar does not know: a variable named `raw` behind `&`, `try!`, lifetimes in front of other bounds, what edition 2024 writes
// at foreign blocks, and types declared in them. Words are blanked, or get a capital that makes them a plain name; the length is kept.
// Strings and comments may be masked too: no token depends on it, and the flat tree keeps the original text.
import type { Mask } from './grammar.js';

interface Rewriting {
  /** A text that is in every such place, and begins with a letter that is rare in code: the search for it is what every text pays for. */
  readonly sign: string;
  /** Units from the beginning of the place to its sign. */
  readonly lead: number;
  /** Matches at the place; the first group is the part that is changed. */
  readonly pattern: RegExp;
  /** What stands for a unit of that part. */
  readonly unit: string;
}

const REWRITINGS: readonly Rewriting[] = [
  { sign: '&raw', lead: 0, pattern: /&ra(w)(?![\w\u0080-\uffff])(?!\s+(?:const|mut)\b)/dy, unit: 'W' },
  { sign: 'y!', lead: 2, pattern: /(?<![\w#\u0080-\uffff])tr(y)!/dy, unit: 'Y' },
  { sign: "yn '", lead: 1, pattern: /(?<![\w\u0080-\uffff])dyn ('\w+\s*\+)/dy, unit: ' ' },
];

/** The beginning of a foreign block, at the letter behind which `FOREIGN_SIGN` begins. */
const FOREIGN_BLOCK = /e(?=xtern\s*(?:"[^"\n]*"\s*)?\{)/y;
const FOREIGN_SIGN = 'xtern';
const UNSAFE = /(?<![\w\u0080-\uffff])unsafe $/;
/** What the grammar does not know inside of one: markers of safety, and types with a visibility. */
const FOREIGN_ITEMS = /(?<![\w\u0080-\uffff])(safe(?=\s+(?:fn|static)\b)|pub(?:\s*\([^()\n]*\))?(?=\s+type\s+\w+\s*;))/dg;

/** Masks of a text, ascending. */
export function rustMasks(text: string): readonly Mask[] {
  const masks: Mask[] = [];
  for (const { sign, lead, pattern, unit } of REWRITINGS) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      if (at < lead) continue;
      pattern.lastIndex = at - lead;
      replace(masks, 0, pattern.exec(text), unit);
    }
  }
  for (let at = text.indexOf(FOREIGN_SIGN); at >= 0; at = text.indexOf(FOREIGN_SIGN, at + 1)) {
    FOREIGN_BLOCK.lastIndex = at - 1;
    if (at === 0 || !FOREIGN_BLOCK.test(text)) continue;
    const unsafe = UNSAFE.exec(text.slice(Math.max(0, at - 9), at - 1));
    if (unsafe) for (let i = at - 8; i < at - 2; i++) masks.push({ at: i, unit: ' ' });
    const open = text.indexOf('{', at);
    const close = text.indexOf('}', open);
    const end = close < 0 ? text.length : close;
    for (const match of text.slice(open, end).matchAll(FOREIGN_ITEMS)) replace(masks, open, match, ' ');
    at = end;
  }
  return masks.sort((a, b) => a.at - b.at);
}

function replace(masks: Mask[], from: number, match: RegExpExecArray | null, unit: string): void {
  const [start, end] = match?.indices?.[1] ?? [0, 0];
  for (let i = start; i < end; i++) masks.push({ at: from + i, unit });
}
