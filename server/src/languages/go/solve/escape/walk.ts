// Solves an escape graph: the least dereferences between locations, and from them what must live on the heap and where parameters leak.
// A worklist over roots, and from each root a Bellman-Ford walk (edges may be negative, counts are bounded below by zero). Walks whose
// findings another has made are left out (coverage.ts), so that long chains and large rings of functions cost little more than their length.
import { Coverage, encloses, type Reach } from './coverage.js';
import { Attribute, Base, LocFlag, type BatchFunctions, type EscapeGraph, type Loc } from './graph.js';
import { leaksUnseen } from './finish.js';
import { LeakTo, TAGGED_RESULTS, withLeak } from './leaks.js';

/** Edges of a path that are told. */
const LONGEST_PATH = 64;
const ALL = Attribute.Escapes | Attribute.Persists | Attribute.Mutates | Attribute.Calls;

/** Work arrays, kept between batches. */
export class EscapeWalk {
  #derefs = new Int32Array(256);
  #generation = new Uint32Array(256);
  #via = new Int32Array(256);
  #queued = new Uint32Array(256);
  #rootQueued = new Uint8Array(256);
  #ring = new Int32Array(256);
  #roots = new Int32Array(512);
  #head = 0;
  #size = 0;
  #generationNow = 0;
  readonly #coverage = new Coverage();
  #steps = 0;

  /** Edges that walks looked at so far: what solving costs, without a clock. */
  get steps(): number {
    return this.#steps;
  }

  /** Solves `graph` in place. */
  solve(graph: EscapeGraph, functions: BatchFunctions): void {
    const count = graph.count;
    this.#prepare(count);
    this.#persist(graph);
    this.#coverage.begin(graph, functions);
    for (let loc = Base.First as number; loc < count; loc++) if (isRoot(graph, loc)) this.#pushFront(loc);
    this.#pushFront(Base.Unseen);
    this.#pushFront(Base.Mutator);
    this.#pushFront(Base.Callee);
    this.#pushFront(Base.Heap);
    while (this.#size > 0) {
      const root = this.#popFront();
      this.#rootQueued[root] = 0;
      this.#loseResults(graph, functions, root);
      const reach = this.#coverage.reachOf(root);
      if (!this.#coverage.isCovered(root, reach)) this.#walk(graph, functions, root, reach);
    }
  }

  /** A closure that may be called with its results lost: what these hold gets away. */
  #loseResults(graph: EscapeGraph, functions: BatchFunctions, root: Loc): void {
    if ((graph.attr(root) & Attribute.Calls) === 0) return;
    const fn = functions.closureAt.get(root);
    if (fn === undefined || functions.resultsLost[fn] !== 0) return;
    functions.resultsLost[fn] = 1;
    for (const result of functions.resultsOf(fn)) this.#enqueue(graph, functions.firstLocalOf(fn) + result);
  }

