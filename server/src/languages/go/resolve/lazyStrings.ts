// String constants that the checker left alone until somebody asks: most never are.
import { type NodeIndex, NO_NODE } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { stringValue } from '../declare/literals.js';
import { LAZY_STRING, type CheckedFile } from './checkedBody.js';
import { ConstantKind, type ConstantId, type ConstantTable } from '../types/constants.js';

const MAX_PIECES = 100_000;

/** Computes a lazy string constant and keeps it in the columns; 0 when it turns out to be none. */
export function forcedString(constants: ConstantTable, file: CheckedFile, node: NodeIndex): ConstantId {
  const { tree, value } = file;
  const pieces: string[] = [];
  const todo: NodeIndex[] = [node];
  for (let steps = 0; todo.length > 0 && steps < MAX_PIECES; steps++) {
    const at = todo.pop() as NodeIndex;
    const known = value[at] as number;
    if (known !== LAZY_STRING) {
      if (constants.kind(known) !== ConstantKind.String) return 0;
      pieces.push(constants.value(known) as string);
      continue;
    }
    switch (tree.kind[at] as GoKind) {
      case GoKind.InterpretedStringLiteral:
      case GoKind.RawStringLiteral:
        pieces.push(stringValue(tree.textOf(at)));
        break;
      case GoKind.BinaryExpression:
        todo.push(tree.childByField(at, GoField.Right), tree.childByField(at, GoField.Left));
        break;
      case GoKind.CallExpression: {
        const list = tree.childByField(at, GoField.Arguments);
        todo.push(list === NO_NODE ? NO_NODE : tree.firstChild(list));
        break;
      }
      case GoKind.TypeConversionExpression:
        todo.push(tree.childByField(at, GoField.Operand));
        break;
      default:
        todo.push(tree.firstChild(at));
    }
    if (todo[todo.length - 1] === NO_NODE) return 0;
  }
  const id = constants.string(pieces.join(''));
  value[node] = id;
  return id;
}
