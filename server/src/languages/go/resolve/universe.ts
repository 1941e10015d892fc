// The predeclared names, and package unsafe.
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { BasicType } from '../types/typeKind.js';
import type { TypeTable } from '../types/typeTable.js';
import { Builtin, ObjectKind, Resolution, type ObjectId, type ObjectTable } from './objects.js';

const TYPES: readonly (readonly [string, BasicType])[] = [
  ['error', BasicType.Error], ['bool', BasicType.Bool], ['int', BasicType.Int], ['int8', BasicType.Int8], ['int16', BasicType.Int16], ['int32', BasicType.Int32], ['int64', BasicType.Int64],
  ['uint', BasicType.Uint], ['uint8', BasicType.Uint8], ['uint16', BasicType.Uint16], ['uint32', BasicType.Uint32], ['uint64', BasicType.Uint64], ['uintptr', BasicType.Uintptr],
  ['float32', BasicType.Float32], ['float64', BasicType.Float64], ['complex64', BasicType.Complex64], ['complex128', BasicType.Complex128], ['string', BasicType.String],
  ['byte', BasicType.Uint8], ['rune', BasicType.Int32], ['any', BasicType.EmptyInterface], ['comparable', BasicType.Comparable],
];
const BUILTINS: readonly (readonly [string, Builtin])[] = [
  ['append', Builtin.Append], ['cap', Builtin.Cap], ['clear', Builtin.Clear], ['close', Builtin.Close], ['complex', Builtin.Complex], ['copy', Builtin.Copy], ['delete', Builtin.Delete],
  ['imag', Builtin.Imag], ['len', Builtin.Len], ['make', Builtin.Make], ['max', Builtin.Max], ['min', Builtin.Min], ['new', Builtin.New], ['panic', Builtin.Panic],
  ['print', Builtin.Print], ['println', Builtin.Println], ['real', Builtin.Real], ['recover', Builtin.Recover],
];
const UNSAFE: readonly (readonly [string, Builtin])[] = [
  ['Add', Builtin.UnsafeAdd], ['Alignof', Builtin.UnsafeAlignof], ['Offsetof', Builtin.UnsafeOffsetof], ['Sizeof', Builtin.UnsafeSizeof], ['Slice', Builtin.UnsafeSlice],
  ['SliceData', Builtin.UnsafeSliceData], ['String', Builtin.UnsafeString], ['StringData', Builtin.UnsafeStringData],
];

/** Declares the universe in an empty object table; `error` becomes its first object. */
export function declareUniverse(objects: ObjectTable, types: TypeTable, symbols: SymbolTable): ReadonlyMap<number, ObjectId> {
  const members = new Map<number, ObjectId>();
  const add = (kind: ObjectKind, name: string, type: number, value: number, pkg: number, into: Map<number, ObjectId>): void => {
    const symbol = symbols.intern(name);
    const id = objects.add(kind, symbol, pkg);
    objects.type[id] = type;
    objects.value[id] = value;
    objects.state[id] = Resolution.Done;
    into.set(symbol, id);
  };
  for (const [name, type] of TYPES) add(ObjectKind.Type, name, type, 0, 0, members);
  for (const [name, builtin] of BUILTINS) add(ObjectKind.Builtin, name, 0, builtin, 0, members);
  completeUniverse(types, symbols);
  return members;
}

/** Sets what declarations would say of predeclared types; to be repeated after `TypeTable.forgetResolved`. */
export function completeUniverse(types: TypeTable, symbols: SymbolTable): void {
  types.setUnderlying(BasicType.Error, types.interface([symbols.intern('Error'), 0, types.func([], [BasicType.String], false)], []));
}

/** Members of package unsafe. */
export function declareUnsafe(objects: ObjectTable, symbols: SymbolTable, pkg: number): ReadonlyMap<number, ObjectId> {
  const members = new Map<number, ObjectId>();
  for (const [name, builtin] of UNSAFE) {
    const id = objects.add(ObjectKind.Builtin, symbols.intern(name), pkg);
    objects.value[id] = builtin;
    objects.state[id] = Resolution.Done;
    members.set(symbols.intern(name), id);
  }
  const pointer = objects.add(ObjectKind.Type, symbols.intern('Pointer'), pkg);
  objects.type[pointer] = BasicType.UnsafePointer;
  objects.state[pointer] = Resolution.Done;
  members.set(symbols.intern('Pointer'), pointer);
  return members;
}
