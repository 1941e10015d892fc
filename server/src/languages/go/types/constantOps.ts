// Arithmetic of constants.
import { byteLength, ConstantKind, type ConstantId, type ConstantTable, type ConstantValue } from './constants.js';
import { GoKind } from '../../../syntax/kinds/go.generated.js';
import { BasicType, isIntegerKind, TypeKind, type TypeId } from './typeKind.js';

const MAX_BITS = 4096; // larger results are not kept: no program that compiles has them

/** Value of `x op y`; 0 when it is none (division by zero, sorts that do not fit). `integers`: the operands are of an integer type. */
export function binaryConstant(table: ConstantTable, op: GoKind, x: ConstantId, y: ConstantId, integers: boolean): ConstantId {
  const xk = table.kind(x);
  const yk = table.kind(y);
  if (xk === ConstantKind.None || yk === ConstantKind.None) return 0;
  if (xk === ConstantKind.String || xk === ConstantKind.Bool) return xk === yk ? binarySimple(table, op, table.value(x), table.value(y)) : 0;
  if (yk < ConstantKind.Int) return 0;
  if (xk === ConstantKind.Int && yk === ConstantKind.Int) {
    if (op === GoKind.Slash && !integers) {
      const divisor = table.value(y);
      return divisor === 0 ? 0 : number(table, Number(table.value(x)) / Number(divisor));
    }
    return binaryInt(table, op, table.value(x) as number | bigint, table.value(y) as number | bigint);
  }
  if (xk === ConstantKind.Complex || yk === ConstantKind.Complex) return binaryComplex(table, op, complexOf(table.value(x)), complexOf(table.value(y)));
  return binaryFloat(table, op, Number(table.value(x)), Number(table.value(y)));
}

function binarySimple(table: ConstantTable, op: GoKind, x: ConstantValue, y: ConstantValue): ConstantId {
  switch (op) {
    case GoKind.EqEq:
      return table.bool(x === y);
    case GoKind.NotEq:
      return table.bool(x !== y);
    case GoKind.AmpAmp:
      return table.bool(x === true && y === true);
    case GoKind.PipePipe:
      return table.bool(x === true || y === true);
    case GoKind.Plus:
      return typeof x === 'string' && typeof y === 'string' ? table.string(x + y) : 0;
    case GoKind.Less:
      return table.bool(x < y);
    case GoKind.LessEq:
      return table.bool(x <= y);
    case GoKind.Greater:
      return table.bool(x > y);
    case GoKind.GreaterEq:
      return table.bool(x >= y);
    default:
      return 0;
  }
}

function compared(table: ConstantTable, op: GoKind, x: number | bigint, y: number | bigint): ConstantId {
  switch (op) {
    case GoKind.EqEq:
      return table.bool(x === y);
    case GoKind.NotEq:
      return table.bool(x !== y);
    case GoKind.Less:
      return table.bool(x < y);
    case GoKind.LessEq:
      return table.bool(x <= y);
    case GoKind.Greater:
      return table.bool(x > y);
    case GoKind.GreaterEq:
      return table.bool(x >= y);
    default:
      return 0;
  }
}

function binaryInt(table: ConstantTable, op: GoKind, x: number | bigint, y: number | bigint): ConstantId {
  if (typeof x === 'number' && typeof y === 'number') {
    let result = NaN;
    if (op === GoKind.Plus) result = x + y;
    else if (op === GoKind.Minus) result = x - y;
    else if (op === GoKind.Star) result = x * y;
    else if (op === GoKind.Slash) result = y === 0 ? NaN : Math.trunc(x / y);
    else if (op === GoKind.Percent) result = y === 0 ? NaN : x % y;
    if (Number.isSafeInteger(result)) return table.int(result);
    const comparison = compared(table, op, x, y);
    if (comparison !== 0) return comparison;
  }
  const a = BigInt(x);
  const b = BigInt(y);
  switch (op) {
    case GoKind.Plus:
      return table.int(a + b);
    case GoKind.Minus:
      return table.int(a - b);
    case GoKind.Star:
      return bits(a) + bits(b) > MAX_BITS ? 0 : table.int(a * b);
    case GoKind.Slash:
      return b === 0n ? 0 : table.int(a / b);
    case GoKind.Percent:
      return b === 0n ? 0 : table.int(a % b);
    case GoKind.Amp:
      return table.int(a & b);
    case GoKind.Pipe:
      return table.int(a | b);
    case GoKind.Caret:
      return table.int(a ^ b);
    case GoKind.AndNot:
      return table.int(a & ~b);
    default:
      return compared(table, op, a, b);
  }
}

function binaryFloat(table: ConstantTable, op: GoKind, x: number, y: number): ConstantId {
  switch (op) {
    case GoKind.Plus:
      return number(table, x + y);
    case GoKind.Minus:
      return number(table, x - y);
    case GoKind.Star:
      return number(table, x * y);
    case GoKind.Slash:
      return y === 0 ? 0 : number(table, x / y);
    default:
      return compared(table, op, x, y);
  }
}

