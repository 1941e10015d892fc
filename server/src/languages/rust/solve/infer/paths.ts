// Paths in expressions and patterns: `f`, `Type::new`, `<T as Trait>::f`, `Enum::Variant`, with turbofish.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemKind, PathRoot } from '../../declare/facts.js';
import { Space } from '../../resolve/names.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import type { Inferrer } from './inferrer.js';
import { findAssociated, instantiate } from './methods.js';

/** What a value path means. */
export interface PathValue {
  /** Function, constant, static, struct or variant. */
  readonly def: DefId;
  /** Flattened generic arguments (of the struct or enum for constructors). */
  readonly args: readonly TypeId[];
  /** Type before the last segment for associated items, else UNKNOWN. */
  readonly self: TypeId;
}

interface Segments {
  root: PathRoot;
  readonly names: number[];
  /** type_arguments node by segment, or NO_NODE. */
  readonly args: NodeIndex[];
  /** Bracketed qualifier, or NO_NODE. */
  qualifier: NodeIndex;
}

function segmentsOf(inferrer: Inferrer, node: NodeIndex): Segments {
  const segments: Segments = { root: PathRoot.None, names: [], args: [], qualifier: NO_NODE };
  addSegments(inferrer, node, NO_NODE, segments, 0);
  return segments;
}

/** @param list type_arguments of the last segment, or NO_NODE */
function addSegments(inferrer: Inferrer, node: NodeIndex, list: NodeIndex, into: Segments, depth: number): void {
  if (depth > 50) return;
  const { tree, world } = inferrer.state;
  switch (tree.kind[node]) {
    case RustKind.GenericType: case RustKind.GenericTypeWithTurbofish: case RustKind.GenericFunction: case RustKind.GenericPattern:
      addSegments(inferrer, tree.firstChild(node), tree.childByField(node, RustField.TypeArguments), into, depth + 1);
      return;
    case RustKind.ScopedIdentifier: case RustKind.ScopedTypeIdentifier: {
      const path = tree.childByField(node, RustField.Path);
      if (path === NO_NODE) into.root = PathRoot.Extern;
      else if (tree.kind[path] === RustKind.BracketedType) into.qualifier = path;
      else addSegments(inferrer, path, NO_NODE, into, depth + 1);
      const name = tree.childByField(node, RustField.Name);
      if (name !== NO_NODE) addSegments(inferrer, name, list, into, depth + 1);
      return;
    }
    case RustKind.Crate:
      into.root = PathRoot.Crate;
      return;
    case RustKind.Self:
      if (into.names.length === 0 && tree.parent[node] !== -1 && tree.kind[tree.parent[node] as number] !== RustKind.CallExpression) into.root = PathRoot.Self;
      return;
    case RustKind.Super:
      into.names.push(world.words.super);
      into.args.push(NO_NODE);
      return;
    case RustKind.Metavariable:
      into.root = PathRoot.DollarCrate;
      return;
    case RustKind.BracketedType:
      into.qualifier = node;
      return;
    default:
      into.names.push(inferrer.symbol(node));
      into.args.push(list);
  }
}

/** Arguments listed at a type_arguments node; `_` become variables. */
export function typeArguments(inferrer: Inferrer, node: NodeIndex): TypeId[] {
  if (node === NO_NODE) return [];
  const { tree } = inferrer.state;
  const args: TypeId[] = [];
  for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
    const kind = tree.kind[child];
    if (kind === RustKind.Lifetime || kind === RustKind.TypeBinding || kind === RustKind.Error) continue;
    args.push(inferrer.written.typeAt(child));
  }
  return args;
}

/** Puts explicit arguments in place of the last variables of `args`: own parameters of `def` start at `base`. */
function explicit(inferrer: Inferrer, args: TypeId[], base: number, list: NodeIndex): void {
  if (list === NO_NODE) return;
  inferrer.state.unifyFrom(args, base, typeArguments(inferrer, list));
}

