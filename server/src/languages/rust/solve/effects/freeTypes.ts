// Types for which a row's allocation needs no memory: those of size zero, and numbers where only what they are told apart from is kept on the heap.
import { PRIM_BASE, Prim, TypeTag, UNIT, UNKNOWN } from '../../types/typeTable.js';
import type { RustProgram } from '../../resolve/program.js';
import type { RustRow } from '../../models/row.js';
import { free, type Cost } from './cost.js';
import { typeInSlot, type CallTypes } from './slots.js';

/** The cost of none where the types of a call need no memory; null where they do, or are not known. */
export function freeByTypes(row: RustRow, call: CallTypes, program: RustProgram): Cost | null {
  const { types } = program;
  if (row.freeWhenZeroSized !== null) {
    const type = typeInSlot(row.freeWhenZeroSized, call, types);
    if (types.tag(type) === TypeTag.Closure && call.capturesNothing?.(type)) return free('a closure that captures nothing has size zero', row.rule);
    if (type !== UNKNOWN && program.sizeOf(type)?.size === 0) return free(`${program.typeText(type)} has size zero`, row.rule);
  }
  if (row.freeForNumbers !== null) {
    const type = typeInSlot(row.freeForNumbers, call, types);
    if (type === UNIT || (types.tag(type) === TypeTag.Prim && type !== PRIM_BASE + Prim.Str && type !== PRIM_BASE + Prim.Char)) return free(`a value of ${program.typeText(type)} needs no memory`, row.rule);
  }
  return null;
}
