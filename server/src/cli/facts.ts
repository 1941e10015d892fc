// `heaplight facts DIR`: one package or crate from its own files and the facts of what it imports, for build systems; and the joining of many.
import type { FactsStore, UnitFacts } from '../analysis/language.js';
import { SCHEMA_VERSION, filtered, totalsOf, type ReportJson, type SiteFilter } from '../features/report/document.js';
import type { FileJson } from '../features/report/fileReport.js';
import { fileJsonOf } from '../features/report/fileReport.js';
import { LineIndex } from '../syntax/lineIndex.js';
import { relativePath } from '../workspace/host.js';
import { Failure } from './analysis.js';
import type { CliEnvironment } from './environment.js';
import type { CliOptions } from './options.js';

/** Form of the file that `facts` writes. */
const FACTS_FORMAT = 1;

interface FactsFile {
  readonly heaplightFacts: number;
  readonly engine: string;
  readonly lines: number;
  readonly units: readonly UnitFacts[];
  readonly files: readonly FileJson[];
}

/** Analyses one unit and writes its facts and reports. Reads nothing outside its directory but the imported facts. */
export async function facts(environment: CliEnvironment, options: CliOptions): Promise<number> {
  const [unit] = options.args;
  if (unit === undefined || options.args.length > 1) throw new Failure('facts takes one directory.');
  if (options.output === null) throw new Failure('Say where the facts go: -o FILE.');
  const imported = options.imports.map((path) => readFacts(environment, path));
  const known = new Map(imported.flatMap((file) => file.units).map((one) => [`${one.language}:${one.unit}`, one]));
  const store: FactsStore = { load: (language, id) => known.get(`${language}:${id}`) ?? null, save: () => undefined };
  const directory = environment.absolute(unit);
  if (environment.host.stat(directory)?.kind !== 'directory') throw new Failure(`There is no directory ${unit}.`);
  const { workspace, files } = await environment.unit(directory, options.toolchains, store);
  if (files.length === 0) throw new Failure(`There is no Rust or Go file in ${unit}.`);
  const relative = (path: string): string => relativePath(environment.cwd, path);
  const reports: FileJson[] = [];
  const units = new Map<string, UnitFacts>();
  let lines = 0;
  for (const path of files) {
    const result = workspace.report(path);
    if (result === null) continue;
    const index = new LineIndex(result.report.text);
    lines += index.lineCount - (result.report.text.endsWith('\n') ? 1 : 0);
    reports.push(fileJsonOf(result.report, index, { relative, linesOf: (other) => workspace.sources.linesOf(other) }));
    const own = workspace.engines.factsOf(path);
    if (own) units.set(`${own.language}:${own.unit}`, own);
  }
  const body: FactsFile = { heaplightFacts: FACTS_FORMAT, engine: environment.engine, lines, units: [...units.values()], files: reports };
  const problem = environment.write(environment.absolute(options.output), `${JSON.stringify(body)}\n`);
  if (problem !== null) throw new Failure(`${options.output} cannot be written: ${problem}.`);
  return 0;
}

/** One report from the files that `facts` wrote. */
export function joinedReport(environment: CliEnvironment, options: CliOptions): ReportJson {
  const files = new Map<string, FileJson>();
  let lines = 0;
  const filter: SiteFilter = { minCertainty: options.minCertainty, kinds: options.kinds, cold: !options.noCold };
  for (const path of options.facts) {
    const read = readFacts(environment, path);
    lines += read.lines;
    for (const file of read.files) files.set(file.path, filtered(file, filter));
  }
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    schemaVersion: SCHEMA_VERSION, tool: { name: 'heaplight', version: environment.version }, root: '.', files: sorted, totals: totalsOf(sorted, lines),
    timings: { totalMs: 0, readMs: 0, parseMs: 0, analyzeMs: 0, linesPerSecond: 0 },
  };
}

/** Reads one file of facts; throws {@link Failure} with the file's name and the reason. */
function readFacts(environment: CliEnvironment, path: string): FactsFile {
  const read = environment.host.read(environment.absolute(path), 1024 * 1024 * 1024);
  const wrong = (reason: string): Failure => new Failure(`${path} cannot be used: ${reason}.`);
  if (read.kind !== 'bytes') throw wrong(read.kind === 'missing' ? 'the file does not exist' : read.kind === 'tooLarge' ? 'the file is too large' : read.reason);
  let value: unknown;
  try {
    value = JSON.parse(environment.host.decode(read.bytes).text);
  } catch {
    throw wrong('the file is damaged or no file of facts');
  }
  if (typeof value !== 'object' || value === null || !('heaplightFacts' in value) || !('units' in value) || !('files' in value) || !Array.isArray(value.units) || !Array.isArray(value.files)) throw wrong('the file is no file of facts');
  if (value.heaplightFacts !== FACTS_FORMAT || !('engine' in value) || value.engine !== environment.engine) throw wrong('it was written by another version of Heaplight');
  return value as FactsFile;
}
