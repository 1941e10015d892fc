// The whole suite in order, ending at the first part that fails, with one closing line. `npm test`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const has = (folder) => existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.test.ts'));
const vitest = (...folders) => ['npx', ['vitest', 'run', ...folders.filter(has)]];
const parts = [
  ['lint', 'npx', ['eslint', '.']],
  ['type check', 'npx', ['tsc', '-b']],
  ['generated files', 'node', ['scripts/generate.mjs', '--check']],
  ['build', 'node', ['esbuild.mjs']],
  ['unit', ...vitest('test/unit', 'test/features')],
  ...(has('test/fixtures') ? [['fixtures', ...vitest('test/fixtures')]] : []),
  ...(has('test/server') ? [['server', 'npx', ['vitest', 'run', '--config', 'test/server/vitest.config.ts']]] : []),
  ['command line', ...vitest('test/cli')],
  ['build systems', 'node', ['test/build-systems/run.mjs']],
  ['reliability, a short part', 'npx', ['vitest', 'run', '--config', 'test/reliability/vitest.config.ts', '--mode', 'short']],
  ...(existsSync(join('test', 'e2e', 'run.mjs')) ? [['end to end', 'node', ['test/e2e/run.mjs']]] : []),
];
let passed = 0;
for (const [name, command, args] of parts) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.log(`\n${passed} passed, 1 failed: ${name}${error ? ` (${error.message})` : ''}`);
    process.exit(1);
  }
  passed++;
  console.log(`── ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
console.log(`\n${passed} passed, 0 failed`);
