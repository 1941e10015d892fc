// Functions that only call a function they are given, and that the compiler inlines: an argument that they pass on goes where that function puts it.
// Without these rows every buffer that is read into or written from a file would seem to leak.
import type { Provenance } from '../../../analysis/model.js';

/** The argument at position `argument` becomes argument `as` of the function at position `callee`. Positions count from 0. */
export interface PassedOn {
  readonly package: string;
  readonly name: string;
  readonly callee: number;
  readonly argument: number;
  readonly as: number;
  readonly provenance: Provenance;
}

/** All rows. */
export const passedOn: readonly PassedOn[] = [
  { package: 'internal/poll', name: 'ignoringEINTRIO', callee: 0, argument: 2, as: 1, provenance: { source: 'go 1.26', at: 'internal/poll/fd_unix.go' } },
];

const packages = new Set(passedOn.map((row) => row.package));

/** The row of a function, null for none. `name` is asked for only where its package has rows. */
export function passedOnBy(packagePath: string, name: () => string): PassedOn | null {
  if (!packages.has(packagePath)) return null;
  const wanted = name();
  return passedOn.find((row) => row.package === packagePath && row.name === wanted) ?? null;
}
