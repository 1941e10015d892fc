// Impls of a trait by the head of their self type: the first cut of trait selection. Not here: whether an impl matches (traits.ts).
import { ItemFlag } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId, type TypeTable } from './typeTable.js';

/** Active impls of one trait. */
export interface ImplTable {
  readonly byHead: Map<number, DefId[]>;
  readonly blanket: DefId[];
  /** Size of the name index when the table was made. */
  readonly seen: number;
}

/** A key for the head of a type: impls are grouped by it. 0 for types that any impl may match. */
export function headKey(types: TypeTable, type: TypeId): number {
  const tag = types.tag(type);
  switch (tag) {
    case TypeTag.Adt: return types.head(type) * 32 + 1;
    case TypeTag.Prim: return types.head(type) * 32 + 2;
    case TypeTag.Ref: return types.head(type) * 32 + 3;
    case TypeTag.Ptr: return types.head(type) * 32 + 4;
    case TypeTag.Slice: return 5;
    case TypeTag.Array: return 6;
    case TypeTag.Tuple: return types.argCount(type) * 32 + 7;
    case TypeTag.FnPtr: return types.argCount(type) * 32 + 8;
    case TypeTag.Never: return 9;
    case TypeTag.Dyn: return types.argCount(type) === 0 ? 10 : types.head(types.arg(type, 0)) * 32 + 10;
    case TypeTag.FnDef: return 11;
    case TypeTag.Closure: case TypeTag.Future: return 12;
    case TypeTag.Opaque: return 13;
    default: return 0;
  }
}

/** Impl tables of a program, made when asked for. */
export class ImplIndex {
  readonly #tables = new Map<DefId, ImplTable>();

  constructor(readonly signatures: Signatures) {}

  /** Impls of a trait; made anew when impls were loaded since. */
  of(trait: DefId): ImplTable {
    const { world } = this.signatures;
    const all = world.traitImpls.get(world.defs.name(trait)) ?? [];
    let table = this.#tables.get(trait);
    if (table !== undefined && table.seen === all.length) return table;
    const byHead = new Map<number, DefId[]>();
    const blanket: DefId[] = [];
    this.#tables.set(trait, { byHead, blanket, seen: all.length });
    for (const impl of all) {
      const flags = world.defs.flags(impl);
      if ((flags & (ItemFlag.Inactive | ItemFlag.Negative)) !== 0) continue;
      const header = this.signatures.implHeader(impl);
      if (header.trait !== trait || header.self === UNKNOWN) continue;
      const tag = world.types.tag(header.self);
      if (tag === TypeTag.Param || tag === TypeTag.Projection) blanket.push(impl);
      else {
        const key = headKey(world.types, header.self);
        const list = byHead.get(key);
        if (list === undefined) byHead.set(key, [impl]);
        else list.push(impl);
      }
    }
    table = { byHead, blanket, seen: all.length };
    this.#tables.set(trait, table);
    return table;
  }
}
