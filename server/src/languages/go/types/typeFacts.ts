// What follows from a type, as the escape analysis and the rules ask it. The contract only; typeMeasure.ts implements it.
import type { TypeId } from './typeKind.js';

/** Properties of types, memoised. Sizes are bytes of the target architecture. */
export interface TypeFacts {
  /** Size of a pointer: 8, or 4 on 32-bit targets. */
  readonly wordSize: number;
  /** Size of a value; -1 when unknown or dependent on a type parameter. */
  sizeOf(type: TypeId): number;
  /** Alignment of a value; 1 when unknown. */
  alignOf(type: TypeId): number;
  /** Whether values hold pointers; true when unknown or dependent on a type parameter. */
  hasPointers(type: TypeId): boolean;
  /** Whether an interface holds the value in its data word: pointers, maps, channels, functions, and structs or arrays of one such thing. */
  isDirectInterface(type: TypeId): boolean;
  /** Whether the type is an interface (a type parameter is none). */
  isInterface(type: TypeId): boolean;
  /** Whether the type is a type parameter. */
  isTypeParam(type: TypeId): boolean;
  /** Whether `==` is defined; true when unknown. */
  isComparable(type: TypeId): boolean;
  /** Single underlying type of all types in a type parameter's set, or the underlying type of any other; 0 when there is none. */
  coreType(type: TypeId): TypeId;
  /** Underlying types that a type parameter's constraint lists (terms of unions, flattened); empty when it lists none. */
  typeSet(typeParam: TypeId): readonly TypeId[];
  /** Whether a value of the type implements the interface; true when unknown. */
  implements(type: TypeId, iface: TypeId): boolean;
  /** Number of methods of an interface, embedded ones included. */
  interfaceMethodCount(iface: TypeId): number;
  /** The type as Go writes it, packages by their name: `*http.Server`, `map[string][]byte`. For people. */
  nameOf(type: TypeId): string;
}
