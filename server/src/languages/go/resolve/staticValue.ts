// What is known of a variable's value without running the program: the expression that a local is set to once and never again.
import { NO_NODE, type NodeIndex } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { LocalFlag, localOf, type CheckedBody, type LocalId } from './checkedBody.js';

/** Locals of a body that are assigned to after their declaration, or whose address is taken. */
const changed = new WeakMap<CheckedBody, Uint8Array>();

/** The local's declaration sets it to zero. */
export const ZERO_VALUE = -2;

/** Follows never-reassigned locals from an expression to what they were set to: its node, or ZERO_VALUE. */
export function staticValue(body: CheckedBody, start: NodeIndex): NodeIndex {
  const { tree } = body.file;
  let node = start;
  for (let steps = 0; steps < 16; steps++) {
    const kind = tree.kind[node];
    if (kind === GoKind.ParenthesizedExpression) {
      node++;
      continue;
    }
    if (kind !== GoKind.Identifier) return node;
    const local = localOf(body.file, node);
    if (local < 0 || local >= body.locals.count) return node;
    const definition = definitionOf(body, local);
    if (definition === NO_NODE) return node;
    if (definition === ZERO_VALUE) return ZERO_VALUE;
    node = definition;
  }
  return node;
}

/** What the local that an identifier names is set to, if nothing else ever sets it: a node, ZERO_VALUE, or NO_NODE when that is not known. */
export function definitionAt(body: CheckedBody, name: NodeIndex): NodeIndex {
  const local = localOf(body.file, name);
  return local < 0 || local >= body.locals.count ? NO_NODE : definitionOf(body, local);
}

/** The expression that a local is set to where it is declared, if nothing else ever sets it; NO_NODE when that is not known. */
function definitionOf(body: CheckedBody, local: LocalId): NodeIndex {
  const { locals, file } = body;
  const flags = locals.flags[local] as number;
  if ((flags & (LocalFlag.Param | LocalFlag.Result | LocalFlag.Receiver | LocalFlag.Range | LocalFlag.TypeCase | LocalFlag.Const | LocalFlag.Type | LocalFlag.Blank)) !== 0) return NO_NODE;
  if (changesOf(body)[local] === 1) return NO_NODE;
  const { tree } = file;
  const name = locals.node[local] as number;
  const list = tree.parent[name] as number;
  if (list < 0) return NO_NODE;
  let owner = list;
  if (tree.kind[list] === GoKind.ExpressionList) owner = tree.parent[list] as number;
  const isSpec = tree.kind[owner] === GoKind.VarSpec;
  if (!isSpec && tree.kind[owner] !== GoKind.ShortVarDeclaration) return NO_NODE;
  const values = tree.childByField(owner, isSpec ? GoField.Value : GoField.Right);
  if (values < 0) return isSpec ? ZERO_VALUE : NO_NODE;
  let position = 0;
  let names = 0;
  const parent = isSpec ? owner : list;
  const end = tree.next[parent] as number;
  for (let child = parent + 1; child < end; child = tree.next[child] as number) {
    if (isSpec && tree.field[child] !== GoField.Name) continue;
    if (child === name) position = names;
    names++;
  }
  if (tree.kind[values] !== GoKind.ExpressionList) return names === 1 ? values : NO_NODE;
  if (tree.childCount(values) !== names) return NO_NODE;
  let value = values + 1;
  for (let i = 0; i < position; i++) value = tree.next[value] as number;
  return value;
}

function changesOf(body: CheckedBody): Uint8Array {
  const known = changed.get(body);
  if (known) return known;
  const marks = new Uint8Array(body.locals.count);
  changed.set(body, marks);
  const { file } = body;
  const { tree } = file;
  const { kind, next, field } = tree;
  const end = next[body.node] as number;
  const mark = (target: NodeIndex): void => {
    let node = target;
    while (kind[node] === GoKind.ParenthesizedExpression || kind[node] === GoKind.SelectorExpression || kind[node] === GoKind.IndexExpression) node++;
    const local = kind[node] === GoKind.Identifier ? localOf(file, node) : -1;
    if (local >= 0 && local < marks.length && body.locals.node[local] !== node) marks[local] = 1;
  };
  for (let node = body.node; node < end; node++) {
    switch (kind[node] as GoKind) {
      case GoKind.AssignmentStatement: case GoKind.ShortVarDeclaration: case GoKind.RangeClause: case GoKind.ReceiveStatement: {
        const left = tree.childByField(node, GoField.Left);
        if (left < 0) break;
        if (kind[left] !== GoKind.ExpressionList) mark(left);
        else for (let child = left + 1; child < (next[left] as number); child = next[child] as number) mark(child);
        break;
      }
      case GoKind.IncStatement: case GoKind.DecStatement: mark(node + 1); break;
      case GoKind.UnaryExpression: if (kind[node + 1] === GoKind.Amp && field[node + 1] === GoField.Operator) mark(next[node + 1] as number); break;
      default: break;
    }
  }
  return marks;
}
