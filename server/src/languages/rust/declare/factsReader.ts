// Walks the code of FileFacts: where the parts of an item stand. All functions take an offset and give the offset after what they skip.
import { ItemKind, TypeCode } from './facts.js';

type Code = Int32Array;

/** After the type expression at `at`. */
export function skipType(code: Code, at: number): number {
  switch (code[at] as TypeCode) {
    case TypeCode.Infer: case TypeCode.Never: case TypeCode.NoBound: case TypeCode.Macro: return at + 1;
    case TypeCode.Const: return at + 2;
    case TypeCode.Path: case TypeCode.Bound: return skipPath(code, at + 1);
    case TypeCode.Qualified: return skipPath(code, skipPath(code, skipType(code, at + 1)));
    case TypeCode.Ref: case TypeCode.Ptr: return skipType(code, at + 2);
    case TypeCode.Slice: return skipType(code, at + 1);
    case TypeCode.Array: return skipType(code, skipType(code, at + 1));
    case TypeCode.Tuple: case TypeCode.Dyn: case TypeCode.Impl: return skipList(code, at + 1);
    case TypeCode.FnPtr: return skipType(code, skipList(code, at + 1));
    case TypeCode.AssocEq: return skipType(code, at + 2);
    case TypeCode.AssocBound: return skipList(code, at + 2);
    default: return at + 1;
  }
}

/** After a count and as many type expressions or bounds. */
export function skipList(code: Code, at: number): number {
  let next = at + 1;
  for (let left = code[at] as number; left > 0; left--) next = skipType(code, next);
  return next;
}

/** After a path: root, count, segments. */
export function skipPath(code: Code, at: number): number {
  let next = at + 2;
  for (let left = code[at + 1] as number; left > 0; left--) next = skipList(code, next + 1);
  return next;
}

/** Index into `names` of a path's last segment, -1 for an empty path. `at` is that of its root. */
export function lastSegment(code: Code, at: number): number {
  let next = at + 2;
  let name = -1;
  for (let left = code[at + 1] as number; left > 0; left--) {
    name = code[next] as number;
    next = skipList(code, next + 1);
  }
  return name;
}

/** One generic parameter of an item, by offsets into its code. */
export interface ParameterCode {
  /** Index into the file's names. */
  readonly name: number;
  readonly constant: boolean;
  /** List of bounds, or the type of a constant. */
  readonly bounds: number;
  /** Default, -1 for none. */
  readonly fallback: number;
}

/** Generic parameters and where-clauses of an item. */
export interface GenericsCode {
  readonly parameters: readonly ParameterCode[];
  /** Offset of each clause: type, List of bounds. */
  readonly clauses: readonly number[];
  /** Offset after the generics. */
  readonly end: number;
}

const NO_PARAMETERS: readonly ParameterCode[] = [];
const NO_CLAUSES: readonly number[] = [];

/** Reads generics at `at`. */
export function readGenerics(code: Code, at: number): GenericsCode {
  let next = at + 1;
  let parameters = NO_PARAMETERS;
  const count = code[at] as number;
  if (count > 0) {
    const list: ParameterCode[] = [];
    for (let i = 0; i < count; i++) {
      const name = code[next] as number;
      const constant = code[next + 1] === 1;
      const bounds = next + 2;
      next = constant ? skipType(code, bounds) : skipList(code, bounds);
      const fallback = code[next] === 1 ? next + 1 : -1;
      next = fallback < 0 ? next + 1 : skipType(code, fallback);
      list.push({ name, constant, bounds, fallback });
    }
    parameters = list;
  }
  let clauses = NO_CLAUSES;
  const predicates = code[next++] as number;
  if (predicates > 0) {
    const list: number[] = [];
    for (let i = 0; i < predicates; i++) {
      list.push(next);
      next = skipList(code, skipType(code, next));
    }
    clauses = list;
  }
  return { parameters, clauses, end: next };
}

/** Whether an item of this kind starts with generics after its header. */
export function hasGenerics(kind: ItemKind): boolean {
  return kind === ItemKind.Struct || kind === ItemKind.Enum || kind === ItemKind.Union || kind === ItemKind.Trait || kind === ItemKind.Impl || kind === ItemKind.Function || kind === ItemKind.TypeAlias || kind === ItemKind.AssocType;
}

/** After generics, without reading them. */
export function skipGenerics(code: Code, at: number): number {
  let next = at + 1;
  for (let left = code[at] as number; left > 0; left--) {
    next = code[next + 1] === 1 ? skipType(code, next + 2) : skipList(code, next + 2);
    next = code[next] === 1 ? skipType(code, next + 1) : next + 1;
  }
  const predicates = code[next++] as number;
  for (let i = 0; i < predicates; i++) next = skipList(code, skipType(code, next));
  return next;
}

/** For an impl: offset of the trait's bound (-1 for none) and of the self type. */
export function implParts(code: Code, item: number, header: number): { readonly trait: number; readonly self: number } {
  const at = skipGenerics(code, item + header);
  return code[at] === 1 ? { trait: at + 1, self: skipType(code, at + 1) } : { trait: -1, self: at + 1 };
}
