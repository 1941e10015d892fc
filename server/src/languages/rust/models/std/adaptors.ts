// What iterator adaptors leave of their source: whether a Vec can be collected in place of the Vec that is drawn from, and whether the length is known.
// Read off std 1.96: alloc/src/vec/in_place_collect.rs, core/src/iter/adapters/*.rs (SourceIter, InPlaceIterable, size_hint).

/** What one adaptor does to what collects. */
export interface AdaptorTraits {
  /** The source's buffer can still be written to. */
  readonly inPlace: boolean;
  /** The lower bound of the length is that of the source. */
  readonly keepsLength: boolean;
}

const kept: AdaptorTraits = { inPlace: true, keepsLength: true };
const shorter: AdaptorTraits = { inPlace: true, keepsLength: false };
const apart: AdaptorTraits = { inPlace: false, keepsLength: true };
const unknown: AdaptorTraits = { inPlace: false, keepsLength: false };

const ADAPTORS: Readonly<Record<string, AdaptorTraits>> = {
  'core::iter::adapters::map::Map': kept, 'core::iter::adapters::enumerate::Enumerate': kept, 'core::iter::adapters::inspect::Inspect': kept, 'core::iter::adapters::take::Take': kept, 'core::iter::adapters::skip::Skip': kept,
  'core::iter::adapters::copied::Copied': kept, 'core::iter::adapters::cloned::Cloned': kept, 'core::iter::adapters::fuse::Fuse': kept, 'core::iter::adapters::zip::Zip': kept, 'core::iter::adapters::peekable::Peekable': kept,
  'core::iter::adapters::filter::Filter': shorter, 'core::iter::adapters::filter_map::FilterMap': shorter, 'core::iter::adapters::take_while::TakeWhile': shorter, 'core::iter::adapters::skip_while::SkipWhile': shorter,
  'core::iter::adapters::map_while::MapWhile': shorter, 'core::iter::adapters::scan::Scan': shorter,
  'core::iter::adapters::rev::Rev': apart, 'core::iter::adapters::chain::Chain': apart, 'core::iter::adapters::step_by::StepBy': apart, 'core::iter::adapters::cycle::Cycle': apart,
  'core::iter::adapters::flatten::Flatten': unknown, 'core::iter::adapters::flatten::FlatMap': unknown,
};

/** Path of the iterator that a Vec becomes, and of the Vec. */
export const VEC_ITERATOR = 'alloc::vec::into_iter::IntoIter';
/** Path of Vec. */
export const VEC = 'alloc::vec::Vec';

/** What an adaptor does, by its canonical path; undefined for what is none of std's. */
export function adaptorTraits(path: string): AdaptorTraits | undefined {
  return Object.hasOwn(ADAPTORS, path) ? ADAPTORS[path] : undefined;
}
