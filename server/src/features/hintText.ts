// The words of a hint: a glyph that carries the certainty, one word for the kind, a size or a loop where there is room.
import type { AllocationKind, AllocationSite, Certainty } from '../analysis/site.js';

/** How much a hint says. */
export type HintStyle = 'icon' | 'short' | 'full';

/** Longest short hint, in UTF-16 units, glyph and spaces included. */
const SHORT_LIMIT = 18;
/** Longest full hint. */
const FULL_LIMIT = 60;

const GLYPHS: Readonly<Record<Certainty, string>> = { always: '⬢', conditional: '⬡', possible: '◌' };

const WORDS: Readonly<Record<AllocationKind, string>> = {
  box: 'box', refcounted: 'refcounted', buffer: 'buffer', growth: 'grows', copy: 'copy', format: 'format', closure: 'closure', boxing: 'boxed',
  escape: 'escapes', task: 'task', channel: 'channel', error: 'error', callee: 'in callee', refcount: 'count',
};

/** The glyph of a site. */
export function glyphOf(site: Pick<AllocationSite, 'kind' | 'certainty'>): string {
  return site.kind === 'refcount' ? '↻' : GLYPHS[site.certainty];
}

/** The hint of the sites that share a spot, in one label. `sites` is not empty. */
export function hintLabel(sites: readonly AllocationSite[], style: HintStyle, text: string): string {
  const ordered = [...sites].sort(byCertainty);
  if (style === 'icon') return [...new Set(ordered.map(glyphOf))].join('');
  if (style === 'full') return cut(ordered.map(fullLabel).join(' · '), FULL_LIMIT);
  const first = ordered[0] as AllocationSite;
  if (ordered.length === 1) return shortLabel(first, text);
  const loop = ordered.some((site) => site.loopDepth > 0) ? ' ×loop' : '';
  const words = new Map<string, string>();
  for (const site of ordered) if (!words.has(wordOf(site, text))) words.set(wordOf(site, text), glyphOf(site));
  if (words.size === 1) return fitting(`${glyphOf(first)} ${wordOf(first, text)} ×${ordered.length}`, loop);
  const joined = [...words].reduce((label, [word, glyph], at) => (at === 0 ? `${glyph} ${word}` : glyph === glyphOf(first) ? `${label}, ${word}` : `${label} ${glyph} ${word}`), '');
  return joined.length <= SHORT_LIMIT ? fitting(joined, loop) : fitting(`${glyphOf(first)} ${ordered.length} sites`, loop);
}

function shortLabel(site: AllocationSite, text: string): string {
  const label = `${glyphOf(site)} ${wordOf(site, text)}`;
  const loop = site.loopDepth > 0 ? ' ×loop' : '';
  const size = site.size && site.certainty !== 'possible' ? ` ${sizeWords(site.size)}` : '';
  return label.length + size.length + loop.length <= SHORT_LIMIT ? label + size + loop : fitting(label, loop);
}

function fitting(label: string, suffix: string): string {
  return label.length + suffix.length <= SHORT_LIMIT + 2 ? label + suffix : label;
}

function fullLabel(site: AllocationSite): string {
  const size = site.size ? `, ${sizeWords(site.size)}` : '';
  return `${glyphOf(site)} ${site.what}${size}${site.loopDepth > 0 ? ' ×loop' : ''}`;
}

/** The word of a kind; a copy that is only possible is named by the call that may make it. */
function wordOf(site: AllocationSite, text: string): string {
  if (site.certainty !== 'possible') return WORDS[site.kind];
  const called = site.kind === 'copy' ? wordAt(text, site.anchor) : '';
  return `${called !== '' && called.length <= 12 ? called : WORDS[site.kind]}?`;
}

/** The identifier that starts at `offset`; empty when there is none. */
export function wordAt(text: string, offset: number): string {
  WORD.lastIndex = offset;
  return WORD.exec(text)?.[0] ?? '';
}

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const RANK: Readonly<Record<Certainty, number>> = { always: 0, conditional: 1, possible: 2 };

function byCertainty(a: AllocationSite, b: AllocationSite): number {
  return Number(a.kind === 'refcount') - Number(b.kind === 'refcount') || RANK[a.certainty] - RANK[b.certainty];
}

function cut(label: string, limit: number): string {
  return label.length <= limit ? label : `${label.slice(0, limit - 1).trimEnd()}…`;
}

/** Bytes for people, short: `24 B`, `4 KiB`; a lower bound gets a `≥`. */
export function sizeWords(size: { readonly bytes: number; readonly exact: boolean }): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = size.bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${size.exact ? '' : '≥ '}${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit] as string}`;
}
