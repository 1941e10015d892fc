// Where a site stands: its range, and the token that names the cause.
import type { FlatTree, NodeIndex } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { Form } from '../solve/escape/forms.js';

/** UTF-16 offsets. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly anchor: number;
}

/** Place of a form. */
export function placeOf(tree: FlatTree, node: NodeIndex, form: Form): Place {
  const start = tree.start[node] as number;
  const end = tree.end[node] as number;
  const list = form === Form.VariadicSlice ? (tree.parent[node] as number) : -1;
  if (list >= 0) return { start: tree.start[list] as number, end: tree.end[list] as number, anchor: start };
  return { start, end, anchor: anchorOf(tree, node, form, start) };
}

function anchorOf(tree: FlatTree, node: NodeIndex, form: Form, start: number): number {
  const at = (child: NodeIndex): number => (child >= 0 ? (tree.start[child] as number) : start);
  switch (form) {
    case Form.SliceLiteral: case Form.MapLiteral: return tree.kind[node] === GoKind.CompositeLiteral ? at(tree.childByField(node, GoField.Body)) : start;
    case Form.Concatenation: case Form.ConcatenationAssignment: return at(tree.childByField(node, GoField.Operator));
    case Form.MapAssignment: {
      const operand = tree.childByField(node, GoField.Operand);
      const from = operand >= 0 ? (tree.end[operand] as number) : start;
      const bracket = tree.text.indexOf('[', from);
      return bracket >= 0 && bracket < (tree.end[node] as number) ? bracket : start;
    }
    case Form.MethodValue: return at(tree.childByField(node, GoField.Field));
    case Form.Call: case Form.New: case Form.MakeSlice: case Form.MakeMap: case Form.MakeChannel: case Form.Append: {
      let fn = tree.childByField(node, GoField.Function);
      if (fn < 0) fn = tree.childByField(node, GoField.Type);
      while (fn >= 0 && (tree.kind[fn] === GoKind.ParenthesizedExpression || tree.kind[fn] === GoKind.IndexExpression || tree.kind[fn] === GoKind.GenericType || tree.kind[fn] === GoKind.TypeInstantiationExpression)) fn = tree.firstChild(fn);
      if (fn >= 0 && tree.kind[fn] === GoKind.SelectorExpression) fn = tree.childByField(fn, GoField.Field);
      else if (fn >= 0 && tree.kind[fn] === GoKind.QualifiedType) fn = tree.childByField(fn, GoField.Name);
      return at(fn);
    }
    default: return start;
  }
}
