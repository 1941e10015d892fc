// Types as a reader writes them.
import type { World } from '../resolve/world.js';
import { PRIM_NAMES, TypeTag, type TypeId } from './typeTable.js';

/** `Vec<&str>`, `impl Future<Output = u8>`, `{closure}`; short names without modules. */
export function typeText(world: World, type: TypeId, depth = 0): string {
  const { types, symbols, defs } = world;
  if (depth > 8) return '…';
  const list = (from: number): string => types.args(type).slice(from).map((a) => typeText(world, a, depth + 1)).join(', ');
  const name = (def: number): string => (def === 0 ? '_' : symbols.text(defs.name(def)));
  switch (types.tag(type)) {
    case TypeTag.Never: return '!';
    case TypeTag.Prim: return PRIM_NAMES[types.head(type)] ?? '_';
    case TypeTag.Adt: {
      const args = types.args(type).filter((a) => !(types.tag(a) === TypeTag.Adt && name(types.head(a)) === 'Global') && !(types.tag(a) === TypeTag.Adt && name(types.head(a)) === 'RandomState'));
      return args.length === 0 ? name(types.head(type)) : `${name(types.head(type))}<${args.map((a) => typeText(world, a, depth + 1)).join(', ')}>`;
    }
    case TypeTag.Ref: return `&${types.head(type) === 1 ? 'mut ' : ''}${list(0)}`;
    case TypeTag.Ptr: return `*${types.head(type) === 1 ? 'mut' : 'const'} ${list(0)}`;
    case TypeTag.Slice: return `[${list(0)}]`;
    case TypeTag.Array: return `[${typeText(world, types.arg(type, 0), depth + 1)}; ${typeText(world, types.arg(type, 1), depth + 1)}]`;
    case TypeTag.Tuple: return `(${list(0)}${types.argCount(type) === 1 ? ',' : ''})`;
    case TypeTag.FnDef: return `fn ${name(types.head(type))}`;
    case TypeTag.FnPtr: return `fn(${list(1)}) -> ${typeText(world, types.arg(type, 0), depth + 1)}`;
    case TypeTag.Closure: return '{closure}';
    case TypeTag.Future: return `impl Future<Output = ${typeText(world, types.arg(type, 0), depth + 1)}>`;
    case TypeTag.Dyn: return `dyn ${list(0).replace(/, /g, ' + ')}`;
    case TypeTag.Opaque: return 'impl Trait';
    case TypeTag.Param: {
      return 'T';
    }
    case TypeTag.Projection: return `<${typeText(world, types.arg(type, 0), depth + 1)} as ${name(types.head(type))}>::${symbols.text(types.extra(type))}`;
    case TypeTag.Const: return String(types.head(type));
    case TypeTag.Bound: return `${name(types.head(type))}${types.argCount(type) > 0 ? `<${list(0)}>` : ''}`;
    case TypeTag.Assoc: return `${symbols.text(types.head(type))} = ${list(0)}`;
    default: return '_';
  }
}
