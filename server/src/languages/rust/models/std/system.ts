// std::io, fs, path, env, process, net, ffi, thread and sync.
import { allocates, copies, counts, delegates, grows, implOf, mayAllocate, modelsOf, neutral, sometimes, via } from '../row.js';
import { measured, std } from './provenance.js';

const io = std('std/src/io/mod.rs');
const buffered = std('std/src/io/buffered/mod.rs');
const error = std('std/src/io/error.rs');
const fs = std('std/src/fs.rs');
const path = std('std/src/path.rs');
const osStr = std('std/src/ffi/os_str.rs');
const short = 'spare capacity is too small';
const kib8 = { size: { of: 'u8', plus: 8191 } } as const;
const fill = { when: 'the buffer that is handed in is too short' } as const;

/** Rows of input and output, errors among them. */
export const ioModels = [
  ...modelsOf('std::io::Error', error, [
    allocates('new', 'error', 'boxed custom error', { rule: 'rust/io-error', instead: 'std::io::Error::from(ErrorKind::…) holds no message and allocates nothing' }),
    allocates('other', 'error', 'boxed custom error', { rule: 'rust/io-error' }),
    neutral('from_raw_os_error last_os_error kind raw_os_error get_ref get_mut', 'an error code needs no memory'),
  ]),
  ...['Display', 'Debug'].flatMap((trait) => implOf('std::io::Error', trait, error, [mayAllocate('fmt', 'copy', 'message of the operating system', 'it is an error of the operating system', { rule: 'rust/io-error' })])),
  ...implOf('std::io::Error', 'From<std::io::ErrorKind>', error, [neutral('from', 'an error kind needs no memory')]),
  ...implOf('std::io::Error', 'From<std::ffi::NulError>', error, [neutral('from', 'a static message')]),
  ...implOf('std::io::Error', 'From', error, [neutral('from', 'kept as it is')]),
  ...modelsOf('std::io::BufReader', buffered, [
    allocates('new', 'buffer', 'read buffer', { rule: 'rust/io-buffer', ...kib8 }),
    allocates('with_capacity', 'buffer', 'read buffer', { rule: 'rust/io-buffer' }),
  ]),
  ...modelsOf('std::io::BufWriter', buffered, [
    allocates('new', 'buffer', 'write buffer', { rule: 'rust/io-buffer', ...kib8 }),
    allocates('with_capacity', 'buffer', 'write buffer', { rule: 'rust/io-buffer' }),
  ]),
  ...modelsOf('std::io::LineWriter', buffered, [
    allocates('new', 'buffer', 'write buffer', { rule: 'rust/io-buffer', size: { of: 'u8', plus: 1023 } }),
    allocates('with_capacity', 'buffer', 'write buffer', { rule: 'rust/io-buffer' }),
  ]),
  ...modelsOf('std::io::Read', io, [grows('read_to_end read_to_string', 'target buffer', fill.when), neutral('read read_exact by_ref bytes chain take', 'reads into memory that is there')]),
  ...modelsOf('std::io::BufRead', io, [
    grows('read_until read_line', 'target buffer', fill.when),
    neutral('lines split', 'each line is made when it is drawn', { rule: 'rust/lines' }),
  ]),
  ...implOf('std::io::Lines', 'Iterator', io, [allocates('next', 'buffer', 'String for each line', { rule: 'rust/lines', instead: 'read_line into one String reuses its buffer' })]),
  ...implOf('std::io::Split', 'Iterator', io, [allocates('next', 'buffer', 'Vec for each part', { rule: 'rust/lines', instead: 'read_until into one Vec reuses its buffer' })]),
  ...modelsOf('std::io::Write', io, [neutral('flush by_ref', 'makes nothing')]),
  ...implOf('std::io::Cursor', 'Write', std('std/src/io/cursor.rs'), [sometimes('write write_all write_fmt', via('self.0', 'Write::write_all'))]),
  ...implOf('&', 'Write', io, [delegates('write write_all write_fmt write_str write_char', via('self.0', 'Write::write_all'))]),
  ...implOf('std::boxed::Box', 'Write', io, [delegates('write write_all write_fmt', via('self.0', 'Write::write_all'))]),
  ...modelsOf('std::io', io, [allocates('read_to_string', 'buffer', 'text read', { rule: 'rust/read' }), neutral('stdin stdout stderr empty sink repeat', 'the first use in the process makes its buffer; later ones do not')]),
  ...modelsOf('std::io::Stdin', std('std/src/io/stdio.rs'), [grows('read_line', 'target buffer', fill.when), neutral('lock lines', 'the shared buffer is used')]),
  ...modelsOf('std::fs', fs, [
    allocates('read read_to_string', 'buffer', 'content of the file', { rule: 'rust/read' }),
    allocates('read_dir', 'buffer', 'directory stream and its path', { rule: 'rust/read' }),
    allocates('canonicalize read_link', 'buffer', 'new path', { rule: 'rust/path' }),
  ]),
  ...implOf('std::fs::ReadDir', 'Iterator', fs, [allocates('next', 'buffer', 'name of each entry', { rule: 'rust/read' })]),
  ...modelsOf('std::fs::DirEntry', fs, [allocates('path', 'buffer', 'joined path', { rule: 'rust/path' }), copies('file_name', 'copied name', { rule: 'rust/path' })]),
  ...modelsOf('std::os::unix::fs', fs, [neutral('symlink', 'a short path stays on the stack')]),
  ...modelsOf('std::process::Command', std('std/src/process.rs'), [
    allocates('new', 'buffer', 'program name and argument list', { rule: 'rust/command' }),
    allocates('arg args env envs current_dir', 'buffer', 'copied argument', { rule: 'rust/command' }),
    allocates('output spawn status', 'buffer', 'environment and output', { rule: 'rust/command' }),
  ]),
  ...modelsOf('std::env', std('std/src/env.rs'), [
    allocates('args args_os', 'buffer', 'the arguments', { rule: 'rust/env' }),
    allocates('var var_os', 'copy', 'copied value', { rule: 'rust/env', unless: 'the variable is not set' }),
    allocates('vars vars_os', 'buffer', 'copied variables', { rule: 'rust/env' }),
    allocates('current_dir current_exe temp_dir home_dir', 'buffer', 'new path', { rule: 'rust/env' }),
    allocates('join_paths', 'buffer', 'joined paths', { rule: 'rust/env' }),
  ]),
  ...modelsOf('std::net::ToSocketAddrs', std('std/src/net/socket_addr.rs'), [delegates('to_socket_addrs')]),
  ...implOf('str', 'ToSocketAddrs', std('std/src/net/socket_addr.rs'), [mayAllocate('to_socket_addrs', 'buffer', 'resolved addresses', 'the host has to be looked up')]),
  ...implOf('std::string::String', 'ToSocketAddrs', std('std/src/net/socket_addr.rs'), [mayAllocate('to_socket_addrs', 'buffer', 'resolved addresses', 'the host has to be looked up')]),
  ...implOf('()', 'ToSocketAddrs', std('std/src/net/socket_addr.rs'), [mayAllocate('to_socket_addrs', 'buffer', 'resolved addresses', 'the host has to be looked up')]),
  ...modelsOf('std::path::Path', path, [
    copies('to_path_buf', 'copied path', { rule: 'rust/path' }),
    allocates('join', 'buffer', 'joined path', { rule: 'rust/path' }),
    allocates('with_extension with_file_name with_added_extension with_trailing_sep', 'buffer', 'new path', { rule: 'rust/path' }),
    allocates('canonicalize read_link', 'buffer', 'new path', { rule: 'rust/path' }),
    allocates('read_dir', 'buffer', 'directory stream and its path', { rule: 'rust/read' }),
    mayAllocate('to_string_lossy', 'copy', 'repaired text', 'the path is no valid UTF-8', { rule: 'rust/cow' }),
    neutral('new file_name file_stem extension parent components iter strip_prefix starts_with ends_with display as_os_str to_str is_absolute has_root ancestors', 'a part of the same path is borrowed'),
    neutral('into_path_buf', 'the buffer is taken over'),
    neutral('exists is_file is_dir metadata symlink_metadata try_exists is_symlink', 'a short path stays on the stack'),
  ]),
  ...modelsOf('std::path', path, [allocates('absolute', 'buffer', 'absolute path', { rule: 'rust/path' })]),
  ...modelsOf('std::path::PathBuf', path, [
    neutral('new', 'an empty PathBuf owns no buffer', { rule: 'rust/empty-collection' }),
    allocates('with_capacity', 'buffer', 'path buffer', { rule: 'rust/with-capacity' }),
    grows('push', 'path buffer', short), grows('reserve reserve_exact', 'path buffer', short), grows('set_extension set_file_name add_extension', 'path buffer', short),
    mayAllocate('shrink_to_fit into_boxed_path', 'buffer', 'shrunk buffer', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    neutral('pop as_path into_os_string as_mut_os_string clear', 'the buffer stays as it is'),
  ]),
  ...modelsOf('std::ffi::OsStr', osStr, [
    copies('to_os_string', 'copied text', { rule: 'rust/path' }), mayAllocate('to_string_lossy', 'copy', 'repaired text', 'the text is no valid UTF-8', { rule: 'rust/cow' }),
    copies('to_ascii_lowercase to_ascii_uppercase', 'converted text', { rule: 'rust/text' }),
    neutral('new to_str len is_empty as_encoded_bytes into_os_string', 'the same text is borrowed'),
  ]),
  ...modelsOf('std::ffi::OsString', osStr, [
    neutral('new', 'an empty OsString owns no buffer', { rule: 'rust/empty-collection' }), allocates('with_capacity', 'buffer', 'text buffer', { rule: 'rust/with-capacity' }),
    grows('push', 'text buffer', short), grows('reserve reserve_exact', 'text buffer', short), neutral('into_string as_os_str clear', 'the buffer is taken over'),
  ]),
  ...['std::path::PathBuf', 'std::ffi::OsString'].flatMap((type) => [
    ...implOf(type, 'Clone', path, [copies('clone', 'copied path', { rule: 'rust/clone', unless: 'it is empty' })]),
    ...implOf(type, 'Default', path, [neutral('default', 'empty, no buffer')]),
    ...implOf(type, 'From<std::string::String>', path, [neutral('from', 'the buffer is taken over')]),
    ...implOf(type, 'From<std::ffi::OsString>', path, [neutral('from', 'the buffer is taken over')]),
    ...implOf(type, 'From<std::path::PathBuf>', path, [neutral('from', 'the buffer is taken over')]),
    ...implOf(type, 'From<std::boxed::Box>', path, [neutral('from', 'the buffer is taken over')]),
    ...implOf(type, 'From<std::borrow::Cow>', path, [mayAllocate('from', 'copy', 'copied path', 'the path is borrowed')]),
    ...implOf(type, 'From', path, [copies('from', 'copied path', { rule: 'rust/path' })]),
    ...implOf(type, 'FromStr', path, [copies('from_str', 'copied path', { rule: 'rust/path' })]),
    ...implOf(type, 'FromIterator', path, [allocates('from_iter', 'buffer', 'joined parts', { rule: 'rust/collect' })]),
    ...implOf(type, 'Extend', path, [grows('extend', 'path buffer', short)]),
  ]),
  ...modelsOf('std::ffi::CString', std('alloc/src/ffi/c_str.rs'), [
    allocates('new', 'buffer', 'text with its final zero', { rule: 'rust/c-string' }), neutral('into_raw from_raw into_bytes as_bytes as_c_str as_ptr into_string', 'the buffer is taken over'),
    mayAllocate('from_vec_with_nul', 'buffer', 'shrunk buffer', 'capacity exceeds the length'),
  ]),
  ...implOf('std::ffi::CString', 'Clone', std('alloc/src/ffi/c_str.rs'), [copies('clone', 'copied text', { rule: 'rust/clone' })]),
  ...implOf('std::ffi::CString', 'Default', std('alloc/src/ffi/c_str.rs'), [allocates('default', 'buffer', 'the final zero')]),
  ...modelsOf('std::ffi::CStr', std('core/src/ffi/c_str.rs'), [mayAllocate('to_string_lossy', 'copy', 'repaired text', 'the text is no valid UTF-8', { rule: 'rust/cow' }), copies('into_c_string', 'text')]),
];

const sync = std('std/src/sync/mpsc.rs');
const thread = std('std/src/thread/mod.rs');

/** Rows of threads, channels and locks. */
export const threadModels = [
  ...modelsOf('std::thread', thread, [
    allocates('spawn', 'task', 'thread, its shared result and the closure', { rule: 'rust/thread-spawn' }),
    allocates('scope', 'task', 'bookkeeping of the scope', { rule: 'rust/thread-scope' }),
    allocates('available_parallelism', 'buffer', 'paths of the control groups it reads'),
    neutral('current sleep yield_now panicking park', 'nothing is made'),
  ]),
  ...modelsOf('std::thread::Builder', thread, [allocates('spawn spawn_scoped', 'task', 'thread, its shared result and the closure', { rule: 'rust/thread-spawn' }), neutral('new stack_size name', 'only settings')]),
  ...modelsOf('std::thread::Scope', thread, [allocates('spawn', 'task', 'thread, its shared result and the closure', { rule: 'rust/thread-spawn' })]),
  ...modelsOf('std::sync::mpsc', sync, [allocates('channel', 'channel', 'channel', { rule: 'rust/channel' }), allocates('sync_channel', 'channel', 'channel and its slots', { rule: 'rust/channel' })]),
  ...modelsOf('std::sync::mpsc::Sender', sync, [mayAllocate('send', 'channel', 'block of 31 messages', 'the present block is full', { rule: 'rust/channel-send' })]),
  ...implOf('std::sync::mpsc::Sender', 'Clone', sync, [counts('clone', true)]),
  ...implOf('std::sync::mpsc::SyncSender', 'Clone', sync, [counts('clone', true)]),
  ...['Mutex', 'RwLock', 'Condvar', 'Once', 'OnceLock', 'LazyLock', 'Barrier'].flatMap((name) => modelsOf(`std::sync::${name}`, measured('std/src/sync'), [neutral('new', 'the lock is a few bytes in place')])),
  ...modelsOf('std::sync::OnceLock', std('std/src/sync/once_lock.rs'), [sometimes('get_or_init get_or_try_init', { calls: 0 })]),
  ...modelsOf('std::backtrace::Backtrace', std('std/src/backtrace.rs'), [mayAllocate('capture', 'buffer', 'stack frames', 'backtraces are switched on'), allocates('force_capture', 'buffer', 'stack frames')]),
  ...modelsOf('std::alloc', std('alloc/src/alloc.rs'), [allocates('alloc alloc_zeroed realloc', 'buffer', 'raw memory', { rule: 'rust/raw-alloc' }), neutral('dealloc', 'memory is given back')]),
  ...modelsOf('std::task::Poll', std('core/src/task/poll.rs'), [sometimes('map map_err map_ok', { calls: 0 })]),
  ...modelsOf('std::ops::ControlFlow', std('core/src/ops/control_flow.rs'), [sometimes('map_break map_continue', { calls: 0 })]),
  ...modelsOf('std::thread::LocalKey', std('std/src/thread/local.rs'), [delegates('with try_with with_borrow with_borrow_mut', { calls: 0 })]),
  ...modelsOf('std::panic', std('std/src/panic.rs'), [delegates('catch_unwind', { calls: 0 })]),
];
