// Types that reach themselves through Rc or Arc with interior mutability and without Weak: their values may keep each other alive for ever.
import type { Note, Step } from '../../../../analysis/site.js';
import type { RustProgram } from '../../resolve/program.js';
import { DefKind } from '../../resolve/program.js';
import { TypeTag, type DefId, type TypeId } from '../../types/typeTable.js';

interface Edge { readonly to: DefId; readonly field: { readonly owner: string; readonly name: string; readonly path: string | null; readonly start: number; readonly end: number }; readonly counted: boolean; readonly mutable: boolean }

const MUTABLE = new Set(['RefCell', 'Cell', 'Mutex', 'RwLock', 'OnceCell', 'OnceLock', 'UnsafeCell']);

/** Notes about possible cycles that begin at one of these types; each cycle is told once, at its first type in the file. */
export function referenceCycles(roots: readonly DefId[], program: RustProgram): Note[] {
  const notes: Note[] = [];
  const told = new Set<DefId>();
  const edges = new Map<DefId, readonly Edge[]>();
  const edgesOf = (def: DefId): readonly Edge[] => {
    let list = edges.get(def);
    if (!list) edges.set(def, (list = fieldsOf(def, program)));
    return list;
  };
  for (const root of roots) {
    if (told.has(root)) continue;
    const path = cycleThrough(root, edgesOf);
    if (!path) continue;
    for (const edge of path) told.add(edge.to);
    told.add(root);
    const place = program.placeOf(root);
    if (!place) continue;
    const why: Step[] = path.filter((edge) => edge.field.path !== null).map((edge) => ({ message: `${edge.field.owner}.${edge.field.name}`, path: edge.field.path as string, start: edge.field.start, end: edge.field.end }));
    notes.push({ rule: 'rust/reference-cycle', message: `Possible reference cycle: ${path.map((edge) => `${edge.field.owner}.${edge.field.name}`).join(' → ')}. Values that reach themselves this way are never freed; a Weak on the way back breaks the cycle.`, start: place.start, end: place.end, why });
  }
  return notes;
}

/** A way from a type back to itself that counts and can be changed later; the shortest, or null. */
function cycleThrough(root: DefId, edgesOf: (def: DefId) => readonly Edge[]): readonly Edge[] | null {
  const queue: { readonly def: DefId; readonly path: readonly Edge[]; readonly state: number }[] = [{ def: root, path: [], state: 0 }];
  const seen = new Set<number>();
  for (let at = 0; at < queue.length && at < 2000; at++) {
    const { def, path, state } = queue[at] as (typeof queue)[number];
    for (const edge of edgesOf(def)) {
      const next = state | (edge.counted ? 1 : 0) | (edge.mutable ? 2 : 0);
      if (edge.to === root && next === 3) return [...path, edge];
      const key = edge.to * 4 + next;
      if (seen.has(key) || path.length > 12) continue;
      seen.add(key);
      queue.push({ def: edge.to, path: [...path, edge], state: next });
    }
  }
  return null;
}

function fieldsOf(def: DefId, program: RustProgram): readonly Edge[] {
  const edges: Edge[] = [];
  const owner = program.symbols.text(program.nameOf(def));
  const path = program.placeOf(def)?.path ?? null;
  const holders = program.kindOf(def) === DefKind.Enum ? program.variants(def) : [def];
  for (const holder of holders) {
    for (const field of program.fields(holder, [])) {
      const name = holder === def ? program.symbols.text(field.name) : `${program.symbols.text(program.nameOf(holder))}.${program.symbols.text(field.name)}`;
      reach(field.type, program, false, false, 0, (to, counted, mutable) => edges.push({ to, counted, mutable, field: { owner, name, path: field.start < 0 ? null : path, start: field.start, end: field.end } }));
    }
  }
  return edges;
}

function reach(type: TypeId, program: RustProgram, counted: boolean, mutable: boolean, depth: number, found: (def: DefId, counted: boolean, mutable: boolean) => void): void {
  if (depth > 12) return;
  const { types } = program;
  switch (types.tag(type)) {
    case TypeTag.Adt: {
      const def = types.head(type);
      if (program.originOf(def) === 'workspace') found(def, counted, mutable);
      else {
        const name = program.symbols.text(program.nameOf(def));
        if (name === 'Weak') return;
        counted ||= name === 'Rc' || name === 'Arc';
        mutable ||= MUTABLE.has(name);
      }
      break;
    }
    case TypeTag.Tuple: case TypeTag.Array: case TypeTag.Slice: break;
    default: return;
  }
  for (const argument of types.args(type)) reach(argument, program, counted, mutable, depth + 1, found);
}
