// The interned type table of Rust: equal types are the same small integer, so comparing and memoising cost nothing.
// Not here: what a definition is (resolve/), what a name means, or inference (solve/infer/). Lifetimes are erased.

/** An interned type of one {@link TypeTable}. */
export type TypeId = number;

/** An interned definition; see resolve/definitions.ts. */
export type DefId = number;

/** What a type is made of; `head`, `extra` and `args` mean what the tag says. */
export const enum TypeTag {
  /** Could not be decided; equal to everything, proves nothing. */
  Unknown = 0,
  /** `!` */
  Never = 1,
  /** head: {@link Prim} */
  Prim = 2,
  /** Struct, enum, union. head: definition; args: generic arguments, constants among them as `Const`. */
  Adt = 3,
  /** head: 1 for `&mut`; args: target */
  Ref = 4,
  /** head: 1 for `*mut`; args: target */
  Ptr = 5,
  /** args: element */
  Slice = 6,
  /** args: element, length (`Const`, `Param` or `Unknown`) */
  Array = 7,
  /** args: elements; the empty tuple is unit */
  Tuple = 8,
  /** The type of a function's name. head: definition; args: its generic arguments, those of its impl or trait first. */
  FnDef = 9,
  /** args: result, parameters… */
  FnPtr = 10,
  /** head: definition of the enclosing function; extra: ordinal within it; args: result, parameters… */
  Closure = 11,
  /** What an `async fn` or block makes. head: the function; extra: 0 for the function's own future, else ordinal of the block + 1; args: output, then (for a function) the parameters it captures. */
  Future = 12,
  /** args: `Bound`… and `Assoc`… */
  Dyn = 13,
  /** `impl Trait` in result position. head: function; extra: index within its signature; args: the function's generic arguments. */
  Opaque = 14,
  /** A generic parameter. head: definition that declares it; extra: index into the flattened generics (those of the parent first; 0 is `Self` in a trait). */
  Param = 15,
  /** `<Self as Trait<…>>::Name`. head: trait; extra: symbol of the name; args: self, trait arguments… */
  Projection = 16,
  /** Inference variable; never in finished results. head: index; extra: 0 general, 1 integer, 2 float */
  Infer = 17,
  /** A constant argument. head: its value */
  Const = 18,
  /** Inside `Dyn` and bounds only. head: trait; args: trait arguments without self */
  Bound = 19,
  /** Inside `Dyn` and bounds only. head: symbol of the associated type; args: its type */
  Assoc = 20,
}

/** Primitive types. */
export const enum Prim {
  Bool = 0, Char = 1, Str = 2,
  I8 = 3, I16 = 4, I32 = 5, I64 = 6, I128 = 7, Isize = 8,
  U8 = 9, U16 = 10, U32 = 11, U64 = 12, U128 = 13, Usize = 14,
  F32 = 15, F64 = 16, F16 = 17, F128 = 18,
}

/** Names of the primitives, by {@link Prim}. */
export const PRIM_NAMES: readonly string[] = [
  'bool', 'char', 'str', 'i8', 'i16', 'i32', 'i64', 'i128', 'isize', 'u8', 'u16', 'u32', 'u64', 'u128', 'usize', 'f32', 'f64', 'f16', 'f128',
];

/** What occurs anywhere inside a type. */
export const enum TypeFlag { Infer = 1, Param = 2, Unknown = 4, Projection = 8, Closure = 16 }

/** The type that could not be decided; the same in every table. */
export const UNKNOWN: TypeId = 0;
/** `!` */
export const NEVER: TypeId = 1;
/** `()` */
export const UNIT: TypeId = 2;
/** Primitive `p` is type `PRIM_BASE + p`. */
export const PRIM_BASE = 3;
/** `str` */
export const STR: TypeId = PRIM_BASE + Prim.Str;
/** `bool` */
export const BOOL: TypeId = PRIM_BASE + Prim.Bool;
/** `usize` */
export const USIZE: TypeId = PRIM_BASE + Prim.Usize;
/** `i32` */
export const I32: TypeId = PRIM_BASE + Prim.I32;
/** `f64` */
export const F64: TypeId = PRIM_BASE + Prim.F64;
/** `u8` */
export const U8: TypeId = PRIM_BASE + Prim.U8;
/** `char` */
export const CHAR: TypeId = PRIM_BASE + Prim.Char;

const NO_ARGS: readonly TypeId[] = [];

/** Interned types, as columns. Ids are handed out in order and never reused. */
export class TypeTable {
  #tag = new Uint8Array(1 << 12);
  #head = new Int32Array(1 << 12);
  #extra = new Int32Array(1 << 12);
  #first = new Uint32Array((1 << 12) + 1);
  #flags = new Uint8Array(1 << 12);
  #pool = new Int32Array(1 << 13);
  #hashes = new Int32Array(1 << 12);
  #slots = new Int32Array(1 << 13).fill(-1);
  #count = 0;

  constructor() {
    this.make(TypeTag.Unknown, 0, 0, NO_ARGS);
    this.make(TypeTag.Never, 0, 0, NO_ARGS);
    this.make(TypeTag.Tuple, 0, 0, NO_ARGS);
    for (let prim = 0; prim < PRIM_NAMES.length; prim++) this.make(TypeTag.Prim, prim, 0, NO_ARGS);
  }

