// A program: packages, objects and types of one engine, resolved when they are asked for. The meeting point of the stages.
// Not here: which files make a package (../layout/), how declarations are read (declarations.ts), facts (../facts/).
import { SymbolTable } from '../../../syntax/symbolTable.js';
import { ColumnPool } from './columnPool.js';
import type { CheckedFile, ConstantReader, GoWorld } from './checkedBody.js';
import { Checker } from './check/checker.js';
import { ConstantTable, type ConstantId } from '../types/constants.js';
import { Substitution } from '../types/substitute.js';
import { TypeMeasure } from '../types/typeMeasure.js';
import { typeText } from '../types/typeText.js';
import { TypeTable } from '../types/typeTable.js';
import { TypeKind, type TypeId } from '../types/typeKind.js';
import { declaredConstraint, declaredUnderlying, resolveDeclared, typeParametersOf } from './declarations.js';
import { Implementations } from './implementations.js';
import { Inference } from './infer.js';
import { forcedString } from './lazyStrings.js';
import { ObjectKind, ObjectTable, Resolution, type FuncId, type ObjectId, type PackageId } from './objects.js';
import type { GoPackage, ProgramFile } from './packages.js';
import { Selections } from './selections.js';
import { SelectionTable } from './selectionTable.js';
import { completeUniverse, declareUniverse, declareUnsafe } from './universe.js';

/** What facts know of an object; set by the facts reader. */
export interface FactsResolver {
  resolve(object: ObjectId): void;
  underlying(object: ObjectId): TypeId;
  constraint(object: ObjectId, index: number): TypeId;
  /** Declares the methods of a type's object. */
  declareMethods(object: ObjectId): void;
  /** Name of an object's type parameter, null when it is not told. */
  typeParamName(owner: ObjectId, index: number): string | null;
}

/** All that one engine knows of Go code. */
export class Program implements GoWorld, ConstantReader {
  readonly symbols = new SymbolTable();
  readonly types = new TypeTable();
  readonly objects = new ObjectTable();
  readonly selections = new SelectionTable();
  readonly constants = new ConstantTable();
  readonly substitution = new Substitution(this.types);
  readonly files: ProgramFile[] = [];
  readonly packages: GoPackage[] = [];
  /** Methods by the object of their type. */
  readonly methods = new Map<ObjectId, Map<number, FuncId>>();
  readonly blank = this.symbols.intern('_');
  readonly typeFacts: TypeMeasure;
  readonly selector: Selections;
  readonly inference: Inference;
  readonly implementations: Implementations;
  facts: FactsResolver | null = null;
  readonly #universe: ReadonlyMap<number, ObjectId>;
  readonly #dot = this.symbols.intern('.');
  readonly #locals = new Map<string, ObjectId>();
  readonly #idle: Checker[] = [];
  readonly #columns = new ColumnPool();
  /** Names of objects that were asked for. */
  #names: (string | undefined)[] = [];
  #exported = new Uint8Array(4096);
  #resolving = 0;

