// Sizes of types on x86-64 with rustc's usual layout: fields by falling alignment, niches of references for one-variant options.
import { ItemKind } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import type { Traits } from './traits.js';
import { knownLayout, type KnownLayout } from '../models/std/layouts.js';
import { Prim, STR, TypeTag, UNKNOWN, type DefId, type TypeId, type TypeTable } from './typeTable.js';

/** Bytes and alignment. */
export interface Size {
  readonly size: number;
  readonly align: number;
}

const PRIMS: Readonly<Record<number, number>> = {
  [Prim.Bool]: 1, [Prim.Char]: 4, [Prim.I8]: 1, [Prim.I16]: 2, [Prim.I32]: 4, [Prim.I64]: 8, [Prim.I128]: 16, [Prim.Isize]: 8, [Prim.U8]: 1, [Prim.U16]: 2, [Prim.U32]: 4, [Prim.U64]: 8, [Prim.U128]: 16, [Prim.Usize]: 8, [Prim.F32]: 4, [Prim.F64]: 8, [Prim.F16]: 2, [Prim.F128]: 16,
};

/** Size of a type, null when it is not known (generic, unsized, a closure, an enum whose niche is unclear). */
export function sizeOf(signatures: Signatures, traits: Traits, type: TypeId, depth: number): Size | null {
  const { types, defs } = signatures.world;
  if (depth > 12) return null;
  const sum = (parts: readonly TypeId[]): Size | null => {
    let size = 0;
    let align = 1;
    for (const part of parts) {
      const one = sizeOf(signatures, traits, part, depth + 1);
      if (one === null) return null;
      size += one.size;
      align = Math.max(align, one.align);
    }
    return { size: Math.ceil(size / align) * align, align };
  };
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
    case TypeTag.Tuple: return sum(types.args(type));
    case TypeTag.Array: {
      const one = sizeOf(signatures, traits, types.arg(type, 0), depth + 1);
      const length = types.arg(type, 1);
      return one === null || types.tag(length) !== TypeTag.Const ? null : { size: one.size * types.head(length), align: one.align };
    }
    case TypeTag.Adt: {
      const def = types.head(type);
      const args = types.args(type);
      const fixed = signatures.world.crateOf(def).source.origin === 'std' ? knownLayout(pathOf(signatures, def)) : undefined;
      if (fixed !== undefined) return withLayout(fixed, args[0], types, (part) => sizeOf(signatures, traits, part, depth + 1));
      const kind = defs.kind(def);
      if (kind === ItemKind.Struct) return sum(signatures.fields(def).map((f) => traits.projections.normalize(signatures.subst(f.type, args))));
      if (kind !== ItemKind.Enum) return null;
      let size = 0;
      let align = 1;
      let variants = 0;
      let known: Size | null = { size: 0, align: 1 };
      // other payloads may have values that never occur, and the variant is told by those
      let numbersOnly = true;
      signatures.world.eachChild(def, (variant) => {
        if (defs.kind(variant) !== ItemKind.Variant) return;
        variants++;
        const parts = signatures.fields(variant).map((f) => traits.projections.normalize(signatures.subst(f.type, args)));
        for (const part of parts) if (types.tag(part) !== TypeTag.Prim || types.head(part) === Prim.Bool || types.head(part) === Prim.Char) numbersOnly = false;
        const one = sum(parts);
        if (one === null) known = null;
        else {
          size = Math.max(size, one.size);
          align = Math.max(align, one.align);
        }
      });
      if (known === null) return null;
      if (variants <= 1) return { size, align };
      if (size === 0) return { size: variants <= 256 ? 1 : 2, align: 1 };
      const payload = def === traits.known.trait('Option') ? args[0] : undefined;
      if (payload !== undefined && hasNiche(signatures, payload)) return { size, align };
      if (!numbersOnly) return null;
      return { size: Math.ceil((size + align) / align) * align, align };
    }
    default: return null;
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

/** Whether an `Option` of a type is certainly as large as the type. */
function hasNiche(signatures: Signatures, type: TypeId): boolean {
  const { types } = signatures.world;
  switch (types.tag(type)) {
    case TypeTag.Ref: case TypeTag.FnPtr: return true;
    case TypeTag.Prim: return types.head(type) === Prim.Bool || types.head(type) === Prim.Char;
    case TypeTag.Adt: {
      const def = types.head(type);
      return signatures.world.crateOf(def).source.origin === 'std' && knownLayout(pathOf(signatures, def))?.niche === true;
    }
    default: return false;
  }
}

/** Canonical path of a type that a module declares. */
function pathOf(signatures: Signatures, def: DefId): string {
  const { defs, symbols } = signatures.world;
  const names: string[] = [];
  for (let at = def; at !== 0; at = defs.parent(at)) names.unshift(defs.parent(at) === 0 ? signatures.world.crateOf(at).source.name : symbols.text(defs.name(at)));
  return names.join('::');
}