function binaryComplex(table: ConstantTable, op: GoKind, x: readonly [number, number], y: readonly [number, number]): ConstantId {
  const [a, b] = x;
  const [c, d] = y;
  switch (op) {
    case GoKind.Plus:
      return table.complex(a + c, b + d);
    case GoKind.Minus:
      return table.complex(a - c, b - d);
    case GoKind.Star:
      return table.complex(a * c - b * d, a * d + b * c);
    case GoKind.EqEq:
      return table.bool(a === c && b === d);
    case GoKind.NotEq:
      return table.bool(a !== c || b !== d);
    default:
      return 0;
  }
}

function complexOf(value: ConstantValue): readonly [number, number] {
  return typeof value === 'object' ? value : [Number(value), 0];
}

function number(table: ConstantTable, value: number): ConstantId {
  return Number.isNaN(value) ? 0 : table.float(value);
}

function bits(value: bigint): number {
  return value.toString(16).length * 4;
}

/** Value of `x << y` or `x >> y`. */
export function shiftConstant(table: ConstantTable, left: boolean, x: ConstantId, y: ConstantId): ConstantId {
  const value = integerOf(table, x);
  const count = Number(integerOf(table, y) ?? -1);
  if (value === null || count < 0 || (left && count > MAX_BITS)) return 0;
  if (left) return typeof value === 'number' && count < 20 && Math.abs(value) < 0x100000000 ? table.int(value * 2 ** count) : table.int(BigInt(value) << BigInt(count));
  return table.int(BigInt(value) >> BigInt(Math.min(count, MAX_BITS)));
}

/** Value of a unary operator; `size` is the operand's size in bytes where it is an unsigned type (for `^`), else 0. */
export function unaryConstant(table: ConstantTable, op: GoKind, x: ConstantId, unsignedSize: number): ConstantId {
  const value = table.value(x);
  switch (table.kind(x)) {
    case ConstantKind.Bool:
      return op === GoKind.Bang ? table.bool(value !== true) : 0;
    case ConstantKind.Int:
      if (op === GoKind.Plus) return x;
      if (op === GoKind.Minus) return table.int(typeof value === 'bigint' ? -value : -(value as number));
      if (op !== GoKind.Caret) return 0;
      return unsignedSize > 0 ? table.int(BigInt.asUintN(unsignedSize * 8, ~BigInt(value as number | bigint))) : table.int(~BigInt(value as number | bigint));
    case ConstantKind.Float:
      return op === GoKind.Minus ? table.float(-(value as number)) : op === GoKind.Plus ? x : 0;
    case ConstantKind.Complex: {
      const [re, im] = complexOf(value);
      return op === GoKind.Minus ? table.complex(-re, -im) : op === GoKind.Plus ? x : 0;
    }
    default:
      return 0;
  }
}

/** A constant as an integer, null when it is no whole number. */
export function integerOf(table: ConstantTable, id: ConstantId): number | bigint | null {
  const value = table.value(id);
  switch (table.kind(id)) {
    case ConstantKind.Int:
      return value as number | bigint;
    case ConstantKind.Float:
      return Number.isSafeInteger(value) ? (value as number) : Number.isInteger(value) ? BigInt(value as number) : null;
    case ConstantKind.Complex: {
      const [re, im] = complexOf(value);
      return im === 0 && Number.isSafeInteger(re) ? re : null;
    }
    default:
      return null;
  }
}

/** Value of a conversion `T(x)` of a constant to a type whose underlying type is basic; 0 when the result is no constant. */
export function convertedConstant(table: ConstantTable, id: ConstantId, from: TypeId, under: BasicType, kind: TypeKind): ConstantId {
  const source = table.kind(id);
  if (kind === TypeKind.String) {
    if (source === ConstantKind.String) return id;
    if (source !== ConstantKind.Int || !isIntegerKind(from as unknown as TypeKind)) return source === ConstantKind.Int ? runeText(table, id) : 0;
    return runeText(table, id);
  }
  if (kind === TypeKind.Bool) return source === ConstantKind.Bool ? id : 0;
  if (isIntegerKind(kind)) {
    const value = integerOf(table, id);
    return value === null ? 0 : table.int(value);
  }
  if (source === ConstantKind.Int && (under === BasicType.Float32 || under === BasicType.Float64)) return table.float(Number(table.value(id)));
  if (source === ConstantKind.Float && under === BasicType.Float32) return table.float(Math.fround(table.value(id) as number));
  if ((under === BasicType.Complex64 || under === BasicType.Complex128) && source !== ConstantKind.Complex) return table.complex(Number(table.value(id)), 0);
  if (source === ConstantKind.Complex && (under === BasicType.Float32 || under === BasicType.Float64)) return table.float(complexOf(table.value(id))[0]);
  return id;
}

function runeText(table: ConstantTable, id: ConstantId): ConstantId {
  const value = Number(table.value(id));
  return table.string(value >= 0 && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff) ? String.fromCodePoint(value) : '\ufffd');
}

/** Length in bytes of a string constant; -1 for other constants. */
export function stringConstantLength(table: ConstantTable, id: ConstantId): number {
  return table.kind(id) === ConstantKind.String ? byteLength(table.value(id) as string) : -1;
}
