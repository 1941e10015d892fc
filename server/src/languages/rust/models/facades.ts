// Crates that are called by the name of another: rows of `futures` speak of what `futures_util` defines.
const FACADES: Readonly<Record<string, string>> = {
  core: 'std', alloc: 'std', clap_builder: 'clap', futures_channel: 'futures', futures_core: 'futures', futures_executor: 'futures', futures_util: 'futures', futures_sink: 'futures', lock_api: 'parking_lot', rayon_core: 'rayon', serde_core: 'serde', tracing_core: 'tracing',
};

/** The crate whose rows speak of a crate: itself, or its facade. */
export function facadeOf(crate: string): string {
  return Object.hasOwn(FACADES, crate) ? (FACADES[crate] ?? crate) : crate;
}
