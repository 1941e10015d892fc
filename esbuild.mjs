// Bundles everything that ships into dist/ and puts the grammars and assets beside it. `--watch` is not here: a build takes about a second.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(root, ...parts);
const require = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const production = !process.argv.includes('--development');

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist/grammars'), { recursive: true });
mkdirSync(at('dist/assets'), { recursive: true });

// The grammars come from their pinned packages, checked against grammars/manifest.json, which ships with them so that a damaged one is found.
await import('./scripts/grammars.mjs');
for (const language of ['rust', 'go']) {
  const name = `tree-sitter-${language}.wasm`;
  copyFileSync(at('grammars', name), at('dist/grammars', name));
}
copyFileSync(at('grammars/manifest.json'), at('dist/grammars/manifest.json'));
copyFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), at('dist/web-tree-sitter.wasm'));
for (const name of readdirSync(at('server/assets'))) if (statSync(at('server/assets', name)).isFile()) copyFileSync(at('server/assets', name), at('dist/assets', name));

const define = { __HEAPLIGHT_VERSION__: JSON.stringify(manifest.version), __HEAPLIGHT_ENGINE__: JSON.stringify(engineHash()) };
const common = { bundle: true, absWorkingDir: root, define, minify: production, keepNames: false, sourcemap: production ? false : 'linked', legalComments: 'none', logLevel: 'warning', metafile: false };
const requireInModules = "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";
const node = { ...common, platform: 'node', target: 'node20', format: 'esm', banner: { js: requireInModules } };
const browser = { ...common, platform: 'browser', target: 'es2022', conditions: ['browser'] };

await Promise.all([
  build({ ...node, entryPoints: [at('server/src/node/cli.ts')], outfile: at('dist/cli.js'), banner: { js: `#!/usr/bin/env node\n${requireInModules}` } }),
  build({ ...node, entryPoints: [at('server/src/node/worker.ts')], outfile: at('dist/worker.js') }),
  build({ ...node, entryPoints: [at('server/src/node/server.ts')], outfile: at('dist/server/node.js') }),
  // A module worker: whatever asks for a module of Node's there is a mistake, so nothing is external but the two that web-tree-sitter imports only under Node.
  build({ ...browser, format: 'esm', entryPoints: [at('server/src/browser/server.ts')], outfile: at('dist/server/browser.js'), external: ['fs/promises', 'module'] }),
  build({ ...common, platform: 'node', target: 'node20', format: 'cjs', entryPoints: [at('client/src/node/main.ts')], outfile: at('dist/client/node.cjs'), external: ['vscode'] }),
  build({ ...browser, format: 'cjs', entryPoints: [at('client/src/browser/main.ts')], outfile: at('dist/client/browser.cjs'), external: ['vscode'] }),
]);
chmodSync(at('dist/cli.js'), 0o755);

/** Identifies what decides a report: sources of the engine, its assets and its grammars. Caches of another engine are not read. */
function engineHash() {
  const hash = createHash('sha256');
  const add = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (!path.endsWith('tsconfig.json')) hash.update(path.slice(root.length).replaceAll('\\', '/')).update(readFileSync(path));
  };
  for (const part of ['server/src/syntax', 'server/src/analysis', 'server/src/languages', 'server/src/workspace', 'server/src/features/report', 'dist/assets', 'dist/grammars']) add(at(part));
  return hash.digest('hex').slice(0, 16);
}
