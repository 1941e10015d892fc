// From type expressions to interned types: paths resolved, generics as parameters, aliases replaced, associated types as projections.
// Not here: whether a projection can be replaced by a type (types/traits.ts).
import { ItemKind, PathRoot, TypeCode } from '../declare/facts.js';
import { skipList, skipType } from '../declare/factsReader.js';
import { NEVER, PRIM_BASE, PRIM_NAMES, TypeTag, UNIT, UNKNOWN, type DefId, type TypeId } from '../types/typeTable.js';
import { Space } from './names.js';
import type { Signatures } from './signatures.js';

/** Where a type expression stands. */
export interface LowerContext {
  readonly code: Int32Array;
  /** Names that `code` speaks of; null when it holds symbols. */
  readonly names: readonly number[] | null;
  /** Item whose generics are in scope; 0 for none. */
  readonly item: DefId;
  /** Module or block scope for names. */
  readonly scope: DefId;
  /** What `Self` means; 0 for nothing. */
  readonly self: TypeId;
  /** Makes a type for `_`; null means UNKNOWN. */
  readonly fresh: (() => TypeId) | null;
  /** Takes the List of bounds of an `impl Trait`; gives the type that stands for it. Null means UNKNOWN. */
  readonly opaque: ((bounds: number) => TypeId) | null;
}

/** A trait with its arguments, as a bound names it. */
export interface BoundView {
  readonly trait: DefId;
  /** Without self. */
  readonly args: readonly TypeId[];
  readonly assoc: readonly { readonly name: number; readonly type: TypeId }[];
}

const MAX_DEPTH = 60;

/** Lowers type expressions; one per program. */
export class Lowering {
  #depth = 0;
  readonly #prims = new Map<number, TypeId>();

  constructor(readonly signatures: Signatures) {
    for (let i = 0; i < PRIM_NAMES.length; i++) this.#prims.set(signatures.world.symbols.intern(PRIM_NAMES[i] as string), PRIM_BASE + i);
  }

  /** The primitive type of this name, or UNKNOWN. */
  primitive(name: number): TypeId {
    return this.#prims.get(name) ?? UNKNOWN;
  }

  /** The type at `at`. */
  type(context: LowerContext, at: number): TypeId {
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    this.#depth++;
    const result = this.#type(context, at);
    this.#depth--;
    return result;
  }

