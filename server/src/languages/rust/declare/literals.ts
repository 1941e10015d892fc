// Values of literals that types depend on.
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';

/** The value of a constant integer expression of literals (`8`, `2 * 16`, `1 << 4`), if it fits 31 bits; else null. */
export function integerValue(tree: FlatTree, node: NodeIndex): number | null {
  let at = node;
  for (let depth = 0; depth < 8; depth++) {
    switch (tree.kind[at]) {
      case RustKind.ParenthesizedExpression: case RustKind.TypeCastExpression:
        at = tree.firstChild(at);
        if (at === NO_NODE) return null;
        continue;
      case RustKind.IntegerLiteral: return parseInteger(tree.textOf(at));
      case RustKind.BooleanLiteral: return tree.textOf(at) === 'true' ? 1 : 0;
      case RustKind.BinaryExpression: {
        if (tree.next[at] as number > at + 24) return null;
        const left = integerValue(tree, tree.childByField(at, RustField.Left));
        const right = integerValue(tree, tree.childByField(at, RustField.Right));
        if (left === null || right === null) return null;
        return combine(tree.kind[tree.childByField(at, RustField.Operator)] as number, left, right);
      }
      default: return null;
    }
  }
  return null;
}

function combine(operator: number, left: number, right: number): number | null {
  let value: number;
  switch (operator) {
    case RustKind.Plus: value = left + right; break;
    case RustKind.Minus: value = left - right; break;
    case RustKind.Star: value = left * right; break;
    case RustKind.Slash: value = right === 0 ? -1 : Math.floor(left / right); break;
    case RustKind.Percent: value = right === 0 ? -1 : left % right; break;
    case RustKind.Shl: value = right > 30 ? -1 : left * 2 ** right; break;
    case RustKind.Shr: value = left >> right; break;
    default: return null;
  }
  return value >= 0 && value <= 0x7fffffff ? value : null;
}

/** An integer literal's value, or null when it does not fit 31 bits. */
export function parseInteger(text: string): number | null {
  const digits = text.replace(/_/g, '');
  const match = /^(0x[0-9a-fA-F]+?|0o[0-7]+|0b[01]+|\d+)(?:[iu](?:8|16|32|64|128|size))?$/.exec(digits);
  if (!match) return null;
  const value = Number(match[1]);
  return value <= 0x7fffffff ? value : null;
}
