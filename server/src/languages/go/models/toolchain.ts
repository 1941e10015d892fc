// What differs between versions of the Go compiler and runtime, as data; the version is the compiler's own, never the `go` line of a module.
// Every column was measured: one function per column, on both sides of each limit, compiled with the toolchain of each row, its allocations
// counted with testing.AllocsPerRun on linux/amd64. The limits themselves are those of the compiler's sources of 1.24, 1.26 and 1.27.
import { type Provenance } from '../../../analysis/model.js';

/** Rules of one minor version. */
export interface GoToolchain {
  /** `1.26`. */
  readonly version: string;
  /** Largest explicitly declared variable on the stack, in bytes. */
  readonly largestVariable: number;
  /** Largest implicit allocation (`new`, `&T{}`, `make`, a closure) on the stack, in bytes. */
  readonly largestImplicit: number;
  /** Bytes of the stack buffer for a `make` of variable length that does not escape; 0 where such a `make` always allocates. */
  readonly variableMakeBuffer: number;
  /** Bytes of the stack buffer for the first growth of an append whose result does not escape; 0 for none. */
  readonly appendBuffer: number;
  /** Whether a local that is set once to a constant counts as that constant in `make` and in conversions to interfaces. */
  readonly propagatesConstants: boolean;
  /** Whether the length of a local that is set once to a slice literal counts as a constant in `make`. */
  readonly propagatesLengths: boolean;
  /** Whether constant composite literals are boxed as read-only data. */
  readonly constantComposites: boolean;
  /** Whether `k := string(b); m[k]` and `delete(m, string(b))` read in place. */
  readonly lookupThroughVariable: boolean;
  /** Whether a call of a function variable uses what is known of every function that is assigned to it. */
  readonly knownFunctionVariables: boolean;
  readonly provenance: Provenance;
}

const KIB = 1024;

const measured = (release: string): Provenance => ({ source: `go ${release}`, at: 'one function per column, counted with testing.AllocsPerRun, linux/amd64' });

/** Known versions, oldest first. */
export const GO_TOOLCHAINS: readonly GoToolchain[] = [
  {
    version: '1.24', largestVariable: 128 * KIB, largestImplicit: 64 * KIB, variableMakeBuffer: 0, appendBuffer: 0,
    propagatesConstants: false, propagatesLengths: false, constantComposites: false, lookupThroughVariable: false, knownFunctionVariables: false, provenance: measured('1.24.9'),
  },
  {
    version: '1.25', largestVariable: 128 * KIB, largestImplicit: 64 * KIB, variableMakeBuffer: 32, appendBuffer: 32,
    propagatesConstants: true, propagatesLengths: false, constantComposites: true, lookupThroughVariable: true, knownFunctionVariables: false, provenance: measured('1.25.3'),
  },
  {
    version: '1.26', largestVariable: 128 * KIB, largestImplicit: 64 * KIB, variableMakeBuffer: 32, appendBuffer: 32,
    propagatesConstants: true, propagatesLengths: true, constantComposites: true, lookupThroughVariable: true, knownFunctionVariables: false, provenance: measured('1.26.8'),
  },
  {
    version: '1.27', largestVariable: 128 * KIB, largestImplicit: 64 * KIB, variableMakeBuffer: 32, appendBuffer: 32,
    propagatesConstants: true, propagatesLengths: true, constantComposites: true, lookupThroughVariable: true, knownFunctionVariables: true, provenance: measured('1.27.0'),
  },
];

/** The rules of a version (`1.26`, `go1.26.8`): its own, else the nearest older known, else the oldest; the newest for null or nonsense. */
export function goToolchain(version: string | null): GoToolchain {
  const known = found.get(version);
  if (known !== undefined) return known;
  const row = rowFor(version);
  found.set(version, row);
  return row;
}

const found = new Map<string | null, GoToolchain>();

function rowFor(version: string | null): GoToolchain {
  const newest = GO_TOOLCHAINS[GO_TOOLCHAINS.length - 1] as GoToolchain;
  const match = /(\d+)\.(\d+)/.exec(version ?? '');
  if (!match) return newest;
  const minor = Number(match[1]) * 1000 + Number(match[2]);
  let best = GO_TOOLCHAINS[0] as GoToolchain;
  for (const row of GO_TOOLCHAINS) {
    const [major, rowMinor] = row.version.split('.').map(Number);
    if ((major as number) * 1000 + (rowMinor as number) <= minor) best = row;
  }
  return best;
}
