// Types as facts write them: a prefix code that names packages by their position in a list, and type parameters by their position in their owner's.
import { BasicType, TypeKind, type TypeId } from '../types/typeKind.js';
import type { TypeTable } from '../types/typeTable.js';

/** What a writer of types asks of the program. */
export interface TypeCodeNames {
  symbol(symbol: number): string;
  /** Position of a package in the list, by its id. */
  packageIndex(pkg: number): number;
  packageOf(object: number): number;
  nameOf(object: number): string;
  /** Hears of each defined type that is mentioned. False: it cannot be named. */
  mention(object: number): boolean;
}

/** Writes a type. */
export function encodeType(types: TypeTable, type: TypeId, names: TypeCodeNames, depth = 0): string {
  const inner = (t: TypeId): string => encodeType(types, t, names, depth + 1);
  if (depth > 60) return 'A';
  if (type === BasicType.Error) return 'r';
  if (type === BasicType.Comparable) return 'q';
  const kind = types.kind(type);
  if (kind <= TypeKind.UntypedNil) return String.fromCharCode(65 + kind);
  const many = (count: number, item: (i: number) => string): string => {
    let text = '';
    for (let i = 0; i < count; i++) text += item(i);
    return text;
  };
  switch (kind) {
    case TypeKind.Pointer:
      return `*${inner(types.elem(type))}`;
    case TypeKind.Slice:
      return `[${inner(types.elem(type))}`;
    case TypeKind.Array:
      return `a${types.arrayLength(type)};${inner(types.elem(type))}`;
    case TypeKind.Map:
      return `m${inner(types.key(type))}${inner(types.elem(type))}`;
    case TypeKind.Chan:
      return `c${types.chanDirection(type)};${inner(types.elem(type))}`;
    case TypeKind.Struct: {
      const count = types.fieldCount(type);
      return `s${count};${many(count, (i) => `${types.fieldEmbedded(type, i) ? '^' : ''}${names.symbol(types.fieldName(type, i))};${types.fieldPackage(type, i) === 0 ? '' : names.packageIndex(types.fieldPackage(type, i))};${inner(types.fieldType(type, i))}`)}`;
    }
    case TypeKind.Func: {
      const params = types.paramCount(type);
      return `f${params};${types.resultCount(type)};${types.isVariadic(type) ? 1 : 0};${many(types.listLength(type), (i) => inner(types.listItem(type, i)))}`;
    }
    case TypeKind.Interface: {
      const order = Array.from({ length: types.methodCount(type) }, (_, i) => i).sort((a, b) => (names.symbol(types.methodName(type, a)) < names.symbol(types.methodName(type, b)) ? -1 : 1));
      return `i${order.length};${types.embedCount(type)};${order.map((i) => `${names.symbol(types.methodName(type, i))};${types.methodPackage(type, i) === 0 ? '' : names.packageIndex(types.methodPackage(type, i))};${inner(types.methodType(type, i))}`).join('')}${many(types.embedCount(type), (i) => inner(types.embed(type, i)))}`;
    }
    case TypeKind.Union:
      return `u${types.termCount(type)};${many(types.termCount(type), (i) => `${types.termTilde(type, i) ? '~' : '='}${inner(types.termType(type, i))}`)}`;
    case TypeKind.Tuple:
      return `t${types.listLength(type)};${many(types.listLength(type), (i) => inner(types.listItem(type, i)))}`;
    case TypeKind.TypeParam:
      return `p${types.typeParamIndex(type)};`;
    case TypeKind.Named: {
      const object = types.objectOf(type);
      if (!names.mention(object)) return 'A';
      const count = types.listLength(type);
      return `n${names.packageIndex(names.packageOf(object))};${names.nameOf(object)};${count};${many(count, (i) => inner(types.listItem(type, i)))}`;
    }
    default:
      return 'A';
  }
}

/** What a reader of types asks of the program. */
export interface TypeCodeTargets {
  readonly types: TypeTable;
  intern(name: string): number;
  /** Id of the package at a position of the list, as fields and methods carry it. */
  packageAt(index: number): number;
  /** The defined type of a name in the package at a position, 0 when it is missing. */
  named(index: number, name: string): TypeId;
}

/** Reads one type from a text; `at` moves past it. */
export class TypeDecoder {
  at = 0;

  constructor(private readonly text: string, private readonly targets: TypeCodeTargets, private readonly owner: number) {}

  read(depth = 0): TypeId {
    const { types } = this.targets;
    const unit = this.text.charCodeAt(this.at++);
    if (depth > 80 || Number.isNaN(unit)) return 0;
    if (unit >= 65 && unit <= 90) return unit - 65;
    const list = (count: number): TypeId[] => {
      const items: TypeId[] = [];
      for (let i = 0; i < count; i++) items.push(this.read(depth + 1));
      return items;
    };
    switch (String.fromCharCode(unit)) {
      case 'r':
        return BasicType.Error;
      case 'q':
        return BasicType.Comparable;
      case '*':
        return types.pointer(this.read(depth + 1));
      case '[':
        return types.slice(this.read(depth + 1));
      case 'a': {
        const length = this.#number();
        return types.array(this.read(depth + 1), length);
      }
      case 'm': {
        const key = this.read(depth + 1);
        return types.map(key, this.read(depth + 1));
      }
      case 'c': {
        const direction = this.#number();
        return types.chan(this.read(depth + 1), direction);
      }
      case 's': {
        const words: number[] = [];
        for (let count = this.#number(); count > 0; count--) {
          const raw = this.#word();
          const embedded = raw.startsWith('^');
          const pkg = this.#word();
          words.push(this.targets.intern(embedded ? raw.slice(1) : raw), pkg === '' ? 0 : this.targets.packageAt(Number(pkg)), this.read(depth + 1), embedded ? 1 : 0);
        }
        return types.struct(words);
      }
      case 'f': {
        const params = this.#number();
        const results = this.#number();
        const variadic = this.#number() === 1;
        const all = list(params + results);
        return types.func(all.slice(0, params), all.slice(params), variadic);
      }
      case 'i': {
        const methods: number[] = [];
        const count = this.#number();
        const embeds = this.#number();
        for (let i = 0; i < count; i++) {
          const name = this.targets.intern(this.#word());
          const pkg = this.#word();
          methods.push(name, pkg === '' ? 0 : this.targets.packageAt(Number(pkg)), this.read(depth + 1));
        }
        return types.interface(methods, list(embeds));
      }
      case 'u': {
        const terms: number[] = [];
        for (let count = this.#number(); count > 0; count--) {
          const tilde = this.text.charCodeAt(this.at++) === 126 ? 1 : 0;
          terms.push(this.read(depth + 1), tilde);
        }
        return types.union(terms);
      }
      case 't':
        return types.tuple(list(this.#number()));
      case 'p':
        return types.typeParam(this.owner, this.#number());
      case 'n': {
        const pkg = this.#number();
        const base = this.targets.named(pkg, this.#word());
        const args = list(this.#number());
        return base === 0 || args.length === 0 ? base : types.named(types.objectOf(base), args);
      }
      default:
        return 0;
    }
  }

  #word(): string {
    const end = this.text.indexOf(';', this.at);
    const word = this.text.slice(this.at, end < 0 ? this.text.length : end);
    this.at = end < 0 ? this.text.length : end + 1;
    return word;
  }

  #number(): number {
    const value = Number(this.#word());
    return Number.isFinite(value) ? Math.min(value, 0x7fffffff) : 0;
  }
}
