// Main of the command line: hands the outside to cli/.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CliEnvironment, ExecutorAnswer, ExecutorRequest } from '../cli/environment.js';
import { runCommandLine } from '../cli/main.js';
import { discover } from '../workspace/discovery.js';
import { groupFiles } from '../workspace/groups.js';
import { placeOfUnit, unitHost } from '../workspace/unitHost.js';
import { NO_FACTS, Workspace } from '../workspace/workspace.js';
import { cacheDirectory } from './cacheStorage.js';
import { patient } from './compiler.js';
import { ENGINE_ID, VERSION } from './engineId.js';
import { revisionOf } from './git.js';
import { KeptFacts } from './keptFacts.js';
import { keptLibraries } from './keptLibraries.js';
import { loadGrammars } from './grammars.js';
import { absolutePath, nodeHost } from './host.js';
import { outcomeShelf } from './outcomeShelf.js';
import { makeDirectory } from './makeDirectory.js';
import { plugins } from './plugins.js';
import { projectorFor } from './projector.js';
import { languageOptions, toolchainProblem } from './toolchains.js';
import { workerPool } from './workerPool.js';

const distribution = dirname(fileURLToPath(import.meta.url));
const host = nodeHost(distribution);

/** Bytes below which threads cost more than they bring. */
const SMALL = 512 * 1024;

async function executor(request: ExecutorRequest): Promise<ExecutorAnswer> {
  const { root, groups, limits } = request;
  const size = groups.reduce((sum, group) => sum + group.size, 0);
  const wanted = request.workers ?? (size < SMALL ? 0 : availableParallelism() - 1);
  const width = Math.min(wanted, groups.length);
  const projector = projectorFor(root);
  if (width > (request.workers === null ? 1 : 0)) {
    return { warnings: [], executor: workerPool({ distribution, root, languageOptions: request.languageOptions, limits, documents: [], cache: request.cache, script: join(distribution, 'worker.js'), width, projector }) };
  }
  const { parsers, failures } = await loadGrammars(distribution, plugins.map((plugin) => plugin.id));
  const facts = keptLibraries(size < SMALL ? NO_FACTS : new KeptFacts(), request.host, request.languageOptions, request.cache);
  const workspace = new Workspace({ host: request.host, plugins, parsers, languageOptions: request.languageOptions, limits, facts });
  const own = workspace.executor(projector, size < SMALL ? null : facts);
  return {
    warnings: failures,
    executor: patient({
      ...own,
      async run(some, cancellation, hooks) {
        await own.run(some, cancellation, hooks);
        facts.writeAll();
      },
    }),
  };
}

const environment: CliEnvironment = {
  version: VERSION,
  engine: ENGINE_ID,
  cwd: absolutePath('.'),
  host,
  plugins,
  absolute: absolutePath,
  out: (text) => { process.stdout.write(text); },
  err: (text) => { process.stderr.write(text); },
  write(path, text) {
    try {
      makeDirectory(dirname(path));
      writeFileSync(path, text);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  outIsTerminal: process.stdout.isTTY === true,
  errIsTerminal: process.stderr.isTTY === true,
  noColor: (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb',
  toolchainProblem,
  languageOptions: (toolchains, models) => languageOptions(toolchains, models),
  executor,
  cache: cacheDirectory,
  shelf: () => outcomeShelf(),
  revision: (directory, name) => revisionOf(host, directory, name),
  async unit({ directory, root, toolchains, facts, limits, models }) {
    const place = placeOfUnit(host, directory, root);
    if (place === null) return null;
    const own = unitHost(host, place);
    const { parsers, failures } = await loadGrammars(distribution, plugins.map((plugin) => plugin.id));
    const options = languageOptions({ ...toolchains, goroot: 'none', modcache: 'none', cargoHome: 'none' }, models);
    const workspace = new Workspace({ host: own, plugins, parsers, languageOptions: options, limits, facts });
    const found = await discover(own, [place.directory], { isSource: (name) => workspace.engines.languageOf(name) !== null });
    const groups = groupFiles(own, found.files, (path) => workspace.engines.languageOf(path));
    return { workspace, files: groups.filter((group) => group.directory === place.directory).flatMap((group) => group.files), warnings: failures };
  },
  async serve() {
    await import(pathToFileURL(join(distribution, 'server', 'node.js')).href);
    return new Promise<number>(() => undefined); // the server ends the process
  },
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has had enough
  throw error;
});
process.exitCode = await runCommandLine(process.argv.slice(2), environment);
