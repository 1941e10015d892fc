// Bundles test/bench/main.ts and runs it: npm run bench -- PATH [--json].
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const outfile = `${root}dist/bench.mjs`;
await build({ absWorkingDir: root, entryPoints: ['test/bench/main.ts'], bundle: true, platform: 'node', format: 'esm', outfile, packages: 'external', logLevel: 'error' });
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 2);
