// Words about a site that several outputs share: plain, exact, short.
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
