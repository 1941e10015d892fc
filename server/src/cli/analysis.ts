// Finds and analyses what was named on the command line: the part that show and check share.
import { readProjection, type ProjectionExtra } from '../features/report/projection.js';
import type { FileJson } from '../features/report/fileReport.js';
import { ALL_SITES, filtered, pathFrom, totalsOf, SCHEMA_VERSION, type ReportJson, type SiteFilter, type Timings } from '../features/report/document.js';
import type { FindingJson } from '../features/report/sarif.js';
import type { Configuration } from '../analysis/contracts/configuration.js';
import { optionsForPaths } from '../analysis/language.js';
import { loadConfiguration, readConfiguration } from '../workspace/configuration.js';
import { discover, type FoundFile } from '../workspace/discovery.js';
import { groupFiles } from '../workspace/groups.js';
import { NEVER_CANCELLED, relativePath, type Host } from '../workspace/host.js';
import { ReportCache } from '../workspace/reportCache.js';
import { runGroups, type RunResult } from '../workspace/run.js';
import { DEFAULT_LIMITS } from '../workspace/sourceStore.js';
import type { CliEnvironment } from './environment.js';
import { visitFacts } from './facts.js';
import { Failure } from './failure.js';
import type { CliOptions } from './options.js';
import type { FileSink, Visit } from './visit.js';

/** What was found and analysed. */
export interface Analysis {
  readonly report: ReportJson;
  /** All files before the filter. */
  readonly allFiles: readonly FileJson[];
  readonly extras: ReadonlyMap<string, ProjectionExtra>;
  readonly findings: readonly FindingJson[];
  readonly configuration: Configuration;
  readonly configurationPath: string | null;
  readonly root: string;
  readonly paths: readonly string[];
}

/** Analyses the paths of `options` and hands the files on, one by one. Throws {@link Failure}. */
export async function visit(environment: CliEnvironment, options: CliOptions, sink: FileSink, host: Host = environment.host, quiet = false): Promise<Visit> {
  if (options.facts.length > 0) return visitFacts(environment, options, sink);
  const started = environment.host.now();
  if (options.args.length === 0 || options.args.includes('')) throw new Failure('Name at least one file or directory.');
  const paths = options.args.map((path) => environment.absolute(path));
  const extensions = environment.plugins.flatMap((plugin) => plugin.extensions);
  const isSource = (name: string): boolean => extensions.some((extension) => name.endsWith(extension));
  const discovery = await discover(host, paths, { isSource });
  if (!quiet) for (const warning of discovery.warnings) environment.err(`heaplight: ${warning}\n`);
  if (!quiet && discovery.missing.length > 0) {
    const names = discovery.missing.map((path) => options.args[paths.indexOf(path)] ?? path);
    throw new Failure(names.length === 1 ? `There is no "${names[0] ?? ''}".` : `These do not exist: ${names.map((name) => `"${name}"`).join(', ')}.`);
  }
  if (!quiet && discovery.files.length === 0) throw new Failure(`There is no Rust or Go file in ${options.args.map((path) => `"${path}"`).join(', ')}.`);
  const root = discovery.root === '' ? environment.cwd : discovery.root;
  const loaded = options.config === null ? loadConfiguration(host, root) : readConfiguration(host, environment.absolute(options.config));
  if ('error' in loaded) throw new Failure(`${shown(environment, loaded.path)} cannot be used: ${loaded.error}.`);
  sink.begin?.(shown(environment, root));
  const { timings } = await execute(environment, options, host, root, discovery.files, loaded.configuration.models, sink, quiet);
  return { configuration: loaded.configuration, configurationPath: loaded.path, root, paths, timings, totalMs: environment.host.now() - started };
}

/** Analyses the paths of `options`. Throws {@link Failure}. */
export async function analyse(environment: CliEnvironment, options: CliOptions, host: Host = environment.host, quiet = false): Promise<Analysis> {
  const extras = new Map<string, ProjectionExtra>();
  const allFiles: FileJson[] = [];
  const findings: FindingJson[] = [];
  let lines = 0;
  const visited = await visit(environment, options, {
    file(outcome) {
      const { file, extra } = readProjection(outcome);
      allFiles.push(file);
      extras.set(file.path, extra);
      for (const finding of extra.findings) findings.push(finding);
      lines += outcome.lines;
    },
  }, host, quiet);
  const files = allFiles.map((file) => filtered(file, filterOf(options)));
  const report: ReportJson = { ...headOf(environment, shown(environment, visited.root)), files, totals: totalsOf(files, lines), timings: timingsOf(visited, lines) };
  return { report, allFiles, extras, findings, ...visited };
}

