// Values that the grammar reads as types, since their text could be either: `m[i](x)` parses as a conversion to the generic type `m[i]`.
// Checked like the expressions that they are. Not here: types (typeExpressions.ts).
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import type { TypeId } from '../../types/typeKind.js';
import { Mode, type Checker } from './checker.js';
import { expression, identifier, indexOf, selectorOf } from './expressions.js';
import { afterToken } from './typeExpressions.js';

/** Checks a node whose kind is that of a type and that names no type. */
export function valueReadAsType(c: Checker, node: NodeIndex): TypeId {
  switch (c.kind[node] as GoKind) {
    case GoKind.TypeIdentifier:
      return identifier(c, node);
    case GoKind.QualifiedType:
      return selectorOf(c, node, c.child(node, GoField.Package), c.child(node, GoField.Name));
    case GoKind.ParenthesizedType: {
      const inner = c.firstChild(node);
      const type = expression(c, inner);
      c.type[node] = type;
      return type;
    }
    case GoKind.PointerType: {
      const pointer = expression(c, afterToken(c, node));
      const type = c.types.elem(c.core(pointer));
      return type === 0 ? c.unknown(node) : c.result(node, type, Mode.Variable);
    }
    case GoKind.GenericType: {
      const list = c.child(node, GoField.TypeArguments);
      const argument = list === NO_NODE ? NO_NODE : c.firstChild(list);
      if (argument === NO_NODE || c.tree.nextSibling(argument) !== NO_NODE) return c.unknown(node);
      return indexOf(c, node, c.child(node, GoField.Type), c.kind[argument] === GoKind.TypeElem ? c.firstChild(argument) : argument);
    }
    default:
      return c.unknown(node);
  }
}
