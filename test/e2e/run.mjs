// Packages the extension, installs the editor and the browser where they are missing, and runs the end-to-end tests in them.
// HEAPLIGHT_VSIX names another package to test. Arguments go to vitest (`-t hover`).
import { join, resolve } from 'node:path';
import { ensureBrowser } from '../../scripts/editor/browser.mjs';
import { installEditor } from '../../scripts/editor/install.mjs';
import { editorPackage, packaged, root } from '../../scripts/editor/paths.mjs';
import { run } from '../../scripts/editor/processes.mjs';
import { buildPackage, ensureDependencies } from '../../scripts/editor/project.mjs';

/** @param {string} line */
const say = (line) => console.log(line);

try {
  await ensureDependencies(say);
  const given = process.env['HEAPLIGHT_VSIX'] ?? '';
  if (given === '') await buildPackage(say);
  await installEditor(say);
  await ensureBrowser(say);

  // The driver is JavaScript that refers to the browser driver's types, so it can be checked only once that is installed.
  const types = await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--project', editorPackage], { show: true });
  if (types.code !== 0) process.exit(types.code);

  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(editorPackage, 'vitest.config.ts')];
  const env = { ...process.env, HEAPLIGHT_VSIX: given === '' ? packaged : resolve(given) };
  const { code } = await run(process.execPath, [...vitest, ...process.argv.slice(2)], { cwd: root, env, show: true });
  process.exit(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
