// Drives one window of VS Code through what it shows.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { locate, locatePart, readLines, readRows, regionOfLines } from './dom.mjs';
import { answer, choose, pick } from './quickInput.mjs';
import { plain } from './text.mjs';
import { until } from './until.mjs';

/** How often a row must be seen at the same place, 50 ms apart, before it is clicked. */
const LOOKS_AT_REST = 4;

/** @typedef {import('../../test/e2e/node_modules/playwright-core/types/types.js').Page} Page */
/** @typedef {import('./session.d.mts').WaitOptions} WaitOptions */
/** @typedef {import('./session.d.mts').Workbench} Workbench */

/** The first window of a server loads all of VS Code. */
const firstWindow = { timeout: 60_000 };

/**
 * @param {Page} page
 * @param {string} url
 * @param {string} folder
 * @param {string | undefined} file that comes to the front
 * @returns {Promise<import('./session.d.mts').Workbench>}
 */
export async function openWindow(page, url, folder, file) {
  await page.goto(url);
  await page.locator('.monaco-workbench .part.statusbar').waitFor(firstWindow);
  const workbench = new Window(page, folder);
  if (file !== undefined) await workbench.waitForContent(resolve(folder, file), firstWindow);
  return workbench;
}

/** @implements {Workbench} */
class Window {
  /**
   * @param {Page} page
   * @param {string} folder
   */
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
  }

  /** @param {string} file */
  async openFile(file) {
    const path = resolve(this.folder, file);
    await pick(this.page, path, basename(path));
    await this.waitForContent(path);
  }

  /**
   * @param {string} path
   * @param {WaitOptions} [options]
   */
  async waitForContent(path, options) {
    await this.waitForFile(basename(path), options);
    const first = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
    const shown = first.replaceAll('\t', ' ').trim().slice(0, 60);
    await this.waitForLines(`the text of ${path}`, (lines) => (lines[0]?.source ?? '').trim().startsWith(shown), options);
  }

  /**
   * @param {string} baseName
   * @param {WaitOptions} [options]
   */
  async waitForFile(baseName, options) {
    const tabs = this.page.locator('.part.editor .editor-group-container.active .tab.active');
    const names = () => tabs.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-resource-name')));
    await until(`the editor of ${baseName}`, names, (shown) => shown.includes(baseName), options);
  }

  lines() {
    return this.page.evaluate(readLines);
  }

  /**
   * @param {string} what
   * @param {(lines: readonly import('./session.d.mts').ShownLine[]) => boolean} accept
   * @param {WaitOptions} [options]
   */
  waitForLines(what, accept, options) {
    const show = (/** @type {readonly import('./session.d.mts').ShownLine[]} */ lines) => lines.map(({ number, text }) => `${number}: ${text}`).join('\n');
    return until(what, () => this.lines(), accept, options, show);
  }

  /**
   * @param {string} source
   * @param {readonly (string | RegExp)[]} hints
   * @param {WaitOptions} [options]
   */
  async waitForHints(source, hints, options) {
    /** @param {import('./session.d.mts').ShownLine} line */
    const matches = (line) =>
      line.source.includes(source) && line.hints.length === hints.length && hints.every((hint, index) => (typeof hint === 'string' ? hint === line.hints[index] : hint.test(line.hints[index] ?? '')));
    const lines = await this.waitForLines(`the hints ${hints.join(', ') || '(none)'} on the line with ${source}`, (shown) => shown.some(matches), options);
    return /** @type {import('./session.d.mts').ShownLine} */ (lines.find(matches));
  }

  /**
   * @param {number} line
   * @param {number} [column]
   */
  async goTo(line, column = 1) {
    await pick(this.page, `:${line}:${column}`);
    await this.waitForCursor(line, column);
  }

  async cursor() {
    const text = await this.page.locator('#status\\.editor\\.selection').textContent();
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(plain(text ?? '')) ?? [];
    return { line: Number(line), column: Number(column) };
  }

  /**
   * @param {number} line
   * @param {number} [column]
   */
  async waitForCursor(line, column) {
    const what = `the cursor at line ${line}${column === undefined ? '' : `, column ${column}`}`;
    await until(what, () => this.cursor(), (at) => at.line === line && (column === undefined || at.column === column));
  }

  /**
   * @param {string} source
   * @param {string} token
   */
  async hover(source, token) {
    await this.closeHover();
    await this.waitForLines(`a line with ${source}`, (lines) => lines.some((line) => line.source.includes(source)));
    const { page } = this;
    const at = await until(`${token} on the line with ${source}`, () => page.evaluate(locate, { source, token }), (point) => point !== undefined);
    // The hover opens on movement, not on presence.
    await page.mouse.move(at?.x ?? 0, (at?.y ?? 0) - 1);
    await page.mouse.move(at?.x ?? 0, at?.y ?? 0);
    return this.hoverText();
  }

  async hoverText() {
    const hover = this.page.locator('.part.editor .monaco-resizable-hover .monaco-hover:visible, .part.editor .monaco-hover:visible').first();
    await hover.waitFor();
    return until('the text of the hover', async () => plain(await hover.innerText().catch(() => '')), (text) => text.trim() !== '' && !/^Loading\.\.\.$/m.test(text));
  }

  async closeHover() {
    const { page } = this;
    const hovers = page.locator('.monaco-hover:visible');
    if ((await hovers.count()) === 0) return;
    await page.mouse.move(1, 1);
    await page.locator('.part.editor .monaco-editor textarea, .part.editor .native-edit-context').first().press('Escape');
    await until('the hover to close', () => hovers.count(), (count) => count === 0);
  }

  /** @param {string} title */
  async command(title) {
    await pick(this.page, `>${title}`, title);
  }

  /** @param {string} label */
  choose(label) {
    return choose(this.page, label);
  }

  /** @param {string} text */
  answer(text) {
    return answer(this.page, text);
  }

  /** @param {Readonly<Record<string, unknown>>} changes */
  async changeSettings(changes) {
    const { page } = this;
    await this.command('Preferences: Open User Settings (JSON)');
    await this.waitForFile('settings.json');
    const area = page.locator('.part.editor .view-lines').filter({ visible: true }).first();
    await until('the settings', () => area.innerText(), (text) => text.includes('{'));
    await area.click();
    await page.keyboard.press('Control+End');
    // JSON with comments takes the last of two equal keys, so what is added rules.
    await page.keyboard.press('Backspace');
    await page.keyboard.insertText(`, ${JSON.stringify(changes).slice(1)}`);
    await page.keyboard.press('Control+S');
    await until('the settings to be saved', () => page.locator('.part.editor .tab.active.dirty').count(), (count) => count === 0);
    await this.command('View: Close Editor');
    await until('the settings to close', () => page.locator('.tab.active[data-resource-name="settings.json"]').count(), (count) => count === 0);
  }

  /** @param {string} text */
  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** @param {string} key */
  async press(key) {
    await this.page.keyboard.press(key);
  }

  /** @param {string} view */
  rows(view) {
    return this.page.evaluate(readRows, view);
  }

  /**
   * @param {string} view
   * @param {string} what
   * @param {(rows: readonly import('./session.d.mts').TreeRow[]) => boolean} accept
   * @param {WaitOptions} [options]
   */
  waitForRows(view, what, accept, options) {
    return until(what, () => this.rows(view), accept, options);
  }

  /**
   * @param {string} view
   * @param {string} label
   * @param {string} part of the row, as a selector
   */
  async clickIn(view, label, part) {
    await this.waitForRows(view, `a row with ${label}`, (rows) => rows.some((row) => row.label.includes(label)));
    // Rows move while their neighbours open and while the list is filled anew: several looks must agree.
    let before = '';
    let agreed = 0;
    const read = () => this.page.evaluate(locatePart, { view, label, part });
    const at = await until(`the row with ${label} to rest`, read, (point) => {
      const now = JSON.stringify(point);
      agreed = point !== undefined && now === before ? agreed + 1 : 0;
      before = now;
      return agreed === LOOKS_AT_REST;
    });
    await this.page.mouse.click(at?.x ?? 0, at?.y ?? 0);
  }

  /**
   * @param {string} view
   * @param {string} label
   */
  async toggleRow(view, label) {
    const isOpen = async () => (await this.rows(view)).find((row) => row.label.includes(label))?.expanded;
    const before = await isOpen();
    await this.clickIn(view, label, '.monaco-tl-twistie');
    await until(`the row with ${label} to ${before === true ? 'close' : 'open'}`, isOpen, (now) => now === !before);
  }

  /**
   * @param {string} view
   * @param {string} label
   */
  async clickRow(view, label) {
    const selected = async () => (await this.rows(view)).filter((row) => row.selected).map((row) => row.label);
    const isSelected = (/** @type {readonly string[]} */ labels) => labels.some((shown) => shown.includes(label));
    // A list that is filled between look and click puts another row under the pointer: then the right one is clicked as well.
    for (let tries = 1; ; tries++) {
      await this.clickIn(view, label, '.label-name');
      try {
        await until(`the row with ${label} to be selected`, selected, isSelected, { timeout: 3000 });
        return;
      } catch (error) {
        if (tries === 3) throw error;
      }
    }
  }

  async status() {
    const texts = await this.page.locator('.part.statusbar .statusbar-item:not(.hidden)').allInnerTexts();
    return texts.map((text) => plain(text).trim()).filter((text) => text !== '');
  }

  /**
   * @param {string | RegExp} accept
   * @param {WaitOptions} [options]
   */
  async waitForStatus(accept, options) {
    /** @param {string} text */
    const matches = (text) => (typeof accept === 'string' ? text === accept : accept.test(text));
    const texts = await until(`${accept} in the status bar`, () => this.status(), (shown) => shown.some(matches), options);
    return texts.find(matches) ?? '';
  }

  async notifications() {
    return (await this.page.locator('.notification-list-item-message').allInnerTexts()).map(plain);
  }

  /**
   * @param {string} first
   * @param {string} last
   */
  async regionOfLines(first, last) {
    const lines = await this.lines();
    const from = lines.find(({ source }) => source.includes(first))?.number ?? 0;
    const to = lines.find(({ source, number }) => number >= from && source.includes(last))?.number ?? 0;
    const region = await this.page.evaluate(regionOfLines, { from, to });
    if (region === undefined) throw new Error(`The lines from “${first}” to “${last}” are not in view.`);
    return region;
  }

  /**
   * @param {string} path
   * @param {import('./session.d.mts').Region} [region]
   */
  async screenshot(path, region) {
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide', ...(region === undefined ? {} : { clip: region }) });
  }

  async close() {
    await this.page.context().close();
  }
}
