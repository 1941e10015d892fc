// alloc::boxed: one block for the value, none when the value has size zero.
import { copies, delegates, implOf, allocates, mayAllocate, modelsOf, neutral, sometimes, via } from '../row.js';
import { std } from './provenance.js';

const at = std('alloc/src/boxed.rs');
const convert = std('alloc/src/boxed/convert.rs');
const value = { size: { of: 'self.0', plus: 0 }, freeWhenZeroSized: 'self.0', unless: 'the value has size zero' } as const;

/** Rows of `Box`. */
export const boxedModels = [
  ...modelsOf('std::boxed::Box', at, [
    allocates('new try_new new_uninit new_zeroed new_in', 'box', 'boxed value', { rule: 'rust/box-new', ...value }),
    allocates('pin pin_in', 'box', 'pinned value', { rule: 'rust/box-pin', ...value }),
    allocates('new_uninit_slice new_zeroed_slice clone_from_ref', 'buffer', 'boxed slice', { unless: 'the length or the element size is zero' }),
    neutral('leak into_raw from_raw into_pin into_inner from_non_null as_ptr as_mut_ptr assume_init into_boxed_slice write', 'the block that is there keeps its place'),
    neutral('downcast downcast_unchecked', 'the block that is there is looked at as another type'),
  ]),
  ...implOf('Box<str>', 'Clone', at, [copies('clone', 'copied text', { rule: 'rust/clone' })]),
  ...implOf('Box<[]>', 'Clone', at, [copies('clone', 'copied slice', { rule: 'rust/clone', also: [via('self.0.0', 'Clone::clone')] })]),
  ...implOf('Box<dyn>', 'Clone', at, [copies('clone', 'copied value', { rule: 'rust/clone' })]),
  ...implOf('std::boxed::Box', 'Clone', at, [
    copies('clone', 'boxed copy', { rule: 'rust/clone', also: [via('self.0', 'Clone::clone')], size: { of: 'self.0', plus: 0 }, freeWhenZeroSized: 'self.0', unless: 'the value has size zero' }),
  ]),
  ...implOf('Box<str>', 'Default', at, [neutral('default', 'an empty Box<str> owns no memory')]),
  ...implOf('Box<[]>', 'Default', at, [neutral('default', 'an empty boxed slice owns no memory')]),
  ...implOf('std::boxed::Box', 'Default', at, [allocates('default', 'box', 'boxed default value', { also: [via('self.0', 'Default::default')], freeWhenZeroSized: 'self.0' })]),
  ...implOf('Box<dyn>', 'From<&str>', convert, [allocates('from', 'error', 'boxed error and its text', { rule: 'rust/boxed-error' })]),
  ...implOf('Box<dyn>', 'From<std::string::String>', convert, [allocates('from', 'error', 'boxed error around the text', { rule: 'rust/boxed-error' })]),
  ...implOf('Box<dyn>', 'From<std::borrow::Cow>', convert, [allocates('from', 'error', 'boxed error and its text', { rule: 'rust/boxed-error' })]),
  ...implOf('Box<dyn>', 'From<std::boxed::Box>', convert, [neutral('from', 'the box is only looked at as another type')]),
  ...implOf('Box<dyn>', 'From', convert, [
    allocates('from', 'error', 'boxed error', { rule: 'rust/boxed-error', size: { of: 'arg.0', plus: 0 }, freeWhenZeroSized: 'arg.0', unless: 'the error has size zero' }),
  ]),
  ...implOf('Box<str>', 'From<&str>', convert, [copies('from', 'copied text')]),
  ...implOf('Box<str>', 'From<std::string::String>', convert, [mayAllocate('from', 'copy', 'shrunk text buffer', 'capacity exceeds the length')]),
  ...implOf('Box<str>', 'From<std::borrow::Cow>', convert, [mayAllocate('from', 'copy', 'copied text', 'the text is borrowed or has spare capacity')]),
  ...implOf('Box<[]>', 'From<std::vec::Vec>', convert, [mayAllocate('from', 'copy', 'shrunk buffer', 'capacity exceeds the length')]),
  ...implOf('Box<[]>', 'From<&[]>', convert, [copies('from', 'copied slice')]),
  ...implOf('Box<[]>', 'From<[;]>', convert, [allocates('from', 'box', 'boxed array')]),
  ...implOf('Box<[]>', 'From<Box<str>>', convert, [neutral('from', 'the block that is there keeps its place')]),
  ...implOf('std::boxed::Box', 'From<&>', convert, [copies('from', 'copied content')]),
  ...implOf('std::boxed::Box', 'From<std::borrow::Cow>', convert, [copies('from', 'copied content')]),
  ...implOf('std::boxed::Box', 'From<std::ffi::CString>', convert, [neutral('from', 'the block that is there keeps its place')]),
  ...implOf('std::boxed::Box', 'From<std::ffi::OsString>', convert, [mayAllocate('from', 'copy', 'shrunk buffer', 'capacity exceeds the length')]),
  ...implOf('std::boxed::Box', 'From<std::path::PathBuf>', convert, [mayAllocate('from', 'copy', 'shrunk buffer', 'capacity exceeds the length')]),
  ...implOf('std::boxed::Box', 'From', convert, [allocates('from', 'box', 'boxed value', { rule: 'rust/box-new', size: { of: 'self.0', plus: 0 }, freeWhenZeroSized: 'self.0' })]),
  ...implOf('std::pin::Pin', 'From', convert, [neutral('from', 'a box is pinned where it is')]),
  ...implOf('Box<str>', 'FromIterator', std('alloc/src/boxed/iter.rs'), [allocates('from_iter', 'buffer', 'collected text', { rule: 'rust/collect' })]),
  ...implOf('std::boxed::Box', 'FromIterator', std('alloc/src/boxed/iter.rs'), [allocates('from_iter', 'buffer', 'collected elements', { rule: 'rust/collect' })]),
  ...implOf('std::boxed::Box', 'Iterator', at, [delegates('next', via('self.0', 'Iterator::next'))]),
  ...modelsOf('std::borrow::Cow', std('alloc/src/borrow.rs'), [
    mayAllocate('into_owned', 'copy', 'owned copy', 'the value is borrowed', { rule: 'rust/cow' }),
    mayAllocate('to_mut', 'copy', 'owned copy', 'the value is still borrowed', { rule: 'rust/cow' }),
    neutral('is_borrowed is_owned', 'only looks which variant it is'),
  ]),
  ...implOf('std::borrow::Cow', 'Clone', std('alloc/src/borrow.rs'), [mayAllocate('clone clone_from', 'copy', 'owned copy', 'the value is owned', { rule: 'rust/cow' })]),
  ...implOf('std::borrow::Cow', 'From', std('alloc/src/borrow.rs'), [neutral('from', 'the value is wrapped as it is')]),
  ...implOf('std::borrow::Cow', 'Add', std('alloc/src/borrow.rs'), [mayAllocate('add', 'growth', 'joined text', 'both parts hold text')]),
  ...implOf('std::borrow::Cow', 'AddAssign', std('alloc/src/borrow.rs'), [mayAllocate('add_assign', 'growth', 'joined text', 'both parts hold text')]),
  ...implOf('std::borrow::Cow', 'FromIterator', std('alloc/src/borrow.rs'), [allocates('from_iter', 'buffer', 'collected elements', { rule: 'rust/collect' })]),
  ...modelsOf('std::borrow::ToOwned', std('alloc/src/borrow.rs'), [delegates('to_owned', via('self', 'Clone::clone')), delegates('clone_into', via('self', 'Clone::clone'))]),
  ...implOf('str', 'ToOwned', std('alloc/src/str.rs'), [copies('to_owned', 'copied text', { rule: 'rust/to-owned' }), mayAllocate('clone_into', 'copy', 'copied text', 'the target is too short')]),
  ...implOf('[]', 'ToOwned', std('alloc/src/slice.rs'), [
    copies('to_owned', 'copied slice', { rule: 'rust/to-owned', also: [via('self.0', 'Clone::clone')] }),
    mayAllocate('clone_into', 'copy', 'copied slice', 'the target is too short'),
  ]),
  ...implOf('std::path::Path', 'ToOwned', std('std/src/path.rs'), [copies('to_owned', 'copied path', { rule: 'rust/to-owned' }), mayAllocate('clone_into', 'copy', 'copied path', 'the target is too short')]),
  ...implOf('std::ffi::OsStr', 'ToOwned', std('std/src/ffi/os_str.rs'), [copies('to_owned', 'copied text', { rule: 'rust/to-owned' }), mayAllocate('clone_into', 'copy', 'copied text', 'the target is too short')]),
  ...implOf('std::ffi::CStr', 'ToOwned', std('alloc/src/ffi/c_str.rs'), [copies('to_owned', 'copied text', { rule: 'rust/to-owned' })]),
  ...modelsOf('std::mem', std('core/src/mem/mod.rs'), [
    delegates('take', via('result', 'Default::default')),
    neutral('replace swap forget drop size_of discriminant', 'values are moved, none is made'),
  ]),
  ...modelsOf('std::default::Default', std('core/src/default.rs'), [delegates('default')]),
  ...modelsOf('std::cell::OnceCell', std('core/src/cell/once.rs'), [sometimes('get_or_init get_or_try_init', { calls: 0 })]),
  ...modelsOf('std::cell::Cell', std('core/src/cell.rs'), [delegates('take', via('self.0', 'Default::default'))]),
  ...modelsOf('std::cell::RefCell', std('core/src/cell.rs'), [delegates('take', via('self.0', 'Default::default'))]),
];