/** Resolves a path in value position; null when it is not known. */
export function valuePath(inferrer: Inferrer, node: NodeIndex): PathValue | null {
  const { state } = inferrer;
  const { signatures, names, world, types } = state;
  const path = segmentsOf(inferrer, node);
  const count = path.names.length;
  if (count === 0) return null;
  if (path.qualifier !== NO_NODE) {
    const inner = state.tree.firstChild(path.qualifier);
    const cast = inner !== NO_NODE && state.tree.kind[inner] === RustKind.QualifiedType;
    let self = inferrer.written.typeAt(cast ? state.tree.childByField(inner, RustField.Type) : inner);
    const traitNode = cast ? state.tree.childByField(inner, RustField.Alias) : NO_NODE;
    const name = path.names[count - 1] as number;
    if (traitNode !== NO_NODE && count === 1) {
      const bound = inferrer.written.boundAt(traitNode, self);
      if (bound !== null && bound.trait !== 0) {
        const def = signatures.memberOf(bound.trait, name, ItemKind.Function) || signatures.memberOf(bound.trait, name, ItemKind.Const);
        if (def === 0) return null;
        const args = state.traits.freshArgs(def);
        args[0] = self;
        state.unifyFrom(args, 1, bound.args);
        explicit(inferrer, args, signatures.generics(def).base, path.args[count - 1] as number);
        return { def, args, self };
      }
    }
    for (let i = 0; i < count - 1; i++) self = state.normalize(signatures.lowering.associated(inferrer.written.context(), self, path.names[i] as number));
    return associated(inferrer, self, name, path.args[count - 1] as number);
  }
  const first = path.names[0] as number;
  let type = UNKNOWN;
  let used = 0;
  if (path.root === PathRoot.None) {
    if (first === world.words.selfType) {
      type = state.selfType === 0 ? UNKNOWN : state.selfType;
      used = 1;
      if (count === 1) return constructor(inferrer, type);
    } else if (count > 1) {
      const param = signatures.parameter(state.owner, first);
      if (param !== UNKNOWN) {
        type = param;
        used = 1;
      }
    }
  }
  if (used === 0) {
    const { def, rest } = names.pathPrefix(state.scope, path.root, path.names, Space.Value);
    if (def === 0) {
      const prim = signatures.lowering.primitive(first);
      if (count < 2 || prim === UNKNOWN || path.root !== PathRoot.None) return null;
      type = prim;
      used = 1;
    } else {
      used = count - rest;
      const list = used > 0 ? (path.args[used - 1] as number) : NO_NODE;
      const kind = world.defs.kind(def);
      if (rest === 0) {
        switch (kind) {
          case ItemKind.Function: {
            const args = state.traits.freshArgs(def);
            explicit(inferrer, args, signatures.generics(def).base, list);
            return { def, args, self: UNKNOWN };
          }
          case ItemKind.Variant: {
            const args = state.traits.freshArgs(world.defs.parent(def));
            const onEnum = used > 1 ? (path.args[used - 2] as number) : NO_NODE;
            explicit(inferrer, args, 0, list !== NO_NODE ? list : onEnum);
            return { def, args, self: UNKNOWN };
          }
          case ItemKind.Struct: {
            const args = state.traits.freshArgs(def);
            explicit(inferrer, args, 0, list);
            return { def, args, self: UNKNOWN };
          }
          case ItemKind.Const: case ItemKind.Static: return { def, args: [], self: UNKNOWN };
          default: return null;
        }
      }
      if (kind === ItemKind.Trait) {
        const name = path.names[used] as number;
        if (rest > 1) return null;
        const member = signatures.memberOf(def, name, ItemKind.Function) || signatures.memberOf(def, name, ItemKind.Const) || inSupertraits(inferrer, def, name);
        if (member === 0) return null;
        const args = state.traits.freshArgs(member);
        state.unifyFrom(args, 1, typeArguments(inferrer, list));
        explicit(inferrer, args, signatures.generics(member).base, path.args[count - 1] as number);
        return { def: member, args, self: args[0] ?? UNKNOWN };
      }
      if (kind === ItemKind.Struct || kind === ItemKind.Enum || kind === ItemKind.Union) {
        const args = state.traits.freshArgs(def);
        explicit(inferrer, args, 0, list);
        type = types.adt(def, args);
      } else if (kind === ItemKind.TypeAlias) {
        const args = state.traits.freshArgs(def);
        explicit(inferrer, args, 0, list);
        type = state.subst(signatures.alias(def), args);
      } else return null;
    }
  }
  for (let i = used; i < count - 1; i++) type = state.normalize(signatures.lowering.associated(inferrer.written.context(), type, path.names[i] as number));
  return associated(inferrer, type, path.names[count - 1] as number, path.args[count - 1] as number);
}

