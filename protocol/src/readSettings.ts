// From what an editor sends to typed settings. A wrong value costs that setting alone and is said in words.
import { SETTINGS, SETTINGS_SECTION, type SettingKey, type Settings } from './settings.js';
import type { SettingRow } from './settingTypes.js';

/** Settings, and a sentence for each value that could not be used. */
export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/** The default of a row, in the form that an editor's settings have. */
export function defaultOf(row: SettingRow): boolean | number | string | Readonly<Record<string, boolean>> {
  if (row.type !== 'switches') return row.default;
  return Object.fromEntries(Object.entries(row.switches).map(([name, of]) => [name, of.default]));
}

/**
 * Reads what an editor holds under `heaplight`: nested objects (`{ hints: { style } }`), flat keys (`{ 'hints.style': … }`), or both.
 * Values that are missing or null take their default. Never throws.
 */
export function readSettings(raw: unknown): SettingsReading {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, row] of Object.entries(SETTINGS)) values[key] = readValue(`${SETTINGS_SECTION}.${key}`, row, lookUp(raw, key), problems);
  return { settings: values as unknown as Settings, problems };
}

/** All defaults. */
export const DEFAULT_SETTINGS: Settings = readSettings(null).settings;

/** Whether two readings differ in any of these keys. */
export function differIn(a: Settings, b: Settings, keys: readonly SettingKey[]): boolean {
  return keys.some((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}

function lookUp(raw: unknown, key: string): unknown {
  if (!isObject(raw)) return undefined;
  if (raw[key] !== undefined) return raw[key];
  let at: unknown = raw;
  for (const part of key.split('.')) {
    if (!isObject(at)) return undefined;
    at = at[part];
  }
  return at;
}

function readValue(name: string, row: SettingRow, value: unknown, problems: string[]): unknown {
  if (value === undefined || value === null) return defaultOf(row);
  const refuse = (wanted: string): unknown => {
    problems.push(`${name}: ${shown(value)} is not ${wanted}; the default ${shown(defaultOf(row))} is used.`);
    return defaultOf(row);
  };
  switch (row.type) {
    case 'toggle':
      return typeof value === 'boolean' ? value : refuse('true or false');
    case 'text':
      return typeof value === 'string' ? value.trim() : refuse('a text');
    case 'number':
      return typeof value === 'number' && Number.isInteger(value) && value >= row.minimum && value <= row.maximum ? value : refuse(`a whole number from ${row.minimum} to ${row.maximum}`);
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(row.choices, value) ? value : refuse(`one of ${Object.keys(row.choices).join(', ')}`);
    case 'switches':
      return isObject(value) ? readSwitches(name, row, value, problems) : refuse('an object of switches');
  }
}

function readSwitches(name: string, row: Extract<SettingRow, { type: 'switches' }>, value: Readonly<Record<string, unknown>>, problems: string[]): Record<string, boolean> {
  const result = { ...(defaultOf(row) as Record<string, boolean>) };
  for (const [key, wanted] of Object.entries(value)) {
    if (!Object.hasOwn(row.switches, key)) problems.push(`${name}: there is no ${shown(key)}; known are ${Object.keys(row.switches).join(', ')}.`);
    else if (typeof wanted !== 'boolean') problems.push(`${name}.${key}: ${shown(wanted)} is not true or false; the default ${String(result[key])} is used.`);
    else result[key] = wanted;
  }
  return result;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
