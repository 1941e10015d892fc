// What lowered declarations look like: generics, bounds, signatures, impl headers, fields. Plain values over parameters; made by signatures.ts and bounds.ts.
import type { Visibility } from '../declare/facts.js';
import type { GenericsCode } from '../declare/factsReader.js';
import type { DefId, TypeId } from '../types/typeTable.js';
import type { BoundView } from './lower.js';

/** Generic parameters of a definition, those of its parent flattened before its own. */
export interface Generics {
  readonly parent: Generics | null;
  /** Index of the first own one. */
  readonly base: number;
  /** Own names; `Self` of a trait and `impl Trait` parameters have name 0. */
  readonly names: readonly number[];
  readonly code: GenericsCode | null;
  /** All of them. */
  readonly count: number;
}

/** A bound that must hold: `self: trait<args>` with equalities of its associated types. */
export interface Predicate extends BoundView {
  readonly self: TypeId;
}

/** A function's signature over its parameters. */
export interface Signature {
  readonly selfKind: number;
  readonly params: readonly TypeId[];
  readonly result: TypeId;
  /** Own generic parameters made by `impl Trait` arguments. */
  readonly implicit: number;
  /** Bounds of the opaque results, by index. */
  readonly opaques: readonly (readonly Predicate[])[];
  readonly implicitBounds: readonly Predicate[];
}

/** Trait and self type of an impl. */
export interface ImplHeader {
  readonly trait: DefId;
  readonly args: readonly TypeId[];
  readonly self: TypeId;
}

/** A field over its owner's parameters. */
export interface Field {
  readonly name: number;
  readonly visibility: Visibility;
  readonly type: TypeId;
}
