// Runs every generator of scripts/generate-*.mjs; with --check they only say what is stale. `npm run generate`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
let failed = 0;
for (const name of readdirSync(here).filter((file) => /^generate-.*\.mjs$/.test(file)).sort()) {
  if (spawnSync(process.execPath, [join(here, name), ...process.argv.slice(2)], { stdio: 'inherit' }).status !== 0) {
    console.log(`${name} failed`);
    failed++;
  }
}
process.exit(failed === 0 ? 0 : 1);