  constructor(wordSize: number) {
    this.#universe = declareUniverse(this.objects, this.types, this.symbols);
    this.addPackage({ path: '', name: 'universe', base: null, unit: null, importer: () => -1, language: null, isTest: false, find: null });
    const unsafe = this.addPackage({ path: 'unsafe', name: 'unsafe', base: null, unit: null, importer: () => -1, language: null, isTest: false, find: null });
    unsafe.members = new Map(declareUnsafe(this.objects, this.symbols, unsafe.index));
    this.typeFacts = new TypeMeasure(this.types, wordSize, {
      implements: (type, iface) => this.selector.implements(type, iface, 0),
      interfaceMethodCount: (iface) => this.selector.methodsOf(iface).length,
      textOf: (type) => this.typeName(type, false),
    });
    this.selector = new Selections(this.types, this.objects, this.selections, this.substitution, {
      methodOf: (type, name) => this.methodOf(type, name),
      isExported: (symbol) => this.isExported(symbol),
      typeParamsOf: (object) => this.typeParamsOf(object),
    });
    this.implementations = new Implementations(this);
    this.inference = new Inference(this.types, () => this.typeFacts, this.substitution);
    this.types.resolver = { underlyingOfNamed: (type) => this.#underlyingOf(type), constraintOf: (type) => this.#constraintOf(type) };
  }

  /** Index of package unsafe. */
  readonly unsafePackage: PackageId = 1;

  addPackage(of: Pick<GoPackage, 'path' | 'base' | 'unit' | 'importer' | 'language' | 'isTest' | 'find'> & { readonly name: string }): GoPackage {
    const index = this.packages.length;
    // One literal for all: packages of one shape are what look-ups of names are compiled for.
    const added: GoPackage = {
      index, id: of.base?.id ?? index, path: of.path, name: this.symbols.intern(of.name), members: new Map(), find: of.find, base: of.base, unit: of.unit,
      files: [], importer: of.importer, language: of.language, isTest: of.isTest,
    };
    this.packages.push(added);
    return added;
  }

  /** Forgets what declarations said, because some changed. Objects keep their numbers. */
  forgetDeclarations(): void {
    this.types.forgetResolved();
    completeUniverse(this.types, this.symbols);
    this.#names = [];
    const { objects } = this;
    for (let object = 1; object < objects.count; object++) if ((objects.file[object] as number) >= 0) objects.state[object] = Resolution.Pending;
    for (const file of this.files) file.imports = null;
  }

  /** Resolves an object; what is being resolved already stays unknown for who asks meanwhile. */
  resolve(object: ObjectId): void {
    const { objects } = this;
    if (objects.state[object] !== Resolution.Pending) return;
    objects.state[object] = Resolution.Running;
    const kind = objects.kind[object] as ObjectKind;
    objects.type[object] = kind === ObjectKind.Type && objects.flag[object] === 0 ? this.types.named(object) : 0;
    const file = this.files[objects.file[object] as number];
    if (file) {
      if (kind === ObjectKind.Type || kind === ObjectKind.Func) objects.typeParams[object] = typeParametersOf(this, file, objects.node[object] as number, object);
      if (kind === ObjectKind.Type && objects.flag[object] === 0) {
        objects.state[object] = Resolution.Done;
        return;
      }
      if (kind === ObjectKind.Method) this.resolve(objects.receiver[object] as ObjectId);
      if (this.#resolving < 100) {
        this.#resolving++;
        resolveDeclared(this, object);
        this.#resolving--;
      }
    } else this.facts?.resolve(object);
    objects.state[object] = Resolution.Done;
  }

  #underlyingOf(type: TypeId): TypeId {
    const { types, objects } = this;
    const object = types.objectOf(type);
    this.resolve(object);
    const args: TypeId[] = [];
    for (let i = 0; i < types.listLength(type); i++) args.push(types.listItem(type, i));
    if (args.length > 0) return this.substitution.apply(types.underlying(types.named(object)), objects.typeParams[object] ?? [], args);
    if ((objects.file[object] as number) < 0) return this.facts?.underlying(object) ?? 0;
    return (objects.node[object] as number) < 0 || this.#resolving > 200 ? 0 : declaredUnderlying(this, object);
  }

