// State of building the escape graph of one batch: whose body is walked, in which loop, and how values flow. The walks themselves are
// statements.ts, expressions.ts and calls.ts.
import { GoKind } from '../../../../syntax/kinds/go.generated.js';
import type { FlatTree, NodeIndex } from '../../../../syntax/flatTree.js';
import { LAZY_STRING, LocalFlag, localOf, type CheckedBody, type CheckedFile, type GoWorld, type LocalId } from '../../resolve/checkedBody.js';
import type { SolveContext } from '../escapeContract.js';
import { ObjectKind, type FuncId } from '../../resolve/objects.js';
import type { TypeFacts } from '../../types/typeFacts.js';
import { BasicType, TypeKind, type TypeId } from '../../types/typeKind.js';
import type { TypeTable } from '../../types/typeTable.js';
import { applies, Form, Free } from './forms.js';
import { Base, LocFlag, type EscapeGraph, type Loc, type NoteIndex } from './graph.js';
import type { PendingClosure, PendingIterator } from './pending.js';
import type { Reason } from './reasons.js';
import { Rooms } from './rooms.js';
import type { GoToolchain } from '../../models/toolchain.js';

/**
 * Where the value of an expression goes: `derefs << 1 | addressTaken` beside a location and a note. -1 is "its address", which is -1 dereferences
 * with the address taken.
 */
export type Weight = number;

/** The value itself. */
export const VALUE: Weight = 0;
/** Nesting of expressions and statements that is followed; deeper is left out. */
export const DEEPEST = 250;

/** Weight with one dereference more. */
export function deref(weight: Weight): Weight {
  return ((weight >> 1) + 1) << 1;
}

/** Weight with the address taken. At most one address can be taken: more counts as one. */
export function address(weight: Weight): Weight {
  return (Math.max((weight >> 1) - 1, -1) << 1) | 1;
}

/** Holes for the results of a call with several. */
export interface ResultHoles {
  readonly target: Loc[];
  readonly weight: Weight[];
  readonly note: NoteIndex[];
}

/** Where an argument goes. */
export interface Hole {
  loc: Loc;
  weight: Weight;
  note: NoteIndex;
}

/** Why a place is cold; 0 for warm. Order as in COLD_REASONS. */
export const enum Cold { No = 0, Panic, Error, Test, Static, Log }

/** One batch under construction. Reused from batch to batch: `begin` starts the next. */
export class Builder {
  bodies: readonly CheckedBody[] = [];
  world!: GoWorld;
  types!: TypeTable;
  facts!: TypeFacts;
  context!: SolveContext;
  toolchain!: GoToolchain;
  /** First location of the locals of a body. */
  localBase: number[] = [];
  /** Index in `parent` of the first function of a body. */
  functionBase: number[] = [];
  /** Enclosing function, over all functions of the batch. */
  parent: number[] = [];
  bodyOfFunction: number[] = [];
  /** Cold contexts (a Cold) of functions by object, so that names are looked at once per engine. */
  coldOf: number[] = [];
  readonly #bodyById = new Map<FuncId, number>();
  readonly #hole: Hole = { loc: 0, weight: 0, note: 0 };
  readonly #idleHoles: ResultHoles[] = [];
  closures: PendingClosure[] = [];
  /** Conversions to bytes of joined strings: location of the conversion, of the concatenation, … */
  joinedAsBytes: Loc[] = [];
  readonly closureAt = new Map<Loc, number>();
  readonly rooms = new Rooms();
  /** By function: 1 once it may be called from where its results cannot be followed. */
  resultsLost = new Uint8Array(64);

  // The body that is walked.
  body!: CheckedBody;
  bodyIndex = 0;
  file!: CheckedFile;
  tree!: FlatTree;
  /** Index in the batch of the function that is walked. */
  fn = 0;
  /** The same, but the function that is written: not the closure that the body of a range over a function becomes. */
  home = 0;
  /** Loop bodies that are closures, whose captures flow when the whole batch was walked. */
  iterators: PendingIterator[] = [];
  /** The compiler's loop depth: grows with loops and with labels that are jumped back to. */
  depth = 1;
  loops = 0;
  cold: Cold = Cold.No;
  nesting = 0;
  /** Above 0 where code may be passed over: in branches, loops and closures, and after a return in one. */
  guarded = 0;
  /** How the place that `place` answered last is stored to. */
  storeReason: Reason = 0;
  /** The linker lays out what is written here: the value of a package variable, outside of calls and function literals. */
  linked = false;
  /** In the values of a return statement of the present function. */
  returning = false;
  /** Range variables of one round that closures capture: in a return, which ends the loop, and elsewhere. */
  readonly capturedInReturn: Loc[] = [];
  readonly capturedInRound = new Set<Loc>();
  /** The next closure is the one of a go or defer statement. */
  closureReason: Reason = 0;
  /** Nodes whose form is free for a reason that their context gives: conversions that are read in place, literals that are called at once. */
  readonly preset = new Map<NodeIndex, number>();

