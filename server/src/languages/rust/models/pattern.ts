// Type patterns of model rows: `Box<str>`, `&[]`, `std::vec::Vec`, `[;]`, `()`. Parsed once, matched against interned types.
import type { RustProgram } from '../resolve/program.js';
import { facadeOf } from './facades.js';
import { PRIM_NAMES, TypeTag, UNIT, type DefId, type TypeId } from '../types/typeTable.js';

/** A parsed pattern; see the row's form in row.ts. */
export type TypePattern =
  | { readonly is: 'any' | 'slice' | 'array' | 'unit' | 'dyn' }
  | { readonly is: 'ref'; readonly target: TypePattern }
  | { readonly is: 'prim'; readonly name: string }
  | { readonly is: 'adt'; readonly segments: readonly string[]; readonly argument: TypePattern };

const ANY: TypePattern = { is: 'any' };

/** Parses a pattern; everything that is no other form is a path. */
export function parsePattern(text: string): TypePattern {
  if (text === '*' || text === '') return ANY;
  if (text === '[]') return { is: 'slice' };
  if (text === '[;]') return { is: 'array' };
  if (text === '()') return { is: 'unit' };
  if (text === 'dyn') return { is: 'dyn' };
  if (text.startsWith('&')) return { is: 'ref', target: parsePattern(text.slice(1)) };
  if (PRIM_NAMES.includes(text)) return { is: 'prim', name: text };
  const open = text.indexOf('<');
  return { is: 'adt', segments: (open < 0 ? text : text.slice(0, open)).split('::'), argument: open < 0 ? ANY : parsePattern(text.slice(open + 1, -1)) };
}

/** Whether a type has the pattern's shape. Unknown and generic types have none but `*`. */
export function matchesPattern(pattern: TypePattern, type: TypeId, program: RustProgram): boolean {
  const { types } = program;
  const tag = types.tag(type);
  switch (pattern.is) {
    case 'any': return true;
    case 'slice': return tag === TypeTag.Slice;
    case 'array': return tag === TypeTag.Array;
    case 'unit': return type === UNIT || tag === TypeTag.Tuple;
    case 'dyn': return tag === TypeTag.Dyn;
    case 'ref': return tag === TypeTag.Ref && matchesPattern(pattern.target, types.arg(type, 0), program);
    case 'prim': return tag === TypeTag.Prim && PRIM_NAMES[types.head(type)] === pattern.name;
    case 'adt': return tag === TypeTag.Adt && isAt(pattern.segments, types.head(type), program) && matchesPattern(pattern.argument, types.arg(type, 0), program);
  }
}

/** Whether a definition's canonical path holds these segments in order, its name last. `core` and `alloc` are `std`. */
export function isAt(segments: readonly string[], def: DefId, program: RustProgram): boolean {
  const name = program.symbols.text(program.nameOf(def));
  return segments[segments.length - 1] === name && holdsInOrder(segments, name, partsOf(program.pathOf(def)));
}

/** The names of a canonical path, its crate by the name that rows call it: `core` and `alloc` are `std`. */
export function partsOf(path: string): readonly string[] {
  const parts = path.split('::');
  parts[0] = facadeOf(parts[0] ?? '');
  return parts;
}

/** The same for a path's names. */
export function holdsInOrder(segments: readonly string[], name: string, parts: readonly string[]): boolean {
  if (segments[segments.length - 1] !== name) return false;
  if (segments.length > 1 && segments[0] !== parts[0]) return false;
  let at = segments.length > 1 ? 1 : 0;
  for (let i = segments.length > 1 ? 1 : 0; i < parts.length && at < segments.length; i++) if (parts[i] === segments[at]) at++;
  return at === segments.length;
}
