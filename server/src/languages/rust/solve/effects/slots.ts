// Reads the types that a model row's slots name (`self.0`, `result`, `arg.1*`) off one call.
import { TypeTag, UNKNOWN, type TypeId, type TypeTable } from '../../types/typeTable.js';
import type { Slot } from '../../models/row.js';
import type { Callee } from '../infer/inferredBody.js';

/** The types at a call. Arguments do not count the receiver. */
export interface CallTypes {
  readonly self: TypeId;
  readonly result: TypeId;
  argument(index: number): TypeId;
  /** Whether a closure of the calling body captures nothing, so that its value has size zero. */
  capturesNothing?(type: TypeId): boolean;
}

/** The types at a call that is not written with its arguments: of a conversion, an operator, a loop. */
export function unwritten({ selfType, result }: Callee): CallTypes {
  return { self: selfType, result, argument: none };
}

/** A call as if its receiver were of another type. */
export function onSelf(call: CallTypes, self: TypeId): CallTypes {
  return call.self === self ? call : new CallOnSelf(call, self);
}

class CallOnSelf implements CallTypes {
  readonly result: TypeId;

  constructor(private readonly call: CallTypes, readonly self: TypeId) {
    this.result = call.result;
  }

  argument(index: number): TypeId {
    return this.call.argument(index);
  }

  capturesNothing(type: TypeId): boolean {
    return this.call.capturesNothing?.(type) ?? false;
  }
}

function none(): TypeId {
  return UNKNOWN;
}

interface ParsedSlot { readonly root: 'self' | 'result' | 'arg'; readonly index: number; /** Generic argument to take, or -1 for the target of references. */ readonly steps: readonly number[] }

const parsed = new Map<Slot, ParsedSlot>();

function parse(slot: Slot): ParsedSlot {
  const known = parsed.get(slot);
  if (known) return known;
  const match = /^(self|result|arg)((?:\.\d+|\*)*)$/.exec(slot);
  if (!match) throw new Error(`a model row names the slot ${slot}`);
  const steps = [...(match[2] as string).matchAll(/\.(\d+)|\*/g)].map((step) => (step[1] === undefined ? -1 : Number(step[1])));
  const root = match[1] as ParsedSlot['root'];
  const result: ParsedSlot = root === 'arg' ? { root, index: steps[0] ?? 0, steps: steps.slice(1) } : { root, index: 0, steps };
  parsed.set(slot, result);
  return result;
}

/** The type in a slot; UNKNOWN when the call does not tell. */
export function typeInSlot(slot: Slot, call: CallTypes, types: TypeTable): TypeId {
  const { root, index, steps } = parse(slot);
  let type = root === 'self' ? call.self : root === 'result' ? call.result : call.argument(index);
  for (const step of steps) {
    if (step < 0) type = withoutReferences(type, types);
    else {
      const tag = types.tag(type);
      if (tag !== TypeTag.Adt && tag !== TypeTag.Slice && tag !== TypeTag.Array && tag !== TypeTag.Tuple && tag !== TypeTag.Ref) return UNKNOWN;
      type = types.arg(type, step);
    }
  }
  return type;
}

/** What a reference, however deep, points to. */
export function withoutReferences(type: TypeId, types: TypeTable): TypeId {
  while (types.tag(type) === TypeTag.Ref) type = types.arg(type, 0);
  return type;
}