  constructor(readonly graph: EscapeGraph) {}

  /** Declared functions are called from where nobody looks; closures only once that is seen. */
  loseResults(): void {
    const count = this.parent.length;
    if (count > this.resultsLost.length) this.resultsLost = new Uint8Array(count * 2);
    for (let fn = 0; fn < count; fn++) this.resultsLost[fn] = this.parent[fn] === -1 ? 1 : 0;
  }

  /** Location of the first local of the body that a function of the batch is in. */
  firstLocalOf(fn: number): Loc {
    return this.localBase[this.bodyOfFunction[fn] as number] as number;
  }

  /** Locals that are the results of a function of the batch. */
  resultsOf(fn: number): readonly LocalId[] {
    const index = this.bodyOfFunction[fn] as number;
    return this.bodies[index]?.functions[fn - (this.functionBase[index] as number)]?.results ?? [];
  }

  /** Starts on a batch: empties the graph and gives every local its location. */
  begin(bodies: readonly CheckedBody[], context: SolveContext, toolchain: GoToolchain): void {
    this.graph.reset();
    this.bodies = bodies;
    this.context = context;
    this.toolchain = toolchain;
    if (this.world !== context.world) this.coldOf = [];
    this.world = context.world;
    this.types = context.world.types;
    this.facts = context.world.typeFacts;
    if (this.localBase.length > 0) this.localBase.length = 0;
    if (this.functionBase.length > 0) this.functionBase.length = 0;
    if (this.parent.length > 0) this.parent.length = 0;
    if (this.bodyOfFunction.length > 0) this.bodyOfFunction.length = 0;
    if (this.closures.length > 0) this.closures.length = 0;
    if (this.joinedAsBytes.length > 0) this.joinedAsBytes.length = 0;
    if (this.iterators.length > 0) this.iterators.length = 0;
    if (this.#bodyById.size > 0) this.#bodyById.clear();
    if (this.closureAt.size > 0) this.closureAt.clear();
    this.rooms.reset();
    if (this.capturedInReturn.length > 0) this.capturedInReturn.length = 0;
    if (this.capturedInRound.size > 0) this.capturedInRound.clear();
    this.returning = false;
    this.enter(0);
    this.fn = 0;
    this.home = 0;
    this.depth = 1;
    this.loops = 0;
    this.cold = Cold.No;
    this.nesting = 0;
    this.guarded = 0;
    this.storeReason = 0;
    this.linked = false;
    this.closureReason = 0;
    for (let index = 0; index < bodies.length; index++) {
      const body = bodies[index] as CheckedBody;
      const base = this.parent.length;
      this.localBase.push(this.graph.count);
      this.functionBase.push(base);
      for (const fn of body.functions) {
        this.parent.push(fn.parent < 0 ? -1 : base + fn.parent);
        this.bodyOfFunction.push(index);
      }
      if (bodies.length > 1 && body.id > 0 && !body.isInitialiser) this.#bodyById.set(body.id, index);
      this.#addLocals(body, base);
    }
  }

  /** Index of the body of a function in this batch, -1 for none. */
  bodyIndexOf(id: FuncId): number {
    if (this.bodies.length > 1) return this.#bodyById.get(id) ?? -1;
    return id > 0 && this.body.id === id && !this.body.isInitialiser ? 0 : -1;
  }

  /** A hole for callers to read at once: the next one overwrites it. */
  holeAt(loc: Loc, weight: Weight, note: NoteIndex): Hole {
    const hole = this.#hole;
    hole.loc = loc;
    hole.weight = weight;
    hole.note = note;
    return hole;
  }

  /** Holes for the single result of a call; `giveBack` them after the call. */
  singleHole(target: Loc, weight: Weight, note: NoteIndex): ResultHoles {
    const holes = this.#idleHoles.pop();
    if (holes === undefined) return { target: [target], weight: [weight], note: [note] };
    holes.target[0] = target;
    holes.weight[0] = weight;
    holes.note[0] = note;
    return holes;
  }

  giveBack(holes: ResultHoles): void {
    this.#idleHoles.push(holes);
  }

  #addLocals(body: CheckedBody, base: number): void {
    const { graph } = this;
    const { locals } = body;
    for (let local = 0; local < locals.count; local++) {
      const flags = locals.flags[local] as number;
      const form = (flags & (LocalFlag.Param | LocalFlag.Receiver)) !== 0 ? Form.Parameter : (flags & LocalFlag.Result) !== 0 ? Form.Result : Form.Variable;
      const loc = graph.addLocation(locals.node[local] as number, (flags & (LocalFlag.Const | LocalFlag.Type)) !== 0 ? Form.None : form, base + (locals.owner[local] as number), 1);
      graph.type[loc] = locals.type[local] as number;
      graph.attributes[loc] = 2;
      if (form === Form.Parameter) graph.mark(loc, LocFlag.Parameter);
    }
    const first = this.localBase[this.localBase.length - 1] as number;
    for (const { results } of body.functions) {
      for (let i = 0; i < results.length; i++) {
        const loc = first + (results[i] as number);
        graph.mark(loc, LocFlag.Result);
        graph.result[loc] = Math.min(1 + i, 255);
      }
    }
  }

