// Calls whose function could not be told. A name that allocates in nearly every library is worth a question mark; nothing more.
import { RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import type { InferredBody } from '../infer/inferredBody.js';
import type { CostSolver } from './costSolver.js';
import { FREE, Level, possible, type Cost } from './cost.js';

const copied = possible('copy', 'new memory', 'the type of the receiver could not be told');
const grown = possible('growth', 'more room', 'the type of the receiver could not be told');
const built = possible('buffer', 'new memory', 'the type could not be told');

/** Names that mean the same in std and in nearly every library: the certainty is lowered, not lost. */
const surely = (cost: Cost): Cost => ({ ...cost, level: Level.Conditional });
const told = surely(copied);

const BY_NAME: Readonly<Record<string, Cost>> = {
  clone: copied, to_string: { ...told, rule: 'rust/to-string' }, to_owned: { ...copied, rule: 'rust/to-owned' }, to_vec: copied, collect: { ...built, rule: 'rust/collect' }, push: grown, push_str: surely(grown), push_back: grown, extend: grown, extend_from_slice: grown, insert: grown, into_owned: { ...copied, rule: 'rust/to-owned' }, to_lowercase: told, to_uppercase: told, to_path_buf: told,
};

const UNTOLD: ReadonlySet<Cost> = new Set(Object.values(BY_NAME).filter((cost) => cost.level === Level.Possible));

/** Whether a cost is only possible because nothing is known but a name: a question at the call itself, and none for callers of the function around it. */
export function isUnresolved(cost: Cost): boolean {
  return UNTOLD.has(cost);
}

/** What an unresolved method call may cost. */
export function unresolvedCost(body: InferredBody, node: NodeIndex, solver: CostSolver): Cost {
  const { symbols } = solver.program;
  const { tree } = body;
  let fn = tree.firstChild(node);
  if (fn !== NO_NODE && tree.kind[fn] === (RustKind.GenericFunction as number)) fn = tree.firstChild(fn);
  if (fn === NO_NODE) return FREE;
  if (tree.kind[fn] === (RustKind.ScopedIdentifier as number)) return solver.costOfPath(tree.textOf(fn).replace(/::<[^>]*>/g, '').split('::'));
  if (tree.kind[fn] !== (RustKind.FieldExpression as number)) return FREE;
  const name = tree.childByKind(fn, RustKind.FieldIdentifier);
  if (name === NO_NODE) return FREE;
  const text = symbols.text(tree.symbolOf(name, symbols));
  return Object.hasOwn(BY_NAME, text) ? (BY_NAME[text] ?? FREE) : FREE;
}
