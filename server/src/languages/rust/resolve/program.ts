// What the later stages may ask of resolved declarations: definitions, signatures, traits, sizes. The contract; worldProgram.ts implements it.
// A program spans the unit, what it imports, and the standard library. Definitions are loaded when they are asked for.
import type { Configuration } from '../declare/cfg.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import type { DefId, TypeId, TypeTable } from '../types/typeTable.js';

/** Kinds of definitions. */
export const enum DefKind {
  None = 0, Module = 1, Struct = 2, Enum = 3, Union = 4, Trait = 5, Impl = 6, Function = 7, Const = 8, Static = 9, TypeAlias = 10, AssocType = 11,
  Macro = 12, Variant = 13, Field = 14, Local = 15, Builtin = 16,
}

/** A field of a struct or variant, by position. */
export interface FieldView {
  /** Symbol of its name (`0`, `1` … for tuple-like ones). */
  readonly name: number;
  /** With the generic arguments that were asked for. */
  readonly type: TypeId;
  /** Offsets of its name in the declaring file, -1 when its source is not at hand. */
  readonly start: number;
  readonly end: number;
}

/** A function's signature with generic arguments replaced. */
export interface SignatureView {
  readonly params: readonly TypeId[];
  readonly result: TypeId;
  readonly hasSelf: boolean;
  readonly async: boolean;
  readonly cold: boolean;
}

/** What was chosen to fulfil a trait. */
export interface ImplChoice {
  /** The impl; 0 when the trait holds by construction (closures, `Copy` tuples, `dyn`), by a bound, or by derive of std's form. */
  readonly impl: DefId;
  readonly args: readonly TypeId[];
}

/** What may run behind a trait's method. */
export interface Candidates {
  /** Members of impls, and the method itself for an impl that has none of its own. */
  readonly methods: readonly DefId[];
  /** Further ones, of the standard library: nothing is known of their bodies. */
  readonly opaque: number;
  /** Whether the workspace implements the trait. */
  readonly own: boolean;
}

/** Resolved declarations. All answers are functions of the sources; unknown types make unknown answers, never wrong ones. */
export interface RustProgram {
  readonly types: TypeTable;
  readonly symbols: SymbolTable;
  kindOf(def: DefId): DefKind;
  /** Implementations of a trait's method in the trait's own crate and in those that the crate of `from` sees; the first ones of many. */
  candidatesOf(method: DefId, from: DefId): Candidates;
  /** Symbol of its name; 0 for impls. */
  nameOf(def: DefId): number;
  /** Enclosing module, trait, impl, enum; for items in bodies the function. 0 for a crate. */
  parentOf(def: DefId): DefId;
  /** Canonical path as rustc writes it: `alloc::vec::Vec::push`, `<alloc::string::String as core::clone::Clone>::clone`, `crate_name::module::f`. Cached. */
  pathOf(def: DefId): string;
  /** Key for models: `alloc::vec::Vec::push` for inherent methods, `core::clone::Clone::clone for alloc::string::String` for methods of impls (self type by its head), `core::iter::Iterator::map`-like canonical path for trait methods. */
  modelKeyOf(def: DefId): string;
  /** Symbol of the crate that declares it (`std`, `core`, `alloc`, `tokio`, …) with underscores. */
  crateOf(def: DefId): number;
  /** Whether it is declared in a crate of the workspace, a dependency with sources, or the standard library. */
  originOf(def: DefId): 'workspace' | 'dependency' | 'std';
  /** Which features decide between alternatives in the crate of a definition. */
  configurationOf(def: DefId): Configuration;
  /** Whether the crate of a definition has a macro of its own by this name. */
  definesMacro(def: DefId, name: number): boolean;
  /** Definition at a canonical path; 0 when there is none. Inherent methods by `…::Type::method`, trait methods by `…::Trait::method`. Std's re-exports work too (`std::vec::Vec`). */
  find(path: string): DefId;
  /** Whether `#[derive]` made it (an impl or its method). */
  isDerived(def: DefId): boolean;
  isTest(def: DefId): boolean;
  /** Whether the function is marked `#[cold]` or returns `!`. */
  isCold(def: DefId): boolean;
  /** Async method under `#[async_trait]`: its future is boxed at each call. */
  isAsyncTrait(def: DefId): boolean;
  /** Number of flattened generic parameters (parent's first, `Self` first of all in traits). */
  genericCount(def: DefId): number;
  signature(def: DefId, args: readonly TypeId[]): SignatureView | null;
  /** Whether a function takes a receiver. */
  hasSelf(def: DefId): boolean;
  isAsync(def: DefId): boolean;
  /** Fields of a struct, union or variant. */
  fields(def: DefId, args: readonly TypeId[]): readonly FieldView[];
  /** Variants of an enum. */
  variants(def: DefId): readonly DefId[];
  /** Path, start and end (of the item's name) in its file; null when its source is not at hand. */
  placeOf(def: DefId): { readonly path: string; readonly start: number; readonly end: number } | null;
  /** Self type of an impl, with the impl's own parameters in it; UNKNOWN for others. */
  selfTypeOf(impl: DefId): TypeId;
  /** Trait of an impl, 0 for an inherent one. */
  traitOf(impl: DefId): DefId;
  /** The item of an impl or trait by name, 0 when there is none. */
  member(implOrTrait: DefId, name: number): DefId;
  /** Replaces parameters by arguments. */
  subst(type: TypeId, args: readonly TypeId[]): TypeId;
  /** The type as a reader writes it: `Vec<&str>`, `impl Future`, `{closure}`. */
  typeText(type: TypeId): string;
  /** Whether `self` implements `trait<args…>`: 1 yes, 0 no, -1 unknown. `env` is the function whose bounds hold. */
  implementsTrait(self: TypeId, trait: DefId, args: readonly TypeId[], env: DefId): 1 | 0 | -1;
  /** The impl that makes `self` implement the trait; null when none or unknown. */
  findImpl(self: TypeId, trait: DefId, args: readonly TypeId[], env: DefId): ImplChoice | null;
  /** `<self as trait>::name`; UNKNOWN when it cannot be told. */
  project(self: TypeId, trait: DefId, name: number, args: readonly TypeId[], env: DefId): TypeId;
  /** What impls for types with the head of `self` have for a trait's method, as far as `env` sees them. */
  implMethods(traitMethod: DefId, self: TypeId, env: DefId): readonly DefId[];
  /** The function that really runs when `traitMethod` is called on `self` (impl's own, else the trait's default); 0 when it cannot be told. */
  resolveMethod(traitMethod: DefId, self: TypeId, traitArgs: readonly TypeId[], env: DefId): { readonly def: DefId; readonly impl: DefId; readonly args: readonly TypeId[] } | null;
  isCopy(type: TypeId, env: DefId): 1 | 0 | -1;
  /** Bytes on x86-64 with rustc's usual field order; null when it is not known. 0 for zero-sized types. */
  sizeOf(type: TypeId): { readonly size: number; readonly align: number } | null;
}
