// What one Rust file declares, as plain data: names, signatures, impls, imports; no bodies, nothing resolved. The facts of the standard library
// and of dependencies are exactly this form. Readers decode an item when it is asked for; see declare/factsReader.ts.

/** Kinds of items. The numbers are part of the serialised form. */
export const enum ItemKind {
  Module = 1,
  Struct = 2,
  Enum = 3,
  Union = 4,
  Trait = 5,
  Impl = 6,
  Function = 7,
  Const = 8,
  Static = 9,
  TypeAlias = 10,
  /** `type Item: Bound = Default;` in a trait, `type Item = T;` in an impl. */
  AssocType = 11,
  Use = 12,
  ExternCrate = 13,
  MacroRules = 14,
  Variant = 15,
  /** A block with items of its own inside a body: a nameless module. */
  BlockScope = 16,
  /** An item macro that could not be expanded while declaring. */
  MacroCall = 17,
}

/** Flags of an item. */
export const enum ItemFlag {
  /** Inactive under the assumed configuration (linux, x86-64), or another item takes its place with the default features. Kept: its functions are analysed, but names prefer the active ones. */
  Inactive = 1,
  /** `#[cfg(test)]`, `#[test]`, `#[bench]`, or inside of such. */
  Test = 2,
  Async = 4,
  Unsafe = 8,
  Const = 16,
  /** A function with a body, a trait method with a default. */
  HasBody = 32,
  /** `mod name;` in a file of its own. */
  External = 64,
  /** Made by expanding a macro: its positions are those of the macro call. */
  Expanded = 128,
  /** `#[macro_use]`, `#[macro_export]` */
  MacroUse = 256,
  /** `impl !Trait for T` */
  Negative = 512,
  /** Tuple struct or variant. */
  TupleLike = 1024,
  /** Unit struct or variant. */
  UnitLike = 2048,
  /** `#[cold]`, or `-> !` */
  Cold = 4096,
  /** `static mut`, `auto trait`, `default impl` */
  Special = 8192,
  /** `#[async_trait]` on the trait, the impl, or around the function: an async method boxes its future at each call. */
  AsyncTrait = 16384,
  /** `#[rustc_skip_…]`-free lang marker: has a `#[fundamental]`. */
  Fundamental = 32768,
  /** `#[automatically_derived]`-like: an impl written by a derive. */
  Derived = 65536,
  /** While declaring: needs features that are off by default. */
  Optional = 131072,
  /** While declaring: there only while features are off. */
  Alternative = 262144,
}

/** Visibility as written. */
export const enum Visibility { Private = 0, Public = 1, Crate = 2, Super = 3, /** `pub(in path)` */ Restricted = 4 }

/**
 * Type expressions in `code`, in prefix form. Names are indices into `names`; `List` is a count followed by as many expressions.
 * A path is: segment count, then for each segment a name and a List of generic arguments (`Assoc` and constants among them).
 */
export const enum TypeCode {
  /** `_`, or what could not be read */
  Infer = 0,
  Never = 1,
  /** path */
  Path = 2,
  /** self type, path of the trait (0 segments for none), path of the rest: `<T as Trait>::Name` */
  Qualified = 3,
  /** mutable, type */
  Ref = 4,
  /** mutable, type */
  Ptr = 5,
  Slice = 6,
  /** type, length (a constant or a path) */
  Array = 7,
  /** List */
  Tuple = 8,
  /** List of parameters, result */
  FnPtr = 9,
  /** List of bounds */
  Dyn = 10,
  /** List of bounds */
  Impl = 11,
  /** value */
  Const = 12,
  /** In argument lists: name, type */
  AssocEq = 13,
  /** In argument lists: name, List of bounds */
  AssocBound = 14,
  /** A bound: path of a trait; its last segment's arguments may hold AssocEq. `Fn(A) -> B` is `Fn<(A,), Output = B>`. */
  Bound = 15,
  /** `?Sized` and lifetimes: no bound at all */
  NoBound = 16,
  /** Inside macros: the text could not be read as a type */
  Macro = 17,
}

/** The root of a `use` path or of any path that is written with a marker, as reserved names. */
export const enum PathRoot { None = 0, Crate = 1, Self = 2, Super = 3, /** leading `::` */ Extern = 4, /** `$crate` */ DollarCrate = 5 }

/** What one file declares. */
export interface FileFacts {
  /** Interned names of this file; `code` speaks of indices into it. Serialised as strings. */
  readonly names: readonly number[];
  /** All items in pre-order, each: kind, length of its code, flags, visibility, name, … as declare/factsReader.ts documents. */
  readonly code: Int32Array;
  /** Offsets into `code` of every item, by ordinal. */
  readonly items: Int32Array;
}

/** {@link FileFacts} with where its items stand in one version of the file's tree; not part of the facts. */
export interface DeclaredFile {
  readonly facts: FileFacts;
  /** By ordinal of the item: its node, or that of the macro call that made it. */
  readonly nodes: Int32Array;
  /** Texts of macro expansions whose functions have bodies, by ordinal of the first item; null for none. */
  readonly problems: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}
