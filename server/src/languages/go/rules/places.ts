// Where a site stands: its range, and the token that names the cause.
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { Form } from '../solve/escape/forms.js';

/** UTF-16 offsets, relative to a base. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly anchor: number;
}

/** Place of a form, relative to `base`. */
export function placeOf(tree: FlatTree, node: NodeIndex, form: Form, base: number): Place {
  if (form === Form.Variable && (tree.kind[node] === GoKind.TypeCase || tree.kind[node] === GoKind.DefaultCase)) return placeOfCase(tree, node, base);
  const start = (tree.start[node] as number) - base;
  const list = form === Form.VariadicSlice ? (tree.parent[node] as number) : -1;
  if (list >= 0) return { start: (tree.start[list] as number) - base, end: (tree.end[list] as number) - base, anchor: start };
  return { start, end: (tree.end[node] as number) - base, anchor: anchorOf(tree, node, form) - base };
}

/** Of the variable of a case of a type switch: the first type of the case, or `default`. */
function placeOfCase(tree: FlatTree, node: NodeIndex, base: number): Place {
  const type = tree.childByField(node, GoField.Type);
  const start = (tree.start[type < 0 ? node : type] as number) - base;
  return { start, end: type < 0 ? start + 'default'.length : (tree.end[type] as number) - base, anchor: start };
}

function anchorOf(tree: FlatTree, node: NodeIndex, form: Form): number {
  const child = anchorNode(tree, node, form);
  if (form !== Form.MapAssignment) return tree.start[child < 0 ? node : child] as number;
  const bracket = tree.text.indexOf('[', child < 0 ? (tree.start[node] as number) : (tree.end[child] as number));
  return bracket >= 0 && bracket < (tree.end[node] as number) ? bracket : (tree.start[node] as number);
}

/** The node that the anchor is the start of, or lies behind (a map assignment's bracket); NO_NODE for the form's own. */
function anchorNode(tree: FlatTree, node: NodeIndex, form: Form): NodeIndex {
  switch (form) {
    case Form.SliceLiteral: case Form.MapLiteral: return tree.kind[node] === GoKind.CompositeLiteral ? tree.childByField(node, GoField.Body) : NO_NODE;
    case Form.Concatenation: case Form.ConcatenationAssignment: return tree.childByField(node, GoField.Operator);
    case Form.MapAssignment: return tree.childByField(node, GoField.Operand);
    case Form.MethodValue: return tree.childByField(node, GoField.Field);
    case Form.Call: case Form.DynamicCall: case Form.New: case Form.MakeSlice: case Form.MakeMap: case Form.MakeChannel: case Form.Append: {
      let fn = tree.childByField(node, GoField.Function);
      if (fn < 0) fn = tree.childByField(node, GoField.Type);
      while (fn >= 0 && (tree.kind[fn] === GoKind.ParenthesizedExpression || tree.kind[fn] === GoKind.IndexExpression || tree.kind[fn] === GoKind.GenericType || tree.kind[fn] === GoKind.TypeInstantiationExpression)) fn = tree.firstChild(fn);
      if (fn >= 0 && tree.kind[fn] === GoKind.SelectorExpression) fn = tree.childByField(fn, GoField.Field);
      else if (fn >= 0 && tree.kind[fn] === GoKind.QualifiedType) fn = tree.childByField(fn, GoField.Name);
      return fn;
    }
    default: return NO_NODE;
  }
}
