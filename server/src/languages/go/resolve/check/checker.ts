// The state of checking one body or one declaration: columns being filled, locals, the mode of the last expression.
// The work is in the files beside it, one per part of the language; each takes a Checker.
import { type FlatTree, type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import type { ProgramFile } from '../packages.js';
import type { Program } from '../program.js';
import { ObjectKind, type ObjectId } from '../objects.js';
import type { ConstantId } from '../../types/constants.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import type { TypeTable } from '../../types/typeTable.js';
import { type CheckedFile, LAZY_STRING, LocalFlag, type LocalId } from '../checkedBody.js';
import { LocalScope } from './localScope.js';

/** What the last expression was. */
export const enum Mode {
  Invalid = 0,
  /** A call without result. */
  NoValue,
  Builtin, Type, Constant,
  /** Addressable. */
  Variable,
  /** Not addressable, but may be assigned, and has a comma-ok form. */
  MapIndex,
  Value,
  /** A value with a comma-ok form: type assertion, receive. */
  CommaOk,
  Nil, Package,
}

/** A function of the body while it is checked. */
export interface OpenFunction {
  node: NodeIndex;
  body: NodeIndex;
  signature: TypeId;
  parent: number;
  receiver: LocalId;
  params: LocalId[];
  results: LocalId[];
  captures: LocalId[];
}

/** Levels of nesting that are followed; deeper syntax is unknown. */
export const MAX_DEPTH = 250;

/** Checks bodies and declarations of one file at a time. Reused. */
export class Checker {
  readonly types: TypeTable;
  readonly scope = new LocalScope();
  file!: ProgramFile;
  columns!: CheckedFile;
  tree!: FlatTree;
  kind!: Uint16Array;
  field!: Uint8Array;
  next!: Uint32Array;
  type!: Int32Array;
  ref!: Int32Array;
  value!: Int32Array;
  convert!: Int32Array;
  /** Set by every expression. */
  mode: Mode = Mode.Invalid;
  iota: ConstantId = 0;
  /** Mark of the innermost block: `:=` reuses only its names. */
  blockMark = 0;
  depth = 0;
  /** The body's object, for local types; 0 for declarations. */
  owner: ObjectId = 0;
  /** Bodies of function literals are left out: only types are asked for. */
  skipLiterals = false;
  uncertain = false;
  /** What is checked never runs. */
  dead = false;
  current = 0;
  functions: OpenFunction[] = [];
  callees: ObjectId[] = [];
  /** Calls of methods of interfaces. */
  readonly interfaceCalls: NodeIndex[] = [];
  tupleConversions: number[] = [];
  instances = new Map<NodeIndex, readonly TypeId[]>();
  localName: number[] = [];
  localType: TypeId[] = [];
  localNode: NodeIndex[] = [];
  localFlags: number[] = [];
  localOwner: number[] = [];
  localValue: ConstantId[] = [];
  localTypes = 0;
  /** Types of the arguments of the calls that are being checked, innermost last. */
  readonly arguments: TypeId[] = [];
  /** Types of the parameters and results of the signatures that are being read, innermost last. */
  readonly words: TypeId[] = [];
  /** The lists belong to a checked body now: the next one gets its own. */
  handedOver = false;
  /** By function: the value of #calleeMark when it was last mentioned. */
  #calleeMarks = new Int32Array(1024);
  #calleeMark = 0;

  constructor(readonly program: Program) {
    this.types = program.types;
  }

  /** Starts on a file; what is checked next belongs to `owner`. */
  begin(file: ProgramFile, owner: ObjectId): void {
    const columns = this.program.columnsOf(file);
    this.file = file;
    this.columns = columns;
    this.tree = columns.tree;
    this.kind = columns.tree.kind;
    this.field = columns.tree.field;
    this.next = columns.tree.next;
    this.type = columns.type;
    this.ref = columns.ref;
    this.value = columns.value;
    this.convert = columns.convert;
    this.mode = Mode.Invalid;
    this.iota = 0;
    this.blockMark = 0;
    this.depth = 0;
    this.owner = owner;
    this.skipLiterals = false;
    this.uncertain = false;
    this.dead = false;
    this.current = 0;
    if (this.handedOver) this.#takeNewLists();
    else this.#emptyLists();
    if (this.localValue.length > 0) this.localValue.length = 0;
    if (this.arguments.length > 0) this.arguments.length = 0;
    if (this.words.length > 0) this.words.length = 0;
    if (this.interfaceCalls.length > 0) this.interfaceCalls.length = 0;
    this.localTypes = 0;
    this.#calleeMark++;
  }

  #takeNewLists(): void {
    this.handedOver = false;
    this.functions = [];
    this.callees = [];
    this.tupleConversions = [];
    if (this.instances.size > 0) this.instances = new Map();
    this.localName = [];
    this.localType = [];
    this.localNode = [];
    this.localFlags = [];
    this.localOwner = [];
  }

  #emptyLists(): void {
    if (this.functions.length > 0) this.functions.length = 0;
    if (this.callees.length > 0) this.callees.length = 0;
    if (this.tupleConversions.length > 0) this.tupleConversions.length = 0;
    if (this.instances.size > 0) this.instances.clear();
    if (this.localName.length > 0) this.localName.length = 0;
    if (this.localType.length > 0) this.localType.length = 0;
    if (this.localNode.length > 0) this.localNode.length = 0;
    if (this.localFlags.length > 0) this.localFlags.length = 0;
    if (this.localOwner.length > 0) this.localOwner.length = 0;
  }

  /** A function is called or named: noted once, unless what calls it never runs. */
  mentionFunction(object: ObjectId): void {
    if (this.dead) return;
    if (object >= this.#calleeMarks.length) {
      const wide = new Int32Array(Math.max(object + 1, this.#calleeMarks.length * 2));
      wide.set(this.#calleeMarks);
      this.#calleeMarks = wide;
    }
    if (this.#calleeMarks[object] === this.#calleeMark) return;
    this.#calleeMarks[object] = this.#calleeMark;
    this.callees.push(object);
  }

  /** Clears the columns of a subtree. */
  clear(node: NodeIndex): void {
    const end = this.next[node] as number;
    this.type.fill(0, node, end);
    this.ref.fill(0, node, end);
    this.value.fill(0, node, end);
    this.convert.fill(0, node, end);
  }

  symbol(node: NodeIndex): number {
    return this.tree.symbolOf(node, this.program.symbols);
  }

  child(node: NodeIndex, field: number): NodeIndex {
    const { next, field: fields } = this;
    const end = next[node] as number;
    for (let child = node + 1; child < end; child = next[child] as number) if (fields[child] === field) return child;
    return NO_NODE;
  }

  firstChild(node: NodeIndex): NodeIndex {
    return node + 1 < (this.next[node] as number) ? node + 1 : NO_NODE;
  }

  /** Declares a local; binds its name unless it is blank. */
  declare(symbol: number, type: TypeId, node: NodeIndex, flags: number): LocalId {
    const local = this.localName.length;
    const blank = symbol === 0 || symbol === this.program.blank;
    this.localName.push(symbol);
    this.localType.push(type);
    this.localNode.push(node);
    this.localFlags.push(blank ? flags | LocalFlag.Blank : flags);
    this.localOwner.push(this.current);
    this.localValue.push(0);
    if (!blank) this.scope.bind(symbol, local);
    return local;
  }

  /** Notes that the present function mentions a local, which makes it a capture where another function declares it. */
  mention(local: LocalId): void {
    const owner = this.localOwner[local] as number;
    if (owner === this.current || (this.localFlags[local] as number) & (LocalFlag.Type | LocalFlag.Const)) return;
    for (let fn = this.current; fn > owner; fn = (this.functions[fn] as OpenFunction).parent) {
      const { captures } = this.functions[fn] as OpenFunction;
      if (captures.includes(local)) break; // then the functions around have it, too
      captures.push(local);
    }
  }

  /** Result of an expression: records its type and sets the mode. */
  result(node: NodeIndex, type: TypeId, mode: Mode): TypeId {
    this.type[node] = type;
    this.mode = mode;
    return type;
  }

  /** Result of an expression that cannot be typed. */
  unknown(node: NodeIndex): TypeId {
    this.type[node] = 0;
    this.mode = Mode.Invalid;
    this.uncertain = true;
    return 0;
  }

  /** Object of a name that no local hides; 0 when there is none. */
  findObject(symbol: number): ObjectId {
    return this.program.findInFile(this.file, symbol);
  }

  /** Whether a type is an interface type (type parameters are none). */
  isInterface(type: TypeId): boolean {
    return this.types.underKind(type) === TypeKind.Interface;
  }

  isUntyped(type: TypeId): boolean {
    return type >= BasicType.UntypedBool && type <= BasicType.UntypedNil;
  }

  /** Underlying type, of a type parameter the core type. */
  core(type: TypeId): TypeId {
    return this.types.kind(type) === TypeKind.TypeParam ? this.program.typeFacts.coreType(type) : this.types.underlying(type);
  }

  /** Constant value of a node with lazy strings computed. */
  constant(node: NodeIndex): ConstantId {
    const value = this.value[node] as number;
    return value === LAZY_STRING ? this.program.forceString(this.program.columnsOf(this.file), node) : value;
  }

  /** Whether an object is a function or method. */
  isFunction(object: ObjectId): boolean {
    const kind = this.program.objects.kind[object];
    return kind === ObjectKind.Func || kind === ObjectKind.Method;
  }
}
