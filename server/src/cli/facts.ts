// `heaplight facts DIR`: one package or crate from its own files and the facts of what it imports, for build systems; and the joining of many.
import type { FactsStore, UnitFacts } from '../analysis/language.js';
import { project } from '../features/report/projection.js';
import { LineIndex } from '../syntax/lineIndex.js';
import { loadConfiguration, readConfiguration } from '../workspace/configuration.js';
import { DEFAULT_LIMITS } from '../workspace/sourceStore.js';
import type { CliEnvironment } from './environment.js';
import { factsFileText, readFactsFile, type FactsFile, type FactsInput } from './factsFile.js';
import { Failure } from './failure.js';
import type { CliOptions } from './options.js';
import type { FileSink, Visit } from './visit.js';

/** Analyses one unit and writes its facts and its part of the report. Reads its own files, the manifests that say what it is, and the imported facts. */
export async function facts(environment: CliEnvironment, options: CliOptions): Promise<number> {
  const { unit, imports } = operands(environment, options);
  if (options.output === null) throw new Failure('Say where the facts go: -o FILE, or - for the standard output.');
  const directory = environment.absolute(unit);
  const kind = environment.host.stat(directory)?.kind;
  if (kind !== 'directory') throw new Failure(kind === undefined ? `There is no directory "${unit}".` : `"${unit}" is no directory.`);
  const root = options.root === null ? null : environment.absolute(options.root);
  if (root !== null && environment.host.stat(root)?.kind !== 'directory') throw new Failure(`There is no directory "${options.root ?? ''}".`);
  const imported = imports.map((name) => readFactsFile(environment, name));
  const configuration = options.config === null ? null : readConfiguration(environment.host, environment.absolute(options.config));
  if (configuration !== null && 'error' in configuration) throw new Failure(`${options.config ?? ''} cannot be used: ${configuration.error}.`);
  const limits = options.maxBytes === null ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, maxBytes: options.maxBytes };
  const answer = await environment.unit({ directory, root, toolchains: options.toolchains, facts: storeOf(imported), limits, models: configuration?.configuration.models ?? [] });
  if (answer === null) throw new Failure(`"${unit}" is not below "${options.root ?? ''}".`);
  const { workspace, files, warnings } = answer;
  for (const warning of warnings) environment.err(`heaplight: ${warning}\n`);
  if (files.length === 0) throw new Failure(`There is no Rust or Go file in "${unit}".`);
  const inputs: FactsInput[] = [];
  const units = new Map<string, UnitFacts>();
  const missing = new Set<string>();
  const linesOf = (path: string): LineIndex | null => workspace.sources.linesOf(path) ?? imported.find((one) => one.lines.has(path))?.lines.get(path) ?? null;
  for (const path of files) {
    const result = workspace.report(path);
    if (result === null) continue;
    const { report, findings } = result;
    const lines = new LineIndex(report.text);
    const projection = project(report, findings, lines, { relative: (one) => one, linesOf });
    inputs.push({ outcome: { path, language: report.language, lines: report.text === '' ? 0 : lines.lineCount - (report.text.endsWith('\n') ? 1 : 0), ...projection }, text: report.text });
    for (const name of workspace.engines.missingImports(path)) missing.add(name);
    const own = workspace.engines.factsOf(path);
    if (own) units.set(`${own.language}:${own.unit}`, own);
  }
  if (missing.size > 0) environment.err(`heaplight: ${unit} imports ${[...missing].sort().join(', ')}, of which no facts were given; what is called there is not known.\n`);
  const text = factsFileText(environment, [...units.values()], inputs);
  if (options.output === '-') environment.out(text);
  else {
    const problem = environment.write(environment.absolute(options.output), text);
    if (problem !== null) throw new Failure(`${options.output} cannot be written: ${problem}.`);
  }
  return 0;
}

/** The unit's directory and the imported files. After an --import, further files may stand without the option. */
function operands(environment: CliEnvironment, options: CliOptions): { readonly unit: string; readonly imports: readonly string[] } {
  const further = options.imports.length === 0 ? [] : options.args.filter((name) => environment.host.stat(environment.absolute(name))?.kind === 'file');
  const [unit, ...rest] = options.args.filter((name) => !further.includes(name));
  if (unit === undefined || rest.length > 0) throw new Failure('facts takes one directory.');
  return { unit, imports: [...options.imports, ...further] };
}

function storeOf(imported: readonly FactsFile[]): FactsStore {
  const known = new Map<string, UnitFacts>();
  // In the order of the units and not of the arguments: of units with one name the first holds, whatever the order of the files.
  const units = imported.flatMap((file) => file.units).sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));
  for (const one of units) if (!known.has(`${one.language}:${one.unit}`)) known.set(`${one.language}:${one.unit}`, one);
  for (const one of units) if (one.name !== undefined && !known.has(`${one.language}:${one.name}`)) known.set(`${one.language}:${one.name}`, one);
  return { load: (language, id) => known.get(`${language}:${id === '' ? '.' : id}`) ?? known.get(`${language}:${id}`) ?? null, save: () => undefined };
}

/** Hands on the reports in files that `facts` wrote, in the order of paths. Throws {@link Failure}. */
export function visitFacts(environment: CliEnvironment, options: CliOptions, sink: FileSink): Visit {
  const found = new Map<string, { readonly from: string; readonly outcome: FactsFile['files'][number] }>();
  for (const name of [...options.facts, ...options.args]) {
    const read = readFactsFile(environment, name);
    for (const outcome of read.files) {
      const known = found.get(outcome.path);
      if (known !== undefined && known.outcome.json !== outcome.json) throw new Failure(`${known.from} and ${name} tell different things of ${outcome.path}; write facts of one state, with the same --root.`);
      found.set(outcome.path, { from: name, outcome });
    }
  }
  const loaded = options.config === null ? loadConfiguration(environment.host, environment.cwd) : readConfiguration(environment.host, environment.absolute(options.config));
  if ('error' in loaded) throw new Failure(`${loaded.path} cannot be used: ${loaded.error}.`);
  sink.begin?.('.');
  for (const [, { outcome }] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) sink.file(outcome);
  return {
    configuration: loaded.configuration, configurationPath: loaded.path, root: environment.cwd, paths: [environment.cwd],
    timings: { readMs: 0, parseMs: 0, analyzeMs: 0 }, totalMs: 0,
  };
}
