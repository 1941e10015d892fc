// Which walks over an escape graph can find nothing new, and where they may stop: a walk that came by a location with as few dereferences, from
// a root that outlives as much, has found all that there is to find from there on. Not here: the walks (walk.ts).
import { Base, LocFlag, type BatchFunctions, type EscapeGraph, type Loc } from './graph.js';

/** What the root of a walk outlives. */
export const enum Reach {
  /** Not comparable to others: its walk neither stops nor makes another stop. */
  Other = 0,
  /** What is declared deeper in its function, and what closures in that declare. */
  Own = 1,
  /** A result that gets lost: everything; of the parameters of its own function it tells that they go to the result. */
  Lost = 2,
  /** A location on the heap: everything. */
  Everything = 3,
}

const NOBODY = -1;
/** More dereferences than any way has. */
const FAR = 0x7fffffff;

/** What walks have covered. Reused from batch to batch. */
export class Coverage {
  #graph!: EscapeGraph;
  #functions!: BatchFunctions;
  /** Least dereferences with which walks from the heap came by a location. */
  #heap = new Int32Array(256);
  /** The same for lost results; and for those of another function than the one that came nearest. */
  #lost = new Int32Array(256);
  #lostOwner = new Int32Array(256);
  #lostToo = new Int32Array(256);
  /** A location whose own walk came by without a dereference and that outlives most of those. */
  #own = new Int32Array(256);
  /** 1 once a location was walked, or need not be. */
  #finished = new Uint8Array(256);
  /** By function: the depth below which nothing is that could go away before what holds it; FAR when there are closures in it. */
  #deepest = new Int32Array(64);

  /** Starts on a graph. */
  begin(graph: EscapeGraph, functions: BatchFunctions): void {
    const { count } = graph;
    this.#graph = graph;
    this.#functions = functions;
    if (this.#heap.length < count) {
      const size = graph.node.length;
      this.#heap = new Int32Array(size);
      this.#lost = new Int32Array(size);
      this.#lostOwner = new Int32Array(size);
      this.#lostToo = new Int32Array(size);
      this.#own = new Int32Array(size);
      this.#finished = new Uint8Array(size);
    }
    this.#heap.fill(FAR, 0, count);
    this.#lost.fill(FAR, 0, count);
    this.#lostToo.fill(FAR, 0, count);
    this.#own.fill(NOBODY, 0, count);
    this.#finished.fill(0, 0, count);
    this.#measureDepths();
  }

  /** What a location outlives when a walk starts from it. */
  reachOf(root: Loc): Reach {
    const graph = this.#graph;
    if (graph.escapes(root)) return Reach.Everything;
    if (root < Base.First) return Reach.Other;
    if (!graph.has(root, LocFlag.Result)) return Reach.Own;
    return this.#functions.resultsLost[graph.owner[root] as number] === 1 ? Reach.Lost : Reach.Other;
  }

