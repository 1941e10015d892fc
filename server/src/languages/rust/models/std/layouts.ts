// Sizes of std's types on x86-64 Linux, where their fields are private, differ by feature or hold unions: read off std 1.96, checked with size_of.

/** How large a type is: so many bytes by itself, and its first argument in place where `holds` says so. */
export interface KnownLayout {
  readonly size: number;
  readonly align: number;
  readonly holds: boolean;
  /** A pointer: twice as large when what it points to has no size of its own. */
  readonly pointer: boolean;
  /** Some value of it never occurs, so that an `Option` of it is no larger. */
  readonly niche: boolean;
}

const owner = (size: number, niche = true): KnownLayout => ({ size, align: 8, holds: false, pointer: false, niche });
const around = (size: number, align: number): KnownLayout => ({ size, align, holds: true, pointer: false, niche: false });
const pointer: KnownLayout = { size: 8, align: 8, holds: false, pointer: true, niche: true };

const LAYOUTS: Readonly<Record<string, KnownLayout>> = {
  'alloc::string::String': owner(24), 'alloc::vec::Vec': owner(24), 'alloc::collections::vec_deque::VecDeque': owner(32), 'alloc::collections::binary_heap::BinaryHeap': owner(24), 'alloc::collections::linked_list::LinkedList': owner(24, false),
  'alloc::collections::btree::map::BTreeMap': owner(24, false), 'alloc::collections::btree::set::BTreeSet': owner(24, false), 'std::collections::hash::map::HashMap': owner(48), 'std::collections::hash::set::HashSet': owner(48),
  'std::path::PathBuf': owner(24), 'std::ffi::os_str::OsString': owner(24), 'alloc::ffi::c_str::CString': owner(16), 'core::time::Duration': owner(16), 'std::time::Instant': owner(16), 'std::time::SystemTime': owner(16),
  'alloc::boxed::Box': pointer, 'alloc::rc::Rc': pointer, 'alloc::sync::Arc': pointer, 'alloc::rc::Weak': pointer, 'alloc::sync::Weak': pointer, 'core::ptr::non_null::NonNull': pointer, 'core::ptr::unique::Unique': pointer,
  'core::cell::Cell': around(0, 1), 'core::cell::UnsafeCell': around(0, 1), 'core::cell::RefCell': around(8, 8), 'core::mem::manually_drop::ManuallyDrop': around(0, 1), 'core::mem::maybe_uninit::MaybeUninit': around(0, 1),
  'core::sync::atomic::Atomic': around(0, 1), 'std::sync::poison::mutex::Mutex': around(5, 4), 'std::sync::poison::rwlock::RwLock': around(9, 4), 'core::pin::Pin': around(0, 1),
};

/** Layout of a type by its canonical path; undefined where its fields tell it. */
export function knownLayout(path: string): KnownLayout | undefined {
  return Object.hasOwn(LAYOUTS, path) ? LAYOUTS[path] : undefined;
}

const BUFFERS: Readonly<Record<string, 'byte' | 'argument'>> = {
  'alloc::string::String': 'byte', 'std::ffi::os_str::OsString': 'byte', 'std::path::PathBuf': 'byte', 'alloc::vec::Vec': 'argument', 'alloc::collections::vec_deque::VecDeque': 'argument', 'alloc::collections::binary_heap::BinaryHeap': 'argument',
};

/** What a type's buffer holds, one after the other and nothing else: bytes, or values of its first argument; null for other types. */
export function bufferElement(path: string): 'byte' | 'argument' | null {
  return Object.hasOwn(BUFFERS, path) ? (BUFFERS[path] ?? null) : null;
}
