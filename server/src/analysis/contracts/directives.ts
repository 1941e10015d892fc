// Reads the contracts that comments state: `heaplight: no-alloc` above a function, `heaplight: allow REASON` on or above a line.
// Not here: what they mean for a report (see contracts.ts).

/** A contract written in a comment. */
export interface Directive {
  readonly type: 'no-alloc' | 'allow';
  /** The stated reason, trimmed; empty when none is given. */
  readonly reason: string;
  /** The comment; UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A comment that starts like a contract and is none. */
export interface UnknownDirective {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const DIRECTIVE = /^(?:\/\/[/!]?|\/\*)\s*heaplight:\s*([\w-]*)\s*([^]*?)\s*(?:\*\/)?$/;

/**
 * The contracts among a text's comments, in order.
 * @param comments start and end offsets of each comment, as in a flat tree
 */
export function readDirectives(text: string, comments: Uint32Array): { readonly directives: readonly Directive[]; readonly unknown: readonly UnknownDirective[] } {
  const directives: Directive[] = [];
  const unknown: UnknownDirective[] = [];
  if (!text.includes('heaplight:')) return { directives, unknown };
  for (let i = 0; i + 1 < comments.length; i += 2) {
    const start = comments[i] as number;
    const comment = text.slice(start, comments[i + 1]).trimEnd();
    const end = start + comment.length;
    const match = DIRECTIVE.exec(comment);
    if (!match) continue;
    const [, word = '', reason = ''] = match;
    if (word === 'no-alloc' || word === 'allow') directives.push({ type: word, reason, start, end });
    else unknown.push({ word, start, end });
  }
  return { directives, unknown };
}
