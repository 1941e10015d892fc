// Reads what a window shows. Each function runs in the page, so it can use nothing from outside itself.
/* global document, NodeFilter */

/**
 * @typedef {import('./session.d.mts').ShownLine} ShownLine
 * @typedef {import('./session.d.mts').TreeRow} TreeRow
 */

/** @returns {ShownLine[]} */
export function readLines() {
  const editor = [...document.querySelectorAll('.part.editor .monaco-editor')].find((element) => element.getClientRects().length > 0);
  if (editor === undefined) return [];
  /** @param {Element} element */
  const top = (element) => /** @type {HTMLElement} */ (element).style.top;
  /** @type {Map<string, number>} */
  const numbers = new Map();
  for (const row of editor.querySelectorAll('.margin-view-overlays > div')) {
    const number = row.querySelector('.line-numbers')?.textContent ?? '';
    if (number !== '') numbers.set(top(row), Number(number));
  }
  /** @type {ShownLine[]} */
  const lines = [];
  for (const row of editor.querySelectorAll('.view-lines > .view-line')) {
    const number = numbers.get(top(row));
    if (number === undefined) continue;
    let source = '';
    let text = '';
    /** @type {string[]} */
    const hints = [];
    let joins = false;
    for (const span of row.querySelectorAll(':scope > span > span')) {
      const part = (span.textContent ?? '').replaceAll('\u00a0', ' ').replaceAll(/[\u200b-\u200d]/g, '');
      // Text that is not of the file has a class of its own; padding is an empty span of that class.
      if (/dyn-rule/.test(span.className)) {
        if (part !== '' && joins) hints.push((hints.pop() ?? '') + part);
        else if (part !== '') hints.push(part);
        joins = part !== '';
      } else {
        source += part;
        joins = false;
      }
      text += part;
    }
    lines.push({ number, source, hints: hints.map((hint) => hint.trim()), text });
  }
  return lines.sort((a, b) => a.number - b.number);
}

/**
 * The middle of a token of the file's text, on the first line in view that holds `source`.
 * @param {{ source: string, token: string }} wanted
 * @returns {{ x: number, y: number } | undefined}
 */
export function locate({ source, token }) {
  const editor = [...document.querySelectorAll('.part.editor .monaco-editor')].find((element) => element.getClientRects().length > 0);
  if (editor === undefined) return undefined;
  const rows = [...editor.querySelectorAll('.view-lines > .view-line')].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  for (const row of rows) {
    /** @type {{ node: Text, start: number }[]} */
    const parts = [];
    let text = '';
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (node.parentElement?.closest('[class*="dyn-rule"]')) continue;
      parts.push({ node, start: text.length });
      text += node.data.replaceAll('\u00a0', ' ');
    }
    const base = text.indexOf(source);
    if (base < 0) continue;
    const within = source.indexOf(token);
    const start = within < 0 ? text.indexOf(token) : base + within;
    if (start < 0) continue;
    /** @param {number} offset */
    const place = (offset) => parts.findLast((part) => part.start <= offset);
    const first = place(start);
    const last = place(start + token.length - 1);
    if (first === undefined || last === undefined) continue;
    const range = document.createRange();
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, start + token.length - last.start);
    const { left, top, width, height } = range.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }
  return undefined;
}

/**
 * @param {string} view the name of a tree view
 * @returns {TreeRow[]} its rows in view, from top to bottom
 */
export function readRows(view) {
  const pane = [...document.querySelectorAll('.pane')].find((element) => element.querySelector('.pane-header')?.getAttribute('aria-label')?.startsWith(view));
  const rows = [...(pane?.querySelectorAll('.monaco-list-row') ?? [])].filter((row) => row.getClientRects().length > 0);
  rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  return rows.map((row) => {
    /** @param {string} selector */
    const text = (selector) => (row.querySelector(selector)?.textContent ?? '').replaceAll('\u00a0', ' ');
    const expanded = row.getAttribute('aria-expanded');
    return {
      label: text('.label-name'),
      description: text('.label-description'),
      level: Number(row.getAttribute('aria-level')),
      expanded: expanded === null ? undefined : expanded === 'true',
      selected: row.getAttribute('aria-selected') === 'true',
    };
  });
}

/**
 * The middle of a part of the first row whose label holds `label`.
 * @param {{ view: string, label: string, part: string }} wanted
 * @returns {{ x: number, y: number } | undefined}
 */
export function locatePart({ view, label, part }) {
  const pane = [...document.querySelectorAll('.pane')].find((element) => element.querySelector('.pane-header')?.getAttribute('aria-label')?.startsWith(view));
  const rows = [...(pane?.querySelectorAll('.monaco-list-row') ?? [])].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const row = rows.find((candidate) => (candidate.querySelector('.label-name')?.textContent ?? '').replaceAll('\u00a0', ' ').includes(label));
  const element = row?.querySelector(part);
  if (element === undefined || element === null) return undefined;
  const { left, top, width, height } = element.getBoundingClientRect();
  return width === 0 ? undefined : { x: left + width / 2, y: top + height / 2 };
}

/**
 * Where lines are shown, with their numbers.
 * @param {{ from: number, to: number }} wanted line numbers
 * @returns {{ x: number, y: number, width: number, height: number } | undefined}
 */
export function regionOfLines({ from, to }) {
  const editor = [...document.querySelectorAll('.part.editor .monaco-editor')].find((element) => element.getClientRects().length > 0);
  const rows = [...(editor?.querySelectorAll('.margin-view-overlays > div') ?? [])];
  /** @param {number} number */
  const find = (number) => rows.find((row) => row.querySelector('.line-numbers')?.textContent === String(number))?.getBoundingClientRect();
  const [top, bottom] = [find(from)?.top, find(to)?.bottom];
  const frame = editor?.getBoundingClientRect();
  return top === undefined || bottom === undefined || frame === undefined ? undefined : { x: frame.x, y: top, width: frame.width, height: bottom - top };
}
