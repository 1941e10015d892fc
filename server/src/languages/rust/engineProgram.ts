// The program as findings see it, and findings moved with their function: a function whose text is the same keeps its nodes of an earlier tree.
import type { AllocationSite, FreePlace, Note, Step } from '../../analysis/site.js';
import type { FieldView } from './resolve/program.js';
import { WorldProgram } from './resolve/worldProgram.js';
import type { FunctionFindings } from './solve/contract.js';
import type { DefId, TypeId } from './types/typeTable.js';

/** A program whose places in one file can be given as they were before a function moved. */
export class MovableProgram extends WorldProgram {
  /** Number of places that were asked for: findings that hold none are the function's own. */
  asked = 0;
  #path = '';
  #delta = 0;

  /** Places in `path` are given `delta` earlier, until the next call. Findings of the function are moved by as much afterwards. */
  view(path: string, delta: number): void {
    this.#path = path;
    this.#delta = delta;
  }

  override fields(def: DefId, args: readonly TypeId[]): readonly FieldView[] {
    const { asked } = this;
    const found = super.fields(def, args);
    this.asked = asked;
    return found;
  }

  override placeOf(def: DefId): { readonly path: string; readonly start: number; readonly end: number } | null {
    this.asked++;
    const place = super.placeOf(def) ?? this.#toldPlace(def);
    if (place === null || this.#delta === 0 || place.path !== this.#path) return place;
    return { path: place.path, start: place.start - this.#delta, end: place.end - this.#delta };
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
