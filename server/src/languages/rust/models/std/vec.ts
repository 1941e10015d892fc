// alloc::vec and alloc::slice: element buffers.
import { allocates, copies, delegates, grows, implOf, mayAllocate, modelsOf, neutral, sometimes, via } from '../row.js';
import { std } from './provenance.js';

const at = std('alloc/src/vec/mod.rs');
const slice = std('alloc/src/slice.rs');
const full = 'the length has reached the capacity';

/** Rows of `Vec`, slices and arrays. */
export const vecModels = [
  ...modelsOf('std::vec::Vec', at, [
    neutral('new', 'an empty Vec owns no buffer', { rule: 'rust/empty-collection' }),
    neutral('new_in', 'an empty Vec owns no buffer', { rule: 'rust/empty-collection' }),
    allocates('with_capacity try_with_capacity with_capacity_in', 'buffer', 'element buffer', { rule: 'rust/with-capacity', unless: 'the capacity or the element size is zero', freeWhenZeroSized: 'self.0' }),
    grows('push insert push_mut insert_mut', 'element buffer', full),
    grows('reserve reserve_exact try_reserve try_reserve_exact', 'element buffer', 'spare capacity is too small'),
    grows('extend_from_slice extend_from_within', 'element buffer', 'spare capacity is too small', { also: [via('self.0', 'Clone::clone')] }),
    grows('append resize_with', 'element buffer', 'spare capacity is too small'),
    grows('resize', 'element buffer', 'spare capacity is too small', { also: [via('self.0', 'Clone::clone')] }),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    mayAllocate('into_boxed_slice', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    copies('split_off', 'buffer for the split-off elements'),
    neutral('splice', 'elements are moved when the iterator is dropped; the buffer grows only if they do not fit'),
    neutral('drain retain retain_mut dedup dedup_by dedup_by_key clear truncate pop pop_if swap_remove remove set_len leak', 'the buffer stays as it is'),
    neutral('as_slice as_mut_slice as_ptr as_mut_ptr len is_empty capacity from_raw_parts into_raw_parts spare_capacity_mut extract_if', 'only looks at the buffer'),
  ]),
  ...modelsOf('std::vec', at, [allocates('from_elem', 'buffer', 'element buffer', { rule: 'rust/vec-macro', also: [via('arg.0', 'Clone::clone')], freeWhenZeroSized: 'arg.0' })]),
  ...implOf('std::vec::Vec', 'Clone', at, [
    copies('clone', 'copied element buffer', { rule: 'rust/clone', unless: 'it is empty', also: [via('self.0', 'Clone::clone')], freeWhenZeroSized: 'self.0' }),
    mayAllocate('clone_from', 'copy', 'copied elements', 'the buffer is too short', { rule: 'rust/clone' }),
  ]),
  ...implOf('std::vec::Vec', 'Default', at, [neutral('default', 'an empty Vec owns no buffer')]),
  ...implOf('std::vec::Vec', 'Extend', at, [grows('extend extend_one', 'element buffer', 'spare capacity is too small', { also: [via('arg.0', 'IntoIterator::into_iter')] })]),
  ...implOf('std::vec::Vec', 'FromIterator', std('alloc/src/vec/spec_from_iter.rs'), [allocates('from_iter', 'buffer', 'collected elements', { rule: 'rust/collect', unless: 'the source is empty', freeWhenZeroSized: 'self.0' })]),
  ...implOf('std::vec::Vec', 'From<&str>', at, [copies('from', 'copied text')]),
  ...implOf('std::vec::Vec', 'From<&>', at, [copies('from', 'copied elements')]),
  ...implOf('std::vec::Vec', 'From<[;]>', at, [allocates('from', 'buffer', 'element buffer', { rule: 'rust/vec-macro' })]),
  ...implOf('std::vec::Vec', 'From<std::borrow::Cow>', at, [mayAllocate('from', 'copy', 'copied elements', 'the slice is borrowed')]),
  ...implOf('std::vec::Vec', 'From<std::collections::BinaryHeap>', at, [neutral('from', 'the buffer is taken over')]),
  ...implOf('std::vec::Vec', 'From<std::collections::VecDeque>', at, [neutral('from', 'the buffer is taken over')]),
  ...implOf('std::vec::Vec', 'From<std::string::String>', at, [neutral('from', 'the buffer is taken over')]),
  ...implOf('std::vec::Vec', 'From<std::boxed::Box>', at, [neutral('from', 'the buffer is taken over')]),
  ...implOf('std::vec::Vec', 'From<std::ffi::CString>', at, [neutral('from', 'the buffer is taken over')]),
  ...implOf('std::vec::Vec', 'From', at, [neutral('from', 'the buffer is taken over')]),
  ...implOf('std::vec::Vec', 'Write', std('std/src/io/impls.rs'), [grows('write write_all write_fmt write_vectored', 'byte buffer', 'spare capacity is too small')]),
  ...implOf('std::vec::IntoIter', 'Clone', std('alloc/src/vec/into_iter.rs'), [copies('clone', 'copied remaining elements', { rule: 'rust/clone' })]),
  ...modelsOf('std::slice', slice, [
    copies('to_vec to_vec_in', 'copied elements', { rule: 'rust/to-vec', unless: 'the slice is empty', also: [via('self.0', 'Clone::clone')], freeWhenZeroSized: 'self.0' }),
    allocates('concat join connect', 'copy', 'joined elements', { rule: 'rust/join', unless: 'the result is empty' }),
    allocates('repeat', 'copy', 'repeated elements', { rule: 'rust/join' }),
    allocates('to_ascii_uppercase to_ascii_lowercase', 'copy', 'converted bytes', { rule: 'rust/text' }),
    neutral('into_vec', 'the boxed slice becomes the buffer'),
    mayAllocate('sort', 'buffer', 'scratch space', 'more than 4 KiB of scratch is needed (about half of the elements)', { rule: 'rust/sort-scratch', instead: 'sort_unstable needs no scratch, if equal elements may change places' }),
    mayAllocate('sort_by sort_by_key', 'buffer', 'scratch space', 'more than 4 KiB of scratch is needed (about half of the elements)', { rule: 'rust/sort-scratch', instead: 'sort_unstable_by needs no scratch, if equal elements may change places' }),
    allocates('sort_by_cached_key', 'buffer', 'the cached keys', { rule: 'rust/sort-scratch', unless: 'there are fewer than two elements' }),
    neutral('sort_unstable sort_unstable_by sort_unstable_by_key select_nth_unstable binary_search binary_search_by reverse rotate_left swap copy_from_slice copy_within', 'works in place'),
    sometimes('fill clone_from_slice', via('self.0', 'Clone::clone')),
  ]),
  ...implOf('[;]', 'Clone', std('core/src/array/mod.rs'), [delegates('clone', via('self.0', 'Clone::clone'))]),
  ...implOf('[;]', 'Default', std('core/src/array/mod.rs'), [delegates('default', via('self.0', 'Default::default'))]),
  ...modelsOf('std::array', std('core/src/array/mod.rs'), [delegates('from_fn', { calls: 0 }), delegates('map', { calls: 0 })]),
];
