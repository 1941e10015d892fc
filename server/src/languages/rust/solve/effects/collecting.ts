// What the chain of adaptors before a `collect` says about its cost: in place of the source's buffer, or growing because the length is not known.
import { VEC, VEC_ITERATOR, adaptorTraits } from '../../models/std/adaptors.js';
import type { RustProgram } from '../../resolve/program.js';
import { TypeTag, type TypeId } from '../../types/typeTable.js';
import { Level, type Cost } from './cost.js';

const MAX_CHAIN = 40;

/** The cost of collecting `iterator` into `result`. */
export function collectedCost(cost: Cost, iterator: TypeId, result: TypeId, program: RustProgram): Cost {
  if (cost.level !== Level.Always) return cost;
  const { types } = program;
  let at = iterator;
  let inPlace = true;
  let keepsLength = true;
  for (let guard = 0; guard < MAX_CHAIN && types.tag(at) === TypeTag.Adt; guard++) {
    const path = program.pathOf(types.head(at));
    if (path === VEC_ITERATOR) return inPlace && fits(types.arg(at, 0), result, program) ? { ...cost, level: Level.Conditional, when: 'the buffer of the source is not used again, which it is where sizes and alignment fit' } : told(cost, keepsLength);
    const adaptor = adaptorTraits(path);
    if (adaptor === undefined) break;
    inPlace &&= adaptor.inPlace;
    keepsLength &&= adaptor.keepsLength;
    at = types.arg(at, 0);
  }
  return told(cost, keepsLength);
}

function told(cost: Cost, keepsLength: boolean): Cost {
  if (!keepsLength && cost.kind === 'refcounted') return { ...cost, what: `${cost.what}, copied from a Vec that grew because their number is not known beforehand` };
  return keepsLength ? cost : { ...cost, what: `${cost.what}, in a buffer that grows because their number is not known beforehand` };
}

/** Whether elements of a Vec fit where those of its source were. */
function fits(source: TypeId, result: TypeId, program: RustProgram): boolean {
  const { types } = program;
  if (types.tag(result) !== TypeTag.Adt || program.pathOf(types.head(result)) !== VEC) return false;
  const element = types.arg(result, 0);
  if (element === source) return true;
  const from = program.sizeOf(source);
  const to = program.sizeOf(element);
  return from !== null && to !== null && from.size > 0 && to.size > 0 && to.align === from.align && from.size % to.size === 0;
}
