// The graph that escape analysis works on: locations (variables and allocating expressions) and the assignments between them, weighted by
// dereferences, as a struct of arrays that is reused from batch to batch. Not here: how it is built (build*.ts) and solved (walk.ts).
import type { LeakBits } from './leaks.js';

/** Index of a location. */
export type Loc = number;
/** Index of a note, 0 for none. */
export type NoteIndex = number;

/** The locations every graph starts with. */
export const enum Base {
  /** Where a value goes that nobody keeps. */
  Blank = 0,
  Heap = 1,
  /** Pointer operands of assignments through pointers. */
  Mutator = 2,
  /** Function values that are called without knowing them. */
  Callee = 3,
  /** Arguments of functions of which nothing is known. */
  Unseen = 4,
  First = 5,
}

/** What is known of a location. */
export const enum Attribute {
  /** Must live on the heap. */
  Escapes = 1,
  /** Its address outlives the statement. */
  Persists = 2,
  /** Memory reachable from it may be written. */
  Mutates = 4,
  /** A closure reachable from it may be called with its results lost. */
  Calls = 8,
}

/** What a location stands for, besides its form. */
export const enum LocFlag {
  Parameter = 1,
  Result = 2,
  Captured = 4,
  Reassigned = 8,
  AddressTaken = 16,
  /** Goes to a function of which nothing is known, and is kept on the stack on that assumption. */
  Assumed = 32,
  /** Assigned other than where it is declared, straight-line assignments before a capture included. */
  Varies = 64,
  /** May be passed over when its function runs. */
  Guarded = 128,
}

/** Locations and edges of one batch. */
export class EscapeGraph {
  count = 0;
  /** Node that declares the variable or allocates; -1 for a temporary. */
  node = new Int32Array(256);
  /** What sort of location it is (a Form); 0 for temporaries. */
  form = new Uint8Array(256);
  /** Function of the batch that it belongs to. */
  owner = new Int32Array(256);
  depth = new Int32Array(256);
  /** Type of what the location holds or makes; 0 when unknown. */
  type = new Int32Array(256);
  /** A number whose meaning depends on the form. */
  detail = new Int32Array(256);
  /** Why it is free whatever becomes of its value (a Free). */
  free = new Uint8Array(256);
  /** Loops of its function around it. */
  loops = new Uint8Array(256);
  /** Cold context (a Cold). */
  cold = new Uint8Array(256);
  flags = new Uint8Array(256);
  attributes = new Uint8Array(256);
  /** 1 + position among the results of its function; 0 for other locations. */
  result = new Uint8Array(256);
  leak = new Uint32Array(256);
  /** Edges into the location, oldest first: the order decides which of several shortest paths is told. */
  firstEdge = new Int32Array(256);
  lastEdge = new Int32Array(256);

  edgeCount = 0;
  edgeSource = new Int32Array(512);
  edgeTarget = new Int32Array(512);
  edgeDerefs = new Int16Array(512);
  edgeNote = new Int32Array(512);
  edgeNext = new Int32Array(512);

  noteCount = 1;
  noteNext = new Int32Array(512);
  noteNode = new Int32Array(512);
  noteReason = new Uint8Array(512);
  /** What a reason speaks of besides the node: the parameter of a called function; -1 for nothing. */
  noteExtra = new Int32Array(512);

  /** Where in `paths` the edges are by which an escaping location reached what outlives it; 0 for none. */
  escapePath = new Int32Array(256);
  /** The same for a parameter whose value gets to the heap, for its least dereferences. */
  leakPath = new Int32Array(256);
  /** Paths, each as its length and its edges; number 0 is none. */
  readonly paths: number[] = [0];

  constructor() {
    this.reset();
  }

  /** Empties the graph for the next batch. */
  reset(): void {
    this.count = 0;
    this.edgeCount = 0;
    this.noteCount = 1;
    if (this.paths.length > 1) this.paths.length = 1;
    for (let base = Base.Blank as number; base < Base.First; base++) this.addLocation(-1, 0, -1, 0);
    const heap = Attribute.Escapes | Attribute.Persists | Attribute.Mutates | Attribute.Calls;
    this.attributes[Base.Heap] = heap;
    this.attributes[Base.Mutator] = Attribute.Mutates;
    this.attributes[Base.Callee] = Attribute.Calls;
    this.attributes[Base.Unseen] = Attribute.Mutates | Attribute.Calls | Attribute.Persists;
  }

  /** A new location. */
  addLocation(node: number, form: number, owner: number, depth: number): Loc {
    const loc = this.count++;
    if (loc === this.node.length) this.#growLocations();
    this.node[loc] = node;
    this.form[loc] = form;
    this.owner[loc] = owner;
    this.depth[loc] = depth;
    this.type[loc] = 0;
    this.detail[loc] = -1;
    this.free[loc] = 0;
    this.loops[loc] = 0;
    this.cold[loc] = 0;
    this.flags[loc] = 0;
    this.attributes[loc] = 0;
    this.result[loc] = 0;
    this.leak[loc] = 0;
    this.firstEdge[loc] = -1;
    this.escapePath[loc] = 0;
    this.leakPath[loc] = 0;
    return loc;
  }

