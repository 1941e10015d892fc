// Values that the grammar reads as types (see ../check/valuesReadAsTypes.ts): the operand of `m[i](x)`.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { deref, type Builder, type Weight } from './builder.js';
import { indexOf, selectorOf } from './expressions.js';
import type { Loc, NoteIndex } from './graph.js';
import { Reason } from './reasons.js';

/** Walks such a value; nothing flows from what is a type. */
export function valueReadAsType(b: Builder, node: NodeIndex, target: Loc, weight: Weight, note: NoteIndex): void {
  const { tree } = b;
  switch (tree.kind[node] as GoKind) {
    case GoKind.TypeIdentifier: case GoKind.PackageIdentifier: {
      const loc = b.variableAt(node);
      if (loc >= 0) b.flow(target, weight, note, loc);
      return;
    }
    case GoKind.QualifiedType: return selectorOf(b, node, tree.childByField(node, GoField.Package), target, weight, note);
    case GoKind.ParenthesizedType: case GoKind.TypeElem: {
      const inner = tree.firstChild(node);
      if (inner >= 0) valueReadAsType(b, inner, target, weight, note);
      return;
    }
    case GoKind.PointerType: {
      const first = tree.firstChild(node);
      const inner = first >= 0 && tree.kind[first] === GoKind.Star ? tree.nextSibling(first) : first;
      if (inner >= 0) valueReadAsType(b, inner, target, deref(weight), b.note(note, node, Reason.Dereference));
      return;
    }
    case GoKind.GenericType: {
      const list = tree.childByField(node, GoField.TypeArguments);
      const base = tree.childByField(node, GoField.Type);
      if (base >= 0 && b.typeOf(node) !== 0) indexOf(b, node, base, list < 0 ? -1 : tree.firstChild(list), target, weight, note);
      return;
    }
    default: return;
  }
}
