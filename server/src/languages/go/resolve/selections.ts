// Finds fields and methods by name: the breadth-first search of the language definition, remembered per type and name.
import { TypeKind, type TypeId } from '../types/typeKind.js';
import type { TypeTable } from '../types/typeTable.js';
import type { Substitution } from '../types/substitute.js';
import type { FuncId, ObjectId, ObjectTable, PackageId } from './objects.js';
import { SelectionKind, type Selection, type SelectionId, type SelectionTable } from './selectionTable.js';

/** What the search asks of packages. */
export interface MethodLookup {
  /** Method declared on a type's object, 0 for none; its signature is resolved. */
  methodOf(type: ObjectId, name: number): FuncId;
  /** Whether a symbol is an exported name. */
  isExported(symbol: number): boolean;
  /** Type parameters of a generic type's object. */
  typeParamsOf(object: ObjectId): readonly TypeId[];
}

interface Candidate {
  readonly type: TypeId;
  readonly path: readonly number[];
  readonly derefs: readonly number[];
}

/** One method of an interface, embedded ones included. */
export interface InterfaceMethod {
  readonly name: number;
  readonly package: PackageId;
  readonly type: TypeId;
}

const NO_PATH: readonly number[] = [];
const PLAIN: readonly number[] = [0];
const DEREFERENCED: readonly number[] = [1];
const MEMO_SPAN = 1 << 22; // symbols below it

/** Looks names up in types. */
export class Selections {
  readonly #memos = new Map<PackageId, Map<number, SelectionId>>();
  /** Selections of before the last change of declarations: what is selected again keeps its number, so that the table does not grow by editing. */
  readonly #earlier = new Map<PackageId, Map<number, readonly SelectionId[]>>();
  readonly #interfaces = new Map<TypeId, readonly InterfaceMethod[]>();
  #epoch = 0;

  constructor(
    private readonly types: TypeTable, private readonly objects: ObjectTable, private readonly table: SelectionTable,
    private readonly substitution: Substitution, private readonly lookup: MethodLookup,
  ) {}

  /** What `x.name` selects for x of `type`, seen from package `from` (its identity); 0 for nothing. */
  select(type: TypeId, name: number, from: PackageId): SelectionId {
    if (this.#epoch !== this.types.epoch) {
      this.#epoch = this.types.epoch;
      this.#retire();
      this.#interfaces.clear();
    }
    const scope = this.lookup.isExported(name) ? 0 : from;
    let memo = this.#memos.get(scope);
    if (!memo) this.#memos.set(scope, (memo = new Map()));
    const key = type * MEMO_SPAN + name;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const found = this.#search(type, name, scope);
    const id = found === null ? 0 : (this.#earlier.get(scope)?.get(key)?.find((one) => sameSelection(this.table.get(one), found)) ?? this.table.entries.push(found) - 1);
    memo.set(key, id);
    return id;
  }

  #retire(): void {
    for (const [scope, memo] of this.#memos) {
      let earlier = this.#earlier.get(scope);
      if (!earlier) this.#earlier.set(scope, (earlier = new Map()));
      for (const [key, id] of memo) {
        if (id === 0) continue;
        const known = earlier.get(key);
        if (known === undefined) earlier.set(key, [id]);
        else if (!known.includes(id)) earlier.set(key, [...known, id]);
      }
    }
    this.#memos.clear();
  }