/** What the options let through. */
export function filterOf({ minCertainty, kinds, noCold }: CliOptions): SiteFilter {
  return minCertainty === ALL_SITES.minCertainty && kinds === null && !noCold ? ALL_SITES : { minCertainty, kinds, cold: !noCold, muted: true };
}

/** What a JSON report begins with. */
export function headOf(environment: CliEnvironment, root: string): Pick<ReportJson, 'schemaVersion' | 'tool' | 'root'> {
  return { schemaVersion: SCHEMA_VERSION, tool: { name: 'heaplight', version: environment.version }, root };
}

/** Times of a run over `lines` lines, to a tenth of a millisecond. */
export function timingsOf({ totalMs, timings: { readMs, parseMs, analyzeMs } }: Visit, lines: number): Timings {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { totalMs: round(totalMs), readMs: round(readMs), parseMs: round(parseMs), analyzeMs: round(analyzeMs), linesPerSecond: totalMs > 0 ? Math.round(lines / totalMs * 1000) : 0 };
}

async function execute(environment: CliEnvironment, options: CliOptions, host: Host, root: string, files: readonly FoundFile[], models: readonly unknown[], sink: FileSink, quiet: boolean): Promise<RunResult> {
  const languageOf = (path: string): 'rust' | 'go' | null => environment.plugins.find((plugin) => plugin.extensions.some((extension) => path.endsWith(extension)))?.id ?? null;
  const groups = groupFiles(host, files, languageOf);
  const languageOptions = optionsForPaths(environment.languageOptions(options.toolchains, models), options.args.map((path) => environment.absolute(path)), files);
  const limits = options.maxBytes === null ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, maxBytes: options.maxBytes };
  const kept = options.cache === null ? null : environment.absolute(options.cache);
  const { executor, warnings } = await environment.executor({ host, root, groups, languageOptions, limits, workers: host === environment.host ? options.workers : 0, cache: host === environment.host ? kept : null });
  if (!quiet) for (const warning of warnings) environment.err(`heaplight: ${warning}\n`);
  const cache = kept === null || host !== environment.host ? null : new ReportCache(host, environment.cache(kept), {
    engine: environment.engine, options: JSON.stringify({ root, languageOptions, limits }), groups, textOf: () => null, maxBytes: limits.maxBytes,
  });
  const progress = progressLine(environment, quiet);
  const shelf = environment.shelf();
  try {
    return await runGroups({ groups, executor, cache, shelf, cancellation: NEVER_CANCELLED, onFile: (outcome) => { sink.file(outcome); }, onProgress: ({ done, total }) => { progress.show(done, total); } });
  } finally {
    progress.clear();
    shelf.dispose();
    await executor.dispose();
  }
}

/** Source lines that output quotes, by the path of the file from the working directory. */
export function excerptsOf({ extras, report }: Analysis): ReadonlyMap<string, ProjectionExtra['excerpts']> {
  return new Map([...extras].map(([path, extra]) => [pathFrom(report.root, path), extra.excerpts]));
}

/** A path as a user in the working directory would write it. */
export function shown(environment: CliEnvironment, path: string): string {
  const below = relativePath(environment.cwd, path);
  if (below !== path) return below;
  const from = environment.cwd.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return same <= 1 ? path : [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
}

/** One line on a terminal's standard error that is drawn over. */
function progressLine(environment: CliEnvironment, quiet: boolean): { show(done: number, total: number): void; clear(): void } {
  let drawn = false;
  let last = environment.host.now();
  return {
    show(done, total) {
      const now = environment.host.now();
      if (quiet || !environment.errIsTerminal || now - last < 100) return;
      last = now;
      drawn = true;
      environment.err(`\r\u001b[K${done} of ${total} files`);
    },
    clear() {
      if (drawn) environment.err('\r\u001b[K');
    },
  };
}