  /** Makes a body the one that is walked. */
  enter(index: number): void {
    this.bodyIndex = index;
    this.body = this.bodies[index] as CheckedBody;
    this.file = this.body.file;
    this.tree = this.file.tree;
    if (this.preset.size > 0) this.preset.clear();
  }

  /** Whether the body is that of a generic function or of a method of a generic type: closures in it capture its types. */
  isGeneric(): boolean {
    const { objects } = this.world;
    const { id } = this.body;
    return !this.body.isInitialiser && ((objects.typeParams[id] ?? []).length > 0 || (objects.typeParams[objects.receiver[id] as number] ?? []).length > 0);
  }

  kind(node: NodeIndex): GoKind {
    return this.tree.kind[node] as GoKind;
  }

  typeOf(node: NodeIndex): TypeId {
    return this.file.type[node] as TypeId;
  }

  /** Location of a local of the present body. */
  locOf(local: LocalId): Loc {
    return (this.localBase[this.bodyIndex] as number) + local;
  }

  /** Location of the variable that an identifier names, or -1. */
  variableAt(node: NodeIndex): Loc {
    const local = localOf(this.file, node);
    if (local < 0 || local >= this.body.locals.count) return -1;
    if (((this.body.locals.flags[local] as number) & (LocalFlag.Const | LocalFlag.Type)) !== 0) return -1;
    return this.locOf(local);
  }

  /** Whether the expression is known at compile time. */
  isConstant(node: NodeIndex): boolean {
    const value = this.file.value[node] as number;
    if (value === 0) return false;
    const kind = this.tree.kind[node] as GoKind;
    return value !== LAZY_STRING || kind === GoKind.InterpretedStringLiteral || kind === GoKind.RawStringLiteral || this.context.constants.constantOf(this.file, node) !== 0;
  }

  /** A location for what `node` makes. */
  location(node: NodeIndex, form: Form, type: TypeId): Loc {
    const { graph } = this;
    const loc = graph.addLocation(node, form, this.fn, this.depth);
    graph.type[loc] = type;
    graph.loops[loc] = Math.min(this.loops, 255);
    graph.cold[loc] = this.cold;
    if (this.guarded > 0) graph.mark(loc, LocFlag.Guarded);
    if (this.linked && (form === Form.SliceLiteral || form === Form.AddressedLiteral || form === Form.Closure || form === Form.New)) graph.free[loc] = Free.StaticData;
    const preset = this.preset.size > 0 ? this.preset.get(node) : undefined;
    if (preset !== undefined && applies(preset, form)) graph.free[loc] = preset;
    return loc;
  }

  /** A location for a call of a declared function, so that what the function allocates can be told. */
  callLocation(node: NodeIndex, callee: FuncId): void {
    // The location comes first: making it may replace the graph's arrays, and a write to one that was read before would be lost.
    const loc = this.location(node, Form.Call, this.typeOf(node));
    this.graph.detail[loc] = callee;
  }

