// A text as the parser is shown it.
import type { Mask } from './grammar.js';

/** `text` with other units at the masks, which are ascending; of equal length. */
export function masked(text: string, masks: readonly Mask[]): string {
  if (masks.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { at, unit } of masks) {
    parts.push(text.slice(from, at), unit);
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
