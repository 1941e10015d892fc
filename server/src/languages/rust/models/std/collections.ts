// Maps, sets, queues and lists of alloc::collections and std::collections.
import { allocates, copies, delegates, grows, implOf, mayAllocate, modelsOf, neutral, sometimes, via, type RustRow } from '../row.js';
import { std } from './provenance.js';

const MAPS = ['std::collections::HashMap', 'std::collections::BTreeMap'] as const;
const SETS = ['std::collections::HashSet', 'std::collections::BTreeSet'] as const;
const ALL = [...MAPS, ...SETS, 'std::collections::VecDeque', 'std::collections::BinaryHeap', 'std::collections::LinkedList'] as const;
const hash = std('std/src/collections/hash/map.rs');
const btree = std('alloc/src/collections/btree/map.rs');
const deque = std('alloc/src/collections/vec_deque/mod.rs');
const fileOf = (path: string): ReturnType<typeof std> => (path.includes('Hash') ? hash : path.includes('BTree') ? btree : deque);
const noun = (path: string): string => (path.includes('BTree') ? 'tree nodes' : path.includes('Linked') ? 'list nodes' : path.includes('Hash') ? 'hash table' : 'element buffer');
const free = { rule: 'rust/empty-collection' } as const;

const common = (path: string): readonly RustRow[] => {
  const at = fileOf(path);
  const name = path.slice(path.lastIndexOf('::') + 2);
  const what = noun(path);
  const map = name.endsWith('Map');
  const elements = map ? [via('self.0', 'Clone::clone'), via('self.1', 'Clone::clone')] : [via('self.0', 'Clone::clone')];
  return [
    ...modelsOf(path, at, [neutral('new', `an empty ${name} owns no memory`, free), neutral('with_hasher new_in', `an empty ${name} owns no memory`, free)]),
    ...implOf(path, 'Default', at, [neutral('default', `an empty ${name} owns no memory`)]),
    ...implOf(path, 'Clone', at, [copies('clone', `copied ${what}`, { rule: 'rust/clone', unless: 'it is empty', also: elements }), mayAllocate('clone_from', 'copy', `copied ${what}`, 'what is there does not suffice', { rule: 'rust/clone' })]),
    ...implOf(path, 'FromIterator', at, [allocates('from_iter', 'buffer', `collected ${what}`, { rule: 'rust/collect', unless: 'the source is empty' })]),
    ...implOf(path, 'From', at, [allocates('from', 'buffer', what, { rule: 'rust/collection-from' })]),
    ...implOf(path, 'Extend', at, [grows('extend extend_one', what, 'spare capacity is too small')]),
  ];
};

const taken = (path: string, source: string): readonly RustRow[] => implOf(path, `From<${source}>`, deque, [neutral('from', 'the buffer is taken over')]);