function inSupertraits(inferrer: Inferrer, trait: DefId, name: number): DefId {
  for (const parent of inferrer.state.signatures.bounds.supertraits(trait)) {
    const found = inferrer.state.signatures.memberOf(parent.trait, name, ItemKind.Function);
    if (found !== 0) return found;
  }
  return 0;
}

function constructor(inferrer: Inferrer, type: TypeId): PathValue | null {
  const { types } = inferrer.state;
  return types.tag(type) === TypeTag.Adt ? { def: types.head(type), args: types.args(type), self: UNKNOWN } : null;
}

function associated(inferrer: Inferrer, self: TypeId, name: number, list: NodeIndex): PathValue | null {
  const { state } = inferrer;
  const at = state.resolved(self);
  if (state.types.tag(at) === TypeTag.Adt && state.world.defs.kind(state.types.head(at)) === ItemKind.Enum) {
    const variant = state.names.member(state.types.head(at), name, Space.Value);
    if (variant !== 0) return { def: variant, args: state.types.args(at), self: UNKNOWN };
  }
  const found = findAssociated(state, inferrer.index, at, name);
  if (found === null) return null;
  const args = instantiate(state, found);
  explicit(inferrer, args, state.signatures.generics(found.def).base, list);
  return { def: found.def, args, self: found.self };
}

/** A path in type position (struct expressions, patterns): the struct or variant it names, with arguments. */
export function structPath(inferrer: Inferrer, node: NodeIndex): { readonly def: DefId; readonly args: readonly TypeId[] } | null {
  const { state } = inferrer;
  const { names, world, types, signatures } = state;
  const path = segmentsOf(inferrer, node);
  const count = path.names.length;
  if (count === 0) return null;
  if (path.root === PathRoot.None && path.qualifier === NO_NODE && path.names[0] === world.words.selfType) {
    if (types.tag(state.selfType) !== TypeTag.Adt) return null;
    const def = types.head(state.selfType);
    if (count === 1) return { def, args: types.args(state.selfType) };
    const variant = names.member(def, path.names[1] as number, Space.Type);
    return variant === 0 ? null : { def: variant, args: types.args(state.selfType) };
  }
  if (path.qualifier !== NO_NODE) return null;
  const { def, rest } = names.pathPrefix(state.scope, path.root, path.names, Space.Type);
  if (def === 0) return null;
  const kind = world.defs.kind(def);
  const list = path.args[count - 1 - rest] ?? NO_NODE;
  if (kind === ItemKind.TypeAlias) {
    const args = state.traits.freshArgs(def);
    explicit(inferrer, args, 0, list);
    const type = state.subst(signatures.alias(def), args);
    if (types.tag(type) !== TypeTag.Adt) return null;
    if (rest === 1) {
      const variant = names.member(types.head(type), path.names[count - 1] as number, Space.Type);
      return variant === 0 ? null : { def: variant, args: types.args(type) };
    }
    return { def: types.head(type), args: types.args(type) };
  }
  if (rest !== 0) return null;
  if (kind === ItemKind.Variant) {
    const args = state.traits.freshArgs(world.defs.parent(def));
    explicit(inferrer, args, 0, list !== NO_NODE ? list : (path.args[count - 2] ?? NO_NODE));
    return { def, args };
  }
  if (kind !== ItemKind.Struct && kind !== ItemKind.Union) return null;
  const args = state.traits.freshArgs(def);
  explicit(inferrer, args, 0, list);
  return { def, args };
}
