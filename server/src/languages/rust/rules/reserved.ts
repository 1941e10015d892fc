// Whether room was reserved for a growth in the same block or one around it: `with_capacity` where the variable is made, or `reserve` before.
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { lastName } from '../solve/effects/cold.js';
import { receiverOf, type CostEvent } from '../solve/effects/bodyEffects.js';

/** Whether the receiver of a growth had room reserved by the surrounding code. */
export function isReserved(event: CostEvent): boolean {
  const { body, node } = event;
  const { tree } = body;
  if (tree.kind[node] !== (RustKind.CallExpression as number)) return false;
  const own = lastName(tree, tree.firstChild(node));
  if (own.includes('reserve')) return false;
  let receiver = receiverOf(tree, node);
  while (receiver !== NO_NODE && (tree.kind[receiver] === (RustKind.ParenthesizedExpression as number) || tree.kind[receiver] === (RustKind.ReferenceExpression as number))) receiver = tree.firstChild(receiver);
  if (receiver === NO_NODE || tree.kind[receiver] !== (RustKind.Identifier as number)) return false;
  const local = body.localOf(receiver);
  const declared = local < 0 ? undefined : body.locals[local]?.node;
  if (declared === undefined) return false;
  const binding = tree.ancestor(declared, RustKind.LetDeclaration);
  if (binding !== NO_NODE) {
    const value = tree.childByField(binding, RustField.Value);
    if (value !== NO_NODE && tree.kind[value] === (RustKind.CallExpression as number) && lastName(tree, tree.firstChild(value)).startsWith('with_capacity')) return true;
  }
  for (let child = node, up = tree.parent[node] as number; up >= body.first; child = up, up = tree.parent[up] as number) {
    if (tree.kind[up] === (RustKind.Block as number) && reservedIn(tree, up, child, local, body)) return true;
  }
  return false;
}

function reservedIn(tree: FlatTree, block: NodeIndex, before: NodeIndex, local: number, body: CostEvent['body']): boolean {
  for (let statement = block + 1; statement < before; statement = tree.next[statement] as number) {
    if (tree.kind[statement] !== (RustKind.ExpressionStatement as number)) continue;
    const call = tree.firstChild(statement);
    if (call === NO_NODE || tree.kind[call] !== (RustKind.CallExpression as number)) continue;
    const name = lastName(tree, tree.firstChild(call));
    if (name !== 'reserve' && name !== 'reserve_exact') continue;
    const receiver = receiverOf(tree, call);
    if (receiver !== NO_NODE && body.localOf(receiver) === local) return true;
  }
  return false;
}
