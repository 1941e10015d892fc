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
  for (const link of chainOf(site)) out.push(palette.dim(`      → ${literal(link)}`));
  return out.join('\n');
}

/** Links of a chain that are shown; of longer ones the first and the last. The report as JSON and the hover have all. */
const LINKS = 4;

/** The way down to the allocation, a line each; none where it would only repeat the head line. */
function chainOf({ callees, what }: SiteJson): string[] {
  const last = callees[callees.length - 1];
  if (last === undefined || (callees.length === 1 && last.path === null && last.what === what)) return [];
  const lines = callees.map((link) => `${link.function}${link.path !== null && link.range ? ` at ${packagePath(link.path)}:${link.range.start.line + 1}` : ''}${link.what ? `: ${link.what}` : ''}`);
  if (!last.what) lines.push(`…: ${what}`); // deeper than chains are kept
  return lines.length <= LINKS ? lines : [lines[0] ?? '', `… ${count(lines.length - 2, 'more call')}`, lines[lines.length - 1] ?? ''];
}

/** The path of a file of a dependency, from the folder of its package: where caches lie says nothing to a reader. */
function packagePath(path: string): string {
  return /^(?:\/|[A-Za-z]:\/).*?\/(?:registry\/src\/[^/]+|pkg\/mod)\/(.+)$/.exec(path)?.[1] ?? path;
}

/** All lines of a file, each ended; empty where there is nothing to say. `lineOf` gives source lines (zero-based), or null. */
export function fileText(file: FileJson, lineOf: (line: number) => string | null, palette: Palette): string {
  const out: string[] = [];
  const at = ({ start }: PositionRange): string => palette.bold(`${literal(file.path)}:${start.line + 1}:${start.character + 1}`);
  for (const [message, ranges] of byMessage(file.problems)) {
    const further = ranges.slice(1, 1 + FURTHER).map((range) => range.start.line + 1);
    const more = ranges.length > 1 ? ` (also line${further.length > 1 ? 's' : ''} ${[...new Set(further)].join(', ')}${ranges.length > 1 + FURTHER ? ` and ${ranges.length - 1 - FURTHER} more` : ''})` : '';
    out.push(`${at(ranges[0] ?? NOWHERE)}: problem: ${literal(message)}${more}\n`);
  }
  for (const site of [...file.sites].sort((a, b) => a.anchor.line - b.anchor.line || a.anchor.character - b.anchor.character)) out.push(`${siteText(file.path, site, lineOf(site.anchor.line), palette)}\n`);
  for (const note of file.notes) out.push(`${at(note.range)}: note: ${literal(note.message)} ${palette.dim(`[${note.rule}]`)}\n`);
  return out.join('');
}

/** Further places of one problem that are named. */
const FURTHER = 5;
const NOWHERE: PositionRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function byMessage(problems: FileJson['problems']): ReadonlyMap<string, readonly PositionRange[]> {
  const found = new Map<string, PositionRange[]>();
  for (const { message, range } of problems) found.set(message, [...(found.get(message) ?? []), range]);
  return found;
}

/** The closing line of a text report. `muted` are the sites that are counted and not shown. */
export function summaryOf(totals: Totals, muted = 0): string {
  const certainties = Object.entries(totals.byCertainty).map(([certainty, sites]) => `${sites} ${certainty}`).join(', ');
  const cold = totals.cold > 0 ? `; ${totals.cold} cold` : '';
  const left = muted > 0 ? `; ${muted} muted, shown with --muted` : '';
  return `${count(totals.sites, 'allocation site')} in ${count(totals.files, 'file')}, ${count(totals.lines, 'line')}${certainties === '' ? '' : ` (${certainties}${cold})`}${left}`;
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
