// The report as Markdown: a summary and one table per file, to be pasted into a review.
import type { ReportJson } from './document.js';
import type { SiteJson } from './fileReport.js';

/** The report as a Markdown document. Files without sites are counted, not listed. `muted` are the sites that are counted and not shown. */
export function markdownOf(report: ReportJson, muted = 0): string {
  const { totals } = report;
  const out = ['# Allocations', '', `${count(totals.sites, 'site')} in ${count(totals.files, 'file')}, ${count(totals.lines, 'line')}${totals.cold > 0 ? ` (${totals.cold} cold)` : ''}${muted > 0 ? `; ${muted} muted` : ''}.`, ''];
  const kinds = Object.entries(totals.byKind);
  if (kinds.length > 0) out.push('| kind | sites |', '|---|---:|', ...kinds.map(([kind, sites]) => `| ${kind} | ${sites} |`), '');
  for (const file of report.files) {
    if (file.sites.length === 0 && file.problems.length === 0 && file.notes.length === 0) continue;
    out.push(`## ${escaped(file.path)}`, '');
    if (file.sites.length > 0) {
      out.push('| line | what | kind | certainty | where | rule |', '|---:|---|---|---|---|---|');
      for (const site of file.sites) out.push(`| ${site.anchor.line + 1} | ${escaped(describe(site))} | ${site.kind} | ${site.certainty} | ${escaped(whereOf(site))} | ${site.rule} |`);
      out.push('');
    }
    for (const note of file.notes) out.push(`- line ${note.range.start.line + 1}: ${escaped(note.message)} (${note.rule})`);
    for (const problem of file.problems) out.push(`- line ${problem.range.start.line + 1}: ${escaped(problem.message)}`);
    if (file.notes.length + file.problems.length > 0) out.push('');
  }
  return `${out.join('\n').trimEnd()}\n`;
}

/** `3 sites`, `1 site`. */
export function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}

/** What a site puts on the heap, with size and condition. */
export function describe(site: Pick<SiteJson, 'what' | 'size' | 'when' | 'certainty'>): string {
  const size = site.size ? `, ${site.size.exact ? '' : 'at least '}${bytes(site.size.bytes)}` : '';
  const when = site.certainty !== 'always' && site.when ? `, when ${site.when}` : '';
  return `${site.what}${size}${when}`;
}

/** `24 bytes`, `4 KiB`. */
export function bytes(value: number): string {
  if (value >= 1024 * 1024 && value % (1024 * 1024) === 0) return `${value / (1024 * 1024)} MiB`;
  if (value >= 1024 && value % 1024 === 0) return `${value / 1024} KiB`;
  return value === 1 ? '1 byte' : `${value} bytes`;
}

function whereOf(site: SiteJson): string {
  const loop = site.loopDepth > 0 ? ` ×loop${site.loopDepth > 1 ? ` (depth ${site.loopDepth})` : ''}` : '';
  return `${site.function ? `\`${site.function}\`` : ''}${loop}${site.cold ? ` cold: ${site.cold}` : ''}${site.muted ? ` muted: ${site.muted}` : ''}`.trim();
}

function escaped(text: string): string {
  return text.replace(/[|<]/g, (found) => (found === '|' ? '\\|' : '&lt;')).replace(/\r?\n/g, ' ');
}
