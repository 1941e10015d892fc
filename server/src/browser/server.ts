// Main of the language server in a browser's module worker.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { project } from '../features/report/projection.js';
import { goPlugin } from '../languages/go/plugin.js';
import { rustPlugin } from '../languages/rust/plugin.js';
import { startSession } from '../lsp/session.js';
import { relativePath } from '../workspace/host.js';
import { fetchAssets, fetchGrammars } from './grammars.js';
import { browserHost } from './host.js';

declare const __HEAPLIGHT_VERSION__: string | undefined;
const scope = self as unknown as DedicatedWorkerGlobalScope;
const plugins = [goPlugin, rustPlugin];
const assets = new Map<string, string>();
const ASSETS = ['go-std.facts', 'rust-std.facts.json', 'rust-crates.facts.json'];

startSession(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), {
  version: typeof __HEAPLIGHT_VERSION__ === 'string' ? __HEAPLIGHT_VERSION__ : '0.0.0',
  host: browserHost(assets),
  plugins,
  async loadGrammars(given) {
    const base = given ?? '..';
    const [grammars, failures] = await Promise.all([fetchGrammars(base, plugins.map((plugin) => plugin.id)), fetchAssets(base, ASSETS, assets)]);
    return { parsers: grammars.parsers, failures: [...grammars.failures, ...failures] };
  },
  languageOptions: (settings, models) => ({
    go: { goos: settings['go.goos'] || 'linux', goarch: settings['go.goarch'] || 'amd64', goroot: null, modcache: null, toolchain: settings['go.toolchain'] === 'auto' ? null : settings['go.toolchain'] },
    rust: { registry: null },
    models,
  }),
  projector: (root) => (report, findings, lines, linesOf) => project(report, findings, lines, { relative: (path) => relativePath(root, path), linesOf }),
  executor: () => null,
  engine: '',
  storage: () => null,
  documentation: null,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => { clearTimeout(timer); };
  },
});
