// What macros of std and of crates do, by name: macros have no types, and their arguments are judged as the code they are.
import type { AllocationKind } from '../../../analysis/site.js';

/** Effect of one macro, beyond what its arguments do. */
export type MacroEffect =
  /** Builds formatted text. */
  | { readonly does: 'formats' }
  /** `vec![…]` */
  | { readonly does: 'makesVec' }
  /** Writes into its first argument through the argument's `write_fmt`. */
  | { readonly does: 'writes' }
  /** Runs when the program gives up, or makes an error: what its arguments allocate is cold. */
  | { readonly does: 'panics' }
  | { readonly does: 'fails'; readonly kind: AllocationKind; readonly what: string }
  /** Logging: arguments are evaluated when the level is on. */
  | { readonly does: 'logs' }
  /** The arguments after the condition are cold. */
  | { readonly does: 'asserts'; readonly operands: number }
  | { readonly does: 'allocates'; readonly kind: AllocationKind; readonly what: string }
  /** Only its arguments count. */
  | { readonly does: 'nothing' };

const table: Record<string, MacroEffect> = Object.create(null) as Record<string, MacroEffect>;

function all(names: string, effect: MacroEffect): void {
  for (const name of names.split(' ')) table[name] = effect;
}

all('format format_compact', { does: 'formats' });
all('vec', { does: 'makesVec' });
all('write writeln', { does: 'writes' });
all('panic unreachable todo unimplemented compile_error', { does: 'panics' });
all('assert debug_assert ensure_eq', { does: 'asserts', operands: 1 });
all('assert_eq assert_ne debug_assert_eq debug_assert_ne', { does: 'asserts', operands: 2 });
all('anyhow eyre format_err', { does: 'fails', kind: 'error', what: 'boxed error' });
all('bail', { does: 'fails', kind: 'error', what: 'boxed error' });
all('ensure', { does: 'fails', kind: 'error', what: 'boxed error' });
all('trace debug info warn error log event span trace_span debug_span info_span warn_span error_span instrument', { does: 'logs' });
all('print println eprint eprintln dbg matches join try_join select tokio_select pin format_args concat stringify include_str include_bytes env option_env line file column cfg addr_of addr_of_mut ready try smallvec', { does: 'nothing' });
all('json', { does: 'allocates', kind: 'buffer', what: 'JSON value' });

const RESULTS: Readonly<Record<string, string>> = {
  anyhow: 'anyhow::Error', format_err: 'anyhow::Error', eyre: 'eyre::Report', json: 'serde_json::Value', span: 'tracing::Span', trace_span: 'tracing::Span', debug_span: 'tracing::Span', info_span: 'tracing::Span', warn_span: 'tracing::Span',
  error_span: 'tracing::Span',
};

/** Path of the type that a library's macro of this name gives, or undefined. */
export function macroResult(name: string): string | undefined {
  return Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined;
}

/** The effect of the macro of this name, or undefined. */
export function macroEffect(name: string): MacroEffect | undefined {
  return table[name];
}
