// A server of VS Code with a browser on it: what the end-to-end tests and the screenshots drive.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBrowser, launchBrowser } from './browser.mjs';
import { installEditor } from './install.mjs';
import { artifacts } from './paths.mjs';
import { startServer } from './server.mjs';
import { testSettings } from './settings.mjs';
import { openWindow } from './workbench.mjs';

export { until } from './until.mjs';

/** Generous, because a window that is open keeps the server busy; only a run that died leaves it idle. */
const idleSeconds = 600;
/** A window that a test has closed does not come back. */
const graceSeconds = 10;

/**
 * @param {import('./session.d.mts').SessionOptions} options
 * @returns {Promise<import('./session.d.mts').Session>}
 */
export async function openSession({ extensions, settings = {}, trust = true, say = () => undefined }) {
  await installEditor(say);
  const chromium = await ensureBrowser(say);
  const server = await startServer({ extensions, settings: { ...testSettings, ...settings }, trust, idleSeconds, graceSeconds });
  const browser = await launchBrowser(chromium).catch(async (error) => {
    await server.end();
    throw error;
  });

  return {
    origin: server.origin,
    extensionProcesses: server.extensionProcesses,
    resetSettings: server.resetSettings,
    async open(folder, files = [], { width = 1280, height = 800, scale = 1 } = {}) {
      // A context of its own: what one window remembers of its layout must not reach the next.
      const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, reducedMotion: 'reduce' });
      return openWindow(await context.newPage(), server.urlOf(folder, files), folder, files.at(-1));
    },
    async keepEvidence(name) {
      const folder = join(artifacts, name.replaceAll(/[^\w]+/g, '-'));
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) {
        await page.screenshot({ path: join(folder, `window-${index + 1}.png`) }).catch(() => undefined);
      }
      await server.keepLogs(folder);
      return folder;
    },
    async end() {
      await browser.close().catch(() => undefined);
      await server.end();
    },
  };
}
