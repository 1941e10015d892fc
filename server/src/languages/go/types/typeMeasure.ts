// Sizes, pointers and other properties of types, memoised per declarations' epoch: the implementation of TypeFacts.
// Not here: fields and methods by name (../resolve/selections.ts), which `implements` is given.
import type { TypeFacts } from './typeFacts.js';
import { BasicType, TypeKind, type TypeId } from './typeKind.js';
import type { TypeTable } from './typeTable.js';

/** What a measure asks of the method lookup and the printer. */
export interface MethodSource {
  implements(type: TypeId, iface: TypeId): boolean;
  interfaceMethodCount(iface: TypeId): number;
  textOf(type: TypeId): string;
}

const UNSEEN = -2;

/** Measures the types of one table for one architecture. */
export class TypeMeasure implements TypeFacts {
  #size = new Float64Array(1024).fill(UNSEEN);
  #align = new Uint8Array(1024);
  #pointers = new Uint8Array(1024);
  #direct = new Uint8Array(1024);
  #core = new Map<TypeId, TypeId>();
  #names: (string | undefined)[] = [];
  #epoch = 0;

  constructor(private readonly types: TypeTable, readonly wordSize: number, private readonly methods: MethodSource) {}

  sizeOf(type: TypeId): number {
    if (!this.#isKnown(type)) this.#measure(type, 0);
    return this.#size[type] as number;
  }
  alignOf(type: TypeId): number {
    if (!this.#isKnown(type)) this.#measure(type, 0);
    return this.#align[type] as number;
  }
  hasPointers(type: TypeId): boolean {
    if (!this.#isKnown(type)) this.#measure(type, 0);
    return this.#pointers[type] === 1;
  }
  isDirectInterface(type: TypeId): boolean {
    if (!this.#isKnown(type)) this.#measure(type, 0);
    return this.#direct[type] === 1;
  }
  isInterface(type: TypeId): boolean {
    return this.types.underKind(type) === TypeKind.Interface;
  }
  isTypeParam(type: TypeId): boolean {
    return this.types.kind(type) === TypeKind.TypeParam;
  }
  implements(type: TypeId, iface: TypeId): boolean {
    return this.methods.implements(type, iface);
  }
  interfaceMethodCount(iface: TypeId): number {
    return this.methods.interfaceMethodCount(iface);
  }
  nameOf(type: TypeId): string {
    this.#refresh();
    return (this.#names[type] ??= this.methods.textOf(type));
  }

  isComparable(type: TypeId, depth = 0): boolean {
    const { types } = this;
    const under = types.underlying(type);
    switch (types.kind(under)) {
      case TypeKind.Slice:
      case TypeKind.Map:
      case TypeKind.Func:
        return false;
      case TypeKind.Array:
        return depth > 40 || this.isComparable(types.elem(under), depth + 1);
      case TypeKind.Struct:
        for (let i = 0; i < types.fieldCount(under); i++) if (depth < 40 && !this.isComparable(types.fieldType(under, i), depth + 1)) return false;
        return true;
      default:
        return true;
    }
  }

  coreType(type: TypeId): TypeId {
    const { types } = this;
    if (types.kind(type) !== TypeKind.TypeParam) return types.underlying(type);
    this.#refresh();
    const known = this.#core.get(type);
    if (known !== undefined) return known;
    this.#core.set(type, 0);
    let core = -1;
    for (const term of this.typeSet(type)) {
      if (core === -1) core = term;
      else if (core !== term) core = this.#chanCore(core, term);
      if (core === 0) break;
    }
    const result = core === -1 ? 0 : core;
    this.#core.set(type, result);
    return result;
  }

  /** Channels of one element and compatible directions have a core type. */
  #chanCore(a: TypeId, b: TypeId): TypeId {
    const { types } = this;
    if (types.kind(a) !== TypeKind.Chan || types.kind(b) !== TypeKind.Chan || types.elem(a) !== types.elem(b)) return 0;
    if (types.chanDirection(a) === 0) return b;
    return types.chanDirection(b) === 0 ? a : 0;
  }

  typeSet(typeParam: TypeId): readonly TypeId[] {
    const into: TypeId[] = [];
    this.#terms(this.types.constraint(typeParam), into, 0);
    return into;
  }

  /** Underlying types of the terms of an interface's embedded elements; several embedded elements intersect. */
  #terms(iface: TypeId, into: TypeId[], depth: number): void {
    const { types } = this;
    const under = types.underlying(iface);
    if (depth > 20 || types.kind(under) !== TypeKind.Interface) return;
    let first = true;
    for (let i = 0; i < types.embedCount(under); i++) {
      const terms: TypeId[] = [];
      const embedded = types.embed(under, i);
      if (types.underKind(embedded) === TypeKind.Interface) this.#terms(embedded, terms, depth + 1);
      else if (types.kind(embedded) === TypeKind.Union) {
        for (let t = 0; t < types.termCount(embedded); t++) {
          const term = types.termType(embedded, t);
          if (types.underKind(term) === TypeKind.Interface) this.#terms(term, terms, depth + 1);
          else terms.push(types.underlying(term));
        }
      } else terms.push(types.kind(embedded) === TypeKind.TypeParam ? embedded : types.underlying(embedded));
      if (terms.length === 0) continue;
      if (first) {
        for (const term of terms) if (!into.includes(term)) into.push(term);
      }
      if (!first) for (let k = into.length - 1; k >= 0; k--) if (!terms.includes(into[k] as TypeId)) into.splice(k, 1);
      first = false;
    }
  }

  /** Whether a type was measured since declarations last changed. Asked at every expression: small enough to be inlined. */
  #isKnown(type: TypeId): boolean {
    return this.#epoch === this.types.epoch && type < this.#size.length && this.#size[type] !== UNSEEN;
  }

  #refresh(): void {
    if (this.#epoch === this.types.epoch) return;
    this.#epoch = this.types.epoch;
    this.#size.fill(UNSEEN);
    this.#core.clear();
    this.#names = [];
  }

  #measure(type: TypeId, depth: number): void {
    this.#refresh();
    if (type >= this.#size.length) this.#grow(type);
    if (this.#size[type] !== UNSEEN) return;
    this.#set(type, -1, 1, 1, 0); // what a type that contains itself meets
    const { types, wordSize: word } = this;
    if (depth > 100) return;
    const under = types.underlying(type);
    if (under !== type) {
      this.#measure(under, depth + 1);
      this.#set(type, this.#size[under] as number, this.#align[under] as number, this.#pointers[under] as number, this.#direct[under] as number);
      return;
    }
    const kind = types.kind(type);
    switch (kind) {
      case TypeKind.Unknown:
        return;
      case TypeKind.Bool: case TypeKind.Int8: case TypeKind.Uint8: case TypeKind.UntypedBool:
        return this.#set(type, 1, 1, 0, 0);
      case TypeKind.Int16: case TypeKind.Uint16:
        return this.#set(type, 2, 2, 0, 0);
      case TypeKind.Int32: case TypeKind.Uint32: case TypeKind.Float32: case TypeKind.UntypedRune:
        return this.#set(type, 4, 4, 0, 0);
      case TypeKind.Int64: case TypeKind.Uint64: case TypeKind.Float64: case TypeKind.UntypedFloat:
        return this.#set(type, 8, word, 0, 0);
      case TypeKind.Int: case TypeKind.Uint: case TypeKind.Uintptr: case TypeKind.UntypedInt:
        return this.#set(type, word, word, 0, 0);
      case TypeKind.Complex64:
        return this.#set(type, 8, 4, 0, 0);
      case TypeKind.Complex128: case TypeKind.UntypedComplex:
        return this.#set(type, 16, word, 0, 0);
      case TypeKind.String: case TypeKind.UntypedString: case TypeKind.Interface:
        return this.#set(type, 2 * word, word, 1, 0);
      case TypeKind.Slice:
        return this.#set(type, 3 * word, word, 1, 0);
      case TypeKind.UnsafePointer: case TypeKind.Pointer: case TypeKind.Map: case TypeKind.Chan: case TypeKind.Func: case TypeKind.UntypedNil:
        return this.#set(type, word, word, 1, 1);
      case TypeKind.Array: {
        const elem = types.elem(type);
        const length = types.arrayLength(type);
        this.#measure(elem, depth + 1);
        const size = this.#size[elem] as number;
        return this.#set(type, length < 0 || size < 0 ? (length === 0 ? 0 : -1) : size * length, this.#align[elem] as number,
          length === 0 ? 0 : (this.#pointers[elem] as number), length === 1 ? (this.#direct[elem] as number) : 0);
      }
      case TypeKind.Struct:
        return this.#measureStruct(type, depth);
      default: // type parameters: whatever all of their types share
    }
  }

  #measureStruct(type: TypeId, depth: number): void {
    const { types } = this;
    const count = types.fieldCount(type);
    let offset = 0;
    let align = 1;
    let pointers = 0;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const field = types.fieldType(type, i);
      this.#measure(field, depth + 1);
      const fieldAlign = this.#align[field] as number;
      last = this.#size[field] as number;
      if (this.#pointers[field] === 1) pointers = 1;
      if (offset >= 0) offset = last < 0 ? -1 : Math.ceil(offset / fieldAlign) * fieldAlign + last;
      if (fieldAlign > align) align = fieldAlign;
    }
    if (offset > 0 && last === 0) offset++; // a pointer past the end must not reach the next object
    const size = offset < 0 ? -1 : Math.ceil(offset / align) * align;
    const direct = count === 1 ? (this.#direct[types.fieldType(type, 0)] as number) : 0;
    this.#set(type, size, align, pointers, direct);
  }

  #set(type: TypeId, size: number, align: number, pointers: number, direct: number): void {
    this.#size[type] = size;
    this.#align[type] = align;
    this.#pointers[type] = pointers;
    this.#direct[type] = direct;
  }

  #grow(type: TypeId): void {
    let length = this.#size.length;
    while (length <= type) length *= 2;
    const size = new Float64Array(length).fill(UNSEEN);
    size.set(this.#size);
    this.#size = size;
    this.#align = resized(this.#align, length);
    this.#pointers = resized(this.#pointers, length);
    this.#direct = resized(this.#direct, length);
  }
}

/** Offset of a field in a struct, -1 when unknown. */
export function fieldOffset(types: TypeTable, facts: TypeFacts, struct: TypeId, index: number): number {
  let offset = 0;
  for (let i = 0; i <= index; i++) {
    const field = types.fieldType(struct, i);
    const align = facts.alignOf(field);
    offset = Math.ceil(offset / align) * align;
    if (i === index) return offset;
    const size = facts.sizeOf(field);
    if (size < 0) return -1;
    offset += size;
  }
  return -1;
}

/** The type that an untyped constant takes when nothing asks for another. */
export function defaultType(type: TypeId): TypeId {
  switch (type as TypeId as BasicType) {
    case BasicType.UntypedBool:
      return BasicType.Bool;
    case BasicType.UntypedInt:
      return BasicType.Int;
    case BasicType.UntypedRune:
      return BasicType.Int32;
    case BasicType.UntypedFloat:
      return BasicType.Float64;
    case BasicType.UntypedComplex:
      return BasicType.Complex128;
    case BasicType.UntypedString:
      return BasicType.String;
    default:
      return type;
  }
}

function resized(old: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const wide = new Uint8Array(length);
  wide.set(old);
  return wide;
}
