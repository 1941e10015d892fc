// core::iter: adaptors allocate nothing; what draws from an iterator costs what its `next` costs, what collects costs what the target costs.
import { delegates, implOf, modelsOf, neutral, sometimes, via, type RustRow } from '../row.js';
import { std } from './provenance.js';

const at = std('core/src/iter/traits/iterator.rs');
const adaptors = std('core/src/iter/adapters/mod.rs');
const draw = via('self', 'Iterator::next');

/** Adaptors whose `next` asks their source alone (closures are judged where they are written). */
const SOURCES = ['Map', 'Filter', 'FilterMap', 'Enumerate', 'Rev', 'Take', 'TakeWhile', 'Skip', 'SkipWhile', 'MapWhile', 'Scan', 'Inspect', 'Peekable', 'Fuse', 'StepBy', 'Copied', 'Cycle', 'Intersperse', 'Flatten', 'FlatMap'];

function adaptor(name: string): readonly RustRow[] {
  return implOf(`std::iter::${name}`, 'Iterator', adaptors, [delegates('next', via('self.0', 'Iterator::next'))]);
}

/** Rows of `Iterator`, its adaptors, and the traits that collect. */
export const iterModels = [
  ...modelsOf('std::iter::Iterator', at, [
    delegates('collect', via('result', 'FromIterator::from_iter', 'self')),
    delegates('collect_into', via('arg.0*', 'Extend::extend', 'self')),
    delegates('unzip', via('result.0', 'Extend::extend'), via('result.1', 'Extend::extend')),
    delegates('partition', via('result.0', 'Extend::extend'), via('result.1', 'Extend::extend')),
    delegates('sum', via('result', 'Sum::sum', 'self'), draw),
    delegates('product', via('result', 'Product::product', 'self'), draw),
    neutral('map filter filter_map enumerate rev take take_while skip skip_while map_while scan inspect peekable fuse step_by copied cycle flatten flat_map zip chain by_ref cloned', 'an adaptor only wraps its source'),
    delegates('next', draw),
    delegates('count last fold try_fold try_for_each for_each all any find find_map position max min max_by max_by_key min_by min_by_key nth reduce eq ne cmp partial_cmp lt le gt ge is_sorted try_find', draw),
  ]),
  ...modelsOf('std::iter::DoubleEndedIterator', std('core/src/iter/traits/double_ended.rs'), [delegates('next_back rfold rfind nth_back', draw)]),
  ...SOURCES.flatMap(adaptor),
  ...implOf('std::iter::Cloned', 'Iterator', adaptors, [sometimes('next', via('result.0', 'Clone::clone')), delegates('count', via('self.0', 'Iterator::next'))]),
  ...implOf('std::iter::Zip', 'Iterator', adaptors, [delegates('next', via('self.0', 'Iterator::next'), via('self.1', 'Iterator::next'))]),
  ...implOf('std::iter::Chain', 'Iterator', adaptors, [delegates('next', via('self.0', 'Iterator::next'), via('self.1', 'Iterator::next'))]),
  ...implOf('&', 'Iterator', adaptors, [delegates('next', via('self.0', 'Iterator::next'))]),
  ...modelsOf('std::iter::Peekable', adaptors, [sometimes('peek peek_mut next_if next_if_eq', via('self.0', 'Iterator::next'))]),
  ...modelsOf('std::iter::IntoIterator', std('core/src/iter/traits/collect.rs'), [neutral('into_iter', 'the iterator reads what is there')]),
  ...modelsOf('std::iter::Extend', std('core/src/iter/traits/collect.rs'), [delegates('extend')]),
  ...modelsOf('std::iter::FromIterator', std('core/src/iter/traits/collect.rs'), [delegates('from_iter')]),
  ...implOf('()', 'FromIterator', at, [neutral('from_iter', 'nothing is kept')]),
  ...implOf('()', 'Extend', at, [neutral('extend', 'nothing is kept')]),
  ...modelsOf('std::iter', std('core/src/iter/sources.rs'), [neutral('once empty repeat repeat_n from_fn successors once_with repeat_with zip', 'the value is held inside the iterator')]),
];