  #search(type: TypeId, name: number, scope: PackageId): Selection | null {
    const { types } = this;
    let base = type;
    let firstDeref = 0;
    const fieldsOnly = types.kind(type) === TypeKind.Named && types.underKind(type) === TypeKind.Pointer;
    const outer = fieldsOnly ? types.underlying(type) : type;
    if (types.kind(outer) === TypeKind.Pointer) {
      base = types.elem(outer);
      firstDeref = 1;
      if (types.underKind(base) === TypeKind.Interface) return null;
    }
    let level: Candidate[] = [{ type: base, path: NO_PATH, derefs: firstDeref === 1 ? DEREFERENCED : PLAIN }];
    let seen: Set<TypeId> | null = null;
    for (let depth = 0; level.length > 0 && depth < 30; depth++) {
      const next: Candidate[] = [];
      let found: Selection | null = null;
      let count = 0;
      for (const candidate of level) {
        if (depth > 0 && types.kind(candidate.type) === TypeKind.Named) {
          seen ??= new Set([base]);
          if (seen.has(candidate.type)) continue;
          seen.add(candidate.type);
        }
        const here = this.#inType(candidate, type, name, scope, fieldsOnly && depth === 0, next);
        if (here === null) continue;
        found = here;
        count++;
      }
      if (count > 0) return count === 1 ? found : null;
      level = next;
    }
    return null;
  }

  /** Looks in one type; its embedded fields are added to `next`. */
  #inType(at: Candidate, receiver: TypeId, name: number, scope: PackageId, fieldsOnly: boolean, next: Candidate[]): Selection | null {
    const { types, objects } = this;
    const { type } = at;
    const { path, derefs } = at;
    if (types.kind(type) === TypeKind.Named && !fieldsOnly) {
      const method = this.lookup.methodOf(types.objectOf(type), name);
      if (method !== 0 && (scope === 0 || this.lookup.isExported(name) || objects.package[method] === scope)) {
        const signature = this.instantiate(objects.type[method] as TypeId, type);
        return { kind: SelectionKind.Method, receiver, name, path, derefs, type: signature, method, pointerReceiver: objects.flag[method] === 1, holder: type };
      }
    }
    const under = types.kind(type) === TypeKind.TypeParam ? types.constraint(type) : types.underlying(type);
    const underUnder = types.underlying(under);
    switch (types.kind(underUnder)) {
      case TypeKind.Struct: {
        const count = types.fieldCount(underUnder);
        for (let i = 0; i < count; i++) {
          if (types.fieldName(underUnder, i) === name) {
            const owner = types.fieldPackage(underUnder, i);
            if (owner === 0 || scope === 0 || owner === scope) return { kind: SelectionKind.Field, receiver, name, path: [...path, i], derefs, type: types.fieldType(underUnder, i), method: 0, pointerReceiver: false, holder: type };
          }
          if (!types.fieldEmbedded(underUnder, i)) continue;
          const field = types.fieldType(underUnder, i);
          const pointer = types.kind(field) === TypeKind.Pointer;
          next.push({ type: pointer ? types.elem(field) : field, path: [...path, i], derefs: [...derefs, pointer ? 1 : 0] });
        }
        return null;
      }
      case TypeKind.Interface:
        for (const method of this.methodsOf(underUnder)) {
          if (method.name !== name) continue;
          const kind = types.kind(type) === TypeKind.TypeParam ? SelectionKind.ConstraintMethod : SelectionKind.InterfaceMethod;
          return { kind, receiver, name, path, derefs, type: method.type, method: 0, pointerReceiver: false, holder: type };
        }
        return null;
      default:
        return null;
    }
  }

  /** A signature of a method of `holder`'s origin, with the holder's type arguments. */
  instantiate(signature: TypeId, holder: TypeId): TypeId {
    const { types } = this;
    const count = types.listLength(holder);
    if (count === 0 || !types.isGeneric(signature)) return signature;
    const args: TypeId[] = [];
    for (let i = 0; i < count; i++) args.push(types.listItem(holder, i));
    return this.substitution.apply(signature, this.lookup.typeParamsOf(types.objectOf(holder)), args);
  }

  /** All methods of an interface type, those of embedded interfaces included, each name once. */
  methodsOf(iface: TypeId): readonly InterfaceMethod[] {
    const { types } = this;
    const under = types.underlying(iface);
    const known = this.#interfaces.get(under);
    if (known) return known;
    this.#interfaces.set(under, []);
    const methods: InterfaceMethod[] = [];
    for (let i = 0; i < types.methodCount(under); i++) methods.push({ name: types.methodName(under, i), package: types.methodPackage(under, i), type: types.methodType(under, i) });
    for (let i = 0; i < types.embedCount(under); i++) {
      const embedded = types.embed(under, i);
      if (types.underKind(embedded) !== TypeKind.Interface) continue;
      for (const method of this.methodsOf(embedded)) if (!methods.some((m) => m.name === method.name)) methods.push(method);
    }
    this.#interfaces.set(under, methods);
    return methods;
  }

  /** Whether a type's method set holds all methods of an interface; signatures are compared. True when something is unknown. */
  implements(type: TypeId, iface: TypeId, from: PackageId): boolean {
    const { types } = this;
    if (type === 0 || iface === 0) return true;
    const pointer = types.kind(type) === TypeKind.Pointer;
    for (const method of this.methodsOf(iface)) {
      const selection = this.table.get(this.select(type, method.name, method.package || from));
      if (selection.kind === SelectionKind.None || selection.kind === SelectionKind.Field) return false;
      if (selection.type !== method.type && selection.type !== 0 && method.type !== 0) return false;
      if (selection.pointerReceiver && !pointer && !selection.derefs.includes(1)) return false;
    }
    return true;
  }
}

/** Whether two selections of one name in one type are the same. */
function sameSelection(a: Selection, b: Selection): boolean {
  return a.kind === b.kind && a.type === b.type && a.method === b.method && a.pointerReceiver === b.pointerReceiver && a.holder === b.holder
    && sameNumbers(a.path, b.path) && sameNumbers(a.derefs, b.derefs);
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
