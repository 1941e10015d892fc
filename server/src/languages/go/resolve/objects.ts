// Package-level objects of an engine: variables, constants, types, functions, methods, and the predeclared ones, as interned integers.
// An object keeps its number when its package is declared again, so that what refers to it stays valid. Locals are not objects.
import type { ConstantId } from '../types/constants.js';
import type { TypeId } from '../types/typeKind.js';

/** An object: an index into the object table; 0 is none. Valid within one engine. */
export type ObjectId = number;
/** An object of kind Func or Method. A generic function is one object, whatever its instances. */
export type FuncId = ObjectId;
/** A package of an engine: an index; 0 is the universe. */
export type PackageId = number;

/** What an object is. */
export const enum ObjectKind { None = 0, Var, Const, Type, Func, Method, Builtin, Nil, Package }

/** Predeclared functions, and those of package unsafe. The value of a Builtin object. */
export const enum Builtin {
  None = 0, Append, Cap, Clear, Close, Complex, Copy, Delete, Imag, Len, Make, Max, Min, New, Panic, Print, Println, Real, Recover,
  UnsafeAdd, UnsafeAlignof, UnsafeOffsetof, UnsafeSizeof, UnsafeSlice, UnsafeSliceData, UnsafeString, UnsafeStringData,
}

/** Whether an object's type and value are known yet. */
export const enum Resolution { Pending = 0, Running = 1, Done = 2 }

/** The objects of an engine, column by column. */
export class ObjectTable {
  readonly kind: ObjectKind[] = [ObjectKind.None];
  /** Symbol of the name. */
  readonly name: number[] = [0];
  readonly package: PackageId[] = [0];
  /** Variable: its type. Constant: its (perhaps untyped) type. Type: the type it names. Function, method: the signature without receiver. 0 until resolved. */
  readonly type: TypeId[] = [0];
  readonly state: Resolution[] = [Resolution.Done];
  /** Value of a constant; of a Builtin, which one. */
  readonly value: ConstantId[] = [0];
  /** Of a method: the Type object it is declared on; else 0. */
  readonly receiver: ObjectId[] = [0];
  /** Of a method: 1 when its receiver is a pointer. Of a type: 1 for an alias. Of a function: 0. */
  readonly flag: number[] = [0];
  /** Index of the declaring file in the engine's list of declared files, -1 for none (facts, universe). */
  readonly file: number[] = [-1];
  /** Declaring node: function_declaration, method_declaration, type_spec, type_alias, var_spec, const_spec; -1 when there is no source. */
  readonly node: number[] = [-1];
  /** Position of the object in its declaration (second name of a var_spec: 1); of a constant: its iota. */
  readonly index: number[] = [0];
  /** Type parameters: of a generic type or function, their TypeParam types. */
  readonly typeParams: (readonly TypeId[])[] = [[]];

  /** Number of objects; every id is below it. */
  get count(): number {
    return this.kind.length;
  }

  add(kind: ObjectKind, name: number, pkg: PackageId): ObjectId {
    this.kind.push(kind);
    this.name.push(name);
    this.package.push(pkg);
    this.type.push(0);
    this.state.push(Resolution.Pending);
    this.value.push(0);
    this.receiver.push(0);
    this.flag.push(0);
    this.file.push(-1);
    this.node.push(-1);
    this.index.push(0);
    this.typeParams.push([]);
    return this.kind.length - 1;
  }
}
