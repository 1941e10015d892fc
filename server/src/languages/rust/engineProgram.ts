// The program as findings see it, and findings moved with their function: a function whose text is the same keeps its nodes of an earlier tree.
import type { AllocationSite, FreePlace, Note, Step } from '../../analysis/site.js';
import type { FieldView } from './resolve/program.js';
import { WorldProgram } from './resolve/worldProgram.js';
import type { FunctionFindings } from './solve/contract.js';
import type { DefId, TypeId } from './types/typeTable.js';

/** A program whose places in one file can be given as they were before a function moved. */
export class MovableProgram extends WorldProgram {
  /** Places that were asked for, as definition and offset: findings hold for as long as these places stay. */
  readonly #asked: number[] = [];
  #path = '';
  #delta = 0;

  /** Places in `path` are given `delta` earlier, until the next call. Findings of the function are moved by as much afterwards. */
  view(path: string, delta: number): void {
    this.#path = path;
    this.#delta = delta;
    this.#asked.length = 0;
  }

  /** The places that were asked for since `view`. */
  askedPlaces(): Int32Array {
    return this.#asked.length === 0 ? NO_PLACES : Int32Array.from(this.#asked);
  }

  /** Whether places are given as they were before, seen from `delta` further on in `path`. */
  placesHold(places: Int32Array, path: string, delta: number): boolean {
    if (places.length === 0) return true;
    this.view(path, delta);
    let hold = true;
    for (let i = 0; i < places.length && hold; i += 2) hold = (this.placeOf(places[i] as number)?.start ?? -1) === places[i + 1];
    this.view('', 0);
    return hold;
  }

  override fields(def: DefId, args: readonly TypeId[]): readonly FieldView[] {
    const { length } = this.#asked;
    const found = super.fields(def, args);
    this.#asked.length = length;
    return found;
  }

  override placeOf(def: DefId): { readonly path: string; readonly start: number; readonly end: number } | null {
    let place = super.placeOf(def) ?? this.#toldPlace(def);
    if (place !== null && this.#delta !== 0 && place.path === this.#path) place = { path: place.path, start: place.start - this.#delta, end: place.end - this.#delta };
    if (this.#path !== '') this.#asked.push(def, place?.start ?? -1);
    return place;
  }

  /** The place of an item whose file's text is not at hand. */
  #toldPlace(def: DefId): { readonly path: string; readonly start: number; readonly end: number } | null {
    if (def === 0) return null;
    const { defs } = this.signatures.world;
    const file = defs.fileOf(def);
    if (file.declared !== null || file.details === null || file.expansionOf !== 0) return null;
    const at = defs.ordinalOf(def) * 2;
    const start = file.details.places[at] ?? -1;
    return start < 0 ? null : { path: file.path, start, end: file.details.places[at + 1] ?? start };
  }
}

const NO_PLACES = new Int32Array(0);

/** Findings of a function, and the places outside of it that they speak of. */
export interface KeptFindings {
  readonly found: FunctionFindings;
  readonly places: Int32Array;
}

/** Findings of a function in `path`, `delta` further on. */
export function moveFindings(found: FunctionFindings, path: string, delta: number): FunctionFindings {
  if (delta === 0) return found;
  const step = (s: Step): Step => (s.path === path ? { ...s, start: s.start + delta, end: s.end + delta } : s);
  const site = (s: AllocationSite): AllocationSite => ({
    ...s, start: s.start + delta, end: s.end + delta, anchor: s.anchor + delta, why: s.why.map(step),
    callees: s.callees.map((c) => (c.path === path && c.start !== null && c.end !== null ? { ...c, start: c.start + delta, end: c.end + delta } : c)),
  });
  const free = (f: FreePlace): FreePlace => ({ ...f, start: f.start + delta, end: f.end + delta, anchor: f.anchor + delta, why: f.why.map(step) });
  const note = (n: Note): Note => ({ ...n, start: n.start + delta, end: n.end + delta, why: n.why.map(step) });
  const { total } = found;
  return {
    sites: found.sites.map(site), free: found.free.map(free), notes: found.notes.map(note),
    problems: found.problems.map((p) => ({ ...p, start: p.start + delta, end: p.end + delta })),
    total: total === null ? null : { ...total, start: total.start + delta, end: total.end + delta, anchor: total.anchor + delta },
  };
}
