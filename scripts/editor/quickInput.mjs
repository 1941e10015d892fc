// The box that opens with F1: the command palette, the way to files and lines, and the questions of commands.
import { until } from './until.mjs';

/** @typedef {import('../../test/e2e/node_modules/playwright-core/types/types.js').Page} Page */

/** @param {Page} page */
const inputOf = (page) => page.locator('.quick-input-widget input.input').first();

/**
 * Presses F1 until the palette is there: a key that arrives while the editor moves its focus is lost.
 * @param {Page} page
 */
async function openPalette(page) {
  const input = inputOf(page);
  const shown = async () => {
    await page.keyboard.press('F1');
    return input.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  };
  await until('the command palette to open', shown, (open) => open);
  return input;
}

/**
 * Enters `value` and accepts an answer.
 * @param {Page} page
 * @param {string} value
 * @param {string} [label] the answer's label; the first answer when left out
 */
export async function pick(page, value, label) {
  const input = await openPalette(page);
  await input.fill(value);
  if (label === undefined) await input.press('Enter');
  else await choose(page, label);
  // A command may ask a question of its own in the same place.
  await until('the quick input to accept', async () => ((await input.isVisible()) ? input.inputValue() : ''), (text) => text !== value);
}

/**
 * Chooses from the list that is open.
 * @param {Page} page
 * @param {string} label
 */
export async function choose(page, label) {
  // By its text, not by its place: the best match is not always the first, and the list may move between looking and clicking.
  const words = label.split(' ').map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  await page.locator('.quick-input-widget .monaco-list-row .label-name').filter({ hasText: new RegExp(`^\\s*${words.join('\\s')}\\s*$`) }).first().click();
}

/**
 * Answers the question that is open.
 * @param {Page} page
 * @param {string} text
 */
export async function answer(page, text) {
  const input = inputOf(page);
  await input.waitFor();
  await input.fill(text);
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
