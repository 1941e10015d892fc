// Go 1.26 `new(expr)` is not in the grammar, which reads the argument of `new` as a type. Writing the function as `neW`, with the
// length kept, makes the argument an expression. That is done for every argument that may be one: names, which are types or values,
// become expressions; arguments that start like an unnamed type are left alone unless they go on as an expression.
// A `new` in a string or a comment may be masked too: no token depends on it, and the flat tree keeps the original text.
import { GoTypeText, isWordUnit } from './goTypeText.js';
import type { Mask } from './grammar.js';

const CANDIDATE = /new[ \t]*\(/g;

/** Masks of the `w` of each `new` whose argument is to be read as an expression, ascending. */
export function newExpressionMasks(text: string): readonly Mask[] {
  if (!text.includes('new(') && !text.includes('new (')) return [];
  const masks: Mask[] = [];
  const types = new GoTypeText(text);
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const at = match.index;
    if (at > 0 && isWordUnit(text.charCodeAt(at - 1))) continue;
    const argument = CANDIDATE.lastIndex;
    if (text.charCodeAt(argument) === CLOSE_PARENTHESIS) continue;
    if (types.formOf(argument) !== 'type') masks.push({ at: at + 2, unit: 'W' });
  }
  return masks;
}

const CLOSE_PARENTHESIS = 41;
