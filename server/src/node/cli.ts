// Main of the command line: hands the outside to cli/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CliEnvironment, ExecutorAnswer, ExecutorRequest } from '../cli/environment.js';
import { runCommandLine } from '../cli/main.js';
import { discover } from '../workspace/discovery.js';
import { isWithin, type Host } from '../workspace/host.js';
import { Workspace } from '../workspace/workspace.js';
import { cacheDirectory } from './cacheStorage.js';
import { ENGINE_ID, VERSION } from './engineId.js';
import { revisionOf } from './git.js';
import { loadGrammars } from './grammars.js';
import { absolutePath, nodeHost } from './host.js';
import { plugins } from './plugins.js';
import { projectorFor } from './projector.js';
import { languageOptions } from './toolchains.js';
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
    return { warnings: [], executor: workerPool({ distribution, root, languageOptions: request.languageOptions, limits, documents: [], script: join(distribution, 'worker.js'), width, projector }) };
  }
  const { parsers, failures } = await loadGrammars(distribution, plugins.map((plugin) => plugin.id));
  const workspace = new Workspace({ host: request.host, plugins, parsers, languageOptions: request.languageOptions, limits });
  return { warnings: failures, executor: workspace.executor(projector) };
}

/** The machine's files as a build action may see them: one directory, and nothing beside it. */
function confined(directory: string): Host {
  return {
    ...host,
    read: (path, limit) => (isWithin(directory, path) ? host.read(path, limit) : { kind: 'missing' }),
    stat: (path) => (isWithin(directory, path) ? host.stat(path) : null),
    list: (path) => (isWithin(directory, path) ? host.list(path) : null),
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
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  outIsTerminal: process.stdout.isTTY === true,
  errIsTerminal: process.stderr.isTTY === true,
  noColor: (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb',
  languageOptions: (toolchains, models) => languageOptions(toolchains, models),
  executor,
  cache: cacheDirectory,
  revision: (directory, name) => revisionOf(host, directory, name),
  async unit(directory, toolchains, facts) {
    const own = confined(directory);
    const { parsers } = await loadGrammars(distribution, plugins.map((plugin) => plugin.id));
    const options = languageOptions({ ...toolchains, goroot: 'none', modcache: 'none', cargoHome: 'none' }, []);
    const workspace = new Workspace({ host: own, plugins, parsers, languageOptions: options, facts });
    const found = await discover(own, [directory], { isSource: (name) => plugins.some((plugin) => plugin.extensions.some((extension) => name.endsWith(extension))) });
    const files = found.files.map((file) => file.path).filter((path) => path.endsWith('.rs') || dirname(path) === directory);
    return { workspace, files };
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
