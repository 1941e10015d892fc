// Main of the language server under Node: over stdio for any editor, over IPC for VS Code.
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { createConnection } from 'vscode-languageserver/node';
import { startSession } from '../lsp/session.js';
import type { Settings } from '../../../protocol/src/settings.js';
import { cacheDirectory } from './cacheStorage.js';
import { ENGINE_ID, VERSION } from './engineId.js';
import { loadGrammars } from './grammars.js';
import { nodeHost } from './host.js';
import { plugins } from './plugins.js';
import { projectorFor } from './projector.js';
import { languageOptions, NO_TOOLCHAIN_SETTINGS, toolchainProblem, type ToolchainSettings } from './toolchains.js';
import { workerPool } from './workerPool.js';

const distribution = dirname(dirname(fileURLToPath(import.meta.url)));
const pages = join(distribution, '..', 'docs', 'rules.md');
const orFind = (text: string): string | null => (text === '' ? null : text);
const TOOLCHAIN_OF = { 'go.goroot': 'goroot', 'go.modcache': 'modcache', 'go.goos': 'goos', 'go.goarch': 'goarch', 'rust.registry': 'registry' } as const;
const TOOLCHAIN_SETTINGS = Object.keys(TOOLCHAIN_OF) as (keyof typeof TOOLCHAIN_OF)[];
const toolchainsOf = (settings: Settings): ToolchainSettings => ({
  goroot: orFind(settings['go.goroot']), modcache: orFind(settings['go.modcache']), goos: orFind(settings['go.goos']), goarch: orFind(settings['go.goarch']),
  toolchain: settings['go.toolchain'] === 'auto' ? null : settings['go.toolchain'], registry: orFind(settings['rust.registry']), cargoHome: null,
});
const connection = process.argv.some((argument) => /^--(node-ipc|socket|pipe)/.test(argument)) ? createConnection() : createConnection(process.stdin, process.stdout);

startSession(connection, {
  version: VERSION,
  host: nodeHost(distribution),
  plugins,
  loadGrammars: () => loadGrammars(distribution, plugins.map((plugin) => plugin.id)),
  languageOptions: (settings, models) => languageOptions(toolchainsOf(settings), models),
  settingsProblems(settings) {
    const said = toolchainsOf(settings);
    return TOOLCHAIN_SETTINGS.flatMap((name) => {
      const problem = toolchainProblem({ ...NO_TOOLCHAIN_SETTINGS, [TOOLCHAIN_OF[name]]: said[TOOLCHAIN_OF[name]] });
      return problem === null ? [] : [`heaplight.${name}: ${problem}`];
    });
  },
  projector: projectorFor,
  executor({ workers, ...request }) {
    const width = Math.min(request.groups.length, workers === 0 ? Math.max(1, availableParallelism() - 1) : workers);
    return width < 1 ? null : workerPool({ ...request, distribution, script: join(distribution, 'worker.js'), width, projector: projectorFor(request.root) });
  },
  engine: ENGINE_ID,
  storage: cacheDirectory,
  documentation: existsSync(pages) ? pathToFileURL(pages).href : null,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => { clearTimeout(timer); };
  },
});
