// Options of all commands: one table, read with node:util.
import { parseArgs } from 'node:util';
import { ALLOCATION_KINDS, CERTAINTIES, type AllocationKind, type Certainty } from '../analysis/site.js';

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

/** Reads arguments; a sentence when they are wrong. */
export function readOptions(args: readonly string[]): CliOptions | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: {
        format: { type: 'string', short: 'f' }, 'min-certainty': { type: 'string' }, kind: { type: 'string', multiple: true }, 'no-cold': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'V' }, base: { type: 'string' }, 'fail-on-new': { type: 'boolean' },
        config: { type: 'string' }, workers: { type: 'string' }, cache: { type: 'string' }, 'max-size': { type: 'string' }, output: { type: 'string', short: 'o' },
        facts: { type: 'string', multiple: true }, import: { type: 'string', multiple: true }, root: { type: 'string' }, stdio: { type: 'boolean' },
        goroot: { type: 'string' }, gomodcache: { type: 'string' }, 'go-version': { type: 'string' }, goos: { type: 'string' }, goarch: { type: 'string' }, 'cargo-home': { type: 'string' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\. To specify.*$/s, '.') : String(error);
  }
  const { values, positionals } = parsed;
  const format = FORMATS.find((one) => one === (values.format ?? 'text'));
  if (format === undefined) return `--format is one of ${FORMATS.join(', ')}.`;
  const minCertainty = CERTAINTIES.find((one) => one === (values['min-certainty'] ?? 'possible'));
  if (minCertainty === undefined) return `--min-certainty is one of ${CERTAINTIES.join(', ')}.`;
  const kinds = (values.kind ?? []).flatMap((list) => list.split(','));
  const wrong = kinds.find((kind) => !(ALLOCATION_KINDS as readonly string[]).includes(kind));
  if (wrong !== undefined) return `There is no kind "${wrong}"; kinds are ${ALLOCATION_KINDS.join(', ')}.`;
  const workers = wholeNumber(values.workers);
  if (workers === undefined) return '--workers is a whole number, 0 for none.';
  const megabytes = wholeNumber(values['max-size']);
  if (megabytes === undefined) return '--max-size is a whole number of megabytes.';
  return {
    command: positionals[0] ?? null, args: positionals.slice(1), format, minCertainty,
    kinds: kinds.length > 0 ? new Set(kinds as AllocationKind[]) : null, noCold: values['no-cold'] ?? false,
    help: values.help ?? false, version: values.version ?? false, base: values.base ?? null, failOnNew: values['fail-on-new'] ?? false,
    config: values.config ?? null, workers, cache: values.cache ?? null, maxBytes: megabytes === null ? null : megabytes * 1024 * 1024, output: values.output ?? null,
    root: values.root ?? null, facts: values.facts ?? [], imports: values.import ?? [],
    toolchains: {
      goroot: values.goroot ?? null, modcache: values.gomodcache ?? null, toolchain: values['go-version'] ?? null,
      goos: values.goos ?? null, goarch: values.goarch ?? null, cargoHome: values['cargo-home'] ?? null,
    },
  };
}

/** Null when not given, undefined when it is no whole number. */
function wholeNumber(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** The text of --help. */
export const HELP = `Usage: heaplight COMMAND [OPTIONS] [PATH…]

Shows where Rust and Go code allocates heap memory.

Commands
  show PATH…       print the allocation sites of files, directories or patterns
  check PATH…      exit 1 when a contract or a budget of heaplight.json is broken
  explain RULE     say what a rule finds and why; without RULE list all rules
  facts DIR        analyse one package or crate from its files and the facts it imports
  lsp --stdio      serve the language server protocol

Options of show and check
  -f, --format FORMAT     text (default), json, markdown, sarif or github
  --min-certainty C       always, conditional or possible (default)
  --kind KIND[,KIND…]     only these kinds
  --no-cold               leave out sites where nobody counts
  --base REV              check: compare with a git revision
  --fail-on-new           check: exit 1 when there are sites that REV has not
  --config FILE           use this heaplight.json
  --workers N             threads; 0 for none (default: one less than cores)
  --cache DIR             keep reports there and take unchanged ones from it
  --max-size MB           largest file that is analysed (default 8)
  --goroot DIR|none, --gomodcache DIR|none, --go-version V, --goos OS, --goarch ARCH, --cargo-home DIR|none
                          where sources of libraries are, and what Go code is built for

Options of facts
  --import FILE…          facts of what the unit imports, directly or not; may be repeated
  -o, --output FILE       where the facts go; - for the standard output
  --root DIR              what paths in facts are relative to (default: the root of the module or of cargo's workspace)
  --config FILE, --max-size MB, --go-version V, --goos OS, --goarch ARCH
                          as above; nothing is looked up on the machine

Options of show and check
  --facts FILE…           join what facts wrote instead of reading sources; may be repeated

Exit codes: 0 fine, 1 a contract or budget is broken, 2 the run itself failed.
`;
