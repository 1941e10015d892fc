// A rule: how one construct allocates. It says *where*; models say *what* library functions do. A rule has no severity.
import type { LanguageId } from '../syntax/grammar.js';
import type { AllocationKind } from './site.js';

/** What the catalogue, the hover and `heaplight explain` show of a rule. */
export interface RuleDocumentation {
  /** `language/kebab-noun`. */
  readonly id: `${LanguageId}/${string}`;
  readonly kind: AllocationKind;
  readonly title: string;
  /** What a hover of a free place is headed by, where that is not that it does not allocate. */
  readonly freeTitle?: string;
  /** Why the construct allocates, one or two plain sentences. */
  readonly why: string;
  /** When it does not, or null. */
  readonly unless: string | null;
  /** What one can do about it, or null. */
  readonly instead: string | null;
  /** Example source: a line that is a site, and one that is free. */
  readonly example: { readonly allocates: string; readonly free: string | null };
}

/** A rule over nodes of a flat tree; `Context` is the language's own view of a solved function. */
export interface Rule<Context> extends RuleDocumentation {
  /** Node kinds that the rule looks at. */
  readonly nodes: readonly number[];
  /** Reports through the context; must not throw on any syntax (what it throws becomes a problem, and costs only this rule). */
  check(node: number, context: Context): void;
}
