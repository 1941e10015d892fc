// Rows that a user adds in heaplight.json: checked word by word, so that a mistake is named instead of silently ignored.
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationKind, type Certainty } from '../../../analysis/site.js';
import type { RustEffect, RustRow } from './row.js';

/** Valid rows, and one sentence for each that is not. */
export interface UserRows {
  readonly rows: readonly RustRow[];
  readonly problems: readonly string[];
}

const FIELDS = new Set(['language', 'path', 'does', 'kind', 'what', 'certainty', 'when', 'unless', 'reason', 'atomic', 'rule', 'instead', 'result']);

/** Reads the `models` of heaplight.json. Rows of another language (`"language": "go"`) are left out. Never throws. */
export function userRows(models: readonly unknown[]): UserRows {
  const rows: RustRow[] = [];
  const problems: string[] = [];
  models.forEach((model, index) => {
    const where = `models[${String(index)}]`;
    if (typeof model !== 'object' || model === null || Array.isArray(model)) {
      problems.push(`${where} is no object.`);
      return;
    }
    const row = model as Readonly<Record<string, unknown>>;
    if (row['language'] !== undefined && row['language'] !== 'rust') return;
    const wrong = wrongIn(row, where);
    if (wrong !== null) problems.push(wrong);
    else rows.push({
      path: row['path'] as string, effect: effectOf(row), rule: text(row['rule']), instead: text(row['instead']), also: [], sometimes: false, size: null, result: text(row['result']), freeWhenZeroSized: null, freeForNumbers: null, provenance: { source: 'heaplight.json', at: where },
    });
  });
  return { rows, problems };
}

function wrongIn(row: Readonly<Record<string, unknown>>, where: string): string | null {
  for (const key of Object.keys(row)) if (!FIELDS.has(key)) return `${where} has an unknown field ${JSON.stringify(key)}.`;
  const { path, does } = row as { path?: unknown; does?: unknown };
  if (typeof path !== 'string' || !/^(?:<[^<>]+(?:<[^<>]*>)? as \w+(?:<[^<>]+>)?>|\w+)(?:::\w+)+$/.test(path)) return `${where}.path must be the path of a function, like "my_crate::Type::method" or "<my_crate::Type as Clone>::clone".`;
  if (does !== 'nothing' && does !== 'allocates' && does !== 'counts') return `${where}.does must be "nothing", "allocates" or "counts".`;
  for (const key of ['what', 'when', 'unless', 'reason', 'rule', 'instead', 'result']) if (row[key] !== undefined && row[key] !== null && typeof row[key] !== 'string') return `${where}.${key} must be a text.`;
  if (row['rule'] !== undefined && row['rule'] !== null && !/^rust\/[a-z0-9-]+$/.test(row['rule'] as string)) return `${where}.rule must look like "rust/name".`;
  if (typeof row['result'] === 'string' && !isType(row['result'])) return `${where}.result must be a type, like "Result<my_crate::Client, std::io::Error>".`;
  if (typeof row['result'] === 'string' && path.startsWith('<')) return `${where}.result can be said of functions and methods of types only, not of an impl of a trait.`;
  if (does !== 'allocates') return null;
  if (!ALLOCATION_KINDS.includes(row['kind'] as AllocationKind)) return `${where}.kind must be one of ${ALLOCATION_KINDS.join(', ')}.`;
  if (row['certainty'] !== undefined && !CERTAINTIES.includes(row['certainty'] as Certainty)) return `${where}.certainty must be one of ${CERTAINTIES.join(', ')}.`;
  return null;
}

/** Whether a text reads like a type: paths, references, tuples, slices, generic arguments in balanced brackets. */
function isType(type: string): boolean {
  if (!/^[\w:<>,()[\]&;'+=\s!-]+$/.test(type) || !/^[&([\w!]/.test(type.trim())) return false;
  const open: string[] = [];
  for (let i = 0; i < type.length; i++) {
    const c = type.charAt(i);
    if (c === '<' || c === '(' || c === '[') open.push(c);
    else if (c === '>' && type.charAt(i - 1) === '-') continue;
    else if (c === '>' || c === ')' || c === ']') {
      if (open.pop() !== (c === '>' ? '<' : c === ')' ? '(' : '[')) return false;
    }
  }
  return open.length === 0 && !/::$|,,|<>|(?<![\w'])(?!(?:dyn|impl|mut|const|fn|for)\b)\w+\s+\w/.test(type.trim());
}

function effectOf(row: Readonly<Record<string, unknown>>): RustEffect {
  if (row['does'] === 'nothing') return { does: 'nothing', reason: text(row['reason']) ?? 'heaplight.json says so' };
  if (row['does'] === 'counts') return { does: 'counts', atomic: row['atomic'] === true };
  return { does: 'allocates', kind: row['kind'] as AllocationKind, what: text(row['what']) ?? 'new memory', certainty: (row['certainty'] as Certainty | undefined) ?? 'always', when: text(row['when']), unless: text(row['unless']) };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