  /** What locations that persist hold the address of persists too: told by one walk from all of them, so that no walk from one of them is for that alone. */
  #persist(graph: EscapeGraph): void {
    const generation = ++this.#generationNow;
    const { attributes, firstEdge, edgeNext, edgeSource, edgeDerefs } = graph;
    const derefsTo = this.#derefs;
    const seen = this.#generation;
    const queued = this.#queued;
    const ring = this.#ring;
    const mask = ring.length - 1;
    let head = 0;
    let tail = 0;
    for (let loc = Base.Blank as number; loc < graph.count; loc++) {
      if (((attributes[loc] as number) & (Attribute.Persists | Attribute.Escapes)) !== Attribute.Persists || (firstEdge[loc] as number) < 0) continue;
      derefsTo[loc] = 0;
      ring[tail++ & mask] = loc;
    }
    while (head !== tail) {
      const loc = ring[head++ & mask] as number;
      const derefs = derefsTo[loc] as number;
      queued[loc] = 0;
      for (let edge = firstEdge[loc] as number; edge >= 0; edge = edgeNext[edge] as number) {
        this.#steps++;
        const source = edgeSource[edge] as number;
        if (((attributes[source] as number) & (Attribute.Persists | Attribute.Escapes)) !== 0) continue;
        const distance = derefs + (edgeDerefs[edge] as number);
        if (seen[source] === generation && (derefsTo[source] as number) <= distance) continue;
        seen[source] = generation;
        derefsTo[source] = Math.max(distance, 0);
        if (distance < 0) attributes[source] = (attributes[source] as number) | Attribute.Persists;
        if (queued[source] !== generation) {
          queued[source] = generation;
          ring[tail++ & mask] = source;
        }
      }
    }
  }

  #walk(graph: EscapeGraph, functions: BatchFunctions, root: Loc, reach: Reach): void {
    const coverage = this.#coverage;
    const generation = ++this.#generationNow;
    const derefsTo = this.#derefs;
    const seen = this.#generation;
    const via = this.#via;
    const queued = this.#queued;
    const ring = this.#ring;
    const mask = ring.length - 1;
    const { attributes, firstEdge, edgeNext, edgeSource, edgeDerefs, flags } = graph;
    seen[root] = generation;
    derefsTo[root] = 0;
    via[root] = -1;
    let head = 0;
    let tail = 0;
    ring[tail++ & mask] = root;
    while (head !== tail) {
      const loc = ring[head++ & mask] as number;
      queued[loc] = 0;
      let derefs = derefsTo[loc] as number;
      let found = 0;
      if (derefs < 0) {
        derefs = 0;
        if (outlives(graph, functions, root, loc)) {
          if (!graph.escapes(loc)) graph.escapePath[loc] = this.#path(graph, root, loc);
          found |= ALL;
        }
        if (root === Base.Unseen && (found & Attribute.Escapes) === 0 && !graph.has(loc, LocFlag.Assumed)) {
          graph.mark(loc, LocFlag.Assumed);
          if (graph.escapePath[loc] === 0) graph.escapePath[loc] = this.#path(graph, root, loc);
        }
      }
      if (derefs === 0) found |= graph.attr(root) & (Attribute.Mutates | Attribute.Calls);
      if (((flags[loc] as number) & LocFlag.Parameter) !== 0) this.#leak(graph, functions, root, loc, derefs);
      if ((found & ~(attributes[loc] as number)) !== 0) {
        attributes[loc] = (attributes[loc] as number) | found;
        if ((found & Attribute.Escapes) !== 0) {
          this.#enqueue(graph, loc);
          continue;
        }
        // What else it learnt, this walk tells all that is reached from it; only a closure that may be called has more to say.
        if ((found & Attribute.Calls) !== 0 && functions.closureAt.has(loc)) this.#enqueue(graph, loc);
      }
      if (!coverage.goesOn(root, reach, loc, derefs)) continue;
      for (let edge = firstEdge[loc] as number; edge >= 0; edge = edgeNext[edge] as number) {
        this.#steps++;
        const source = edgeSource[edge] as number;
        if (((attributes[source] as number) & Attribute.Escapes) !== 0) continue;
        const distance = derefs + (edgeDerefs[edge] as number);
        if (seen[source] === generation && (derefsTo[source] as number) <= distance) continue;
        seen[source] = generation;
        derefsTo[source] = distance;
        via[source] = edge;
        if (queued[source] !== generation) {
          queued[source] = generation;
          ring[tail++ & mask] = source;
        }
      }
    }
  }

  #leak(graph: EscapeGraph, functions: BatchFunctions, root: Loc, loc: Loc, derefs: number): void {
    let tag = graph.leakOf(loc);
    if (root === Base.Unseen) {
      tag = withLeak(tag, LeakTo.Mutator, derefs);
    } else if (outlives(graph, functions, root, loc)) {
      const result = graph.result[root] as number;
      if (!graph.escapes(root) && result > 0 && result <= TAGGED_RESULTS && graph.owner[root] === graph.owner[loc]) tag = withLeak(tag, LeakTo.Result0 + result - 1, derefs);
      else {
        const old = tag & 15;
        tag = withLeak(tag, LeakTo.Heap, derefs);
        if ((tag & 15) !== old) {
          if (loc !== root || graph.leakPath[loc] === 0) graph.leakPath[loc] = this.#path(graph, root, loc);
        }
      }
    }
    const attributes = graph.attr(root);
    if ((attributes & Attribute.Mutates) !== 0) tag = withLeak(tag, LeakTo.Mutator, derefs);
    if ((attributes & Attribute.Calls) !== 0) tag = withLeak(tag, LeakTo.Callee, derefs);
    graph.leak[loc] = tag;
  }

  /** Puts down the edges from `loc` to `root`, in the order in which the value travels; answers where. */
  #path(graph: EscapeGraph, root: Loc, loc: Loc): number {
    const { paths } = graph;
    const start = paths.push(0) - 1;
    let at = loc;
    while (at !== root && paths.length - start <= LONGEST_PATH) {
      const edge = this.#via[at] as number;
      if (edge < 0 || paths.includes(edge, start + 1)) break;
      paths.push(edge);
      at = graph.edgeTarget[edge] as number;
    }
    paths[start] = paths.length - start - 1;
    return start;
  }

  #enqueue(graph: EscapeGraph, loc: Loc): void {
    if (this.#rootQueued[loc] === 1) return;
    if (graph.escapes(loc)) this.#pushFront(loc);
    else this.#pushBack(loc);
  }

  #pushFront(loc: Loc): void {
    this.#rootQueued[loc] = 1;
    this.#head = (this.#head - 1) & (this.#roots.length - 1);
    this.#roots[this.#head] = loc;
    this.#size++;
  }

  #pushBack(loc: Loc): void {
    this.#rootQueued[loc] = 1;
    this.#roots[(this.#head + this.#size) & (this.#roots.length - 1)] = loc;
    this.#size++;
  }

  #popFront(): Loc {
    const loc = this.#roots[this.#head] as number;
    this.#head = (this.#head + 1) & (this.#roots.length - 1);
    this.#size--;
    return loc;
  }

  #prepare(count: number): void {
    this.#head = 0;
    this.#size = 0;
    if (this.#derefs.length < count) {
      let size = this.#derefs.length;
      while (size < count) size *= 2;
      this.#derefs = new Int32Array(size);
      this.#generation = new Uint32Array(size);
      this.#via = new Int32Array(size);
      this.#queued = new Uint32Array(size);
      this.#rootQueued = new Uint8Array(size);
      this.#ring = new Int32Array(size * 2); // a location is at most once in it
      this.#roots = new Int32Array(size * 2);
    }
    this.#queued.fill(0, 0, count);
    this.#rootQueued.fill(0, 0, count);
    if (this.#generationNow > 0x7fffffff) {
      this.#generationNow = 0;
      this.#generation.fill(0);
    }
  }
}

/** Whether a walk from the location can find anything: something was stored in it, or it escapes at once (a parameter, a closure). */
function isRoot(graph: EscapeGraph, loc: Loc): boolean {
  return (graph.firstEdge[loc] as number) >= 0 || (graph.attr(loc) & Attribute.Calls) !== 0;
}

/** Whether values stored in `holder` may be used after the life of `other` on the stack has ended. */
function outlives(graph: EscapeGraph, functions: BatchFunctions, holder: Loc, other: Loc): boolean {
  if ((graph.attr(holder) & Attribute.Escapes) !== 0) return true;
  if (holder < Base.First) return holder === Base.Unseen && leaksUnseen(graph, other);
  const owner = graph.owner[holder] as number;
  const otherOwner = graph.owner[other] as number;
  if (graph.has(holder, LocFlag.Result)) return functions.resultsLost[owner] === 1 || !encloses(functions.parent, otherOwner, owner);
  if (owner === otherOwner) return (graph.depth[holder] as number) < (graph.depth[other] as number);
  return encloses(functions.parent, owner, otherOwner);
}
