// Data formats, collections, text and errors outside of std.
import type { Provenance } from '../../../../analysis/model.js';
import { allocates, copies, counts, grows, implOf, mayAllocate, modelsOf, neutral, sometimes, type RowOptions, type RustRow } from '../row.js';

const from = (source: string, at = 'src, measured where marked in the sources of these models'): Provenance => ({ source, at });
const serde = from('serde_json 1.0', 'src/ser.rs, src/de.rs');
const regex = from('regex 1.13', 'measured with 1.7');
const anyhow = from('anyhow 1.0', 'src/error.rs');

/**
 * serde's traits of formats: which serializer or visitor a call reaches, the caller chooses. Those of serde_json write into memory that grows (src/ser.rs), build
 * values (src/value/ser.rs) or, for the visitors of std's types, keep what they are given (serde_core, src/de/impls.rs).
 */
const serdeTraits = from('serde 1.0', 'src/ser/mod.rs, src/de/mod.rs');
const written: RowOptions = { certainty: 'possible', when: 'the serializer that is passed writes into memory', rule: 'rust/serialise' };
const formats: readonly RustRow[] = [
  ...modelsOf('serde::ser::Serializer', serdeTraits, [
    allocates('serialize_bool serialize_i8 serialize_i16 serialize_i32 serialize_i64 serialize_i128 serialize_u8 serialize_u16 serialize_u32 serialize_u64 serialize_u128 serialize_f32 serialize_f64 serialize_char serialize_str serialize_bytes serialize_none serialize_some serialize_unit serialize_unit_struct serialize_unit_variant serialize_newtype_struct serialize_newtype_variant serialize_seq serialize_tuple serialize_tuple_struct serialize_tuple_variant serialize_map serialize_struct serialize_struct_variant collect_seq collect_map collect_str', 'buffer', 'output of the serializer', written),
  ]),
  ...['SerializeSeq', 'SerializeTuple', 'SerializeTupleStruct', 'SerializeTupleVariant', 'SerializeMap', 'SerializeStruct', 'SerializeStructVariant'].flatMap((name) =>
    modelsOf(`serde::ser::${name}`, serdeTraits, [allocates('serialize_element serialize_field serialize_key serialize_value serialize_entry end', 'buffer', 'output of the serializer', written)])),
  ...modelsOf('serde::de::Visitor', serdeTraits, [
    allocates('visit_str visit_borrowed_str visit_bytes visit_borrowed_bytes visit_seq visit_map', 'buffer', 'value that the visitor builds', { certainty: 'possible', when: 'the visitor that is passed keeps what it is given', rule: 'rust/deserialise' }),
  ]),
];

