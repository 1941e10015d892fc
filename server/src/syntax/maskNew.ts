// Go 1.26 `new(expr)` is not in the grammar, which reads the argument of `new` as a type. Writing the function as `neW`, with the
// length kept, makes the argument an expression. That is done for every argument that may be one: names, which are types or values,
// become expressions; arguments that start like an unnamed type are left alone unless they go on as an expression.
// A `new` in a string or a comment may be masked too: no token depends on it, and the flat tree keeps the original text.
import { GoTypeText, isWordUnit } from './goTypeText.js';

const CANDIDATE = /new[ \t]*\(/g;

/** Offsets of the `w` of each `new` whose argument is to be read as an expression, ascending. */
export function newExpressionMasks(text: string): readonly number[] {
  if (!text.includes('new(') && !text.includes('new (')) return [];
  const masks: number[] = [];
  const types = new GoTypeText(text);
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const at = match.index;
    if (at > 0 && isWordUnit(text.charCodeAt(at - 1))) continue;
    const argument = CANDIDATE.lastIndex;
    if (text.charCodeAt(argument) === CLOSE_PARENTHESIS) continue;
    if (types.formOf(argument) !== 'type') masks.push(at + 2);
  }
  return masks;
}

/** `text` with the `new` of each `new(expr)` spelled `neW`; equal length. */
export function maskNewExpressions(text: string): string {
  return masked(text, newExpressionMasks(text));
}

/** `text` with a `W` at each offset of `masks`. */
export function masked(text: string, masks: readonly number[]): string {
  if (masks.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const at of masks) {
    parts.push(text.slice(from, at), 'W');
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

const CLOSE_PARENTHESIS = 41;
