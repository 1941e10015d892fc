// Finds the row of a function. Rows say paths as people write them (modules may be left out); a definition's canonical path holds them in order.
import type { RustProgram } from '../resolve/program.js';
import { DefKind } from '../resolve/program.js';
import { PRIM_NAMES, TypeTag, type DefId, type TypeId } from '../types/typeTable.js';
import { holdsInOrder, matchesPattern, parsePattern, partsOf, type TypePattern } from './pattern.js';
import type { RustRow } from './row.js';

interface PlainRow { readonly segments: readonly string[]; readonly row: RustRow }
interface ImplRow { readonly self: TypePattern; readonly argument: TypePattern; readonly row: RustRow }

/** Rows by the names they end in. Independent of any program. */
export class ModelTable {
  readonly #plain = new Map<string, PlainRow[]>();
  readonly #impls = new Map<string, ImplRow[]>();

  /** Earlier rows win over later ones of the same shape. */
  constructor(rows: readonly RustRow[]) {
    for (const row of rows) {
      const impl = /^<(.+) as ([A-Za-z]+)(?:<(.+)>)?>::(\w+)$/.exec(row.path);
      if (impl) {
        const [, self, trait, argument, method] = impl;
        push(this.#impls, `${trait as string}::${method as string}`, { self: parsePattern(self as string), argument: parsePattern(argument ?? '*'), row });
      } else {
        const segments = row.path.split('::');
        push(this.#plain, segments[segments.length - 1] as string, { segments, row });
      }
    }
  }

  /** The row of `<self as trait>::method`, whose trait's first argument is `argument`; undefined when none speaks of it. */
  impl(traitMethod: string, self: TypeId, argument: TypeId, program: RustProgram): RustRow | undefined {
    const candidates = this.#impls.get(traitMethod);
    if (!candidates) return undefined;
    for (const candidate of candidates) if (matchesPattern(candidate.self, self, program) && matchesPattern(candidate.argument, argument, program)) return candidate.row;
    return undefined;
  }

  /** Whether a row says of `<self as trait>::method` that it allocates for some first argument of the trait. */
  allocatesForSome(traitMethod: string, self: TypeId, program: RustProgram): boolean {
    return this.#impls.get(traitMethod)?.some((candidate) => candidate.row.effect.does === 'allocates' && matchesPattern(candidate.self, self, program)) ?? false;
  }

  /** Whether some row speaks of an impl of this trait's method. */
  hasImpls(traitMethod: string): boolean {
    return this.#impls.has(traitMethod);
  }

  /** The row of a function or a method at a canonical path. */
  plain(name: string, path: string): RustRow | undefined {
    const candidates = this.#plain.get(name);
    if (!candidates) return undefined;
    const parts = partsOf(path);
    let best: PlainRow | undefined;
    for (const candidate of candidates) if ((!best || candidate.segments.length > best.segments.length) && holdsInOrder(candidate.segments, name, parts)) best = candidate;
    return best?.row;
  }

  /** The row whose path ends in these segments (at least two), for paths into crates whose source is not at hand. Never one of std: its source always is. */
  written(segments: readonly string[]): RustRow | undefined {
    if (segments.length < 2) return undefined;
    return this.#plain.get(segments[segments.length - 1] as string)?.find((candidate) => {
      const skip = candidate.segments.length - segments.length;
      return candidate.segments[0] !== 'std' && skip >= 0 && segments.every((segment, i) => segment === candidate.segments[skip + i]);
    })?.row;
  }

  /** The row of a function, an inherent method or a trait's own method. Not of an impl of a trait. */
  ofDefinition(def: DefId, program: RustProgram): RustRow | undefined {
    const name = program.symbols.text(program.nameOf(def));
    if (!this.#plain.has(name)) return undefined;
    const parent = program.parentOf(def);
    if (program.kindOf(parent) !== DefKind.Impl) return this.plain(name, program.pathOf(def));
    const owner = ownerPath(program.selfTypeOf(parent), program);
    return owner === null ? undefined : this.plain(name, `${owner}::${name}`);
  }
}

/** Path of the type that an inherent impl is for, primitives as `std::str`, slices as `std::slice`. Null for none. */
export function ownerPath(self: TypeId, program: RustProgram): string | null {
  const { types } = program;
  switch (types.tag(self)) {
    case TypeTag.Adt: return program.pathOf(types.head(self));
    case TypeTag.Prim: return `std::${PRIM_NAMES[types.head(self)] ?? ''}`;
    case TypeTag.Slice: return 'std::slice';
    case TypeTag.Array: return 'std::array';
    case TypeTag.Ptr: return 'std::ptr';
    case TypeTag.Dyn: {
      const bound = types.arg(self, 0);
      return types.tag(bound) === TypeTag.Bound ? program.pathOf(types.head(bound)) : null;
    }
    default: return null;
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
