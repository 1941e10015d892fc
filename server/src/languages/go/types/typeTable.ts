// The type table: every Go type of an engine as an interned small integer, in a struct of arrays. Structure only; what depends on
// declarations (underlying types of defined types, constraints) is asked of a TypeResolver when it is first needed.
// Not here: sizes (sizes.ts), fields and methods by name (../resolve/selections.ts), substitution (substitute.ts).
import { TypeKind, BasicType, type TypeId } from './typeKind.js';

/** Answers what a table cannot know: what declarations say. Called at most once per type and epoch. */
export interface TypeResolver {
  /** Underlying type of a defined type (never Named); 0 when unknown. */
  underlyingOfNamed(type: TypeId): TypeId;
  /** Constraint of a type parameter: an interface, or 0. */
  constraintOf(type: TypeId): TypeId;
}

/** Words of one struct field in a struct type's list: name symbol, package id (0 when exported), type, 1 if embedded. */
export const FIELD_WORDS = 4;
/** Words of one method in an interface type's list: name symbol, package id (0 when exported), signature. */
export const METHOD_WORDS = 3;

/** Interned types. Ids of one table mean nothing in another. */
export class TypeTable {
  #count = 0;
  #kind = new Uint8Array(1024);
  #generic = new Uint8Array(1024);
  #a = new Int32Array(1024);
  #b = new Int32Array(1024);
  #at = new Int32Array(1024);
  #n = new Int32Array(1024);
  #under = new Int32Array(1024);
  #hash = new Int32Array(1024);
  #lists = new Int32Array(4096);
  #listEnd = 0;
  #slots = new Int32Array(4096);
  #epoch = 0;
  resolver: TypeResolver | null = null;

  constructor() {
    for (let kind = TypeKind.Unknown as number; kind <= TypeKind.UntypedNil; kind++) this.#push(kind, 0, 0, [], -1);
    this.#add(TypeKind.Tuple, 0, 0, []);
    this.#add(TypeKind.Interface, 0, 0, []);
    this.#push(TypeKind.Interface, 0, 1, [], -1); // comparable: equal to no written interface
    this.#push(TypeKind.Named, 1, 0, [], -1); // error, declared by the first object; the universe gives it its underlying type
    this.#add(TypeKind.Slice, BasicType.Uint8, 0, []);
  }

  /** Number of types; every id is below it. */
  get count(): number {
    return this.#count;
  }

  /** Increased when declarations changed; what was derived from them before is void. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Forgets what resolvers answered. */
  forgetResolved(): void {
    this.#epoch++;
    const kinds = this.#kind;
    for (let type = BasicType.Bytes + 1; type < this.#count; type++) {
      const kind = kinds[type];
      if (kind === TypeKind.Named || kind === TypeKind.TypeParam) this.#under[type] = -1;
    }
  }

  kind(type: TypeId): TypeKind {
    return this.#kind[type] as TypeKind;
  }