  #type(context: LowerContext, at: number): TypeId {
    const { code } = context;
    const { types } = this.signatures.world;
    switch (code[at] as TypeCode) {
      case TypeCode.Infer: return context.fresh === null ? UNKNOWN : context.fresh();
      case TypeCode.Never: return NEVER;
      case TypeCode.Path: return this.path(context, at + 1);
      case TypeCode.Qualified: {
        const self = this.type(context, at + 1);
        const trait = skipType(code, at + 1);
        const bound = (code[trait + 1] as number) > 0 ? this.bound(context, trait, self) : null;
        const next = skipPathFast(code, trait);
        const count = code[next + 1] as number;
        let seg = next + 2;
        let type = self;
        for (let i = 0; i < count; i++) {
          const name = this.name(context, code[seg] as number);
          type = i === 0 && bound !== null && bound.trait !== 0 ? types.make(TypeTag.Projection, bound.trait, name, [self, ...bound.args]) : this.associated(context, type, name);
          seg = skipList(code, seg + 1);
        }
        return type;
      }
      case TypeCode.Ref: return types.ref(this.type(context, at + 2), code[at + 1] === 1);
      case TypeCode.Ptr: return types.ptr(this.type(context, at + 2), code[at + 1] === 1);
      case TypeCode.Slice: return types.slice(this.type(context, at + 1));
      case TypeCode.Array: return types.array(this.type(context, at + 1), this.type(context, skipType(code, at + 1)));
      case TypeCode.Tuple: {
        const count = code[at + 1] as number;
        if (count === 0) return UNIT;
        const elements: TypeId[] = [];
        let next = at + 2;
        for (let i = 0; i < count; i++) {
          elements.push(this.type(context, next));
          next = skipType(code, next);
        }
        return types.tuple(elements);
      }
      case TypeCode.FnPtr: {
        const parts: TypeId[] = [0];
        let next = at + 2;
        for (let left = code[at + 1] as number; left > 0; left--) {
          parts.push(this.type(context, next));
          next = skipType(code, next);
        }
        parts[0] = this.type(context, next);
        return types.make(TypeTag.FnPtr, 0, 0, parts);
      }
      case TypeCode.Dyn: return this.dyn(context, at + 1);
      case TypeCode.Impl: return context.opaque === null ? UNKNOWN : context.opaque(at + 1);
      case TypeCode.Const: return types.constant(code[at + 1] as number);
      case TypeCode.Bound: return this.dyn(context, at);
      default: return UNKNOWN;
    }
  }

  name(context: LowerContext, index: number): number {
    return context.names === null ? index : (context.names[index] as number);
  }

  /** A `dyn` type of the bounds listed at `at`. */
  dyn(context: LowerContext, at: number): TypeId {
    const { types } = this.signatures.world;
    const parts: TypeId[] = [];
    let next = at + 1;
    for (let left = context.code[at] as number; left > 0; left--) {
      if (context.code[next] === TypeCode.Bound) {
        const bound = this.bound(context, next + 1);
        if (bound !== null && bound.trait !== 0) {
          parts.push(types.make(TypeTag.Bound, bound.trait, 0, bound.args));
          for (const assoc of bound.assoc) parts.push(types.make(TypeTag.Assoc, assoc.name, 0, [assoc.type]));
        }
      }
      next = skipType(context.code, next);
    }
    return types.make(TypeTag.Dyn, 0, 0, parts);
  }

  /** The trait path at `at` (its root) with arguments; trait 0 when it is unknown. Null when it is no trait. `of` is the type that is bound: `Self` of defaults. */
  bound(context: LowerContext, at: number, of: TypeId = context.self): BoundView | null {
    const { code } = context;
    const trait = this.boundTrait(context, at);
    const count = code[at + 1] as number;
    let seg = at + 2;
    for (let i = 1; i < count; i++) seg = skipList(code, seg + 1);
    const args: TypeId[] = [];
    const assoc: { name: number; type: TypeId }[] = [];
    let next = seg + 2;
    for (let left = count > 0 ? (code[seg + 1] as number) : 0; left > 0; left--) {
      if (code[next] === TypeCode.AssocEq) assoc.push({ name: this.name(context, code[next + 1] as number), type: this.type(context, next + 2) });
      else if (code[next] !== TypeCode.AssocBound) args.push(this.type(context, next));
      next = skipType(code, next);
    }
    if (trait !== 0) this.signatures.fillDefaults(trait, args, of, true);
    return { trait, args, assoc };
  }

  /** The trait that a bound's path names, its arguments left alone. */
  boundTrait(context: LowerContext, at: number): DefId {
    const { code } = context;
    const segments: number[] = [];
    let seg = at + 2;
    for (let left = code[at + 1] as number; left > 0; left--) {
      segments.push(this.name(context, code[seg] as number));
      seg = skipList(code, seg + 1);
    }
    const def = this.signatures.names.path(context.scope, code[at] as PathRoot, segments, Space.Type);
    if (def === 0) return 0;
    return this.signatures.world.defs.kind(def) === ItemKind.Trait ? def : 0;
  }

  /** The type that a path means; `at` is that of its root. */
  path(context: LowerContext, at: number): TypeId {
    const { code } = context;
    const { signatures } = this;
    const { world, names } = signatures;
    const root = code[at] as PathRoot;
    const count = code[at + 1] as number;
    if (count === 0) return UNKNOWN;
    const segments = new Array<number>(count);
    const lists = new Array<number>(count);
    let seg = at + 2;
    for (let i = 0; i < count; i++) {
      segments[i] = this.name(context, code[seg] as number);
      lists[i] = seg + 1;
      seg = skipList(code, seg + 1);
    }
    let type: TypeId = UNKNOWN;
    let used = 0;
    const first = segments[0] as number;
    if (root === PathRoot.None) {
      if (first === world.words.selfType) {
        type = context.self === 0 ? UNKNOWN : context.self;
        used = 1;
      } else {
        const param = signatures.parameter(context.item, first);
        if (param !== UNKNOWN) {
          type = param;
          used = 1;
        } else if (count === 1) {
          const prim = this.#prims.get(first);
          if (prim !== undefined) return prim;
        }
      }
    }
    if (used === 0) {
      const { def, rest } = names.pathPrefix(context.scope, root, segments, Space.Type);
      if (def === 0 || rest >= count + (root === PathRoot.None || root === PathRoot.Extern ? 0 : 1)) {
        if (count > 1 && this.#prims.has(first)) {
          type = this.#prims.get(first) as TypeId;
          used = 1;
        } else if (count === 1 && def === 0) return this.#constant(context, root, segments);
        else return UNKNOWN;
      } else {
        used = count - rest;
        const list = used > 0 ? (lists[used - 1] as number) : -1;
        const kind = world.defs.kind(def);
        if (kind === ItemKind.Trait) {
          if (rest > 0) return UNKNOWN;
          const bound = this.bound(context, at);
          return bound === null ? UNKNOWN : world.types.make(TypeTag.Dyn, 0, 0, [world.types.make(TypeTag.Bound, def, 0, bound.args)]);
        }
        if (kind === ItemKind.Variant) type = this.item(context, world.defs.parent(def), used > 1 ? (lists[used - 2] as number) : -1);
        else type = this.item(context, def, list);
      }
    }
    for (let i = used; i < count; i++) type = this.associated(context, type, segments[i] as number);
    return type;
  }

  #constant(context: LowerContext, root: PathRoot, segments: readonly number[]): TypeId {
    const def = this.signatures.names.path(context.scope, root, segments, Space.Value);
    return def === 0 ? UNKNOWN : this.signatures.constantValue(def);
  }

  /** Struct, enum, union or alias `def` with the arguments listed at `list` (-1 for none). */
  item(context: LowerContext, def: DefId, list: number): TypeId {
    const { signatures } = this;
    const { world } = signatures;
    const args: TypeId[] = [];
    if (list >= 0) {
      let next = list + 1;
      for (let left = context.code[list] as number; left > 0; left--) {
        if (context.code[next] !== TypeCode.AssocEq) args.push(this.type(context, next));
        next = skipType(context.code, next);
      }
    }
    switch (world.defs.kind(def)) {
      case ItemKind.Struct: case ItemKind.Enum: case ItemKind.Union: {
        const wanted = signatures.genericCount(def);
        if (args.length > wanted) args.length = wanted;
        if (args.length < wanted && args.length === 0 && context.fresh !== null && !signatures.hasDefaults(def)) while (args.length < wanted) args.push(context.fresh());
        else signatures.fillDefaults(def, args, 0, false);
        return world.types.adt(def, args);
      }
      case ItemKind.TypeAlias: {
        if (args.length === 0 && context.fresh !== null) while (args.length < signatures.genericCount(def)) args.push(context.fresh());
        else signatures.fillDefaults(def, args, 0, false);
        return signatures.subst(signatures.alias(def), args);
      }
      default: return UNKNOWN;
    }
  }

  /** `type::name` in a context. */
  associated(context: LowerContext, self: TypeId, name: number): TypeId {
    const { signatures } = this;
    const { world } = signatures;
    const { types } = world;
    if (self === UNKNOWN) return UNKNOWN;
    // an impl's own associated type stands for itself
    let at = context.item;
    for (let guard = 0; at !== 0 && guard < 50; guard++) {
      const kind = world.defs.kind(at);
      if (kind === ItemKind.Impl && self === context.self) {
        // of a blanket impl, `F::Output` is what the bounds of `F` say, not the impl's own of that name
        const bounded = types.tag(self) === TypeTag.Param ? signatures.bounds.boundWithMember(at, self, name) : UNKNOWN;
        if (bounded !== UNKNOWN) return bounded;
        const member = signatures.memberOf(at, name, ItemKind.AssocType);
        if (member !== 0) return signatures.assocType(member);
        const header = signatures.implHeader(at);
        if (header.trait !== 0 && header.self === self) {
          const found = this.#inTrait(header.trait, header.args, self, name);
          if (found !== UNKNOWN) return found;
        }
      }
      if (kind === ItemKind.Trait && types.tag(self) === TypeTag.Param && types.head(self) === at && types.extra(self) === 0) {
        const found = this.#inTrait(at, signatures.identityArgs(at).slice(1), self, name);
        if (found !== UNKNOWN) return found;
      }
      const bound = signatures.bounds.boundWithMember(at, self, name);
      if (bound !== UNKNOWN) return bound;
      at = world.defs.parent(at);
    }
    if (types.tag(self) === TypeTag.Projection) {
      const found = signatures.bounds.memberOfProjection(self, name);
      if (found !== UNKNOWN) return found;
    }
    const traits = world.traitsByMember.get(name);
    if (traits !== undefined) {
      const scope = signatures.names.traitsInScope(context.scope);
      for (const trait of traits) if (scope.has(trait) && signatures.memberOf(trait, name, ItemKind.AssocType) !== 0 && signatures.genericCount(trait) === 1) return types.make(TypeTag.Projection, trait, name, [self]);
    }
    return UNKNOWN;
  }

  /** The projection of `name` in a trait or one of its supertraits. */
  #inTrait(trait: DefId, args: readonly TypeId[], self: TypeId, name: number): TypeId {
    return this.signatures.bounds.projectionIn(trait, args, self, name);
  }
}

function skipPathFast(code: Int32Array, at: number): number {
  let next = at + 2;
  for (let left = code[at + 1] as number; left > 0; left--) next = skipList(code, next + 1);
  return next;
}
