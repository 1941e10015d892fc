// tokio, futures, bytes and their neighbours.
import type { Provenance } from '../../../../analysis/model.js';
import { allocates, copies, counts, delegates, grows, implOf, mayAllocate, modelsOf, neutral, via } from '../row.js';

const tokio: Provenance = { source: 'tokio 1.54', at: 'src/runtime/task, src/sync; measured with 1.24' };
const futures: Provenance = { source: 'futures 0.3', at: 'futures-util/src; measured with 0.3.21' };
const bytes: Provenance = { source: 'bytes 1.12', at: 'src/bytes.rs, src/bytes_mut.rs' };

const spawned = { rule: 'rust/task-spawn' } as const;

/** Rows of tokio, tokio-stream and futures. */
export const asyncModels = [
  ...modelsOf('tokio', tokio, [allocates('spawn', 'task', 'task cell with the future', spawned)]),
  ...modelsOf('tokio::task', tokio, [
    allocates('spawn spawn_local', 'task', 'task cell with the future', spawned),
    allocates('spawn_blocking', 'task', 'task cell with the closure', spawned),
    neutral('yield_now block_in_place', 'no task is made'),
  ]),
  // The runtime keeps a waker for later when a task has used up its budget: nothing that who awaits would count.
  ...modelsOf('tokio::task::coop', tokio, [neutral('poll_proceed', 'a task yields when its budget is used up')]),
  ...modelsOf('tokio::runtime::Runtime', tokio, [allocates('new', 'buffer', 'the runtime'), allocates('spawn spawn_blocking', 'task', 'task cell with the future', spawned), mayAllocate('block_on', 'task', 'boxed future', 'the future is larger than 16 KiB')]),
  ...modelsOf('tokio::runtime::Handle', tokio, [allocates('spawn spawn_blocking', 'task', 'task cell with the future', spawned), counts('current try_current', true)]),
  ...modelsOf('tokio::runtime::Builder', tokio, [allocates('new_multi_thread new_current_thread', 'buffer', 'settings of the runtime'), allocates('build', 'buffer', 'the runtime')]),
  ...modelsOf('tokio::task::JoinSet', tokio, [allocates('new', 'refcounted', 'shared list of tasks'), allocates('spawn spawn_on spawn_local spawn_blocking', 'task', 'task cell with the future and its entry', spawned)]),
  ...modelsOf('tokio::task::LocalSet', tokio, [allocates('new', 'refcounted', 'shared queue'), allocates('spawn_local', 'task', 'task cell with the future', spawned)]),
  ...modelsOf('tokio::sync::mpsc', tokio, [allocates('channel unbounded_channel', 'channel', 'channel and its first block of 32 messages', { rule: 'rust/channel' })]),
  ...modelsOf('tokio::sync::mpsc::Sender', tokio, [mayAllocate('try_send send blocking_send send_timeout', 'channel', 'block of 32 messages', 'the present block is full', { rule: 'rust/channel-send' })]),
  ...modelsOf('tokio::sync::mpsc::UnboundedSender', tokio, [mayAllocate('send', 'channel', 'block of 32 messages', 'the present block is full', { rule: 'rust/channel-send' })]),
  ...modelsOf('tokio::sync::oneshot', tokio, [allocates('channel', 'channel', 'shared slot', { rule: 'rust/channel' })]),
  ...modelsOf('tokio::sync::watch', tokio, [allocates('channel', 'channel', 'shared value', { rule: 'rust/channel' })]),
  ...modelsOf('tokio::sync::broadcast', tokio, [allocates('channel', 'channel', 'channel and its slots', { rule: 'rust/channel' })]),
  ...['mpsc::Sender', 'mpsc::UnboundedSender', 'broadcast::Sender', 'watch::Sender', 'watch::Receiver'].flatMap((name) => implOf(`tokio::sync::${name}`, 'Clone', tokio, [counts('clone', true)])),
  ...modelsOf('tokio::sync::watch::Receiver', tokio, [neutral('borrow borrow_and_update has_changed', 'the shared value is looked at')]),
  ...modelsOf('tokio::sync::watch::Sender', tokio, [neutral('borrow send_modify send_if_modified send_replace', 'the shared value is changed in place')]),
  ...['Mutex', 'RwLock', 'Semaphore', 'Notify', 'OnceCell', 'Barrier'].flatMap((name) => modelsOf(`tokio::sync::${name}`, tokio, [neutral('new const_new', 'held in place')])),
  ...modelsOf('tokio::time', tokio, [allocates('interval interval_at', 'box', 'pinned timer'), neutral('sleep sleep_until timeout timeout_at', 'the timer is part of the future')]),
  ...modelsOf('tokio::io::BufReader', tokio, [allocates('new with_capacity', 'buffer', 'read buffer', { rule: 'rust/io-buffer' })]),
  ...modelsOf('tokio::io::BufWriter', tokio, [allocates('new with_capacity', 'buffer', 'write buffer', { rule: 'rust/io-buffer' })]),
  ...modelsOf('tokio::io::BufStream', tokio, [allocates('new', 'buffer', 'read and write buffer', { rule: 'rust/io-buffer' })]),
  ...modelsOf('tokio::io', tokio, [allocates('duplex', 'channel', 'two shared buffers'), allocates('split', 'refcounted', 'shared halves')]),
  ...modelsOf('tokio::net::TcpStream', tokio, [counts('into_split', true)]),
  ...modelsOf('tokio::fs', tokio, [
    allocates('read read_to_string', 'buffer', 'content of the file, beside the blocking task that reads it', { rule: 'rust/read' }),
    allocates('write copy create_dir create_dir_all remove_file remove_dir remove_dir_all rename metadata symlink_metadata canonicalize read_dir read_link hard_link set_permissions try_exists', 'task', 'blocking task with the copied path', { rule: 'rust/path' }),
  ]),
  ...modelsOf('tokio::fs::File', tokio, [allocates('open create create_new', 'task', 'blocking task with the copied path', { rule: 'rust/path' }), allocates('metadata set_len sync_all sync_data', 'task', 'blocking task'), neutral('from_std', 'the file is wrapped in place')]),
  ...modelsOf('tokio::fs::OpenOptions', tokio, [allocates('open', 'task', 'blocking task with the copied path', { rule: 'rust/path' }), neutral('new read write append truncate create create_new', 'flags in place')]),
  ...modelsOf('tokio::io::AsyncReadExt', tokio, [grows('read_to_end read_to_string read_buf', 'buffer that is read into', 'spare capacity is too small'), neutral('read read_exact read_u8 read_u16 read_u32 read_u64 chain take', 'reads into what is there')]),
  ...modelsOf('tokio::io::AsyncBufReadExt', tokio, [grows('read_until read_line', 'buffer that is read into', 'spare capacity is too small'), neutral('lines split fill_buf consume', 'the lines are made as they are drawn')]),
  ...modelsOf('tokio::io::Lines', tokio, [allocates('next_line', 'buffer', 'text of the line', { rule: 'rust/lines', unless: 'the line is empty' })]),
  ...modelsOf('tokio_stream::StreamMap', tokio, [neutral('new', 'an empty map owns no buffer', { rule: 'rust/empty-collection' }), grows('insert', 'entries', 'the length has reached the capacity')]),
  ...modelsOf('futures::FutureExt', futures, [
    allocates('boxed boxed_local', 'box', 'pinned future', { rule: 'rust/boxed-future' }), allocates('shared', 'refcounted', 'shared future', { rule: 'rust/boxed-future' }),
  ]),
  ...modelsOf('futures::StreamExt', futures, [allocates('boxed boxed_local', 'box', 'pinned stream', { rule: 'rust/boxed-future' }), allocates('buffered buffer_unordered', 'buffer', 'list of running futures'), delegates('collect', via('result.1', 'FromIterator::from_iter'))]),
  ...modelsOf('futures::future', futures, [allocates('join_all try_join_all', 'buffer', 'futures and their results'), allocates('select_all', 'buffer', 'list of futures')]),
  ...modelsOf('futures::FuturesUnordered', futures, [allocates('new', 'refcounted', 'shared queue'), allocates('push', 'task', 'node of the future')]),
  ...modelsOf('futures::FuturesOrdered', futures, [allocates('new', 'refcounted', 'shared queue'), allocates('push_back push_front', 'task', 'node of the future')]),
  ...modelsOf('futures::mpsc', futures, [allocates('channel unbounded', 'channel', 'shared queue', { rule: 'rust/channel' })]),
  ...modelsOf('futures::oneshot', futures, [allocates('channel', 'channel', 'shared slot', { rule: 'rust/channel' })]),
  ...modelsOf('bytes::Bytes', bytes, [
    neutral('new from_static slice slice_ref split_to split_off truncate clear len is_empty', 'the same memory is looked at, or a static one', { rule: 'rust/empty-collection' }),
    copies('copy_from_slice', 'copied bytes'),
  ]),
  ...implOf('bytes::Bytes', 'Clone', bytes, [counts('clone', true)]),
  ...implOf('bytes::Bytes', 'Default', bytes, [neutral('default', 'an empty Bytes points to a static')]),
  ...implOf('bytes::Bytes', 'From<&>', bytes, [neutral('from', 'static memory is pointed to')]),
  ...['std::vec::Vec', 'std::string::String', 'std::boxed::Box', 'bytes::BytesMut'].flatMap((source) => implOf('bytes::Bytes', `From<${source}>`, bytes, [mayAllocate('from', 'refcounted', 'shared header or shrunk buffer', 'capacity exceeds the length', { rule: 'rust/bytes' })])),
  ...implOf('bytes::BytesMut', 'From<bytes::Bytes>', bytes, [mayAllocate('from', 'copy', 'copied bytes', 'the bytes are shared or static', { rule: 'rust/bytes' })]),
  ...implOf('bytes::Bytes', 'FromIterator', bytes, [allocates('from_iter', 'buffer', 'collected bytes', { rule: 'rust/collect' })]),
  ...modelsOf('bytes::BytesMut', bytes, [
    neutral('new clear truncate len capacity', 'the buffer stays as it is', { rule: 'rust/empty-collection' }), allocates('with_capacity zeroed', 'buffer', 'byte buffer', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
    grows('reserve extend_from_slice resize unsplit', 'byte buffer', 'spare capacity is too small'),
    mayAllocate('split split_to split_off', 'refcounted', 'shared header', 'the buffer was not shared before', { rule: 'rust/bytes' }), mayAllocate('freeze', 'refcounted', 'shared header', 'the buffer was not shared before and is not full', { rule: 'rust/bytes' }),
  ]),
  ...implOf('bytes::BytesMut', 'BufMut', bytes, [grows('put put_slice put_bytes put_u8 put_i8 put_u16 put_i16 put_u16_le put_u32 put_i32 put_u32_le put_u64 put_i64 put_u64_le put_u128 put_f32 put_f64 put_uint put_int put_uint_le put_int_le put_f32_le put_f64_le put_i16_le put_i32_le put_i64_le put_u128_le put_i128 put_i128_le', 'byte buffer', 'spare capacity is too small')]),
  ...implOf('std::vec::Vec', 'BufMut', bytes, [grows('put put_slice put_bytes put_u8 put_i8 put_u16 put_i16 put_u16_le put_u32 put_i32 put_u32_le put_u64 put_i64 put_u64_le put_u128 put_f32 put_f64 put_uint put_int put_uint_le put_int_le put_f32_le put_f64_le put_i16_le put_i32_le put_i64_le put_u128_le put_i128 put_i128_le', 'byte buffer', 'spare capacity is too small')]),
  ...implOf('&', 'BufMut', bytes, [neutral('chunk_mut advance_mut remaining_mut', 'looks at the target')]),
  ...implOf('bytes::BytesMut', 'Buf', bytes, [mayAllocate('advance', 'refcounted', 'shared header', 'the buffer starts too far from its beginning', { rule: 'rust/bytes' }), mayAllocate('copy_to_bytes', 'copy', 'copied bytes', 'the bytes are not of one block')]),
  ...implOf('bytes::BytesMut', 'From<&>', bytes, [copies('from', 'copied bytes')]),
  ...implOf('bytes::BytesMut', 'Clone', bytes, [copies('clone', 'copied bytes', { rule: 'rust/clone' })]),
  ...implOf('bytes::BytesMut', 'Extend', bytes, [grows('extend', 'byte buffer', 'spare capacity is too small')]),
  ...implOf('bytes::BytesMut', 'Write', bytes, [grows('write_str write_fmt', 'byte buffer', 'spare capacity is too small')]),
  ...modelsOf('async_stream', futures, [delegates('stream')]),
];
