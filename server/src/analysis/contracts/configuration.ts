// `heaplight.json` at the workspace root: budgets, and the model rows a team adds. Reading the file is the workspace's business;
// here is what it means. A wrong file is refused as a whole with every mistake named: half a configuration would lie.
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationKind, type Certainty } from '../site.js';

/** How many allocation sites a function or a folder may hold. */
export interface Budget {
  /** Folder or file, relative to the configuration, with forward slashes; null for everywhere. */
  readonly path: string | null;
  /** A function's name as reports write it; `*` at its end stands for anything. Null to count all functions together. */
  readonly function: string | null;
  /** Most sites that are within the budget. */
  readonly max: number;
  /** Kinds that count. */
  readonly kinds: readonly AllocationKind[];
  /** The weakest certainty that counts. */
  readonly certainty: Certainty;
  /** Whether sites in cold places count. */
  readonly cold: boolean;
  /** Whether only sites in loops count. */
  readonly inLoops: boolean;
}

/** A valid configuration. */
export interface Configuration {
  readonly budgets: readonly Budget[];
  /** Rows for the languages' models; each language validates its own. */
  readonly models: readonly unknown[];
}

/** What an absent file means. */
export const EMPTY_CONFIGURATION: Configuration = { budgets: [], models: [] };

/** A configuration, or why there is none: one sentence a mistake, each naming the place in the file. */
export type ConfigurationResult = { readonly configuration: Configuration } | { readonly errors: readonly string[] };

const COUNTED_BY_DEFAULT = ALLOCATION_KINDS.filter((kind) => kind !== 'callee' && kind !== 'refcount');

/** Reads the text of a `heaplight.json`. Never throws. */
export function readConfiguration(text: string): ConfigurationResult {
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return { errors: [`not valid JSON: ${error instanceof Error ? error.message : 'unreadable'}`] };
  }
  const errors: string[] = [];
  const root = record(json, 'the file', ['$schema', 'budgets', 'models'], errors);
  const budgets = list(root['budgets'], 'budgets', errors).map((entry, index) => readBudget(entry, `budgets[${index}]`, errors));
  const models = list(root['models'], 'models', errors);
  return errors.length > 0 ? { errors } : { configuration: { budgets, models } };
}

function readBudget(json: unknown, place: string, errors: string[]): Budget {
  const entry = record(json, place, ['path', 'function', 'max', 'kinds', 'certainty', 'cold', 'inLoops'], errors);
  const max = entry['max'];
  if (typeof max !== 'number' || !Number.isInteger(max) || max < 0) errors.push(`${place}.max must be a whole number, 0 or more`);
  const kinds = entry['kinds'] === undefined ? COUNTED_BY_DEFAULT : list(entry['kinds'], `${place}.kinds`, errors);
  for (const kind of kinds) if (!(ALLOCATION_KINDS as readonly unknown[]).includes(kind)) errors.push(`${place}.kinds: there is no kind ${JSON.stringify(kind)}; kinds are ${ALLOCATION_KINDS.join(', ')}`);
  const certainty = entry['certainty'] ?? 'conditional';
  if (!(CERTAINTIES as readonly unknown[]).includes(certainty)) errors.push(`${place}.certainty must be one of ${CERTAINTIES.join(', ')}`);
  const text = (key: 'path' | 'function'): string | null => {
    const value = entry[key];
    if (value === undefined) return null;
    if (typeof value === 'string' && value !== '') return value;
    errors.push(`${place}.${key} must be a text that is not empty`);
    return null;
  };
  const flag = (key: 'cold' | 'inLoops'): boolean => {
    const value = entry[key] ?? false;
    if (typeof value === 'boolean') return value;
    errors.push(`${place}.${key} must be true or false`);
    return false;
  };
  const path = text('path')?.replace(/^\.\//, '').replace(/\/+$/, '') ?? null;
  return { path: path === '.' || path === '' ? null : path, function: text('function'), max: max as number, kinds: kinds as AllocationKind[], certainty: certainty as Certainty, cold: flag('cold'), inLoops: flag('inLoops') };
}

function record(json: unknown, place: string, keys: readonly string[], errors: string[]): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    errors.push(`${place} must be an object`);
    return {};
  }
  for (const key of Object.keys(json)) if (!keys.includes(key)) errors.push(`${place} has an unknown key ${JSON.stringify(key)}; known are ${keys.join(', ')}`);
  return json as Record<string, unknown>;
}

function list(json: unknown, place: string, errors: string[]): readonly unknown[] {
  if (json === undefined) return [];
  if (Array.isArray(json)) return json as unknown[];
  errors.push(`${place} must be a list`);
  return [];
}
