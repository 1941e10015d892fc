// Types as Go writes them.
import { ChanDirection, TypeKind, type TypeId } from './typeKind.js';
import type { TypeTable } from './typeTable.js';

/** Names that a printer needs from outside of the table. */
export interface TypeNames {
  symbol(symbol: number): string;
  /** Qualified name of a Named type's object, without arguments. */
  named(object: number): string;
  typeParam(owner: number, index: number): string;
}

const BASIC = [
  'invalid type', 'bool', 'int', 'int8', 'int16', 'int32', 'int64', 'uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr', 'float32', 'float64',
  'complex64', 'complex128', 'string', 'unsafe.Pointer', 'untyped bool', 'untyped int', 'untyped rune', 'untyped float', 'untyped complex', 'untyped string', 'untyped nil',
];

/** The text of a type; `…` where it nests deeper than a reader would follow. */
export function typeText(types: TypeTable, type: TypeId, names: TypeNames, depth = 0): string {
  const kind = types.kind(type);
  const inner = (t: TypeId): string => typeText(types, t, names, depth + 1);
  // One type with two names: in a row they are nearly always meant as bytes.
  const element = (t: TypeId): string => (types.kind(t) === TypeKind.Uint8 ? 'byte' : inner(t));
  if (depth > 20) return '…';
  switch (kind) {
    case TypeKind.Pointer:
      return `*${inner(types.elem(type))}`;
    case TypeKind.Slice:
      return `[]${element(types.elem(type))}`;
    case TypeKind.Array:
      return `[${types.arrayLength(type) < 0 ? '?' : types.arrayLength(type)}]${element(types.elem(type))}`;
    case TypeKind.Map:
      return `map[${inner(types.key(type))}]${inner(types.elem(type))}`;
    case TypeKind.Chan: {
      const direction = types.chanDirection(type) as ChanDirection;
      const elem = types.elem(type);
      const text = inner(elem);
      const wrapped = direction !== ChanDirection.Send && types.kind(elem) === TypeKind.Chan && types.chanDirection(elem) === ChanDirection.Receive ? `(${text})` : text;
      return direction === ChanDirection.Receive ? `<-chan ${text}` : direction === ChanDirection.Send ? `chan<- ${text}` : `chan ${wrapped}`;
    }
    case TypeKind.Struct: {
      const fields: string[] = [];
      for (let i = 0; i < types.fieldCount(type); i++) {
        const text = inner(types.fieldType(type, i));
        fields.push(types.fieldEmbedded(type, i) ? text : `${names.symbol(types.fieldName(type, i))} ${text}`);
      }
      return `struct{${fields.join('; ')}}`;
    }
    case TypeKind.Func:
      return `func${signatureText(types, type, inner)}`;
    case TypeKind.Interface: {
      const parts: string[] = [];
      for (let i = 0; i < types.methodCount(type); i++) parts.push(`${names.symbol(types.methodName(type, i))}${signatureText(types, types.methodType(type, i), inner)}`);
      parts.sort();
      for (let i = 0; i < types.embedCount(type); i++) parts.push(inner(types.embed(type, i)));
      return parts.length === 0 ? 'any' : `interface{${parts.join('; ')}}`;
    }
    case TypeKind.Union: {
      const terms: string[] = [];
      for (let i = 0; i < types.termCount(type); i++) terms.push(`${types.termTilde(type, i) ? '~' : ''}${inner(types.termType(type, i))}`);
      return terms.join(' | ');
    }
    case TypeKind.Tuple:
      return `(${listText(types, type, inner)})`;
    case TypeKind.Named: {
      const args = types.listLength(type) > 0 ? `[${listText(types, type, inner)}]` : '';
      return `${names.named(types.objectOf(type))}${args}`;
    }
    case TypeKind.TypeParam:
      return names.typeParam(types.objectOf(type), types.typeParamIndex(type));
    default:
      return BASIC[kind] ?? 'invalid type';
  }
}

function listText(types: TypeTable, type: TypeId, inner: (t: TypeId) => string): string {
  const parts: string[] = [];
  for (let i = 0; i < types.listLength(type); i++) parts.push(inner(types.listItem(type, i)));
  return parts.join(', ');
}

function signatureText(types: TypeTable, signature: TypeId, inner: (t: TypeId) => string): string {
  const params: string[] = [];
  const count = types.paramCount(signature);
  for (let i = 0; i < count; i++) {
    const type = types.param(signature, i);
    params.push(i === count - 1 && types.isVariadic(signature) ? `...${inner(types.elem(type))}` : inner(type));
  }
  const results: string[] = [];
  for (let i = 0; i < types.resultCount(signature); i++) results.push(inner(types.result(signature, i)));
  const tail = results.length === 0 ? '' : results.length === 1 ? ` ${results[0] as string}` : ` (${results.join(', ')})`;
  return `(${params.join(', ')})${tail}`;
}
