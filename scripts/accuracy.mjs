// Bundles the accuracy harness and runs it with the given arguments; the command line must have been built before.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from 'esbuild';

if (!existsSync('dist/cli.js')) {
  console.error('dist/cli.js is missing: run `npm run build` first');
  process.exit(2);
}
await build({ entryPoints: ['test/accuracy/main.ts'], bundle: true, platform: 'node', format: 'esm', outfile: 'dist/test/accuracy.mjs', logLevel: 'warning' });
process.exit(spawnSync(process.execPath, ['dist/test/accuracy.mjs', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 2);