function map(path: string, source: string): readonly RustRow[] {
  const at = from(source);
  return [
    ...modelsOf(path, at, [
      neutral('new with_hasher default', 'an empty map owns no memory', { rule: 'rust/empty-collection' }),
      allocates('with_capacity with_capacity_and_hasher', 'buffer', 'table', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
      grows('insert insert_full replace reserve try_reserve get_or_insert_with insert_unique_unchecked', 'table', 'no free slot is left'),
      mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk table', 'capacity exceeds the length', { rule: 'rust/shrink' }),
      neutral('entry entry_ref', 'only looks for the place; the entry’s insert makes room'),
      neutral('get get_mut contains contains_key remove swap_remove shift_remove iter iter_mut keys values values_mut len is_empty clear retain drain', 'looks into the table that is there'),
    ]),
    ...implOf(path, 'Clone', at, [copies('clone', 'copied table', { rule: 'rust/clone', unless: 'it is empty' })]),
    ...implOf(path, 'Default', at, [neutral('default', 'an empty map owns no memory')]),
    ...implOf(path, 'FromIterator', at, [allocates('from_iter', 'buffer', 'collected table', { rule: 'rust/collect' })]),
    ...implOf(path, 'Extend', at, [grows('extend', 'table', 'no free slot is left')]),
    ...implOf(path, 'From', at, [allocates('from', 'buffer', 'table', { rule: 'rust/collection-from' })]),
  ];
}

/** Entries of these maps make room when they are filled; those of std's HashMap have it already. */
function entries(crate: string): readonly RustRow[] {
  const at = from(crate, 'src, entry.rs and map.rs');
  const when = 'the entry is vacant and no free slot is left';
  return [
    ...['Entry', 'EntryRef'].flatMap((name) => modelsOf(`${crate}::${name}`, at, [grows('or_insert or_insert_with or_insert_with_key or_default insert insert_entry', 'table', when), neutral('and_modify key', 'the entry is only looked at')])),
    ...modelsOf(`${crate}::VacantEntry`, at, [grows('insert insert_entry', 'table', 'no free slot is left')]),
    ...modelsOf(`${crate}::OccupiedEntry`, at, [neutral('insert get get_mut into_mut remove key', 'the slot is there')]),
  ];
}

/** hashbrown's table without keys: whoever asks for an entry has room from then on. */
const hashTable = from('hashbrown 0.17', 'src/table.rs');
const hashTables: readonly RustRow[] = [
  ...modelsOf('hashbrown::table::HashTable', hashTable, [
    neutral('new new_in', 'an empty table owns no memory', { rule: 'rust/empty-collection' }),
    allocates('with_capacity with_capacity_in', 'buffer', 'table', { rule: 'rust/with-capacity', unless: 'the capacity is zero' }),
    grows('insert_unique', 'table', 'no free slot is left'),
    grows('entry', 'table', 'no free slot is left for the entry'),
    grows('reserve try_reserve', 'table', 'spare capacity is too small'),
    mayAllocate('shrink_to_fit shrink_to', 'buffer', 'shrunk table', 'capacity exceeds the length', { rule: 'rust/shrink' }),
    neutral('find find_mut find_entry find_bucket_index get_bucket get_bucket_mut get_bucket_entry iter iter_mut iter_hash iter_hash_mut iter_buckets retain clear drain extract_if len is_empty capacity num_buckets allocator', 'looks into the table that is there'),
  ]),
  ...implOf('hashbrown::table::HashTable', 'Clone', hashTable, [copies('clone', 'copied table', { rule: 'rust/clone', unless: 'it is empty' }), mayAllocate('clone_from', 'copy', 'copied table', 'what is there does not suffice', { rule: 'rust/clone' })]),
  ...modelsOf('hashbrown::table::Entry', hashTable, [neutral('insert or_insert and_modify', 'room was made by `entry`'), sometimes('or_insert_with', { calls: 0 })]),
  ...modelsOf('hashbrown::table::VacantEntry', hashTable, [neutral('insert', 'room was made by `entry`')]),
  ...modelsOf('hashbrown::table::OccupiedEntry', hashTable, [neutral('get get_mut into_mut remove bucket_index', 'the slot is there')]),
];

function inlineVector(path: string, source: string, spills: boolean): readonly RustRow[] {
  const at = from(source);
  const spill = 'more elements than fit in place';
  return [
    ...modelsOf(path, at, [
      neutral('new new_const from_buf', 'the elements lie in place', { rule: 'rust/empty-collection' }),
      ...(spills
        ? [grows('push insert extend_from_slice reserve resize insert_many append', 'element buffer', spill), mayAllocate('with_capacity from_slice from_elem from_vec', 'buffer', 'element buffer', spill), mayAllocate('into_vec to_vec into_boxed_slice', 'copy', 'element buffer', 'the elements lie in place')]
        : [neutral('push try_push insert try_insert push_str try_push_str extend try_extend_from_slice', 'the elements lie in place')]),
    ]),
    ...implOf(path, 'Clone', at, spills ? [mayAllocate('clone', 'copy', 'copied elements', spill, { rule: 'rust/clone' })] : [neutral('clone', 'the elements lie in place')]),
    ...implOf(path, 'FromIterator', at, spills ? [mayAllocate('from_iter', 'buffer', 'collected elements', spill, { rule: 'rust/collect' })] : [neutral('from_iter', 'the elements lie in place')]),
    ...implOf(path, 'Extend', at, spills ? [grows('extend', 'element buffer', spill)] : [neutral('extend', 'the elements lie in place')]),
    ...implOf(path, 'Default', at, [neutral('default', 'empty')]),
  ];
}

/** Rows of data crates. */
export const dataModels = [
  ...formats,
  ...modelsOf('serde_json', serde, [
    allocates('to_string to_string_pretty', 'buffer', 'serialised text (128 bytes at first)', { rule: 'rust/serialise' }), allocates('to_vec to_vec_pretty', 'buffer', 'serialised bytes (128 at first)', { rule: 'rust/serialise' }),
    mayAllocate('from_str from_slice from_reader from_value', 'buffer', 'owned fields', 'the target owns text, lists or maps', { rule: 'rust/deserialise' }), mayAllocate('to_value', 'buffer', 'value tree', 'the value holds text, lists or maps', { rule: 'rust/serialise', freeForNumbers: 'arg.0*' }),
    neutral('to_writer to_writer_pretty', 'writes into the target'),
  ]),
  ...modelsOf('serde_json::Deserializer', serde, [neutral('new from_slice from_str from_reader', 'the input is wrapped; scratch memory comes with text that has escapes')]),
  ...implOf('serde_json::Value', 'Clone', serde, [mayAllocate('clone', 'copy', 'copied value tree', 'the value holds text, a list or a map', { rule: 'rust/clone' })]),
  ...implOf('serde_json::Value', 'From<&str>', serde, [copies('from', 'copied text')]),
  ...implOf('serde_json::Value', 'From<std::string::String>', serde, [neutral('from', 'the buffer is taken over')]),
  ...modelsOf('anyhow::Error', anyhow, [allocates('new msg', 'error', 'boxed error', { rule: 'rust/boxed-error' }), allocates('context', 'error', 'boxed error with its context', { rule: 'rust/boxed-error' })]),
  ...modelsOf('anyhow::Context', anyhow, [mayAllocate('context with_context', 'error', 'boxed error with its context', 'the result is an error', { rule: 'rust/error-context' })]),
  ...['std::result::Result', 'std::option::Option'].flatMap((type) => implOf(type, 'Context', anyhow, [mayAllocate('context with_context', 'error', 'boxed error with its context', type.endsWith('Option') ? 'there is no value' : 'the result is an error', { rule: 'rust/error-context' })])),
  ...implOf('anyhow::Error', 'From', anyhow, [allocates('from', 'error', 'boxed error', { rule: 'rust/boxed-error' })]),
  ...implOf('eyre::Report', 'From', from('eyre 0.6'), [allocates('from', 'error', 'boxed error', { rule: 'rust/boxed-error' })]),
  ...modelsOf('regex::Regex', regex, [
    allocates('new', 'buffer', 'compiled expression (70 blocks and more)', { rule: 'rust/regex-new', instead: 'compile it once, in a LazyLock' }), allocates('captures', 'buffer', 'slots of the groups', { rule: 'rust/regex-match' }),
    allocates('captures_iter', 'buffer', 'slots of the groups', { rule: 'rust/regex-match' }), mayAllocate('replace replace_all replacen', 'copy', 'text with replacements', 'something matches', { rule: 'rust/regex-match' }),
    mayAllocate('is_match find find_iter find_at', 'buffer', 'caches of the matcher', 'another thread uses the caches at the same time', { rule: 'rust/regex-match' }), neutral('as_str captures_len', 'only looks at the expression'),
  ]),
  ...['bytes', 'string'].flatMap((kind) => modelsOf(`regex::${kind}::RegexBuilder`, regex, [allocates('new', 'buffer', 'settings and pattern'), allocates('build', 'buffer', 'compiled expression', { rule: 'rust/regex-new' })])),
  ...modelsOf('regex::RegexBuilder', regex, [allocates('new', 'buffer', 'settings and pattern', { rule: 'rust/regex-new' }), allocates('build', 'buffer', 'compiled expression', { rule: 'rust/regex-new' })]),
  ...modelsOf('regex::RegexSet', regex, [allocates('new', 'buffer', 'compiled expressions', { rule: 'rust/regex-new' }), allocates('matches', 'buffer', 'set of the matches', { rule: 'rust/regex-match' })]),
  ...modelsOf('regex', regex, [allocates('escape', 'buffer', 'escaped text')]),
  ...implOf('regex::Regex', 'Clone', regex, [allocates('clone', 'buffer', 'caches of the clone', { rule: 'rust/clone' })]),
  ...hashTables, ...map('hashbrown::HashMap', 'hashbrown 0.17'), ...map('hashbrown::HashSet', 'hashbrown 0.17'), ...map('indexmap::IndexMap', 'indexmap 2'), ...map('indexmap::IndexSet', 'indexmap 2'),
  ...map('hashlink::LinkedHashMap', 'hashlink 0.12'), ...map('linked_hash_map::LinkedHashMap', 'linked-hash-map 0.5'), ...map('rustc_hash::FxHashMap', 'rustc-hash 2'),
  ...['hashbrown', 'indexmap', 'hashlink', 'linked_hash_map'].flatMap(entries),
  ...inlineVector('smallvec::SmallVec', 'smallvec 1.16', true), ...inlineVector('arrayvec::ArrayVec', 'arrayvec 0.7', false), ...inlineVector('arrayvec::ArrayString', 'arrayvec 0.7', false),
  ...modelsOf('dashmap::DashMap', from('dashmap 5', 'measured'), [allocates('new with_capacity', 'buffer', 'shards'), grows('insert entry', 'table', 'no free slot is left')]),
  ...modelsOf('itertools::Itertools', from('itertools 0.15', 'measured'), [
    allocates('sorted sorted_by sorted_by_key sorted_unstable sorted_unstable_by sorted_unstable_by_key collect_vec', 'buffer', 'collected elements', { rule: 'rust/collect' }), allocates('join', 'buffer', 'joined text', { rule: 'rust/join' }),
    allocates('into_group_map counts counts_by into_grouping_map all_unique permutations combinations multi_cartesian_product', 'buffer', 'collected elements', { rule: 'rust/collect' }),
    neutral('unique unique_by tuple_windows tuples dedup interleave intersperse format chunk_by group_by zip_longest merge kmerge', 'works as elements are drawn'),
  ]),
  ...modelsOf('once_cell', from('once_cell 1.21'), [neutral('new', 'held in place')]),
  ...modelsOf('parking_lot', from('parking_lot 0.12', 'measured'), [neutral('new const_new lock', 'held in place')]),
  ...modelsOf('crossbeam_channel', from('crossbeam-channel 0.5', 'measured'), [allocates('bounded unbounded', 'channel', 'channel', { rule: 'rust/channel' })]),
  ...modelsOf('crossbeam_utils::Scope', from('crossbeam-utils 0.8', 'src/thread.rs'), [allocates('spawn', 'task', 'thread with its closure and result', { rule: 'rust/thread-spawn' })]),
  ...modelsOf('crossbeam_utils::thread', from('crossbeam-utils 0.8', 'src/thread.rs'), [allocates('scope', 'refcounted', 'shared list of threads', { rule: 'rust/thread-scope' })]),
  ...modelsOf('crossbeam_channel::Sender', from('crossbeam-channel 0.5', 'src/flavors'), [mayAllocate('send try_send send_timeout', 'channel', 'block of 31 messages', 'the channel is unbounded and its present block is full, or the sender has to wait', { rule: 'rust/channel-send' })]),
  ...modelsOf('crossbeam_channel::Receiver', from('crossbeam-channel 0.5', 'src/flavors, src/waker.rs'), [neutral('recv try_recv recv_timeout iter try_iter len is_empty', 'a message is moved out of its block')]),
  ...modelsOf('flume', from('flume 0.11', 'measured'), [allocates('bounded unbounded', 'channel', 'channel', { rule: 'rust/channel' })]),
  ...implOf('crossbeam_channel::Sender', 'Clone', from('crossbeam-channel 0.5'), [counts('clone', true)]),
  ...implOf('crossbeam_channel::Receiver', 'Clone', from('crossbeam-channel 0.5'), [counts('clone', true)]),
  ...modelsOf('rayon::ParallelIterator', from('rayon 1.12', 'measured'), [allocates('collect', 'buffer', 'collected elements', { rule: 'rust/collect' }), neutral('map filter for_each', 'the pool is made at its first use')]),
  ...modelsOf('rayon', from('rayon 1.12'), [neutral('join scope', 'the pool is made at its first use'), allocates('spawn spawn_fifo', 'task', 'boxed job', { rule: 'rust/task-spawn' })]),
  ...modelsOf('url::Url', from('url 2', 'measured with 2'), [allocates('parse', 'buffer', 'parsed address and its parts'), allocates('join', 'buffer', 'joined address')]),
  ...implOf('url::Url', 'Clone', from('url 2'), [copies('clone', 'copied address', { rule: 'rust/clone' })]),
  ...modelsOf('http::HeaderValue', from('http 1.5', 'src/header/value.rs'), [neutral('from_static', 'static text is pointed to'), allocates('from_str from_bytes', 'copy', 'copied value'), mayAllocate('from_maybe_shared', 'copy', 'copied value', 'the bytes are not shared ones')]),
  ...modelsOf('axum_core::body::Body', from('axum-core 0.5', 'src/body.rs'), [neutral('empty', 'an empty body has size zero')]),
  ...modelsOf('http::HeaderMap', from('http 1.5', 'src/header/map.rs'), [neutral('new', 'an empty map owns no memory', { rule: 'rust/empty-collection' }), allocates('with_capacity', 'buffer', 'table', { rule: 'rust/with-capacity' }), grows('insert append entry reserve try_insert try_append', 'table', 'no free slot is left')]),
  ...modelsOf('http::Extensions', from('http 1.5', 'src/extensions.rs'), [neutral('new', 'empty', { rule: 'rust/empty-collection' }), allocates('insert', 'box', 'boxed value')]),
  ...modelsOf('http::header::Entry', from('http 1.5'), [grows('or_insert or_insert_with', 'table', 'the entry is vacant')]),
  ...implOf('http::Uri', 'Clone', from('http 1.5', 'src/uri'), [mayAllocate('clone', 'refcounted', 'shared header of the text', 'the text was not shared before', { rule: 'rust/clone' })]),
  ...implOf('http::Uri', 'FromStr', from('http 1.5'), [allocates('from_str', 'copy', 'copied address')]),
  ...implOf('http::Scheme', 'Clone', from('http 1.5'), [mayAllocate('clone', 'box', 'boxed name', 'the scheme is neither http nor https', { rule: 'rust/clone' })]),
  ...implOf('http::Authority', 'Clone', from('http 1.5'), [counts('clone', true)]),
  ...implOf('http::PathAndQuery', 'Clone', from('http 1.5'), [counts('clone', true)]),
  ...implOf('http::PathAndQuery', 'FromStr', from('http 1.5'), [allocates('from_str', 'copy', 'copied text')]),
  ...implOf('http::Authority', 'FromStr', from('http 1.5'), [allocates('from_str', 'copy', 'copied text')]),
  ...modelsOf('uuid::Uuid', from('uuid 1'), [neutral('new_v4 new_v7 parse_str nil', 'sixteen bytes in place')]),
  ...modelsOf('chrono', from('chrono 0.4'), [neutral('now', 'held in place')]),
  ...modelsOf('clap::Command', from('clap 4', 'measured'), [neutral('new', 'a static name is pointed to'), allocates('arg get_matches try_get_matches', 'buffer', 'description of the command line')]),
  ...modelsOf('clap::Parser', from('clap 4', 'measured'), [allocates('parse try_parse parse_from try_parse_from', 'buffer', 'parsed command line')]),
  ...modelsOf('structopt::StructOpt', from('structopt 0.3'), [allocates('from_args from_args_safe from_iter', 'buffer', 'parsed command line')]),
  ...modelsOf('tempfile', from('tempfile 3'), [allocates('tempfile tempdir', 'buffer', 'path')]),
  ...modelsOf('tempfile::NamedTempFile', from('tempfile 3'), [allocates('new new_in', 'buffer', 'path'), mayAllocate('persist', 'error', 'error', 'it fails')]),
  ...modelsOf('walkdir::WalkDir', from('walkdir 2.5'), [allocates('new', 'buffer', 'copied path'), allocates('sort_by', 'box', 'boxed comparison')]),
];
