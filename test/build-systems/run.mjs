// Tests of examples/ with the build systems themselves. Installs what is missing where it can (Debian, as root), and says what it needs where it cannot.
// npm run test:build-systems
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const hasBazel = () => runs('bazel', '--version');

if (!hasBazel() && process.getuid?.() === 0 && runs('apt-get', '--version')) {
  console.log('installing bazel-bootstrap');
  const install = () => runs('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'bazel-bootstrap');
  if (!install()) {
    runs('apt-get', 'update', '-qq');
    install();
  }
}
if (!hasBazel()) {
  console.error('bazel is missing and could not be installed: install it (Debian: apt-get install bazel-bootstrap) to run the tests of build systems.');
  process.exit(1);
}
process.exit(spawnSync('npx', ['vitest', 'run', '--config', 'test/build-systems/vitest.config.ts'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1);
