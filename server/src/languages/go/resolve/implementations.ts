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
  /** Methods by the symbol of their name. */
  readonly named: ReadonlyMap<number, readonly FuncId[]>;
  /** Whether a type implements an interface, by interface and object of the type. */
  readonly implementing: Map<TypeId, Map<ObjectId, boolean>>;
}

const NONE: readonly FuncId[] = [];

/** Looks candidates up, remembering them until declarations change. */
export class Implementations {
  readonly #packages = new Map<GoPackage, PackageMethods>();

  constructor(private readonly program: Program) {}

  /** Whether a type of the package that `from` stands in has a method of the name. */
  some(from: ObjectId, name: number): boolean {
    const pkg = this.#packageOf(from);
    return pkg !== null && this.#methodsOf(pkg).named.has(name);
  }

  /** Methods of that name, of the package's own types that implement the interface, for which `counts` holds; by name. Generic types are left out. */
  of(from: ObjectId, iface: TypeId, name: number, counts: (method: FuncId) => boolean): readonly FuncId[] {
    const pkg = this.#packageOf(from);
    if (pkg === null) return NONE;
    const { named, implementing } = this.#methodsOf(pkg);
    const found: FuncId[] = [];
    for (const method of named.get(name) ?? NONE) {
      if (!counts(method)) continue;
      let known = implementing.get(iface);
      if (known === undefined) implementing.set(iface, (known = new Map()));
      const owner = this.program.objects.receiver[method] as ObjectId;
      let holds = known.get(owner);
      if (holds === undefined) known.set(owner, (holds = this.#implements(owner, iface)));
      if (holds) found.push(method);
    }
    if (found.length < 2) return found;
    const sorted = found.map((method): readonly [string, FuncId] => [this.program.nameOf(method), method]);
    return sorted.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, method]) => method);
  }

  #implements(owner: ObjectId, iface: TypeId): boolean {
    const { types, typeFacts } = this.program;
    return this.program.typeParamsOf(owner).length === 0 && typeFacts.implements(types.pointer(types.named(owner)), iface);
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
    const named = new Map<number, FuncId[]>();
    for (const file of pkg.files) {
      for (const fn of file.declared.functions) {
        if (fn.receiver === 0) continue;
        const method = this.program.methods.get(pkg.members.get(fn.receiver) ?? 0)?.get(fn.name);
        if (method === undefined) continue;
        const methods = named.get(fn.name);
        if (methods) methods.push(method);
        else named.set(fn.name, [method]);
      }
    }
    const read: PackageMethods = { epoch, named, implementing: new Map() };
    this.#packages.set(pkg, read);
    return read;
  }
}
