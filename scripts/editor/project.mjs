// The project itself, made ready to run: its dependencies, its build, its package.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packaged, root } from './paths.mjs';
import { npm } from './processes.mjs';

/** @typedef {{ optional?: boolean, version?: string, link?: boolean }} LockedPackage */

/**
 * Installs the dependencies when they are missing or not those of package-lock.json.
 * @param {(line: string) => void} say
 */
export async function ensureDependencies(say) {
  if (await areInstalled()) return;
  say('Installing dependencies…');
  await script(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed');
}

/** Compared with npm's own record of what it installed, so that whoever ran `npm ci` need not do it again. */
async function areInstalled() {
  const [wanted, installed] = await Promise.all([lock('package-lock.json'), lock(join('node_modules', '.package-lock.json'))]);
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || optional === true || installed[path]?.version === version);
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, LockedPackage> | undefined>}
 */
async function lock(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Builds the bundles and dist/heaplight.vsix, which `npm run package` does in one.
 * @param {(line: string) => void} say
 */
export async function buildPackage(say) {
  say(`Building ${relative(root, packaged)}…`);
  await script(['run', '--silent', 'package'], 'The build failed');
  if (!existsSync(packaged)) throw new Error(`The build wrote no ${relative(root, packaged)}.`);
}

/** @returns {Promise<string>} the program that `npm ci && npm run build` leaves */
export async function commandLine() {
  const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, bin.heaplight);
}

/**
 * @param {string[]} args of npm
 * @param {string} failure
 */
async function script(args, failure) {
  const { code, output } = await npm(args, { cwd: root });
  if (code !== 0) throw new Error(`${failure}:\n${output.trim()}`);
}
