// Starts code-server (VS Code in the browser) with fresh folders of its own, which go when it ends.
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { codeServerMain, codeServerNode } from './paths.mjs';
import { descendants, run, startGroup } from './processes.mjs';
import { quietSettings } from './settings.mjs';

/**
 * @typedef {object} EditorServer
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {number} pid of the process group
 * @property {Promise<number>} ended resolves when the server is gone, whatever the reason
 * @property {(folder: string, files?: readonly string[]) => string} urlOf
 * @property {() => Promise<{ pid: number, command: string }[]>} extensionProcesses started by an installed extension
 * @property {() => Promise<void>} resetSettings to those it was started with, for windows that are opened afterwards
 * @property {(folder: string) => Promise<void>} keepLogs copies the logs of the server, the extension host and the extensions
 * @property {() => Promise<void>} end
 */

/**
 * @typedef {object} ServerOptions
 * @property {readonly string[]} [extensions] .vsix files to install
 * @property {Readonly<Record<string, unknown>>} [settings] user settings, on top of those that keep the editor quiet
 * @property {boolean} [trust] every folder is trusted without asking; true when left out
 * @property {number} [idleSeconds] ends by itself after as long without a browser; at least 60
 * @property {number} [graceSeconds] how long a window that lost its connection is waited for; three hours when left out
 */

/**
 * @param {ServerOptions} [options]
 * @returns {Promise<EditorServer>} once it answers; rejects with one sentence for the user
 */
export async function startServer({ extensions = [], settings = {}, trust = true, idleSeconds, graceSeconds } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'heaplight-editor-'));
  const userData = join(home, 'user');
  const extensionsFolder = join(home, 'extensions');
  const serverLog = join(home, 'server.log');
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    await mkdir(join(userData, 'User'), { recursive: true });
    const resetSettings = () => writeFile(join(userData, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
    await resetSettings();
    await writeFile(join(home, 'config.yaml'), 'auth: none\n');
    const folders = ['--config', join(home, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', extensionsFolder];
    const env = environment(home);
    for (const vsix of extensions) await installExtension(vsix, folders, env);

    const group = startGroup(
      codeServerNode,
      [
        codeServerMain,
        ...folders,
        ...['--auth', 'none', '--bind-addr', '127.0.0.1:0'],
        ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy'],
        ...(trust ? ['--disable-workspace-trust'] : []),
        ...(idleSeconds === undefined ? [] : ['--idle-timeout-seconds', String(idleSeconds)]),
        ...(graceSeconds === undefined ? [] : ['--reconnection-grace-time', String(graceSeconds)]),
      ],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const end = async () => {
      await group.end();
      await removeHome();
    };
    try {
      const origin = await listening(group, serverLog);
      const pid = group.child.pid ?? 0;
      return {
        origin,
        pid,
        ended: group.ended,
        urlOf: (folder, files = []) => urlOf(origin, folder, files),
        extensionProcesses: async () => (await descendants(pid)).filter(({ command }) => command.includes(extensionsFolder) && !command.includes('--extensions-dir')),
        resetSettings,
        keepLogs: (folder) => keepLogs(folder, serverLog, join(userData, 'logs')),
        end,
      };
    } catch (error) {
      await group.end();
      throw error;
    }
  } catch (error) {
    await removeHome();
    throw error;
  }
}

/**
 * The environment of the editor: it keeps its own state in `home`, and neither calls a gallery nor listens to an editor around it.
 * @param {string} home
 */
function environment(home) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_|CODE_SERVER_|npm_|VITEST)/.test(name)) delete env[name];
  }
  for (const name of ['PORT', 'PASSWORD', 'HASHED_PASSWORD', 'NODE_OPTIONS', 'NODE_ENV']) delete env[name];
  // Not HOME itself: toolchains find their caches there.
  const folders = { XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config'), XDG_RUNTIME_DIR: home };
  return { ...env, ...folders, EXTENSIONS_GALLERY: '{}' };
}

/**
 * @param {string} vsix
 * @param {readonly string[]} folders
 * @param {NodeJS.ProcessEnv} env
 */
async function installExtension(vsix, folders, env) {
  const { code, output } = await run(codeServerNode, [codeServerMain, ...folders, '--install-extension', vsix, '--force'], { env });
  if (code !== 0 || !/was successfully installed/.test(output)) {
    throw new Error(`The editor did not install ${vsix}: ${output.trim().split('\n').at(-1) ?? ''}`);
  }
}

/**
 * The server chooses a free port itself and names it in its log: nobody else can take it in between.
 * @param {import('./processes.mjs').Group} group
 * @param {string} logFile
 * @returns {Promise<string>} its origin, once /healthz answers
 */
async function listening({ child, ended }, logFile) {
  const log = createWriteStream(logFile, { flags: 'a' });
  let text = '';
  /** @type {Promise<string>} */
  const named = new Promise((resolveOrigin) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        log.write(chunk);
        text += chunk;
        const origin = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
        if (origin !== undefined) {
          text = '';
          resolveOrigin(origin);
        }
      });
    }
  });
  // The folder of the log may be gone before the last line is written.
  log.on('error', () => undefined);
  const early = ended.then((code) => {
    throw new Error(`The editor ended before it was ready (exit code ${code}): ${text.trim().split('\n').at(-1) ?? ''}`);
  });
  early.catch(() => undefined);
  const origin = await Promise.race([named, early]);
  const response = await Promise.race([fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(30_000) }), early]);
  if (!response.ok) throw new Error(`The editor does not answer at ${origin}.`);
  return origin;
}

/**
 * @param {string} origin
 * @param {string} folder
 * @param {readonly string[]} files opened in this order, so that the last one is in front
 */
function urlOf(origin, folder, files) {
  const url = new URL(origin);
  url.searchParams.set('folder', resolve(folder));
  if (files.length > 0) {
    const payload = files.map((file) => ['openFile', `vscode-remote://${url.host}${encodeURI(resolve(folder, file))}`]);
    url.searchParams.set('payload', JSON.stringify(payload));
  }
  return url.href;
}

/**
 * @param {string} folder
 * @param {string} serverLog
 * @param {string} logs
 */
async function keepLogs(folder, serverLog, logs) {
  await mkdir(folder, { recursive: true });
  await cp(serverLog, join(folder, 'server.log')).catch(() => undefined);
  await cp(logs, join(folder, 'logs'), { recursive: true }).catch(() => undefined);
}
