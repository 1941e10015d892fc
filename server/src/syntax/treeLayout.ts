// Tables per grammar that say what a reader keeps of the parser's tree.
import type { Language } from 'web-tree-sitter';
import type { GrammarProfile } from './grammar.js';

/** What becomes of a node of one kind. */
export const enum NodeFate { Skip = 0, Keep = 1, Comment = 2 }

/** Lookup tables for flattening, indexed by the grammar's symbol ids. */
export interface TreeLayout {
  /** First id with the same name and namedness: one kind per name. */
  readonly canonical: Uint16Array;
  readonly fate: Uint8Array;
}

/** Builds the tables of a grammar. */
export function layoutOf(language: Language, profile: GrammarProfile): TreeLayout {
  const count = language.nodeTypeCount;
  const canonical = new Uint16Array(count);
  const fate = new Uint8Array(count);
  const first = new Map<string, number>();
  const tokens = new Set(profile.tokens);
  const comments = new Set(profile.comments);
  for (let id = 0; id < count; id++) {
    canonical[id] = id;
    const name = language.nodeTypeForId(id);
    if (name === null || !language.nodeTypeIsVisible(id)) continue;
    const named = language.nodeTypeIsNamed(id);
    const key = `${named ? 'n' : 'a'}${name}`;
    canonical[id] = first.get(key) ?? id;
    if (!first.has(key)) first.set(key, id);
    fate[id] = named ? (comments.has(name) ? NodeFate.Comment : NodeFate.Keep) : tokens.has(name) ? NodeFate.Keep : NodeFate.Skip;
  }
  return { canonical, fate };
}
