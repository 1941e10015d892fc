// Puts type arguments in the place of type parameters.
import { TypeKind, type TypeId } from './typeKind.js';
import { FIELD_WORDS, METHOD_WORDS, type TypeTable } from './typeTable.js';

/** Substitutes in one table, remembering results per list of arguments. */
export class Substitution {
  readonly #memos = new Map<string, Map<TypeId, TypeId>>();

  constructor(private readonly types: TypeTable) {}

  /** `type` with `params[i]` replaced by `args[i]`; a missing or zero argument leaves its parameter. */
  apply(type: TypeId, params: readonly TypeId[], args: readonly TypeId[]): TypeId {
    if (params.length === 0 || !this.types.isGeneric(type)) return type;
    const key = `${params.join(',')}=${args.join(',')}`;
    let memo = this.#memos.get(key);
    if (!memo) {
      if (this.#memos.size > 5000) this.#memos.clear();
      memo = new Map();
      this.#memos.set(key, memo);
    }
    return this.#walk(type, params, args, memo, 0);
  }

  #walk(type: TypeId, params: readonly TypeId[], args: readonly TypeId[], memo: Map<TypeId, TypeId>, depth: number): TypeId {
    const { types } = this;
    if (!types.isGeneric(type)) return type;
    const kind = types.kind(type);
    if (kind === TypeKind.TypeParam) {
      const at = params.indexOf(type);
      return at >= 0 ? args[at] || type : type;
    }
    if (depth > 60) return 0; // types that grow without end
    const known = memo.get(type);
    if (known !== undefined) return known;
    const sub = (inner: TypeId): TypeId => this.#walk(inner, params, args, memo, depth + 1);
    let result = type;
    switch (kind) {
      case TypeKind.Pointer:
        result = types.pointer(sub(types.elem(type)));
        break;
      case TypeKind.Slice:
        result = types.slice(sub(types.elem(type)));
        break;
      case TypeKind.Array:
        result = types.array(sub(types.elem(type)), types.arrayLength(type));
        break;
      case TypeKind.Map:
        result = types.map(sub(types.key(type)), sub(types.elem(type)));
        break;
      case TypeKind.Chan:
        result = types.chan(sub(types.elem(type)), types.chanDirection(type));
        break;
      case TypeKind.Struct: {
        const words: number[] = [];
        const count = types.fieldCount(type) * FIELD_WORDS;
        for (let i = 0; i < count; i++) words.push(i % FIELD_WORDS === 2 ? sub(types.listItem(type, i)) : types.listItem(type, i));
        result = types.struct(words);
        break;
      }
      case TypeKind.Func: {
        const all: TypeId[] = [];
        for (let i = 0; i < types.listLength(type); i++) all.push(sub(types.listItem(type, i)));
        const count = types.paramCount(type);
        result = types.func(all.slice(0, count), all.slice(count), types.isVariadic(type));
        break;
      }
      case TypeKind.Interface: {
        const methods: number[] = [];
        const count = types.methodCount(type) * METHOD_WORDS;
        for (let i = 0; i < count; i++) methods.push(i % METHOD_WORDS === 2 ? sub(types.listItem(type, i)) : types.listItem(type, i));
        const embeds: TypeId[] = [];
        for (let i = 0; i < types.embedCount(type); i++) embeds.push(sub(types.embed(type, i)));
        result = types.interface(methods, embeds);
        break;
      }
      case TypeKind.Union: {
        const terms: number[] = [];
        for (let i = 0; i < types.termCount(type); i++) terms.push(sub(types.termType(type, i)), types.termTilde(type, i) ? 1 : 0);
        result = types.union(terms);
        break;
      }
      case TypeKind.Tuple:
      case TypeKind.Named: {
        const all: TypeId[] = [];
        for (let i = 0; i < types.listLength(type); i++) all.push(sub(types.listItem(type, i)));
        result = kind === TypeKind.Tuple ? types.tuple(all) : types.named(types.objectOf(type), all);
        break;
      }
      default:
    }
    memo.set(type, result);
    return result;
  }
}