  /** Whether a walk from the location would find nothing. */
  isCovered(root: Loc, reach: Reach): boolean {
    if (reach !== Reach.Own) return reach === Reach.Lost && (this.#heap[root] === 0 || this.#lostToo[root] === 0);
    const { owner, depth } = this.#graph;
    const own = this.#own[root] as Loc;
    const covered = this.#heap[root] === 0 || (depth[root] as number) >= (this.#deepest[owner[root] as number] as number)
      || (own !== NOBODY && own !== root && this.#outlivesAsMuch(own, root)) || this.#isCoveredByResults(root, root, 0);
    this.#finished[root] = 1;
    return covered;
  }

  /** A walk came by `loc`. Answers whether there is something to find from there on. */
  goesOn(root: Loc, reach: Reach, loc: Loc, derefs: number): boolean {
    if (reach === Reach.Other || loc < Base.First) return true;
    if ((this.#heap[loc] as number) <= derefs) return false;
    if (reach === Reach.Everything) {
      this.#heap[loc] = derefs;
      return true;
    }
    if (reach === Reach.Lost) return this.#noteLost(loc, derefs, this.#graph.owner[root] as number);
    if (loc === root) return true;
    // No result holds back what is told of a location that is none.
    if (this.#finished[loc] === 1 && this.#outlivesAsMuch(loc, root)) return false;
    if (this.#isCoveredByResults(root, loc, derefs)) return false;
    if (derefs === 0) {
      const known = this.#own[loc] as Loc;
      if (known === NOBODY || this.#outlivesAsMuch(root, known)) this.#own[loc] = root;
    }
    return true;
  }

  #noteLost(loc: Loc, derefs: number, owner: number): boolean {
    // Two results of two functions have told all: each leaves out what the other tells, that parameters of its function go to another's result.
    if ((this.#lostToo[loc] as number) <= derefs) return false;
    const nearest = this.#lost[loc] as number;
    if (nearest === FAR || this.#lostOwner[loc] === owner) {
      if (derefs < nearest) {
        this.#lost[loc] = derefs;
        this.#lostOwner[loc] = owner;
      }
    } else if (derefs < nearest) {
      this.#lostToo[loc] = nearest;
      this.#lost[loc] = derefs;
      this.#lostOwner[loc] = owner;
    } else this.#lostToo[loc] = derefs;
    return true;
  }

  /** Whether lost results have found, from `loc` on, what the walk from `root` looks for: unless they are of a closure in its function, whose parameters it outlives. */
  #isCoveredByResults(root: Loc, loc: Loc, derefs: number): boolean {
    if ((this.#lostToo[loc] as number) <= derefs) return true;
    return (this.#lost[loc] as number) <= derefs && !encloses(this.#functions.parent, this.#graph.owner[root] as number, this.#lostOwner[loc] as number);
  }

  /** Of two locations that are no results: whether the one outlives all that the other does. */
  #outlivesAsMuch(one: Loc, other: Loc): boolean {
    const { owner, depth, flags } = this.#graph;
    if (((flags[one] as number) & LocFlag.Result) !== 0) return false;
    if (owner[one] === owner[other]) return (depth[one] as number) <= (depth[other] as number);
    return encloses(this.#functions.parent, owner[one] as number, owner[other] as number);
  }

  /** Only what has its address taken, and parameters, can be outlived: finds how deep those are. */
  #measureDepths(): void {
    const { count, edgeCount, edgeSource, edgeDerefs, owner, depth, flags } = this.#graph;
    const { parent } = this.#functions;
    if (this.#deepest.length < parent.length) this.#deepest = new Int32Array(parent.length * 2);
    const deepest = this.#deepest;
    deepest.fill(0, 0, parent.length);
    for (let edge = 0; edge < edgeCount; edge++) {
      if ((edgeDerefs[edge] as number) >= 0) continue;
      const source = edgeSource[edge] as number;
      const fn = owner[source] as number;
      if (fn >= 0 && (depth[source] as number) > (deepest[fn] as number)) deepest[fn] = depth[source] as number;
    }
    for (let loc = Base.First as number; loc < count; loc++) {
      const fn = owner[loc] as number;
      if (((flags[loc] as number) & LocFlag.Parameter) !== 0 && (depth[loc] as number) > (deepest[fn] as number)) deepest[fn] = depth[loc] as number;
    }
    for (let fn = 0; fn < parent.length; fn++) for (let outer = parent[fn] ?? NOBODY; outer >= 0 && deepest[outer] !== FAR; outer = parent[outer] ?? NOBODY) deepest[outer] = FAR;
  }
}

/** Whether function `outer` holds the closure `inner`, at any depth. */
export function encloses(parent: readonly number[], outer: number, inner: number): boolean {
  for (let fn = parent[inner] ?? -1; fn >= 0; fn = parent[fn] ?? -1) if (fn === outer) return true;
  return false;
}
