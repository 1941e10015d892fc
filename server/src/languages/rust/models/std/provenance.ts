// Where rows about the standard library were read.
import type { Provenance } from '../../../../analysis/model.js';

/** A file below `library/` of the standard library's sources. */
export function std(at: string): Provenance {
  return { source: 'std 1.96.0', at };
}

/** Measured with a counting allocator (x86-64 Linux). */
export function measured(at: string): Provenance {
  return { source: 'std 1.95.0', at: `${at}, measured` };
}
