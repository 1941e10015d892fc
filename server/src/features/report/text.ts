// The report for a terminal, in the manner of a linter: file:line:column, what and how certain, the source line, a mark under the cause.
import type { PositionRange } from '../../syntax/lineIndex.js';
import type { Totals } from './document.js';
import type { FileJson, SiteJson } from './fileReport.js';
import { count, describe } from './markdown.js';

/** How text is coloured. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly always: (text: string) => string;
  readonly conditional: (text: string) => string;
  readonly possible: (text: string) => string;
}

const plain = (text: string): string => text;
const sgr = (code: string) => (text: string): string => `\u001b[${code}m${text}\u001b[0m`;

/** No colour at all. */
export const PLAIN: Palette = { bold: plain, dim: plain, always: plain, conditional: plain, possible: plain };

/** Colours of a terminal. */
export const COLOURED: Palette = { bold: sgr('1'), dim: sgr('2'), always: sgr('31'), conditional: sgr('33'), possible: sgr('36') };

const GLYPHS = { always: '⬢', conditional: '⬡', possible: '◌' } as const;

/** One site: a head line, the source line and the mark. `line` is the text of the anchor's line, null when not at hand. */
export function siteText(path: string, site: SiteJson, line: string | null, palette: Palette): string {
  const glyph = site.kind === 'refcount' ? '↻' : GLYPHS[site.certainty];
  const tags = [site.certainty, ...(site.loopDepth > 0 ? [site.loopDepth > 1 ? `in a loop, depth ${site.loopDepth}` : 'in a loop'] : []), ...(site.cold ? [`cold: ${site.cold}`] : []), ...(site.muted ? [`muted: ${site.muted}`] : [])];
  const place = `${literal(path)}:${site.anchor.line + 1}:${site.anchor.character + 1}`;
  const out = [`${palette.bold(place)}: ${palette[site.certainty](`${glyph} ${site.kind}`)}: ${literal(describe(site))} ${palette.dim(`(${tags.join(', ')}) [${site.rule}]`)}`];
  if (line !== null) out.push(...excerpt(line, site.anchor.character, markLength(site), site.anchor.line + 1, palette, site));
  for (const link of site.callees) out.push(palette.dim(`      → ${literal(link.function)}${link.path && link.range ? ` at ${literal(link.path)}:${link.range.start.line + 1}` : ''}${link.what ? `: ${literal(link.what)}` : ''}`));
  return out.join('\n');
}

/** All lines of a file, each ended; empty where there is nothing to say. `lineOf` gives source lines (zero-based), or null. */
export function fileText(file: FileJson, lineOf: (line: number) => string | null, palette: Palette): string {
  const out: string[] = [];
  const at = ({ start }: PositionRange): string => palette.bold(`${literal(file.path)}:${start.line + 1}:${start.character + 1}`);
  for (const problem of file.problems) out.push(`${at(problem.range)}: problem: ${literal(problem.message)}\n`);
  for (const site of file.sites) out.push(`${siteText(file.path, site, lineOf(site.anchor.line), palette)}\n`);
  for (const note of file.notes) out.push(`${at(note.range)}: note: ${literal(note.message)} ${palette.dim(`[${note.rule}]`)}\n`);
  return out.join('');
}

/** The closing line of a text report. */
export function summaryOf(totals: Totals): string {
  const certainties = Object.entries(totals.byCertainty).map(([certainty, sites]) => `${sites} ${certainty}`).join(', ');
  const cold = totals.cold > 0 ? `; ${totals.cold} cold` : '';
  return `${count(totals.sites, 'allocation site')} in ${count(totals.files, 'file')}, ${count(totals.lines, 'line')}${certainties === '' ? '' : ` (${certainties}${cold})`}`;
}

/** Text of strangers without what a terminal would obey: escapes, line breaks, changes of direction. */
function literal(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd');
}

function markLength(site: SiteJson): number {
  const { start, end } = site.range;
  if (start.line !== site.anchor.line || start.character !== site.anchor.character || end.line !== start.line) return 1;
  return Math.max(1, end.character - start.character);
}

/** Widest part of a source line that is shown: generated code has lines of megabytes. */
const WIDTH = 160;

function excerpt(line: string, column: number, length: number, number: number, palette: Palette, site: SiteJson): string[] {
  const from = column > WIDTH - 40 ? column - 40 : 0;
  const shown = line.slice(from, from + WIDTH).replace(/[^\P{C}\t]/gu, ' ');
  const gutter = String(number).padStart(5);
  const before = `${from > 0 ? '…' : ''}`;
  const pad = before.replace(/./g, ' ') + shown.slice(0, column - from).replace(/[^\t]/gu, (unit) => ' '.repeat(widthOf(unit)));
  const mark = '^'.padEnd(Math.min(length, Math.max(1, shown.length - (column - from))), '~');
  return [`${palette.dim(`${gutter} |`)} ${before}${shown}`, `${palette.dim('      |')} ${pad}${palette[site.certainty](mark)}`];
}

/** Columns that a character takes in a terminal: wide ones (East Asian, emoji) two, combining marks none. */
function widthOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
}
