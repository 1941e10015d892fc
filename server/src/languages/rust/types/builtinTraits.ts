// Traits that the language itself implements: callables, futures, sizes, copies, marker traits. Impls that are written are in traits.ts.
import { ItemKind } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import { AMBIGUOUS, BUILTIN, NONE, Via, type Selection } from './selection.js';
import type { Traits } from './traits.js';
import { Prim, TypeTag, type DefId, type TypeId } from './typeTable.js';

/** What the language itself says of a trait for a type; null when it says nothing. */
export function builtin(traits: Traits, trait: DefId, self: TypeId, tag: TypeTag, args: readonly TypeId[], depth: number): Selection | null {
  const { known, unifier } = traits;
  const { types } = traits.signatures.world;
  switch (known.traitRole(trait)) {
    case 'fn': {
      if (tag === TypeTag.Closure || tag === TypeTag.FnPtr || tag === TypeTag.FnDef) {
        const signature = callSignature(traits.signatures, self);
        if (signature === null) return NONE;
        const mark = unifier.mark();
        if (args[1] !== undefined && !unifier.unify(types.tuple(signature.params), args[1])) {
          unifier.rollback(mark);
          return NONE;
        }
        return BUILTIN;
      }
      return null;
    }
    case 'future': return tag === TypeTag.Future ? BUILTIN : null;
    case 'sized': return tag === TypeTag.Slice || tag === TypeTag.Dyn || (tag === TypeTag.Prim && types.head(self) === Prim.Str) ? NONE : BUILTIN;
    case 'auto': return BUILTIN;
    case 'clone': case 'copy': {
      const copy = known.traitRole(trait) === 'copy';
      if (tag === TypeTag.Tuple || tag === TypeTag.Array) {
        const count = tag === TypeTag.Array ? 1 : types.argCount(self);
        for (let i = 0; i < count; i++) {
          const part = traits.select(trait, [types.arg(self, i)], depth + 1);
          if (part.via === Via.None || part.via === Via.Ambiguous) return part;
        }
        return BUILTIN;
      }
      if (tag === TypeTag.FnDef || tag === TypeTag.FnPtr || tag === TypeTag.Never) return BUILTIN;
      if (tag === TypeTag.Closure) return copy ? AMBIGUOUS : BUILTIN;
      if (tag === TypeTag.Infer || tag === TypeTag.Prim) return types.head(self) === Prim.Str && tag === TypeTag.Prim ? NONE : BUILTIN;
      if (tag === TypeTag.Ref) return types.head(self) === 1 ? NONE : BUILTIN;
      if (tag === TypeTag.Ptr) return BUILTIN;
      return null;
    }
    case 'tuple': return tag === TypeTag.Tuple ? BUILTIN : NONE;
    case 'pointee': case 'discriminant': return BUILTIN;
    default: return null;
  }
}

/** Parameters and result of a callable type; null when it is none. */
export function callSignature(signatures: Signatures, type: TypeId): { readonly params: readonly TypeId[]; readonly result: TypeId } | null {
  const { types, defs } = signatures.world;
  switch (types.tag(type)) {
    case TypeTag.Closure: case TypeTag.FnPtr: {
      const parts = types.args(type);
      return { params: parts.slice(1), result: parts[0] as number };
    }
    case TypeTag.FnDef: {
      const def = types.head(type);
      const args = types.args(type);
      const kind = defs.kind(def);
      if (kind === ItemKind.Function) {
        const signature = signatures.signature(def);
        return { params: signature.params.map((p) => signatures.subst(p, args)), result: signatures.subst(signature.result, args) };
      }
      const owner = kind === ItemKind.Variant ? defs.parent(def) : def;
      return { params: signatures.fields(def).map((f) => signatures.subst(f.type, args)), result: types.adt(owner, args) };
    }
    default: return null;
  }
}
