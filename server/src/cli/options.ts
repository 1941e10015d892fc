// Options of all commands: one table, read with node:util.
import { parseArgs } from 'node:util';
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationKind, type Certainty } from '../analysis/site.js';
import { COMMANDS } from './help.js';

/** Output formats. */
export const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github'] as const;

/** An output format. */
export type Format = (typeof FORMATS)[number];

/** Where toolchains' sources are; null to find them. */
export interface ToolchainOptions {
  readonly goroot: string | null;
  readonly modcache: string | null;
  readonly toolchain: string | null;
  readonly goos: string | null;
  readonly goarch: string | null;
  readonly cargoHome: string | null;
}

/** What a user asked for. */
export interface CliOptions {
  readonly command: string | null;
  readonly args: readonly string[];
  readonly format: Format;
  readonly minCertainty: Certainty;
  readonly kinds: ReadonlySet<AllocationKind> | null;
  readonly noCold: boolean;
  /** Whether text and Markdown show what they leave out by default: cold sites and muted ones. */
  readonly muted: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly base: string | null;
  readonly failOnNew: boolean;
  readonly config: string | null;
  readonly workers: number | null;
  readonly cache: string | null;
  readonly maxBytes: number | null;
  readonly output: string | null;
  /** What paths in facts are relative to; null for the root of the module or of cargo's workspace. */
  readonly root: string | null;
  readonly facts: readonly string[];
  readonly imports: readonly string[];
  readonly toolchains: ToolchainOptions;
}

const ANALYSIS = ['show', 'check'] as const;
const ALL_UNITS = ['show', 'check', 'facts'] as const;

/** All options, and the commands that know them. */
const OPTIONS = {
  help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'V' },
  format: { type: 'string', short: 'f', of: ['show', 'check', 'explain'] },
  'min-certainty': { type: 'string', of: ANALYSIS }, kind: { type: 'string', multiple: true, of: ANALYSIS }, 'no-cold': { type: 'boolean', of: ANALYSIS }, muted: { type: 'boolean', of: ['show'] },
  base: { type: 'string', of: ['check'] }, 'fail-on-new': { type: 'boolean', of: ['check'] },
  config: { type: 'string', of: ALL_UNITS }, workers: { type: 'string', of: ANALYSIS }, cache: { type: 'string', of: ANALYSIS }, 'max-size': { type: 'string', of: ALL_UNITS },
  facts: { type: 'string', multiple: true, of: ANALYSIS }, import: { type: 'string', multiple: true, of: ['facts'] }, output: { type: 'string', short: 'o', of: ['facts'] }, root: { type: 'string', of: ['facts'] },
  goroot: { type: 'string', of: ANALYSIS }, gomodcache: { type: 'string', of: ANALYSIS }, 'cargo-home': { type: 'string', of: ANALYSIS },
  'go-version': { type: 'string', of: ALL_UNITS }, goos: { type: 'string', of: ALL_UNITS }, goarch: { type: 'string', of: ALL_UNITS },
  stdio: { type: 'boolean', of: ['lsp'] },
} as const;

/** Reads arguments; a sentence when they are wrong. */
export function readOptions(args: readonly string[]): CliOptions | string {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, strict: true, options: OPTIONS });
  } catch (error) {
    return inPlainWords(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const command = positionals[0] ?? null;
  const stranger = command === null || values.help === true ? null : strangerTo(command, Object.keys(values));
  if (stranger !== null) return stranger;
  const format = FORMATS.find((one) => one === (values.format ?? 'text'));
  if (format === undefined) return `--format is one of ${FORMATS.join(', ')}.`;
  const minCertainty = CERTAINTIES.find((one) => one === (values['min-certainty'] ?? 'possible'));
  if (minCertainty === undefined) return `--min-certainty is one of ${CERTAINTIES.join(', ')}.`;
  const kinds = (values.kind ?? []).flatMap((list) => list.split(',')).map((kind) => kind.trim()).filter((kind) => kind !== '');
  const wrong = kinds.find((kind) => !(ALLOCATION_KINDS as readonly string[]).includes(kind));
  if (wrong !== undefined) return `There is no kind "${wrong}"; kinds are ${ALLOCATION_KINDS.join(', ')}.`;
  if (values.kind !== undefined && kinds.length === 0) return '--kind names no kind.';
  const workers = wholeNumber(values.workers);
  if (workers === undefined) return '--workers is a whole number, 0 for none.';
  const megabytes = wholeNumber(values['max-size']);
  if (megabytes === undefined || megabytes === 0) return '--max-size is a whole number of megabytes, at least 1.';
  if (values['fail-on-new'] === true && values.base === undefined) return '--fail-on-new needs --base REV.';
  return {
    command, args: positionals.slice(1), format, minCertainty,
    kinds: kinds.length > 0 ? new Set(kinds as AllocationKind[]) : null, noCold: values['no-cold'] ?? false, muted: values.muted ?? false,
    help: values.help ?? false, version: values.version ?? false, base: values.base ?? null, failOnNew: values['fail-on-new'] ?? false,
    config: values.config ?? null, workers, cache: values.cache ?? null, maxBytes: megabytes === null ? null : megabytes * 1024 * 1024, output: values.output ?? null,
    root: values.root ?? null, facts: values.facts ?? [], imports: values.import ?? [],
    toolchains: {
      goroot: values.goroot ?? null, modcache: values.gomodcache ?? null, toolchain: values['go-version'] ?? null,
      goos: values.goos ?? null, goarch: values.goarch ?? null, cargoHome: values['cargo-home'] ?? null,
    },
  };
}

/** What Node's parser says, as this program says things. */
function inPlainWords(message: string): string {
  const option = /'(?:-\w, )?(-[^' ]*)/.exec(message)?.[1] ?? '';
  if (message.startsWith('Unknown option')) return `There is no option ${option}.`;
  if (message.includes('ambiguous')) return `${option} needs a value; one that begins with a dash is written ${option}=VALUE.`;
  if (message.includes('argument missing')) return `${option} needs a value.`;
  return message.includes('does not take an argument') ? `${option} takes no value.` : message;
}

/** A sentence about the first option that the command does not know; null when it knows all. */
function strangerTo(command: string, given: readonly string[]): string | null {
  for (const name of given) {
    const option = OPTIONS[name as keyof typeof OPTIONS];
    const of: readonly string[] | null = 'of' in option ? option.of : null;
    if (of !== null && !of.includes(command) && COMMANDS.includes(command)) return `--${name} is no option of ${command}, but of ${of.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`;
  }
  return null;
}

/** Null when not given, undefined when it is no whole number. */
function wholeNumber(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