  /** A location for what `node` makes, whose address goes on; returns it as the place for its content. */
  spill(node: NodeIndex, form: Form, type: TypeId, target: Loc, weight: Weight, note: NoteIndex, reason: Reason): Loc {
    const loc = this.location(node, form, type);
    this.flow(target, address(weight), this.note(note, node, reason), loc);
    return loc;
  }

  /** Notes how a value travels. Nothing is noted for values that go nowhere. */
  note(next: NoteIndex, node: NodeIndex, reason: Reason, extra = -1): NoteIndex {
    return this.graph.addNote(next, node, reason, extra);
  }

  flow(target: Loc, weight: Weight, note: NoteIndex, source: Loc): void {
    if ((weight & 1) !== 0) this.graph.mark(source, LocFlag.AddressTaken);
    this.graph.flow(target, weight >> 1, note, source);
  }

  /** A temporary that keeps its value for longer than a statement. */
  temporary(persists: boolean): Loc {
    const loc = this.graph.addLocation(-1, Form.None, this.fn, this.depth);
    if (persists) this.graph.attributes[loc] = 2;
    return loc;
  }

  /** Says that the variable is assigned to. */
  reassigned(loc: Loc): void {
    if (loc < Base.First) return;
    this.graph.mark(loc, LocFlag.Reassigned);
    this.graph.mark(loc, LocFlag.Varies);
    this.rooms.time++;
    this.rooms.set(loc, undefined);
  }

  /** A variable comes to life in the present loop. */
  declare(loc: Loc): void {
    this.graph.depth[loc] = this.depth;
    this.graph.owner[loc] = this.fn;
    this.graph.loops[loc] = Math.min(this.loops, 255);
    this.graph.cold[loc] = this.cold;
    if (this.guarded > 0) this.graph.mark(loc, LocFlag.Guarded);
  }

  /** Whether an expression is written as a type. */
  isType(node: NodeIndex): boolean {
    let at = node;
    for (;;) {
      const kind = this.kind(at);
      switch (kind) {
        case GoKind.SliceType: case GoKind.ArrayType: case GoKind.MapType: case GoKind.ChannelType:
        case GoKind.FunctionType: case GoKind.StructType: case GoKind.InterfaceType: case GoKind.ImplicitLengthArrayType:
          return true;
        case GoKind.PointerType: {
          const first = this.tree.firstChild(at);
          at = first >= 0 && this.kind(first) === GoKind.Star ? this.tree.nextSibling(first) : first;
          if (at < 0) return true;
          continue;
        }
        case GoKind.ParenthesizedType: case GoKind.GenericType: case GoKind.ParenthesizedExpression: at = this.tree.firstChild(at); if (at < 0) return false; continue;
        case GoKind.UnaryExpression: {
          const operator = this.tree.firstChild(at);
          if (operator < 0 || this.kind(operator) !== GoKind.Star) return false;
          at = this.tree.nextSibling(operator);
          if (at < 0) return false;
          continue;
        }
        case GoKind.IndexExpression: case GoKind.TypeInstantiationExpression: at = this.tree.firstChild(at); if (at < 0) return false; continue;
        case GoKind.Identifier: case GoKind.TypeIdentifier: {
          const ref = this.file.ref[at] as number;
          if (ref > 0) return this.world.objects.kind[ref] === ObjectKind.Type;
          if (ref === 0) return kind === GoKind.TypeIdentifier;
          const local = -1 - ref;
          return local < this.body.locals.count && ((this.body.locals.flags[local] as number) & LocalFlag.Type) !== 0;
        }
        case GoKind.QualifiedType: case GoKind.SelectorExpression: {
          const ref = this.file.ref[at] as number;
          return ref === 0 ? kind === GoKind.QualifiedType : ref < 0 && this.world.objects.kind[-ref] === ObjectKind.Type;
        }
        default: return false;
      }
    }
  }

  /** Kind of the type that decides what an operation does: that of the core type. */
  coreKind(type: TypeId): TypeKind {
    return this.types.kind(this.core(type));
  }

  /** Underlying type; of a type parameter, what all its types have in common. */
  core(type: TypeId): TypeId {
    const under = this.types.underlying(type);
    return this.types.kind(under) === TypeKind.TypeParam ? this.facts.coreType(type) : under;
  }

  isString(type: TypeId): boolean {
    const kind = this.coreKind(type);
    return kind === TypeKind.String || kind === TypeKind.UntypedString || type === BasicType.String;
  }
}
