// Crates whose outlines ship with Heaplight: everyday libraries, and the crates that those re-export. Their declarations and costs stand in where
// a crate's sources are not on disk; rows of crates/ say more about single functions either way.

/** Name of the asset that holds the outlines. */
export const OUTLINES_ASSET = 'rust-crates.facts.json';

/** Packages that are outlined, by the name of their library. */
export const OUTLINED_CRATES: readonly string[] = [
  'anyhow', 'arrayvec', 'bytes', 'chrono', 'clap', 'clap_builder', 'crossbeam', 'crossbeam_channel', 'crossbeam_deque', 'crossbeam_queue', 'crossbeam_utils', 'dashmap', 'either', 'equivalent', 'futures', 'futures_channel',
  'futures_core', 'futures_executor', 'futures_io', 'futures_sink', 'futures_task', 'futures_util', 'hashbrown', 'http', 'indexmap', 'itertools', 'lock_api', 'log', 'once_cell', 'parking_lot', 'rayon', 'rayon_core', 'regex',
  'serde', 'serde_core', 'serde_json', 'smallvec', 'tokio', 'tokio_stream', 'tracing', 'tracing_core', 'url', 'uuid',
];