  /** The type itself, or what a defined type is defined as. Never Named; 0 when unknown. A type parameter stays itself (see `coreType`). */
  underlying(type: TypeId): TypeId {
    if (this.#kind[type] !== TypeKind.Named) return type;
    const known = this.#under[type] as number;
    if (known >= 0) return known;
    this.#under[type] = 0; // a cycle meets this and ends
    let under = this.resolver?.underlyingOfNamed(type) ?? 0;
    if (this.#kind[under] === TypeKind.Named) under = this.underlying(under);
    this.#under[type] = under;
    return under;
  }

  /** Kind of the underlying type. */
  underKind(type: TypeId): TypeKind {
    const under = this.underlying(type); // first: the columns may be others afterwards
    return this.#kind[under] as TypeKind;
  }

  /** Sets the underlying type of a defined type at once (universe, facts). */
  setUnderlying(type: TypeId, under: TypeId): void {
    this.#under[type] = under;
  }

  /** Interface that constrains a type parameter, 0 when unknown. */
  constraint(typeParam: TypeId): TypeId {
    const known = this.#under[typeParam] as number;
    if (known >= 0) return known;
    this.#under[typeParam] = BasicType.EmptyInterface;
    const constraint = this.resolver?.constraintOf(typeParam) ?? 0;
    this.#under[typeParam] = constraint;
    return constraint;
  }

  /** Whether the type mentions a type parameter. */
  isGeneric(type: TypeId): boolean {
    return this.#generic[type] === 1;
  }

  /** Element of a pointer, slice, array, channel or map (its value); 0 for other kinds. Look through Named first. */
  elem(type: TypeId): TypeId {
    const kind = this.#kind[type] as number;
    if (kind === TypeKind.Map) return this.#b[type] as number;
    return kind >= TypeKind.Pointer && kind <= TypeKind.Chan ? (this.#a[type] as number) : 0;
  }

  /** Key of a map. */
  key(type: TypeId): TypeId {
    return this.#kind[type] === TypeKind.Map ? (this.#a[type] as number) : 0;
  }

  /** Elements of an array; -1 when its length is not known. Lengths above 2^31-1 are that. */
  arrayLength(type: TypeId): number {
    return this.#b[type] as number;
  }

  chanDirection(type: TypeId): number {
    return this.#b[type] as number;
  }

  /** Number of fields of a struct. */
  fieldCount(struct: TypeId): number {
    return this.#kind[struct] === TypeKind.Struct ? (this.#n[struct] as number) / FIELD_WORDS : 0;
  }
  fieldName(struct: TypeId, index: number): number {
    return this.#lists[(this.#at[struct] as number) + index * FIELD_WORDS] as number;
  }
  /** Package that an unexported field belongs to; 0 for an exported one. */
  fieldPackage(struct: TypeId, index: number): number {
    return this.#lists[(this.#at[struct] as number) + index * FIELD_WORDS + 1] as number;
  }
  fieldType(struct: TypeId, index: number): TypeId {
    return this.#lists[(this.#at[struct] as number) + index * FIELD_WORDS + 2] as number;
  }
  fieldEmbedded(struct: TypeId, index: number): boolean {
    return this.#lists[(this.#at[struct] as number) + index * FIELD_WORDS + 3] === 1;
  }

  /** Number of parameters of a signature, a variadic one included, the receiver not. */
  paramCount(signature: TypeId): number {
    return this.#kind[signature] === TypeKind.Func ? (this.#a[signature] as number) : 0;
  }
  /** Type of a parameter; that of a variadic one is its slice. */
  param(signature: TypeId, index: number): TypeId {
    return this.#lists[(this.#at[signature] as number) + index] as number;
  }
  resultCount(signature: TypeId): number {
    return this.#kind[signature] === TypeKind.Func ? (this.#n[signature] as number) - (this.#a[signature] as number) : 0;
  }
  result(signature: TypeId, index: number): TypeId {
    return this.#lists[(this.#at[signature] as number) + (this.#a[signature] as number) + index] as number;
  }
  /** The results of a signature as a tuple. */
  resultTuple(signature: TypeId): TypeId {
    const known = this.#under[signature] as number; // a signature has no other use for it
    if (known !== 0) return known;
    const results: TypeId[] = [];
    for (let i = 0; i < this.resultCount(signature); i++) results.push(this.result(signature, i));
    const tuple = this.tuple(results);
    this.#under[signature] = tuple;
    return tuple;
  }
  isVariadic(signature: TypeId): boolean {
    return this.#kind[signature] === TypeKind.Func && (this.#b[signature] as number) === 1;
  }

  /** Explicit methods of an interface; embedded interfaces come apart. */
  methodCount(iface: TypeId): number {
    return this.#kind[iface] === TypeKind.Interface ? (this.#a[iface] as number) : 0;
  }
  methodName(iface: TypeId, index: number): number {
    return this.#lists[(this.#at[iface] as number) + index * METHOD_WORDS] as number;
  }
  methodPackage(iface: TypeId, index: number): number {
    return this.#lists[(this.#at[iface] as number) + index * METHOD_WORDS + 1] as number;
  }
  methodType(iface: TypeId, index: number): TypeId {
    return this.#lists[(this.#at[iface] as number) + index * METHOD_WORDS + 2] as number;
  }
  /** Embedded interfaces, unions and single types of an interface. */
  embedCount(iface: TypeId): number {
    return this.#kind[iface] === TypeKind.Interface ? (this.#n[iface] as number) - (this.#a[iface] as number) * METHOD_WORDS : 0;
  }
  embed(iface: TypeId, index: number): TypeId {
    return this.#lists[(this.#at[iface] as number) + (this.#a[iface] as number) * METHOD_WORDS + index] as number;
  }

  /** Elements of a tuple, type arguments of a Named type. */
  listLength(type: TypeId): number {
    return this.#n[type] as number;
  }
  listItem(type: TypeId, index: number): number {
    return this.#lists[(this.#at[type] as number) + index] as number;
  }
  /** Terms of a union. */
  termCount(union: TypeId): number {
    return this.#kind[union] === TypeKind.Union ? (this.#n[union] as number) / 2 : 0;
  }
  termType(union: TypeId, index: number): TypeId {
    return this.#lists[(this.#at[union] as number) + index * 2] as number;
  }
  termTilde(union: TypeId, index: number): boolean {
    return this.#lists[(this.#at[union] as number) + index * 2 + 1] === 1;
  }

  /** Object that declares a Named type, or owns a type parameter. */
  objectOf(type: TypeId): number {
    return this.#a[type] as number;
  }
  /** Position of a type parameter in its list. */
  typeParamIndex(type: TypeId): number {
    return this.#b[type] as number;
  }

  pointer(elem: TypeId): TypeId {
    return this.#add(TypeKind.Pointer, elem, 0, NONE);
  }
  slice(elem: TypeId): TypeId {
    return this.#add(TypeKind.Slice, elem, 0, NONE);
  }
  /** `length` is clamped to 2^31-1; -1 for unknown. */
  array(elem: TypeId, length: number): TypeId {
    return this.#add(TypeKind.Array, elem, Math.min(length, 0x7fffffff), NONE);
  }
  map(key: TypeId, elem: TypeId): TypeId {
    return this.#add(TypeKind.Map, key, elem, NONE);
  }
  chan(elem: TypeId, direction: number): TypeId {
    return this.#add(TypeKind.Chan, elem, direction, NONE);
  }
  /** A struct from its field words (see FIELD_WORDS). */
  struct(fields: readonly number[]): TypeId {
    return this.#add(TypeKind.Struct, 0, 0, fields);
  }
  /** A signature from its parameter types and its result types. */
  func(params: readonly TypeId[], results: readonly TypeId[], variadic: boolean): TypeId {
    return this.#add(TypeKind.Func, params.length, variadic ? 1 : 0, results.length === 0 ? params : params.concat(results));
  }
  /** A signature from types that lie in `words` from `base` to the end: parameters, then results. */
  signature(words: readonly TypeId[], base: number, params: number, variadic: boolean): TypeId {
    return this.#add(TypeKind.Func, params, variadic ? 1 : 0, words, base);
  }
  /** An interface from its method words (see METHOD_WORDS; sorted here by name) and what it embeds. */
  interface(methods: readonly number[], embeds: readonly TypeId[]): TypeId {
    const count = methods.length / METHOD_WORDS;
    const order = Array.from({ length: count }, (_, i) => i * METHOD_WORDS);
    order.sort((x, y) => (methods[x] as number) - (methods[y] as number) || (methods[x + 1] as number) - (methods[y + 1] as number));
    const words: number[] = [];
    for (const from of order) for (let i = 0; i < METHOD_WORDS; i++) words.push(methods[from + i] as number);
    return this.#add(TypeKind.Interface, count, 0, words.concat(embeds));
  }
  tuple(elems: readonly TypeId[]): TypeId {
    return this.#add(TypeKind.Tuple, 0, 0, elems);
  }
  /** A union from its terms: type, 1 for `~`, and so on. */
  union(terms: readonly number[]): TypeId {
    return this.#add(TypeKind.Union, 0, 0, terms);
  }
  /** The defined type that an object declares, with type arguments (none: the generic type itself, or an ordinary one). */
  named(object: number, typeArguments: readonly TypeId[] = NONE): TypeId {
    return this.#add(TypeKind.Named, object, 0, typeArguments);
  }
  /** The type parameter at a position of an owner's list. */
  typeParam(owner: number, index: number): TypeId {
    return this.#add(TypeKind.TypeParam, owner, index, NONE);
  }

  /** The type of a kind, two numbers, and the list from `from` on. */
  #add(kind: TypeKind, a: number, b: number, list: readonly number[], from = 0): TypeId {
    let hash = Math.imul(kind * 31 + a, 0x9e3779b1) ^ Math.imul(b + 7, 0x85ebca6b);
    for (let i = from; i < list.length; i++) hash = Math.imul(hash ^ (list[i] as number), 0x01000193) ^ (hash >>> 15);
    hash ^= hash >>> 13;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] as number;
      if (id === 0) return this.#push(kind, a, b, from === 0 ? list : list.slice(from), slot, hash);
      if (this.#hash[id] === hash && this.#kind[id] === kind && this.#a[id] === a && this.#b[id] === b && this.#sameList(id, list, from)) return id;
    }
  }

  #sameList(id: TypeId, list: readonly number[], from: number): boolean {
    const count = list.length - from;
    if (this.#n[id] !== count) return false;
    const at = this.#at[id] as number;
    for (let i = 0; i < count; i++) if (this.#lists[at + i] !== list[from + i]) return false;
    return true;
  }

  #push(kind: TypeKind, a: number, b: number, list: readonly number[], slot: number, hash = 0): TypeId {
    const id = this.#count++;
    if (id === this.#kind.length) this.#growColumns();
    if (this.#listEnd + list.length > this.#lists.length) this.#lists = widened(this.#lists, this.#listEnd + list.length);
    this.#kind[id] = kind;
    this.#a[id] = a;
    this.#b[id] = b;
    this.#at[id] = this.#listEnd;
    this.#n[id] = list.length;
    this.#hash[id] = hash;
    this.#under[id] = kind === TypeKind.Named || kind === TypeKind.TypeParam ? -1 : 0;
    this.#lists.set(list, this.#listEnd);
    this.#listEnd += list.length;
    this.#generic[id] = this.#mentionsParam(id) ? 1 : 0;
    if (slot >= 0) {
      this.#slots[slot] = id;
      if (this.#count * 2 > this.#slots.length) this.#growSlots();
    }
    return id;
  }

  #mentionsParam(id: TypeId): boolean {
    const generic = this.#generic;
    const kind = this.#kind[id] as number;
    if (kind === TypeKind.TypeParam) return true;
    if (kind < TypeKind.Pointer) return false;
    if (kind <= TypeKind.Chan && generic[this.#a[id] as number] === 1) return true;
    if (kind === TypeKind.Map) return generic[this.#b[id] as number] === 1;
    const at = this.#at[id] as number;
    const n = this.#n[id] as number;
    if (kind === TypeKind.Struct) {
      for (let i = 2; i < n; i += FIELD_WORDS) if (generic[this.#lists[at + i] as number] === 1) return true;
    } else if (kind === TypeKind.Interface) {
      const methods = (this.#a[id] as number) * METHOD_WORDS;
      for (let i = 2; i < methods; i += METHOD_WORDS) if (generic[this.#lists[at + i] as number] === 1) return true;
      for (let i = methods; i < n; i++) if (generic[this.#lists[at + i] as number] === 1) return true;
    } else if (kind === TypeKind.Union) {
      for (let i = 0; i < n; i += 2) if (generic[this.#lists[at + i] as number] === 1) return true;
    } else if (kind === TypeKind.Func || kind === TypeKind.Tuple || kind === TypeKind.Named) {
      for (let i = 0; i < n; i++) if (generic[this.#lists[at + i] as number] === 1) return true;
    }
    return false;
  }

  #growColumns(): void {
    const size = this.#kind.length * 2;
    this.#kind = resizedBytes(this.#kind, size);
    this.#generic = resizedBytes(this.#generic, size);
    this.#a = widened(this.#a, size);
    this.#b = widened(this.#b, size);
    this.#at = widened(this.#at, size);
    this.#n = widened(this.#n, size);
    this.#under = widened(this.#under, size);
    this.#hash = widened(this.#hash, size);
  }

  #growSlots(): void {
    const mask = this.#slots.length * 2 - 1;
    const slots = new Int32Array(mask + 1);
    for (const id of this.#slots) {
      if (id === 0) continue;
      let slot = (this.#hash[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

const NONE: readonly number[] = [];

function widened(old: Int32Array, atLeast: number): Int32Array<ArrayBuffer> {
  let size = old.length * 2;
  while (size < atLeast) size *= 2;
  const wide = new Int32Array(size);
  wide.set(old);
  return wide;
}

function resizedBytes(old: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const wide = new Uint8Array(size);
  wide.set(old);
  return wide;
}
