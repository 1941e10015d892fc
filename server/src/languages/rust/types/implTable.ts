// Impls of a trait by the head of their self type: the first cut of trait selection. Not here: whether an impl matches (traits.ts).
// The standard library has hundreds of impls of a trait: those whose self type is written as a plain name are lowered when a type of that name asks.
import { ItemFlag, TypeCode } from '../declare/facts.js';
import { implParts, lastSegment, readGenerics } from '../declare/factsReader.js';
import { HEADER } from '../resolve/definitions.js';
import type { Signatures } from '../resolve/signatures.js';
import { PRIM_NAMES, TypeTag, UNKNOWN, type DefId, type TypeId, type TypeTable } from './typeTable.js';

/** Active impls of one trait, in the order of their definitions. */
interface ImplTable {
  readonly byHead: Map<number, DefId[]>;
  readonly blanket: DefId[];
  /** Impls that are not lowered yet, by the name of their self type. */
  readonly waiting: Map<number, DefId[]>;
  /** Impls of the trait's name that were taken in: crates that are loaded later add to them. */
  seen: number;
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

const NO_IMPLS: readonly DefId[] = [];

/** Impl tables of a program, made when asked for. */
export class ImplIndex {
  readonly #tables = new Map<DefId, ImplTable>();
  /** Written names of self types; those of the standard library never change. */
  readonly #standardNames = new Map<DefId, number>();
  readonly #primNames: readonly number[];

  constructor(readonly signatures: Signatures) {
    this.#primNames = PRIM_NAMES.map((name) => signatures.world.symbols.intern(name));
  }

  /** Forgets the tables; after declarations changed. */
  clear(): void {
    this.#tables.clear();
  }

  /** Impls of a trait for types with the head of `self`. */
  forHead(trait: DefId, self: TypeId): readonly DefId[] {
    const { types, defs } = this.signatures.world;
    const table = this.#of(trait);
    const tag = types.tag(self);
    if (tag === TypeTag.Adt) this.#lower(table, trait, defs.name(types.head(self)));
    else if (tag === TypeTag.Prim) this.#lower(table, trait, this.#primNames[types.head(self)] ?? 0);
    return table.byHead.get(headKey(types, self)) ?? NO_IMPLS;
  }

  /** Impls of a trait for a type parameter or a projection: they may fit any type. */
  blanket(trait: DefId): readonly DefId[] {
    return this.#of(trait).blanket;
  }

  #of(trait: DefId): ImplTable {
    const { world } = this.signatures;
    const all = world.traitImpls.get(world.defs.name(trait)) ?? NO_IMPLS;
    let table = this.#tables.get(trait);
    if (table === undefined) {
      table = { byHead: new Map(), blanket: [], waiting: new Map(), seen: 0 };
      this.#tables.set(trait, table);
    }
    while (table.seen < all.length) {
      const impl = all[table.seen++] as number;
      if ((world.defs.flags(impl) & (ItemFlag.Inactive | ItemFlag.Negative)) !== 0) continue;
      const name = this.#plainName(impl);
      if (name === 0) this.#enter(table, trait, impl);
      else {
        const list = table.waiting.get(name);
        if (list === undefined) table.waiting.set(name, [impl]);
        else list.push(impl);
      }
    }
    return table;
  }

  /** The name of an impl's self type where only a type of that name can be meant; 0 where the type has to be looked at. */
  #plainName(impl: DefId): number {
    const { world } = this.signatures;
    let name = this.#standardNames.get(impl);
    if (name === undefined) {
      name = this.#writtenName(impl);
      if (impl < world.standardEnd) this.#standardNames.set(impl, name);
    }
    return world.aliases.has(name) ? 0 : name;
  }

  #writtenName(impl: DefId): number {
    const { world } = this.signatures;
    const { code, names } = world.defs.fileOf(impl).facts;
    const item = world.defs.offsetOf(impl);
    const { self } = implParts(code, item, HEADER);
    if (code[self] !== TypeCode.Path) return 0;
    const last = lastSegment(code, self + 1);
    const name = last < 0 ? 0 : (names[last] as number);
    if (name === 0) return 0;
    // `impl<T> Trait for T`, `impl<I: Iterator> Trait for I::Item`
    const generics = readGenerics(code, item + HEADER);
    const first = names[code[self + 3] as number];
    return generics.parameters.some((parameter) => names[parameter.name] === first) ? 0 : name;
  }

  #lower(table: ImplTable, trait: DefId, name: number): void {
    const waiting = table.waiting.get(name);
    if (waiting === undefined) return;
    table.waiting.delete(name);
    for (const impl of waiting) this.#enter(table, trait, impl);
  }

  #enter(table: ImplTable, trait: DefId, impl: DefId): void {
    const { types } = this.signatures.world;
    const header = this.signatures.implHeader(impl);
    if (header.trait !== trait || header.self === UNKNOWN) return;
    const tag = types.tag(header.self);
    if (tag === TypeTag.Param || tag === TypeTag.Projection) return insert(table.blanket, impl);
    const key = headKey(types, header.self);
    const list = table.byHead.get(key);
    if (list === undefined) table.byHead.set(key, [impl]);
    else insert(list, impl);
  }
}

function insert(list: DefId[], impl: DefId): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as number) > impl) at--;
  list.splice(at, 0, impl);
}
