// What `x.name` means for a type of x: computed once per type and name. The table keeps results; selections.ts computes them.
import type { TypeId } from '../types/typeKind.js';
import type { FuncId } from './objects.js';

/** A selection: an index into the selection table; 0 is "no such field or method". */
export type SelectionId = number;

/** What is selected. `MethodExpression` (`T.m`) and method value or call are told apart by the operand being a type. */
export const enum SelectionKind {
  None = 0,
  /** A field, perhaps through embedded ones. */
  Field,
  /** A method declared on a defined type: statically known. */
  Method,
  /** A method of an interface: dynamic. */
  InterfaceMethod,
  /** A method of a type parameter's constraint: dynamic as far as we can see. */
  ConstraintMethod,
}

/** One result of a lookup. */
export interface Selection {
  readonly kind: SelectionKind;
  /** Type of the operand that was asked about (a Named type, a pointer, a struct, an interface …). */
  readonly receiver: TypeId;
  /** Symbol of the name. */
  readonly name: number;
  /**
   * Field indices from the operand's struct to the field, or to the embedded field that has the method (empty when the operand's own type
   * has it). A step goes through a pointer when the type before it is one.
   */
  readonly path: readonly number[];
  /** For each step of `path`, and last for what has the method: 1 when a pointer is followed there, implicitly, before the step. */
  readonly derefs: readonly number[];
  /** Type of the field, or signature of the method without receiver, with type arguments put in. */
  readonly type: TypeId;
  /** The method; 0 for fields and for methods of interfaces. */
  readonly method: FuncId;
  /** Whether the method has a pointer receiver. */
  readonly pointerReceiver: boolean;
  /** Type that has the method after `path` (never a pointer): the Named type, interface or type parameter. */
  readonly holder: TypeId;
}

/**
 * Method calls: the receiver argument is `operand` followed by the path. With `pointerReceiver`, and what the path arrives at no pointer, its
 * address is taken implicitly (`&operand.path`); without it, and what it arrives at a pointer, that is loaded (`*operand.path`).
 */
export class SelectionTable {
  readonly entries: Selection[] = [];

  constructor() {
    this.entries.push({ kind: SelectionKind.None, receiver: 0, name: 0, path: [], derefs: [], type: 0, method: 0, pointerReceiver: false, holder: 0 });
  }

  get(id: SelectionId): Selection {
    return this.entries[id] ?? (this.entries[0] as Selection);
  }
}
