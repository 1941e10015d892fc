// The performance suite over real corpora: fetches them, builds, measures, writes docs/performance.md. `npm run bench:corpora [-- PART…] [--corpora FOLDER]`.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { corpora: { type: 'string' } } });
const folder = resolve(values.corpora ?? `${root}test/bench/corpora/.fetched`);
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 2);
};
run('scripts/corpora.mjs', folder);
run('esbuild.mjs');
for (const entry of ['corpora/main', 'corpora/whole', 'corpora/pool', 'editing']) {
  const outfile = `${root}dist/${entry === 'corpora/main' ? 'bench-corpora' : entry.split('/').at(-1)}.mjs`; // beside the grammars and assets that they load
  await build({ absWorkingDir: root, entryPoints: [`test/bench/${entry}.ts`], bundle: true, platform: 'node', format: 'esm', outfile, packages: 'external', logLevel: 'error' });
}
run('dist/bench-corpora.mjs', folder, 'test/bench/corpora/corpora.json', 'docs', ...positionals);
