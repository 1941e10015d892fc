// The part of facts that units hand to each other and the embedded facts do not have: where a function allocates, and why its parameters leak.
// Places are absolute offsets in the files that the facts' second line lists.

/** A place with its message, or the function whose own steps stand here (`package.name`), with its parameter and target. */
export type StepDetails = readonly [message: string, path: number, start: number, end: number] | readonly [through: string, parameter: number, target: number];

/** Why a parameter leaks to the heap. */
export type LeakDetails = readonly [position: number, steps: readonly StepDetails[]];

/** Where a function is, where in it the nearest allocation or call that allocates is (-1 when not known), what it is, its leaks, and the names of its receiver and parameters. */
export type FunctionDetails = readonly [path: number, start: number, end: number, what: string | null, leaks: readonly LeakDetails[], names: readonly string[]];

/** How the facts of one unit name another: never the name of a package of the embedded facts. */
export function unitReference(unit: string): string {
  return `:${unit.replaceAll('%', '%25').replaceAll(' ', '%20').replaceAll('\n', '%0a')}`;
}

/** The unit that a reference names; null when it names a package of the embedded facts. */
export function referencedUnit(reference: string): string | null {
  if (!reference.startsWith(':')) return null;
  return reference.slice(1).replaceAll('%0a', '\n').replaceAll('%20', ' ').replaceAll('%25', '%');
}

/** Reads details; null when they are damaged. */
export function readDetails(text: string): FunctionDetails | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length === 6 && Array.isArray(value[4]) && Array.isArray(value[5]) ? (value as unknown as FunctionDetails) : null;
  } catch {
    return null;
  }
}
