// Sizes of types on x86-64 with rustc's usual layout: fields by falling alignment, niches of references for one-variant options.
import { ItemKind } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import type { Traits } from './traits.js';
import { knownLayout, type KnownLayout } from '../models/std/layouts.js';
import { Prim, STR, TypeFlag, TypeTag, UNKNOWN, type DefId, type TypeId, type TypeTable } from './typeTable.js';

/** Bytes and alignment. */
export interface Size {
  readonly size: number;
  readonly align: number;
}

const PRIMS: Readonly<Record<number, number>> = {
  [Prim.Bool]: 1, [Prim.Char]: 4, [Prim.I8]: 1, [Prim.I16]: 2, [Prim.I32]: 4, [Prim.I64]: 8, [Prim.I128]: 16, [Prim.Isize]: 8, [Prim.U8]: 1, [Prim.U16]: 2, [Prim.U32]: 4, [Prim.U64]: 8, [Prim.U128]: 16, [Prim.Usize]: 8, [Prim.F32]: 4, [Prim.F64]: 8, [Prim.F16]: 2, [Prim.F128]: 16,
};

/** Types nested deeper are not followed: some are infinite. */
const MAX_DEPTH = 64;

/** Sizes of the types of a program; those of types without variables and parameters are kept. */
export class Layouts {
  readonly #kept = new Map<TypeId, Size | null>();
  readonly #fixed = new Map<DefId, KnownLayout | undefined>();
  /** Whether a type was too deep since the outermost question: what came of it is not kept. */
  #cut = false;

  constructor(readonly signatures: Signatures, readonly traits: Traits) {}

  /** Forgets answers; after declarations changed. */
  clear(): void {
    this.#kept.clear();
    this.#fixed.clear();
  }

  /** Size of a type, null when it is not known (generic, unsized, a closure, an enum whose niche is unclear). */
  sizeOf(type: TypeId): Size | null {
    this.#cut = false;
    return this.#sizeOf(type, 0);
  }

  #sizeOf(type: TypeId, depth: number): Size | null {
    const { types } = this.signatures.world;
    switch (types.tag(type)) {
      case TypeTag.Prim: {
        const size = PRIMS[types.head(type)];
        return size === undefined ? null : { size, align: size };
      }
      case TypeTag.Never: case TypeTag.FnDef: return { size: 0, align: 1 };
      case TypeTag.Ref: case TypeTag.Ptr: {
        const target = types.arg(type, 0);
        const tag = types.tag(target);
        if (tag === TypeTag.Unknown || tag === TypeTag.Param || tag === TypeTag.Projection) return null;
        return { size: tag === TypeTag.Slice || tag === TypeTag.Dyn || target === STR ? 16 : 8, align: 8 };
      }
      case TypeTag.FnPtr: return { size: 8, align: 8 };
      case TypeTag.Tuple: case TypeTag.Array: case TypeTag.Adt: break;
      default: return null;
    }
    if (depth > MAX_DEPTH) {
      this.#cut = true;
      return null;
    }
    const closed = (types.flags(type) & (TypeFlag.Infer | TypeFlag.Param | TypeFlag.Unknown)) === 0;
    if (!closed) return this.#compute(type, depth);
    let size = this.#kept.get(type);
    if (size !== undefined) return size;
    this.#kept.set(type, null); // a type that holds itself has no size
    size = this.#compute(type, depth);
    if (size === null && this.#cut) this.#kept.delete(type);
    else this.#kept.set(type, size);
    return size;
  }

  /** Size of a tuple, array, struct or enum. */
  #compute(type: TypeId, depth: number): Size | null {
    const { types, defs } = this.signatures.world;
    if (types.tag(type) === TypeTag.Tuple) return this.#sum(types.args(type), depth);
    if (types.tag(type) === TypeTag.Array) {
      const one = this.#sizeOf(types.arg(type, 0), depth + 1);
      const length = types.arg(type, 1);
      return one === null || types.tag(length) !== TypeTag.Const ? null : { size: one.size * types.head(length), align: one.align };
    }
    const def = types.head(type);
    const args = types.args(type);
    const fixed = this.#knownLayout(def);
    if (fixed !== undefined) return withLayout(fixed, args[0], types, (part) => this.#sizeOf(part, depth + 1));
    const kind = defs.kind(def);
    if (kind === ItemKind.Struct) return this.#sum(this.#fields(def, args), depth);
    return kind === ItemKind.Enum ? this.#enum(def, args, depth) : null;
  }

