// Finds and reads heaplight.json; what it means is analysis/contracts/configuration.ts.
import { EMPTY_CONFIGURATION, readConfiguration as readText, type Configuration } from '../analysis/contracts/configuration.js';
import { directoryOf, joinPath, type Host } from './host.js';

/** Name of the file. */
export const CONFIGURATION_NAME = 'heaplight.json';

/** A configuration with where it was found, or why it cannot be used. */
export type LoadedConfiguration = { readonly path: string | null; readonly configuration: Configuration } | { readonly path: string; readonly error: string };

/** The configuration of `directory`: its own, else that of the nearest directory above it, up to a repository's root. */
export function loadConfiguration(host: Host, directory: string): LoadedConfiguration {
  for (let at = directory; ; at = directoryOf(at)) {
    const path = joinPath(at, CONFIGURATION_NAME);
    if (host.stat(path)?.kind === 'file') return readConfiguration(host, path);
    if (host.stat(joinPath(at, '.git')) !== null || at === directoryOf(at) || at === '') return { path: null, configuration: EMPTY_CONFIGURATION };
  }
}

/** Reads one file. */
export function readConfiguration(host: Host, path: string): LoadedConfiguration {
  const read = host.read(path, 16 * 1024 * 1024);
  if (read.kind !== 'bytes') return { path, error: read.kind === 'missing' ? 'the file does not exist' : read.kind === 'tooLarge' ? 'the file is too large' : read.reason };
  const { text, malformed } = host.decode(read.bytes);
  if (malformed) return { path, error: 'the file is not UTF-8' };
  const result = readText(text);
  return 'errors' in result ? { path, error: result.errors.join('; ') } : { path, configuration: result.configuration };
}
