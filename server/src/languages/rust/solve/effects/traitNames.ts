// What the costs of calls are told by: names of std's traits, and what is known of a function whatever it is called with.
import type { RustRow } from '../../models/row.js';
import { TypeTag, type DefId } from '../../types/typeTable.js';

/** What is known of a function whatever it is called with. */
export interface FunctionKnowledge {
  /** `Clone::clone` for a method of a trait or of an impl of one, else null. */
  readonly traitMethod: string | null;
  readonly trait: DefId;
  /** Row of the function itself, or of the trait's method. */
  readonly row: RustRow | null;
  readonly origin: 'workspace' | 'dependency' | 'std';
  /** The trait's own method rather than an impl's. */
  readonly abstract: boolean;
  readonly derived: boolean;
  /** Some impl of the trait method has a row. */
  readonly hasImplRows: boolean;
  /** Async method under `#[async_trait]`. */
  readonly asyncTrait: boolean;
}

/** When a trait's method allocates whose impl is chosen elsewhere. */
export const UNSEEN: Readonly<Record<string, string>> = {
  'Clone::clone': 'the type’s clone allocates', 'From::from': 'the conversion allocates', 'Default::default': 'the type’s default allocates', 'FromIterator::from_iter': 'the collection allocates',
  'Extend::extend': 'the collection has to grow', 'FromStr::from_str': 'the parsed value allocates', 'Write::write_fmt': 'the target has to grow', 'Write::write_str': 'the target has to grow', 'Write::write_char': 'the target has to grow', 'Write::write': 'the target is memory that has to grow', 'Write::write_all': 'the target is memory that has to grow',
};

/** Where std has the traits that rows name. */
export const TRAIT_PATHS: Readonly<Record<string, string>> = {
  Clone: 'core::clone::Clone', Default: 'core::default::Default', From: 'core::convert::From', TryFrom: 'core::convert::TryFrom', FromStr: 'core::str::FromStr', FromIterator: 'core::iter::FromIterator', Extend: 'core::iter::Extend',
  Iterator: 'core::iter::Iterator', IntoIterator: 'core::iter::IntoIterator', Sum: 'core::iter::Sum', Product: 'core::iter::Product', Write: 'std::io::Write', ToOwned: 'alloc::borrow::ToOwned', ToString: 'alloc::string::ToString',
};

/** Traits of collections whose argument is what an iterator yields, where rows name the iterator. */
export const OF_ITEMS: ReadonlySet<string> = new Set(['FromIterator', 'Extend', 'Sum', 'Product']);

/** Whether the caller of the function at hand decides which type it is. */
export function isOpen(tag: TypeTag): boolean {
  return tag === TypeTag.Param || tag === TypeTag.Projection || tag === TypeTag.Opaque;
}

/** Types of std whose clone is the clone of what they hold. */
export function isWrapper(path: string): boolean {
  return /^core::(?:iter|ops|cmp|num|mem|array|option|result|task|range)\b/.test(path);
}
