// Kinds of Go types and the ids of the predeclared ones. Names only; the table is in typeTable.ts.

/** A type: an index into the type table. Equal ids are identical types; 0 is "not known". Valid within one engine. */
export type TypeId = number;

/** Kind of a type. `Named` is a defined type (instantiated or not); look through it with `TypeTable.underlying`. */
export const enum TypeKind {
  Unknown = 0,
  Bool, Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr,
  Float32, Float64, Complex64, Complex128, String, UnsafePointer,
  UntypedBool, UntypedInt, UntypedRune, UntypedFloat, UntypedComplex, UntypedString, UntypedNil,
  Pointer, Slice, Array, Map, Chan, Struct, Func, Interface, Tuple, Union, Named, TypeParam,
}

/** Ids of types that exist in every table; `byte` is Uint8, `rune` is Int32, `any` is EmptyInterface. They equal their kinds up to UntypedNil. */
export const enum BasicType {
  Unknown = 0,
  Bool = 1, Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr,
  Float32, Float64, Complex64, Complex128, String, UnsafePointer,
  UntypedBool, UntypedInt, UntypedRune, UntypedFloat, UntypedComplex, UntypedString, UntypedNil,
  /** The empty tuple: the type of a call without results. */
  EmptyTuple,
  EmptyInterface,
  /** `comparable`. */
  Comparable,
  /** `error`, a Named type. */
  Error,
  /** `[]byte`. */
  Bytes,
}

/** Directions of channels, as in `TypeTable.chanDirection`. */
export const enum ChanDirection { Both = 0, Send = 1, Receive = 2 }

/** Whether a kind is an integer (untyped ones included). */
export function isIntegerKind(kind: TypeKind): boolean {
  return (kind >= TypeKind.Int && kind <= TypeKind.Uintptr) || kind === TypeKind.UntypedInt || kind === TypeKind.UntypedRune;
}

/** Whether a kind is an integer, a float or a complex number (untyped ones included). */
export function isNumericKind(kind: TypeKind): boolean {
  return (kind >= TypeKind.Int && kind <= TypeKind.Complex128) || (kind >= TypeKind.UntypedInt && kind <= TypeKind.UntypedComplex);
}
