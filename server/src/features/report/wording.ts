// Sentences about a site that several outputs share: plain, exact, short.
import type { AllocationSite } from '../../analysis/site.js';

/** Bytes for people: `24 B`, `4 KiB`, `1.5 MiB`; a lower bound gets a `≥`. */
export function sizeWords(size: NonNullable<AllocationSite['size']>): string {
  const { bytes, exact } = size;
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = Number.isInteger(value) ? String(value) : value.toFixed(1);
  return `${exact ? '' : '≥ '}${digits} ${units[unit] as string}`;
}

/** One line about a site: what, size, condition, how often, where nobody counts. */
export function siteSentence(site: AllocationSite): string {
  const parts = [site.kind === 'refcount' ? `bumps ${site.what}` : `${verb(site)} ${site.what}`];
  if (site.size) parts[0] += ` (${sizeWords(site.size)})`;
  if (site.when !== null && site.certainty !== 'always') parts.push(`when ${site.when.replace(/^when /, '')}`);
  if (site.loopDepth > 0) parts.push(site.loopDepth === 1 ? 'in a loop' : `in ${site.loopDepth} nested loops`);
  if (site.cold !== null) parts.push(`cold: ${site.cold}`);
  if (site.muted !== null) parts.push(site.muted);
  return parts.join(', ');
}

function verb(site: AllocationSite): string {
  switch (site.certainty) {
    case 'always': return 'allocates';
    case 'conditional': return 'may allocate';
    case 'possible': return 'possibly allocates';
  }
}

/** `1 site`, `2 sites`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
