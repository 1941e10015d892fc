// What waits until a whole batch was walked: closures whose captures flow then.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import type { Loc } from './graph.js';
import type { Reason } from './reasons.js';

/** A closure whose captures flow when the whole batch was walked. */
export interface PendingClosure {
  readonly loc: Loc;
  readonly body: number;
  readonly fn: number;
  readonly reason: Reason;
}

/** The body of a range over a function, as the closure it becomes. */
export interface PendingIterator {
  readonly loc: Loc;
  readonly body: number;
  readonly fn: number;
  /** The function whose results a return in the block sets. */
  readonly home: number;
  /** The block. */
  readonly block: NodeIndex;
  /** The first return with values in it, -1 for none. */
  returns: NodeIndex;
}
