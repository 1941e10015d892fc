// heaplight.json: budgets, contracts and models of a workspace. Read as a whole or not at all, with errors that name the place.
import type { Budget } from '../analysis/contracts/budgets.js';
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationKind, type Certainty } from '../analysis/site.js';
import { directoryOf, joinPath, type Host } from './host.js';

/** The content of a heaplight.json; docs/heaplight.schema.json describes it. */
export interface Configuration {
  readonly budgets: readonly Budget[];
  /** Patterns of functions that must not allocate, as if each said `heaplight: no-alloc`. */
  readonly noAlloc: readonly string[];
  /** Rows of models; each language validates its own. */
  readonly models: readonly unknown[];
}

/** No configuration. */
export const NO_CONFIGURATION: Configuration = { budgets: [], noAlloc: [], models: [] };

/** Name of the file. */
export const CONFIGURATION_NAME = 'heaplight.json';

/** A configuration with where it was found, or why it cannot be used. */
export type LoadedConfiguration = { readonly path: string | null; readonly configuration: Configuration } | { readonly path: string; readonly error: string };

/** The configuration of `directory`: its own, else that of the nearest directory above it, up to a repository's root. */
export function loadConfiguration(host: Host, directory: string): LoadedConfiguration {
  for (let at = directory; ; at = directoryOf(at)) {
    const path = joinPath(at, CONFIGURATION_NAME);
    if (host.stat(path)?.kind === 'file') return readConfiguration(host, path);
    if (host.stat(joinPath(at, '.git')) !== null || at === directoryOf(at) || at === '') return { path: null, configuration: NO_CONFIGURATION };
  }
}

/** Reads one file. */
export function readConfiguration(host: Host, path: string): LoadedConfiguration {
  const read = host.read(path, 16 * 1024 * 1024);
  if (read.kind !== 'bytes') return { path, error: read.kind === 'missing' ? 'the file does not exist' : read.kind === 'tooLarge' ? 'the file is too large' : read.reason };
  const { text, malformed } = host.decode(read.bytes);
  if (malformed) return { path, error: 'the file is not UTF-8' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { path, error: `the file is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  try {
    return { path, configuration: configurationOf(value) };
  } catch (error) {
    if (error instanceof Wrong) return { path, error: error.message };
    throw error;
  }
}

class Wrong extends Error {}

function configurationOf(value: unknown): Configuration {
  const root = object(value, 'the file', ['$schema', 'budgets', 'noAlloc', 'models']);
  const list = (key: string): readonly unknown[] => {
    const found = root[key];
    if (found === undefined) return [];
    if (!Array.isArray(found)) throw new Wrong(`${key} must be a list`);
    return found as unknown[];
  };
  return {
    budgets: list('budgets').map((entry, at) => budgetOf(entry, `budgets[${at}]`)),
    noAlloc: list('noAlloc').map((entry, at) => text(entry, `noAlloc[${at}]`)),
    models: list('models').map((entry, at) => {
      object(entry, `models[${at}]`, null);
      return entry;
    }),
  };
}

function budgetOf(value: unknown, at: string): Budget {
  const entry = object(value, at, ['function', 'folder', 'max', 'kinds', 'minCertainty', 'inLoops']);
  const name = entry['function'];
  const folder = entry['folder'];
  if ((name === undefined) === (folder === undefined)) throw new Wrong(`${at} must have either "function" or "folder"`);
  const max = entry['max'];
  if (typeof max !== 'number' || !Number.isInteger(max) || max < 0) throw new Wrong(`${at}.max must be a whole number, at least 0`);
  const kinds = entry['kinds'];
  if (kinds !== undefined && !Array.isArray(kinds)) throw new Wrong(`${at}.kinds must be a list`);
  const inLoops = entry['inLoops'] ?? false;
  if (typeof inLoops !== 'boolean') throw new Wrong(`${at}.inLoops must be true or false`);
  return {
    function: name === undefined ? null : text(name, `${at}.function`),
    folder: folder === undefined ? null : text(folder, `${at}.folder`),
    max,
    kinds: kinds === undefined ? null : (kinds as unknown[]).map((kind, index) => oneOf<AllocationKind>(kind, ALLOCATION_KINDS, `${at}.kinds[${index}]`)),
    minCertainty: oneOf<Certainty>(entry['minCertainty'] ?? 'conditional', CERTAINTIES, `${at}.minCertainty`),
    inLoops,
  };
}

function object(value: unknown, at: string, keys: readonly string[] | null): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Wrong(`${at} must be an object`);
  const stranger = keys === null ? undefined : Object.keys(value).find((key) => !keys.includes(key));
  if (stranger !== undefined) throw new Wrong(`${at} has an unknown entry "${stranger}"; known are ${(keys ?? []).join(', ')}`);
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new Wrong(`${at} must be a text that is not empty`);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], at: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Wrong(`${at} must be one of ${allowed.join(', ')}`);
  return found;
}
