// How much room local slices have: lengths and capacities that straight-line code makes known, so that an `append` that cannot grow is
// known not to. Branches forget what they change and loops start from nothing, as the compiler's own proofs do. Variables whose address is
// taken are found out at the end (finish.ts). Not here: reading rooms off expressions (roomOf.ts).
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import type { Loc } from './graph.js';

/** What is known of a slice. */
export interface Room {
  readonly length: number;
  /** Elements that fit at least; of a slice that began empty, 0: it has what a buffer on the stack holds. */
  readonly capacity: number;
  /** It began empty: nil, `[]T{}`, `make([]T, 0)`. */
  readonly fromEmpty: boolean;
  /** The expression that is its capacity where that is not constant, as long as nothing was assigned since `made`; else -1. */
  readonly limit: NodeIndex;
  readonly made: number;
  /** Variables that this holds for only while nothing points to them. */
  readonly variables: readonly Loc[];
}

/** The rooms of the local slices at the present point of the walk. */
export class Rooms {
  #rooms = new Map<Loc, Room>();
  readonly #changed: Loc[] = [];
  readonly #before: (Room | undefined)[] = [];
  #put = 0;
  /** Counts assignments. */
  time = 0;
  /** `append`s that fit only while nothing points to a variable: location and variable by turns. */
  readonly relied: Loc[] = [];

  /** Starts on a batch. */
  reset(): void {
    this.#put = 0;
    if (this.#rooms.size > 0) this.#rooms.clear();
    if (this.#changed.length > 0) this.#changed.length = 0;
    if (this.#before.length > 0) this.#before.length = 0;
    if (this.relied.length > 0) this.relied.length = 0;
  }

  of(loc: Loc): Room | undefined {
    return this.#rooms.get(loc);
  }

  /** The variable has a new value, with this room if that is known. */
  set(loc: Loc, room: Room | undefined): void {
    if (!room && this.#put === 0 && this.#rooms.size === 0) return;
    this.#changed.push(loc);
    this.#before.push(this.#rooms.get(loc));
    if (room) this.#rooms.set(loc, room);
    else this.#rooms.delete(loc);
  }

  /** A point to rewind to. */
  mark(): number {
    return this.#changed.length;
  }

  /** Ends one way through a branch: all is as it was at the mark. What this way changed is added to the list. */
  rewind(mark: number, changed: Loc[]): void {
    while (this.#changed.length > mark) {
      const loc = this.#changed.pop() as Loc;
      const before = this.#before.pop();
      if (before) this.#rooms.set(loc, before);
      else this.#rooms.delete(loc);
      changed.push(loc);
    }
  }

  /** Ends a branch: what some way through it changed is not known any more. */
  join(changed: Loc[]): void {
    for (const loc of changed) this.set(loc, undefined);
    changed.length = 0;
  }

  /** Forgets everything: code may come here from elsewhere. */
  forget(): void {
    for (const loc of [...this.#rooms.keys()]) this.set(loc, undefined);
  }

  /** Puts everything away for a loop or a function literal; null when there is nothing. */
  putAway(): Map<Loc, Room> | null {
    if (this.#rooms.size === 0) return null;
    const rooms = this.#rooms;
    this.#rooms = new Map();
    this.#put++;
    return rooms;
  }

  /** Takes out again what was put away, but for the variables that were assigned since the mark. */
  takeOut(rooms: Map<Loc, Room> | null, mark: number): void {
    if (!rooms) {
      if (this.#rooms.size > 0) this.forget();
      return;
    }
    this.#put--;
    for (let i = mark; i < this.#changed.length; i++) rooms.delete(this.#changed[i] as Loc);
    this.#rooms = rooms;
  }
}
