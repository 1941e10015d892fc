// Calls whose code is a value: function pointers, `dyn Fn`, iterators and futures behind `dyn`. What they answer tells whether they may allocate.
import { DefKind, type RustProgram } from '../../resolve/program.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import { CallKind, type Callee } from '../infer/inferredBody.js';
import { FREE, Level, type Cost } from './cost.js';

const MAX_DEPTH = 4;
/** Methods of std's traits that make what they answer. */
const MAKERS: ReadonlySet<string> = new Set(['Iterator::next', 'Iterator::nth', 'Iterator::last', 'Iterator::count', 'DoubleEndedIterator::next_back', 'Future::poll']);
const CALLED: Cost = { ...FREE, level: Level.Possible, kind: 'buffer', what: 'new memory', when: 'the function that is called allocates', rule: 'rust/function-value' };
const HELD: Cost = { ...CALLED, when: 'the implementation behind dyn allocates' };
const POINTERS: ReadonlySet<string> = new Set(['alloc::boxed::Box', 'core::pin::Pin', 'alloc::rc::Rc', 'alloc::sync::Arc']);
const OWNERS: ReadonlySet<string> = new Set([...POINTERS, 'alloc::string::String', 'alloc::vec::Vec']);

/** What a call costs of which nothing else is known. */
export function dynamicCost(callee: Callee, program: RustProgram): Cost {
  const behind = target(callee.selfType, program);
  const tag = program.types.tag(behind);
  if (callee.kind === CallKind.Value) return (tag === TypeTag.FnPtr || tag === TypeTag.Dyn) && mayOwn(callee.result, program, 0) ? CALLED : FREE;
  if (tag !== TypeTag.Dyn || callee.traitMethod === 0 || program.originOf(callee.traitMethod) !== 'std') return FREE;
  const { symbols } = program;
  const name = `${symbols.text(program.nameOf(program.parentOf(callee.traitMethod)))}::${symbols.text(program.nameOf(callee.traitMethod))}`;
  return MAKERS.has(name) && (name === 'Iterator::count' || mayOwn(callee.result, program, 0)) ? HELD : FREE;
}

/** Whether a cost is only known to be possible because the code that runs is a value: callers of the function around it are not told. */
export function isDynamic(cost: Cost): boolean {
  return cost === CALLED || cost === HELD;
}

/** What references, boxes and pins lead to. */
function target(type: TypeId, program: RustProgram): TypeId {
  const { types } = program;
  for (let i = 0; i < 8; i++) {
    const tag = types.tag(type);
    if (tag !== TypeTag.Ref && !(tag === TypeTag.Adt && POINTERS.has(program.pathOf(types.head(type))))) return type;
    type = types.arg(type, 0);
  }
  return type;
}

/** Whether values of a type may own memory. */
function mayOwn(type: TypeId, program: RustProgram, depth: number): boolean {
  const { types } = program;
  if (type === UNKNOWN || depth > MAX_DEPTH) return false;
  switch (types.tag(type)) {
    case TypeTag.Tuple: case TypeTag.Array: return types.args(type).some((arg) => mayOwn(arg, program, depth + 1));
    case TypeTag.Adt: {
      const def: DefId = types.head(type);
      if (program.originOf(def) === 'std') return OWNERS.has(program.pathOf(def)) || program.pathOf(def).startsWith('alloc::collections') || program.pathOf(def).startsWith('std::collections') || types.args(type).some((arg) => mayOwn(arg, program, depth + 1));
      const args = types.args(type);
      const holders = program.kindOf(def) === DefKind.Enum ? program.variants(def) : [def];
      return holders.some((holder) => program.fields(holder, args).some((field) => mayOwn(field.type, program, depth + 1)));
    }
    default: return false;
  }
}