  /** A note in front of others: how a value gets on its way. */
  addNote(next: NoteIndex, node: number, reason: number, extra = -1): NoteIndex {
    const note = this.noteCount++;
    if (note === this.noteNext.length) this.#growNotes();
    this.noteNext[note] = next;
    this.noteNode[note] = node;
    this.noteReason[note] = reason;
    this.noteExtra[note] = extra;
    return note;
  }

  /** The value of `source`, dereferenced (its address for -1), is assigned to `target`. */
  flow(target: Loc, derefs: number, note: NoteIndex, source: Loc): void {
    if (target === Base.Blank || (target === source && derefs >= 0)) return;
    const edge = this.edgeCount++;
    if (edge === this.edgeSource.length) this.#growEdges();
    this.edgeSource[edge] = source;
    this.edgeTarget[edge] = target;
    this.edgeDerefs[edge] = derefs;
    this.edgeNote[edge] = note;
    if (derefs < 0 && (this.attr(target) & Attribute.Escapes) !== 0) {
      if ((this.attr(source) & Attribute.Escapes) === 0) this.escapePath[source] = this.paths.push(1, edge) - 2;
      this.attributes[source] = this.attr(source) | Attribute.Escapes | Attribute.Persists | Attribute.Mutates | Attribute.Calls;
      return;
    }
    this.edgeNext[edge] = -1;
    if (this.firstEdge[target] === -1) this.firstEdge[target] = edge;
    else this.edgeNext[this.lastEdge[target] as number] = edge;
    this.lastEdge[target] = edge;
  }

  attr(loc: Loc): number {
    return this.attributes[loc] as number;
  }

  has(loc: Loc, flag: LocFlag): boolean {
    return ((this.flags[loc] as number) & flag) !== 0;
  }

  mark(loc: Loc, flag: LocFlag): void {
    this.flags[loc] = (this.flags[loc] as number) | flag;
  }

  unmark(loc: Loc, flag: LocFlag): void {
    this.flags[loc] = (this.flags[loc] as number) & ~flag;
  }

  escapes(loc: Loc): boolean {
    return ((this.attributes[loc] as number) & Attribute.Escapes) !== 0;
  }

  leakOf(loc: Loc): LeakBits {
    return this.leak[loc] as number;
  }

  #growLocations(): void {
    const size = this.node.length * 2;
    this.node = wider(this.node, size);
    this.owner = wider(this.owner, size);
    this.depth = wider(this.depth, size);
    this.firstEdge = wider(this.firstEdge, size);
    this.lastEdge = wider(this.lastEdge, size);
    this.escapePath = wider(this.escapePath, size);
    this.leakPath = wider(this.leakPath, size);
    this.type = wider(this.type, size);
    this.detail = wider(this.detail, size);
    this.free = widerBytes(this.free, size);
    this.loops = widerBytes(this.loops, size);
    this.cold = widerBytes(this.cold, size);
    this.form = widerBytes(this.form, size);
    this.flags = widerBytes(this.flags, size);
    this.attributes = widerBytes(this.attributes, size);
    this.result = widerBytes(this.result, size);
    const leak = new Uint32Array(size);
    leak.set(this.leak);
    this.leak = leak;
  }

  #growEdges(): void {
    const size = this.edgeSource.length * 2;
    this.edgeSource = wider(this.edgeSource, size);
    this.edgeTarget = wider(this.edgeTarget, size);
    this.edgeNote = wider(this.edgeNote, size);
    this.edgeNext = wider(this.edgeNext, size);
    const derefs = new Int16Array(size);
    derefs.set(this.edgeDerefs);
    this.edgeDerefs = derefs;
  }

  #growNotes(): void {
    const size = this.noteNext.length * 2;
    this.noteNext = wider(this.noteNext, size);
    this.noteNode = wider(this.noteNode, size);
    this.noteExtra = wider(this.noteExtra, size);
    this.noteReason = widerBytes(this.noteReason, size);
  }
}

function wider(old: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(size);
  grown.set(old);
  return grown;
}

function widerBytes(old: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(size);
  grown.set(old);
  return grown;
}

/** Functions of a batch: nesting of closures, and which closures' results get lost. */
export interface BatchFunctions {
  /** Enclosing function of a closure, -1 for a declared function. */
  readonly parent: readonly number[];
  /** 1 once a closure may be called from where its results cannot be followed. */
  readonly resultsLost: Uint8Array;
  /** Location of the closure expression → index of its function, for closures of this batch. */
  readonly closureAt: ReadonlyMap<Loc, number>;
  /** Locals that are the results of a function, and the location of its body's first local. */
  resultsOf(fn: number): readonly number[];
  firstLocalOf(fn: number): Loc;
}