/** Rows of the collections. */
export const collectionModels = [
  ...taken('std::collections::VecDeque', 'std::vec::Vec'),
  ...taken('std::collections::BinaryHeap', 'std::vec::Vec'),
  ...ALL.flatMap(common),
  ...modelsOf('std::collections::HashMap', hash, [
    allocates('with_capacity with_capacity_and_hasher', 'buffer', 'hash table', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
    grows('insert try_insert', 'hash table', 'no free slot is left'),
    grows('entry', 'hash table', 'no free slot is left for the entry'),
    grows('reserve try_reserve', 'hash table', 'spare capacity is too small'),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk hash table', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    neutral('get get_mut get_key_value contains_key remove remove_entry retain clear iter iter_mut keys values values_mut into_keys into_values len is_empty capacity hasher drain get_many_mut', 'looks into the table that is there'),
  ]),
  ...modelsOf('std::collections::HashSet', hash, [
    allocates('with_capacity with_capacity_and_hasher', 'buffer', 'hash table', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
    grows('insert replace get_or_insert get_or_insert_with', 'hash table', 'no free slot is left'),
    grows('reserve try_reserve', 'hash table', 'spare capacity is too small'),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk hash table', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    neutral('get contains remove take retain clear iter len is_empty capacity drain union intersection difference symmetric_difference is_subset is_superset is_disjoint', 'looks into the table that is there'),
  ]),
  ...modelsOf('std::collections::hash::map::Entry', hash, [
    neutral('or_insert and_modify key insert_entry', 'room was made by `entry`'),
    sometimes('or_insert_with or_insert_with_key', { calls: 0 }),
    sometimes('or_default', via('self.1', 'Default::default')),
  ]),
  ...modelsOf('std::collections::hash::map::VacantEntry', hash, [neutral('insert insert_entry', 'room was made by `entry`')]),
  ...modelsOf('std::collections::hash::map::OccupiedEntry', hash, [neutral('insert get get_mut into_mut remove remove_entry key', 'the slot is there')]),
  ...modelsOf('std::collections::BTreeMap', btree, [
    grows('insert try_insert', 'tree node', 'the map is empty or the node is full'),
    copies('split_off', 'tree nodes'),
    mayAllocate('append', 'buffer', 'tree nodes', 'both maps hold entries'),
    neutral('entry', 'only looks for the place; the entry’s insert allocates'),
    neutral('first_entry last_entry', 'only looks for the place'),
    neutral('get get_mut get_key_value contains_key remove remove_entry retain clear iter iter_mut keys values values_mut into_keys into_values len is_empty range range_mut first_key_value last_key_value pop_first pop_last extract_if', 'looks into the tree that is there'),
  ]),
  ...modelsOf('std::collections::btree::map::Entry', std('alloc/src/collections/btree/map/entry.rs'), [
    grows('or_insert insert_entry', 'tree node', 'the entry is vacant and the node is full'),
    grows('or_insert_with or_insert_with_key', 'tree node', 'the entry is vacant and the node is full'),
    grows('or_default', 'tree node', 'the entry is vacant and the node is full'),
    neutral('and_modify key', 'the entry is only looked at'),
  ]),
  ...modelsOf('std::collections::btree::map::VacantEntry', std('alloc/src/collections/btree/map/entry.rs'), [grows('insert insert_entry', 'tree node', 'the node is full')]),
  ...modelsOf('std::collections::BTreeSet', btree, [
    grows('insert replace get_or_insert_with', 'tree node', 'the set is empty or the node is full'),
    copies('split_off', 'tree nodes'),
    mayAllocate('append', 'buffer', 'tree nodes', 'both sets hold elements'),
    neutral('get contains remove take retain clear iter len is_empty range first last pop_first pop_last union intersection difference symmetric_difference is_subset is_superset is_disjoint', 'looks into the tree that is there'),
  ]),
  ...modelsOf('std::collections::VecDeque', deque, [
    allocates('with_capacity try_with_capacity', 'buffer', 'element buffer', { rule: 'rust/with-capacity', unless: 'the capacity or the element size is zero', freeWhenZeroSized: 'self.0' }),
    grows('push_back push_front insert push_back_mut push_front_mut', 'element buffer', 'the length has reached the capacity'),
    grows('reserve reserve_exact try_reserve try_reserve_exact append resize_with', 'element buffer', 'spare capacity is too small'),
    grows('resize', 'element buffer', 'spare capacity is too small', { also: [via('self.0', 'Clone::clone')] }),
    copies('split_off', 'buffer for the split-off elements'),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    neutral('pop_front pop_back front back get get_mut iter iter_mut len is_empty clear truncate retain drain swap remove make_contiguous rotate_left rotate_right as_slices range contains capacity', 'the buffer stays as it is'),
  ]),
  ...implOf('std::collections::VecDeque', 'Write', std('std/src/io/impls.rs'), [grows('write write_all write_fmt', 'byte buffer', 'spare capacity is too small')]),
  ...modelsOf('std::collections::BinaryHeap', std('alloc/src/collections/binary_heap/mod.rs'), [
    allocates('with_capacity', 'buffer', 'element buffer', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
    grows('push', 'element buffer', 'the length has reached the capacity'),
    grows('reserve reserve_exact try_reserve append', 'element buffer', 'spare capacity is too small'),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    neutral('pop peek peek_mut into_vec into_sorted_vec iter drain clear len is_empty retain as_slice', 'works in the buffer that is there'),
  ]),
  ...modelsOf('std::collections::LinkedList', std('alloc/src/collections/linked_list.rs'), [
    allocates('push_back push_front push_back_mut push_front_mut', 'buffer', 'list node', { rule: 'rust/list-node' }),
    neutral('pop_front pop_back front back append split_off iter iter_mut len is_empty clear contains', 'nodes are linked anew, none is made'),
  ]),
  ...modelsOf('std::option::Option', std('core/src/option.rs'), [
    sometimes('map map_or map_or_else and_then or_else unwrap_or_else ok_or_else filter is_some_and is_none_or inspect get_or_insert_with xor zip_with', { calls: 0 }, { calls: 1 }),
    sometimes('unwrap_or_default get_or_insert_default', via('result*', 'Default::default')),
    sometimes('cloned', via('result.0', 'Clone::clone')),
  ]),
  ...implOf('std::option::Option', 'Clone', std('core/src/option.rs'), [sometimes('clone clone_from', via('self.0', 'Clone::clone'))]),
  ...implOf('std::option::Option', 'Default', std('core/src/option.rs'), [neutral('default', 'None')]),
  ...implOf('std::option::Option', 'From', std('core/src/option.rs'), [neutral('from', 'the value is wrapped as it is')]),
  ...implOf('std::option::Option', 'FromIterator', std('core/src/option.rs'), [delegates('from_iter', via('self.0', 'FromIterator::from_iter', 'arg.0'))]),
  ...modelsOf('std::result::Result', std('core/src/result.rs'), [
    sometimes('map map_err map_or map_or_else and_then or_else unwrap_or_else is_ok_and is_err_and inspect inspect_err', { calls: 0 }, { calls: 1 }),
    sometimes('unwrap_or_default', via('result', 'Default::default')),
    sometimes('cloned', via('result.0', 'Clone::clone')),
  ]),
  ...implOf('std::result::Result', 'Clone', std('core/src/result.rs'), [sometimes('clone clone_from', via('self.0', 'Clone::clone'), via('self.1', 'Clone::clone'))]),
  ...implOf('std::result::Result', 'FromIterator', std('core/src/result.rs'), [delegates('from_iter', via('self.0', 'FromIterator::from_iter', 'arg.0'))]),
];