  #constraintOf(type: TypeId): TypeId {
    const object = this.types.objectOf(type);
    const index = this.types.typeParamIndex(type);
    return (this.objects.file[object] as number) >= 0 ? declaredConstraint(this, object, index) : (this.facts?.constraint(object, index) ?? 0);
  }

  /** Type parameters of an object, resolved. */
  typeParamsOf(object: ObjectId): readonly TypeId[] {
    this.resolve(object);
    return this.objects.typeParams[object] ?? [];
  }

  /** Method declared on a type, its signature resolved; 0 for none. */
  methodOf(type: ObjectId, name: number): FuncId {
    if ((this.objects.file[type] as number) < 0) this.facts?.declareMethods(type);
    const method = this.methods.get(type)?.get(name) ?? 0;
    if (method !== 0) this.resolve(method);
    return method;
  }

  /** An alias of a generic type with arguments. */
  instantiateAlias(type: TypeId, args: readonly TypeId[]): TypeId {
    const owner = this.#ownerOfParam(type, 0);
    return owner === 0 ? type : this.substitution.apply(type, this.objects.typeParams[owner] ?? [], args);
  }

  #ownerOfParam(type: TypeId, depth: number): ObjectId {
    const { types } = this;
    if (!types.isGeneric(type) || depth > 10) return 0;
    const kind = types.kind(type);
    if (kind === TypeKind.TypeParam) return types.objectOf(type);
    if (kind >= TypeKind.Pointer && kind <= TypeKind.Chan) return this.#ownerOfParam(types.key(type), depth + 1) || this.#ownerOfParam(types.elem(type), depth + 1);
    for (let i = 0; i < types.listLength(type); i++) {
      const owner = kind === TypeKind.Struct && i % 4 !== 2 ? 0 : this.#ownerOfParam(types.listItem(type, i), depth + 1);
      if (owner !== 0) return owner;
    }
    return 0;
  }

  /** Object of a name in a package; 0 for none. */
  memberOf(pkg: PackageId, symbol: number): ObjectId {
    for (let at: GoPackage | null = this.packages[pkg] ?? null; at !== null; at = at.base) {
      const found = at.members.get(symbol) ?? at.find?.(symbol) ?? 0;
      if (found !== 0) return found;
    }
    return 0;
  }

  findInPackage(file: ProgramFile, symbol: number): ObjectId {
    return file.package.members.get(symbol) ?? (file.package.base === null ? 0 : this.memberOf(file.package.base.index, symbol));
  }

  /** Object that a name means at the top of a file. */
  findInFile(file: ProgramFile, symbol: number): ObjectId {
    const own = this.findInPackage(file, symbol);
    if (own !== 0) return own;
    if (file.imports === null) this.#readImports(file);
    for (const dot of file.dots) {
      const found = this.isExported(symbol) ? this.memberOf(dot, symbol) : 0;
      if (found !== 0) return found;
    }
    return this.#universe.get(symbol) ?? 0;
  }

  /** Package that a file imports under a name: 0 when it cannot be found, null when there is no such import. */
  importedPackage(file: ProgramFile, symbol: number): PackageId | null {
    return (file.imports ?? this.#readImports(file)).get(symbol) ?? null;
  }

  /** Member of an imported package, 0 for none. */
  findImported(file: ProgramFile, pkg: number, name: number): ObjectId {
    const found = this.importedPackage(file, pkg);
    return found === null || found === 0 ? 0 : this.memberOf(found, name);
  }

  #readImports(file: ProgramFile): Map<number, PackageId> {
    const imports = new Map<number, PackageId>();
    file.imports = imports;
    file.dots = [];
    for (const { path, name } of file.declared.imports) {
      const found = path === 'unsafe' ? this.unsafePackage : file.package.importer(path);
      if (name === this.#dot) {
        if (found > 0) file.dots.push(found);
      } else if (name !== this.blank) imports.set(name !== 0 ? name : found > 0 ? (this.packages[found] as GoPackage).name : this.symbols.intern(guessedName(path)), Math.max(0, found));
    }
    return imports;
  }

  isExported(symbol: number): boolean {
    if (symbol >= this.#exported.length) {
      const wide = new Uint8Array(Math.max(symbol + 1, this.#exported.length * 2));
      wide.set(this.#exported);
      this.#exported = wide;
    }
    let known = this.#exported[symbol] as number;
    if (known === 0) {
      const text = this.symbols.text(symbol);
      const unit = text.charCodeAt(0);
      known = unit < 128 ? (unit >= 65 && unit <= 90 ? 2 : 1) : /^\p{Lu}/u.test(text) ? 2 : 1;
      this.#exported[symbol] = known;
    }
    return known === 2;
  }

  /** Object of a type declared inside a body: the same for the same place. */
  localType(owner: ObjectId, position: number, name: number, file: ProgramFile): ObjectId {
    const key = `${owner}:${position}:${name}`;
    const known = this.#locals.get(key);
    if (known !== undefined) return known;
    const object = this.objects.add(ObjectKind.Type, name, file.package.id);
    this.objects.state[object] = Resolution.Done;
    this.objects.type[object] = this.types.named(object);
    this.#locals.set(key, object);
    return object;
  }

  /** Columns of a file, made when first asked for. */
  columnsOf(file: ProgramFile): CheckedFile {
    if (file.columns === null || file.columns.tree !== file.tree) file.columns = this.#columns.take(file.path, file.tree);
    return file.columns;
  }

  /** Lets the columns of a file go. With `forGood` nobody holds them any more, and another file may get them. */
  dropColumns(file: ProgramFile, forGood: boolean): void {
    if (forGood && file.columns !== null) this.#columns.giveBack(file.columns);
    file.columns = null;
  }

  /** Runs `work` with a checker of its own on a file. */
  withChecker<Result>(file: ProgramFile, owner: ObjectId, work: (c: Checker) => Result): Result {
    const c = this.#idle.pop() ?? new Checker(this);
    c.begin(file, owner);
    const mark = c.scope.open();
    try {
      return work(c);
    } finally {
      c.scope.close(mark);
      this.#idle.push(c);
    }
  }

  constantOf(file: CheckedFile, node: number): ConstantId {
    const value = file.value[node] as number;
    return value < 0 ? this.forceString(file, node) : value;
  }

  forceString(file: CheckedFile, node: number): ConstantId {
    return forcedString(this.constants, file, node);
  }

  packagePathOf(object: ObjectId): string {
    return this.packages[this.objects.package[object] as number]?.path ?? '';
  }

  nameOf(object: ObjectId): string {
    return (this.#names[object] ??= this.#nameOf(object));
  }

  #nameOf(object: ObjectId): string {
    const { objects, symbols } = this;
    const path = this.packagePathOf(object);
    const name = symbols.text(objects.name[object] as number);
    const receiver = objects.receiver[object] as number;
    const qualified = path === '' ? '' : `${path}.`;
    if (receiver === 0) return qualified + name;
    const type = symbols.text(objects.name[receiver] as number);
    return objects.flag[object] === 1 ? `${qualified}(*${type}).${name}` : `${qualified}${type}.${name}`;
  }

  /** Name of a method of an interface: `io.Writer.Write`; the method's alone where the interface has no name. */
  methodName(iface: TypeId, method: number): string {
    const name = this.symbols.text(method);
    return this.types.kind(iface) === TypeKind.Named ? `${this.typeName(iface, true)}.${name}` : name;
  }

  /** A type as Go writes it; packages by their path or by their name. */
  typeName(type: TypeId, byPath: boolean): string {
    const { objects, symbols, packages } = this;
    return typeText(this.types, type, {
      symbol: (symbol) => symbols.text(symbol),
      named: (object) => {
        const pkg = packages[objects.package[object] as number];
        const name = symbols.text(objects.name[object] as number);
        return pkg === undefined || pkg.index === 0 ? name : `${byPath ? pkg.path : symbols.text(pkg.name)}.${name}`;
      },
      typeParam: (owner, index) => this.#typeParamName(owner, index),
    });
  }

  #typeParamName(owner: ObjectId, index: number): string {
    const file = this.files[this.objects.file[owner] as number];
    if (!file) return this.facts?.typeParamName(owner, index) ?? `T${index}`;
    const names: string[] = [];
    this.withChecker(file, 0, (c) => {
      const list = c.child(this.objects.node[owner] as number, 33);
      for (let child = list + 1; list >= 0 && child < (c.next[list] as number); child++) if (c.field[child] === 20 && c.kind[child] === 1) names.push(c.tree.textOf(child));
    });
    return names[index] ?? `T${index}`;
  }
}

/** Name that a package very likely has, when it cannot be looked up. */
function guessedName(path: string): string {
  const parts = path.split('/');
  let last = parts.pop() ?? '';
  if (/^v\d+$/.test(last) && parts.length > 0) last = parts.pop() ?? '';
  return last.replace(/\.v\d+$/, '').replace(/^go-|-go$|\.go$/g, '').replaceAll('-', '_');
}
