// What a dynamic call may reach, as far as a package itself shows: methods of its own types that implement an interface, and the function that
// a package variable starts with. Never all there is: other packages may implement the interface, and the variable may be assigned.
import { NO_NODE } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import type { TypeId } from '../types/typeKind.js';
import { ObjectKind, type FuncId, type ObjectId } from './objects.js';
import type { GoPackage } from './packages.js';
import type { Program } from './program.js';

interface PackageMethods {
  readonly epoch: number;
  /** Types with a method of the name, by the name's symbol. */
  readonly ownersOf: ReadonlyMap<number, readonly ObjectId[]>;
  /** Methods that a call may reach, by interface and name. */
  readonly reached: Map<string, readonly FuncId[]>;
}

const NONE: readonly FuncId[] = [];

/** Looks candidates up, remembering them until declarations change. */
export class Implementations {
  readonly #packages = new Map<GoPackage, PackageMethods>();

  constructor(private readonly program: Program) {}

  /** Whether a type of the package that `from` stands in has a method of the name. */
  some(from: ObjectId, name: number): boolean {
    const pkg = this.#packageOf(from);
    return pkg !== null && this.#methodsOf(pkg).ownersOf.has(name);
  }

  /** Methods of that name of the package's own types that implement the interface, by name. Generic types are left out. */
  of(from: ObjectId, iface: TypeId, name: number): readonly FuncId[] {
    const pkg = this.#packageOf(from);
    if (pkg === null) return NONE;
    const { ownersOf, reached } = this.#methodsOf(pkg);
    const key = `${iface} ${name}`;
    const known = reached.get(key);
    if (known !== undefined) return known;
    const { types, typeFacts, methods } = this.program;
    const found: FuncId[] = [];
    for (const owner of ownersOf.get(name) ?? []) {
      if (this.program.typeParamsOf(owner).length > 0 || !typeFacts.implements(types.pointer(types.named(owner)), iface)) continue;
      const method = methods.get(owner)?.get(name) ?? 0;
      if (method !== 0) found.push(method);
    }
    const named = found.map((method): readonly [string, FuncId] => [this.program.nameOf(method), method]);
    const sorted = named.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, method]) => method);
    reached.set(key, sorted);
    return sorted;
  }

  /** The declared function of the same package that a package variable is initialised with; 0 for none. */
  initial(variable: ObjectId): FuncId {
    const { program } = this;
    const { objects } = program;
    const file = program.files[objects.file[variable] as number];
    if (objects.kind[variable] !== ObjectKind.Var || !file) return 0;
    const { tree } = file;
    const values = tree.childByField(objects.node[variable] as number, GoField.Value);
    if (values === NO_NODE) return 0;
    let value = tree.kind[values] === GoKind.ExpressionList ? tree.firstChild(values) : values;
    for (let position = 0; value !== NO_NODE && position < (objects.index[variable] as number); position++) value = tree.nextSibling(value);
    if (value === NO_NODE || tree.kind[value] !== GoKind.Identifier) return 0;
    const target = program.memberOf(file.package.index, tree.symbolOf(value, program.symbols));
    return objects.kind[target] === ObjectKind.Func ? target : 0;
  }

  #packageOf(object: ObjectId): GoPackage | null {
    return this.program.files[this.program.objects.file[object] as number]?.package ?? null;
  }

  #methodsOf(pkg: GoPackage): PackageMethods {
    const known = this.#packages.get(pkg);
    const { epoch } = this.program.types;
    if (known?.epoch === epoch) return known;
    const ownersOf = new Map<number, ObjectId[]>();
    for (const file of pkg.files) {
      for (const fn of file.declared.functions) {
        const owner = fn.receiver === 0 ? 0 : this.program.memberOf(pkg.index, fn.receiver);
        if (owner === 0 || this.program.objects.kind[owner] !== ObjectKind.Type) continue;
        const owners = ownersOf.get(fn.name);
        if (owners) owners.push(owner);
        else ownersOf.set(fn.name, [owner]);
      }
    }
    const read: PackageMethods = { epoch, ownersOf, reached: new Map() };
    this.#packages.set(pkg, read);
    return read;
  }
}
