// Entry of the command line: which command, and the exit code.
import type { CliEnvironment } from './environment.js';
import { Failure } from './failure.js';
import { check } from './check.js';
import { explain } from './explain.js';
import { facts } from './facts.js';
import { COMMANDS, helpOf } from './help.js';
import { readOptions } from './options.js';
import { show } from './show.js';

/** Runs one command. 0 fine, 1 a contract or budget is broken, 2 the run itself failed. Does not reject. */
export async function runCommandLine(args: readonly string[], environment: CliEnvironment): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') return failed(environment, `${options} See heaplight ${args.find((one) => COMMANDS.includes(one)) ?? ''} --help.`.replace('  ', ' '));
  if (options.version || options.command === 'version') {
    environment.out(`heaplight ${environment.version}\n`);
    return 0;
  }
  const help = options.help || options.command === 'help';
  if (help || options.command === null) {
    (help ? environment.out : environment.err).call(environment, helpOf(options.command === 'help' ? (options.args[0] ?? null) : options.command));
    return help ? 0 : 2;
  }
  const problem = environment.toolchainProblem(options.toolchains);
  if (problem !== null) return failed(environment, problem);
  try {
    switch (options.command) {
      case 'show': return await show(environment, options);
      case 'check': return await check(environment, options);
      case 'explain': return explain(environment, options);
      case 'facts': return await facts(environment, options);
      case 'lsp': return await environment.serve();
      default: return failed(environment, `There is no command "${options.command}". See heaplight --help.`);
    }
  } catch (error) {
    if (error instanceof Failure) return failed(environment, error.message);
    return failed(environment, `Heaplight itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

function failed(environment: CliEnvironment, message: string): number {
  environment.err(`heaplight: ${message}\n`);
  return 2;
}