  /** Number of types; every id is below it. */
  get size(): number {
    return this.#count;
  }

  tag(type: TypeId): TypeTag {
    return this.#tag[type] as TypeTag;
  }

  head(type: TypeId): number {
    return this.#head[type] as number;
  }

  extra(type: TypeId): number {
    return this.#extra[type] as number;
  }

  /** {@link TypeFlag}s of what occurs inside. */
  flags(type: TypeId): number {
    return this.#flags[type] as number;
  }

  argCount(type: TypeId): number {
    return (this.#first[type + 1] as number) - (this.#first[type] as number);
  }

  /** Argument `index`, or UNKNOWN where there is none. */
  arg(type: TypeId, index: number): TypeId {
    const at = (this.#first[type] as number) + index;
    return at < (this.#first[type + 1] as number) ? (this.#pool[at] as number) : UNKNOWN;
  }

  /** A new array of the arguments. */
  args(type: TypeId): TypeId[] {
    const first = this.#first[type] as number;
    const count = (this.#first[type + 1] as number) - first;
    if (count === 0) return [];
    const result = new Array<TypeId>(count); // of the exact size: pushed to, V8 would make room for seventeen
    for (let i = 0; i < count; i++) result[i] = this.#pool[first + i] as number;
    return result;
  }

  adt(def: DefId, args: readonly TypeId[]): TypeId {
    return this.make(TypeTag.Adt, def, 0, args);
  }

  ref(target: TypeId, mutable: boolean): TypeId {
    return this.#one(TypeTag.Ref, mutable ? 1 : 0, target);
  }

  ptr(target: TypeId, mutable: boolean): TypeId {
    return this.#one(TypeTag.Ptr, mutable ? 1 : 0, target);
  }

  slice(element: TypeId): TypeId {
    return this.#one(TypeTag.Slice, 0, element);
  }

  array(element: TypeId, length: TypeId): TypeId {
    return this.make(TypeTag.Array, 0, 0, [element, length]);
  }

  constant(value: number): TypeId {
    return this.make(TypeTag.Const, value, 0, NO_ARGS);
  }

  tuple(elements: readonly TypeId[]): TypeId {
    return elements.length === 0 ? UNIT : this.make(TypeTag.Tuple, 0, 0, elements);
  }

  /** The type with this content, made if it is new. */
  make(tag: TypeTag, head: number, extra: number, args: readonly TypeId[]): TypeId {
    let hash = Math.imul(tag ^ 0x2f0b4c47, 0x01000193) ^ head;
    hash = Math.imul(hash, 0x01000193) ^ extra;
    for (let i = 0; i < args.length; i++) hash = Math.imul(hash, 0x01000193) ^ (args[i] as number);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] as number;
      if (id < 0) break;
      if (this.#hashes[id] === hash && this.#tag[id] === tag && this.#head[id] === head && this.#extra[id] === extra && this.#sameArgs(id, args)) return id;
    }
    return this.#add(tag, head, extra, args, hash, slot);
  }

  #one(tag: TypeTag, head: number, arg: TypeId): TypeId {
    single[0] = arg;
    return this.make(tag, head, 0, single);
  }

  #sameArgs(id: TypeId, args: readonly TypeId[]): boolean {
    const first = this.#first[id] as number;
    if ((this.#first[id + 1] as number) - first !== args.length) return false;
    for (let i = 0; i < args.length; i++) if (this.#pool[first + i] !== args[i]) return false;
    return true;
  }

  #add(tag: TypeTag, head: number, extra: number, args: readonly TypeId[], hash: number, slot: number): TypeId {
    const id = this.#count;
    if (id + 1 >= this.#tag.length) this.#growColumns();
    const first = this.#first[id] as number;
    while (first + args.length > this.#pool.length) this.#pool = grown(this.#pool);
    let flags = tag === TypeTag.Infer ? TypeFlag.Infer : tag === TypeTag.Param ? TypeFlag.Param : tag === TypeTag.Unknown ? TypeFlag.Unknown : tag === TypeTag.Projection || tag === TypeTag.Opaque ? TypeFlag.Projection : tag === TypeTag.Closure ? TypeFlag.Closure : 0;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] as number;
      this.#pool[first + i] = arg;
      flags |= this.#flags[arg] as number;
    }
    this.#tag[id] = tag;
    this.#head[id] = head;
    this.#extra[id] = extra;
    this.#flags[id] = flags;
    this.#hashes[id] = hash;
    this.#first[id + 1] = first + args.length;
    this.#slots[slot] = id;
    this.#count++;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #growColumns(): void {
    const size = this.#tag.length * 2;
    const tag = new Uint8Array(size);
    tag.set(this.#tag);
    this.#tag = tag;
    const flags = new Uint8Array(size);
    flags.set(this.#flags);
    this.#flags = flags;
    this.#head = grown(this.#head);
    this.#extra = grown(this.#extra);
    this.#hashes = grown(this.#hashes);
    const first = new Uint32Array(size + 1);
    first.set(this.#first);
    this.#first = first;
  }

  #rehash(): void {
    const size = this.#slots.length * 2;
    const slots = new Int32Array(size).fill(-1);
    const mask = size - 1;
    for (let id = 0; id < this.#count; id++) {
      let slot = (this.#hashes[id] as number) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

const single: TypeId[] = [0];

function grown(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(old.length * 2);
  larger.set(old);
  return larger;
}
