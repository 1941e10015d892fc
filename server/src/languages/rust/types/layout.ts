// Sizes of types on x86-64 with rustc's usual layout: fields by falling alignment, niches of references for one-variant options.
import { ItemKind } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import type { Traits } from './traits.js';
import { Prim, STR, TypeTag, type TypeId } from './typeTable.js';

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
      const kind = defs.kind(def);
      if (kind === ItemKind.Struct) return sum(signatures.fields(def).map((f) => traits.projections.normalize(signatures.subst(f.type, args))));
      if (kind !== ItemKind.Enum) return null;
      let size = 0;
      let align = 1;
      let variants = 0;
      let known: Size | null = { size: 0, align: 1 };
      signatures.world.eachChild(def, (variant) => {
        if (defs.kind(variant) !== ItemKind.Variant) return;
        variants++;
        const one = sum(signatures.fields(variant).map((f) => traits.projections.normalize(signatures.subst(f.type, args))));
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
      if (payload !== undefined && (types.tag(payload) === TypeTag.Ref || (types.tag(payload) === TypeTag.Adt && ['Box', 'Rc', 'Arc', 'String', 'Vec'].some((n) => traits.known.trait(n) === types.head(payload))))) return { size, align };
      return { size: Math.ceil((size + align) / align) * align, align };
    }
    default: return null;
  }
}
