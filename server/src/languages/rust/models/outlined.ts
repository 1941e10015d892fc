// Crates whose outlines ship with Heaplight: everyday libraries, and the crates that those re-export. Their declarations and costs stand in where
// a crate's sources are not on disk; rows of crates/ say more about single functions either way.

/** Name of the asset that holds the outlines. */
export const OUTLINES_ASSET = 'rust-crates.facts.json';

/** Packages that are outlined, by the name of their library. */
export const OUTLINED_CRATES: readonly string[] = [
  'aho_corasick', 'anyhow', 'arrayvec', 'base64', 'bstr', 'bytes', 'chrono', 'clap', 'clap_builder', 'crossbeam', 'crossbeam_channel', 'crossbeam_deque', 'crossbeam_queue', 'crossbeam_utils', 'csv',
  'csv_core', 'dashmap', 'either', 'equivalent', 'fastrand', 'flate2', 'form_urlencoded', 'futures', 'futures_channel', 'futures_core', 'futures_executor', 'futures_io', 'futures_sink',
  'futures_task', 'futures_util', 'hashbrown', 'hex', 'http', 'http_body', 'http_body_util', 'indexmap', 'itertools', 'lock_api', 'log', 'memchr', 'once_cell', 'parking_lot', 'percent_encoding',
  'rand', 'rand_core', 'rayon', 'rayon_core', 'regex', 'semver', 'serde', 'serde_core', 'serde_json', 'smallvec', 'tempfile', 'thread_local', 'tokio', 'tokio_stream', 'tracing', 'tracing_core',
  'url', 'uuid', 'walkdir',
];
