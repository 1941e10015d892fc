// Constant values, interned: one small integer a value. Integers are exact; floats are doubles, which is enough to decide what allocates.

/** A constant value: an index into the constant table; 0 is "no constant". */
export type ConstantId = number;

/** Sort of a constant value. An untyped rune is Int; which type it has is the expression's type. */
export const enum ConstantKind { None = 0, Bool, String, Int, Float, Complex }

/** A constant's value. Ints are `number` while they are safe integers, else `bigint`; a complex number is its two parts. */
export type ConstantValue = boolean | string | number | bigint | readonly [number, number];

/** Interned constants. */
export class ConstantTable {
  readonly #kinds: ConstantKind[] = [ConstantKind.None];
  readonly #values: ConstantValue[] = [0];
  readonly #byKey = new Map<ConstantValue | string, ConstantId>();
  readonly #floats = new Map<number, ConstantId>();
  readonly #strings = new Map<string, ConstantId>();
  /** Ids of small integers, 0 for those that were not asked for. */
  readonly #small = new Int32Array(256);

  kind(id: ConstantId): ConstantKind {
    return this.#kinds[id] ?? ConstantKind.None;
  }

  value(id: ConstantId): ConstantValue {
    return this.#values[id] ?? 0;
  }

  bool(value: boolean): ConstantId {
    return this.#byKey.get(value) ?? this.#add(this.#byKey, value, ConstantKind.Bool, value);
  }

  string(value: string): ConstantId {
    return this.#strings.get(value) ?? this.#add(this.#strings, value, ConstantKind.String, value);
  }

  /** An integer; one that is safe as a number is kept as one. */
  int(value: number | bigint): ConstantId {
    if (typeof value === 'number' && value >= 0 && value < 256) {
      const known = this.#small[value] as number;
      if (known !== 0) return known;
      const plain = value === 0 ? 0 : value; // no negative zero
      return (this.#small[value] = this.#byKey.get(plain) ?? this.#add(this.#byKey, plain, ConstantKind.Int, plain));
    }
    const small = typeof value === 'bigint' && value >= -0x1fffffffffffffn && value <= 0x1fffffffffffffn ? Number(value) : value;
    const plain = small === 0 ? 0 : small; // no negative zero
    return this.#byKey.get(plain) ?? this.#add(this.#byKey, plain, ConstantKind.Int, plain);
  }

  float(value: number): ConstantId {
    return this.#floats.get(value) ?? this.#add(this.#floats, value, ConstantKind.Float, value);
  }

  complex(re: number, im: number): ConstantId {
    const key = `c${re},${im}`;
    return this.#byKey.get(key) ?? this.#add(this.#byKey, key, ConstantKind.Complex, [re, im]);
  }

  #add<K>(index: Map<K, ConstantId>, key: K, kind: ConstantKind, value: ConstantValue): ConstantId {
    const id = this.#kinds.length;
    this.#kinds.push(kind);
    this.#values.push(value);
    index.set(key, id);
    return id;
  }
}

/** Number of UTF-8 bytes of a string constant. Bytes that were written as escapes and are no UTF-8 stand as U+DC80 … U+DCFF and count one each. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes++;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 4;
      i++;
    } else if (unit >= 0xdc80 && unit <= 0xdcff) bytes++;
    else bytes += 3;
  }
  return bytes;
}
