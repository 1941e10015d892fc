// alloc::rc and alloc::sync: a value with its counts. Clones are counts.
import { allocates, copies, counts, implOf, mayAllocate, modelsOf, neutral, via, type RustRow } from '../row.js';
import { std } from './provenance.js';

function counted(name: 'Rc' | 'Arc', file: string): readonly RustRow[] {
  const path = name === 'Rc' ? 'std::rc::Rc' : 'std::sync::Arc';
  const weak = name === 'Rc' ? 'std::rc::Weak' : 'std::sync::Weak';
  const rule = name === 'Rc' ? 'rust/rc-new' : 'rust/arc-new';
  const atomic = name === 'Arc';
  const at = std(file);
  const shape = (argument: string): string => `${name}<${argument}>`;
  return [
    ...modelsOf(path, at, [
      allocates('new pin try_new new_uninit new_zeroed new_in', 'refcounted', 'value with its counts', { rule, size: { of: 'self.0', plus: 16 } }),
      allocates('new_cyclic', 'refcounted', 'value with its counts', { rule, size: { of: 'self.0', plus: 16 } }),
      allocates('new_uninit_slice new_zeroed_slice', 'refcounted', 'slice with its counts', { rule }),
      counts('increment_strong_count downgrade', atomic),
      neutral('strong_count weak_count ptr_eq get_mut into_raw from_raw as_ptr try_unwrap into_inner get_mut_unchecked downcast decrement_strong_count assume_init', 'the shared value stays where it is'),
      mayAllocate('make_mut', 'copy', 'copy of the shared value', 'the value is shared', { rule: 'rust/make-mut', also: [via('self.0', 'Clone::clone')], sometimes: true }),
      mayAllocate('unwrap_or_clone', 'copy', 'copy of the shared value', 'the value is shared and its clone allocates', { rule: 'rust/unwrap-or-clone', certainty: 'conditional' }),
    ]),
    ...modelsOf(weak, at, [neutral('new', 'an empty Weak points nowhere'), counts('upgrade', atomic), neutral('ptr_eq as_ptr strong_count weak_count into_raw from_raw', 'the shared value stays where it is')]),
    ...implOf(path, 'Clone', at, [counts('clone', atomic), counts('clone_from', atomic)]),
    ...implOf(weak, 'Clone', at, [counts('clone', atomic), counts('clone_from', atomic)]),
    ...implOf(weak, 'Default', at, [neutral('default', 'an empty Weak points nowhere')]),
    ...(atomic
      ? [...implOf(shape('str'), 'Default', at, [neutral('default', 'all empty Arc<str> share one static')]), ...implOf(shape('[]'), 'Default', at, [neutral('default', 'all empty Arc<[T]> share one static')])]
      : []),
    ...implOf(path, 'Default', at, [allocates('default', 'refcounted', 'default value with its counts', { rule, also: [via('self.0', 'Default::default')], size: { of: 'self.0', plus: 16 } })]),
    ...implOf(path, 'From<&>', at, [copies('from', 'copied content with its counts', { rule })]),
    ...implOf(path, 'From<std::string::String>', at, [copies('from', 'copied text with its counts', { rule, instead: 'a String is copied here and then freed; make it from the &str at once' })]),
    ...implOf(path, 'From<std::vec::Vec>', at, [copies('from', 'copied elements with their counts', { rule, instead: 'the Vec is copied here and then freed; collect into the shared slice at once' })]),
    ...implOf(path, 'From<std::boxed::Box>', at, [copies('from', 'moved content with its counts', { rule })]),
    ...implOf(path, `From<${path}>`, at, [neutral('from', 'only looked at as another type')]),
    ...implOf(path, 'From', at, [allocates('from', 'refcounted', 'value with its counts', { rule, size: { of: 'self.0', plus: 16 } })]),
    ...implOf(path, 'FromIterator', at, [allocates('from_iter', 'refcounted', 'collected elements with their counts', { rule: 'rust/collect' })]),
  ];
}

/** Rows of `Rc`, `Arc` and their `Weak`. */
export const countedModels = [...counted('Rc', 'alloc/src/rc.rs'), ...counted('Arc', 'alloc/src/sync.rs')];
