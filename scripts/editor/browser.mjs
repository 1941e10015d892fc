// Finds Chromium, or installs it where that is one command, and starts it under Playwright.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { editorPackage } from './paths.mjs';
import { run } from './processes.mjs';

/** @typedef {import('../../test/e2e/node_modules/playwright-core/types/types.js').Browser} Browser */

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const advice = 'Install Chromium or Google Chrome, or name its program in HEAPLIGHT_CHROMIUM.';

/**
 * The path of a Chromium that runs; on Debian and Ubuntu, as root, it is installed when there is none.
 * @param {(line: string) => void} say told what is going on, when it takes longer than a moment
 * @returns {Promise<string>} rejects with one sentence for the user
 */
export async function ensureBrowser(say) {
  const named = process.env['HEAPLIGHT_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (await runs(named)) return named;
    throw new Error(`HEAPLIGHT_CHROMIUM names ${named}, which is no Chromium that runs here.`);
  }
  const found = await find();
  if (found !== undefined) return found;
  if (!(await isDebianRoot())) throw new Error(`No Chromium was found. ${advice}`);

  say('Installing Chromium…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A list that cannot be brought up to date may still be good enough; if not, the installation says so.
  await run('apt-get', ['update', '-qq'], { env });
  const { code, output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  const installed = await find();
  if (installed !== undefined) return installed;
  const reason = output.split('\n').find((line) => line.startsWith('E: '))?.slice(3);
  throw new Error(`Chromium could not be installed (${reason ?? `apt-get ended with ${code}`}). ${advice}`);
}

/** @returns {Promise<string | undefined>} */
async function find() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...candidates, ...elsewhere]) {
    if (existsSync(path) && (await runs(path))) return path;
  }
  return undefined;
}

/**
 * On Ubuntu `chromium-browser` may be a script that only asks for a snap, so that being there is not enough.
 * @param {string} path
 */
async function runs(path) {
  const { code, output } = await run(path, ['--version']);
  return code === 0 && /Chrom|Edge/.test(output);
}

async function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

/**
 * Starts a browser with a fresh profile. It ends with this process.
 * @param {string} executablePath
 * @returns {Promise<Browser>}
 */
export async function launchBrowser(executablePath) {
  // Playwright belongs to the package of the tests, where a plain import from here would not look.
  /** @type {typeof import('../../test/e2e/node_modules/playwright-core/index.js')} */
  const { chromium } = createRequire(join(editorPackage, 'package.json'))('playwright-core');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
    ],
  });
}
