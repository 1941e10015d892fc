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

/** A phrase as a sentence. What begins with a name of code keeps its small letter. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  const capital = /^[a-z]+(?=[\s,])/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
