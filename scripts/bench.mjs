// Bundles a benchmark of test/bench/ and runs it: npm run bench -- PATH [--json], with --no-strokes for the
// whole analysis alone, --rounds=N, --profile or --allocations for what it spends by folder and function; or npm run bench -- --editing PATH for key strokes in a session.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const name = process.argv.includes('--editing') ? 'editing' : 'main';
const outfile = `${root}dist/${name === 'main' ? 'bench' : 'editing'}.mjs`; // beside the grammars and assets that a session loads
await build({ absWorkingDir: root, entryPoints: [`test/bench/${name}.ts`], bundle: true, platform: 'node', format: 'esm', outfile, packages: 'external', sourcemap: true, logLevel: 'error' });
const profile = name === 'editing' && process.argv.includes('--profile') ? ['--cpu-prof', `--cpu-prof-dir=${root}dist/profiles`] : [];
const { status } = spawnSync(process.execPath, ['--expose-gc', ...profile, outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 2);