  /** One after the other, as far as alignment allows. */
  #sum(parts: readonly TypeId[], depth: number): Size | null {
    let size = 0;
    let align = 1;
    for (const part of parts) {
      const one = this.#sizeOf(part, depth + 1);
      if (one === null) return null;
      size += one.size;
      align = Math.max(align, one.align);
    }
    return { size: Math.ceil(size / align) * align, align };
  }

  #fields(def: DefId, args: readonly TypeId[]): TypeId[] {
    return this.signatures.fields(def).map((f) => this.traits.projections.normalize(this.signatures.subst(f.type, args)));
  }

  #enum(def: DefId, args: readonly TypeId[], depth: number): Size | null {
    const { world } = this.signatures;
    const { types, defs } = world;
    let size = 0;
    let align = 1;
    let variants = 0;
    let known = true;
    // other payloads may have values that never occur, and the variant is told by those
    let numbersOnly = true;
    world.eachChild(def, (variant) => {
      if (!known || defs.kind(variant) !== ItemKind.Variant) return;
      variants++;
      const parts = this.#fields(variant, args);
      for (const part of parts) if (types.tag(part) !== TypeTag.Prim || types.head(part) === Prim.Bool || types.head(part) === Prim.Char) numbersOnly = false;
      const one = this.#sum(parts, depth);
      if (one === null) known = false;
      else {
        size = Math.max(size, one.size);
        align = Math.max(align, one.align);
      }
    });
    if (!known) return null;
    if (variants <= 1) return { size, align };
    if (size === 0) return { size: variants <= 256 ? 1 : 2, align: 1 };
    const payload = def === this.traits.known.trait('Option') ? args[0] : undefined;
    if (payload !== undefined && this.#hasNiche(payload)) return { size, align };
    if (!numbersOnly) return null;
    return { size: Math.ceil((size + align) / align) * align, align };
  }

  /** Whether an `Option` of a type is certainly as large as the type. */
  #hasNiche(type: TypeId): boolean {
    const { types } = this.signatures.world;
    switch (types.tag(type)) {
      case TypeTag.Ref: case TypeTag.FnPtr: return true;
      case TypeTag.Prim: return types.head(type) === Prim.Bool || types.head(type) === Prim.Char;
      case TypeTag.Adt: return this.#knownLayout(types.head(type))?.niche === true;
      default: return false;
    }
  }

  /** Layout of a type of std by its canonical path; undefined where its fields tell it. */
  #knownLayout(def: DefId): KnownLayout | undefined {
    if (this.#fixed.has(def)) return this.#fixed.get(def);
    const { world } = this.signatures;
    const fixed = world.crateOf(def).source.origin === 'std' ? knownLayout(pathOf(this.signatures, def)) : undefined;
    this.#fixed.set(def, fixed);
    return fixed;
  }
}

/** A type of std whose size is told by its path. */
function withLayout(fixed: KnownLayout, argument: TypeId | undefined, types: TypeTable, sizeOfPart: (part: TypeId) => Size | null): Size | null {
  if (!fixed.holds && !fixed.pointer) return fixed;
  if (argument === undefined || argument === UNKNOWN) return null;
  if (fixed.pointer) {
    const tag = types.tag(argument);
    if (tag === TypeTag.Param || tag === TypeTag.Projection || tag === TypeTag.Opaque) return null;
    return tag === TypeTag.Slice || tag === TypeTag.Dyn || argument === STR ? { size: 16, align: 8 } : fixed;
  }
  const held = sizeOfPart(argument);
  if (held === null) return null;
  const align = Math.max(fixed.align, held.align);
  return { size: Math.ceil((fixed.size + held.size) / align) * align, align };
}

/** Canonical path of a type that a module declares. */
function pathOf(signatures: Signatures, def: DefId): string {
  const { defs, symbols } = signatures.world;
  const names: string[] = [];
  for (let at = def; at !== 0; at = defs.parent(at)) names.unshift(defs.parent(at) === 0 ? signatures.world.crateOf(at).source.name : symbols.text(defs.name(at)));
  return names.join('::');
}
