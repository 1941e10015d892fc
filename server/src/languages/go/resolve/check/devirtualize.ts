// Calls through an interface whose value is plainly of one type: a local that is set once, or a conversion. The compiler calls the method of that
// type, and so does the analysis. Runs when a body was checked, since only then it is known what is ever assigned. Not here: calls of which only
// candidates are known (../../resolve/implementations.ts).
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { SelectionKind } from '../selectionTable.js';
import type { TypeId } from '../../types/typeKind.js';
import { CALL_KIND_BITS, CallKind, callKindOf, type CheckedBody } from '../checkedBody.js';
import { definitionAt, ZERO_VALUE } from '../staticValue.js';
import type { Checker } from './checker.js';

/** Makes calls static where that is so, and adds the methods to the body's callees. */
export function devirtualize(c: Checker, body: CheckedBody): void {
  for (const call of c.interfaceCalls) {
    let fn = c.child(call, GoField.Function);
    while (fn !== NO_NODE && c.kind[fn] === GoKind.ParenthesizedExpression) fn = c.firstChild(fn);
    const operand = fn === NO_NODE ? NO_NODE : c.child(fn, GoField.Operand);
    const type = operand === NO_NODE ? 0 : concreteType(c, body, operand);
    if (type === 0 || c.types.isGeneric(type)) continue;
    const { name } = c.program.selections.get(c.ref[fn] as number);
    const selection = c.program.selections.get(c.program.selector.select(type, name, c.file.package.id));
    if (selection.kind !== SelectionKind.Method || selection.method === 0) continue;
    c.ref[call] = (selection.method << CALL_KIND_BITS) | CallKind.Static;
    c.mentionFunction(selection.method);
  }
}

/** The type of the value that an expression of an interface type holds, 0 when it may be any. */
function concreteType(c: Checker, body: CheckedBody, start: NodeIndex): TypeId {
  let node = start;
  for (let steps = 0; steps < 16; steps++) {
    if (c.convert[node] !== 0) return c.type[node] as TypeId;
    switch (c.kind[node] as GoKind) {
      case GoKind.ParenthesizedExpression:
        node++;
        continue;
      case GoKind.CallExpression: {
        const list = c.child(node, GoField.Arguments);
        if (callKindOf(body.file, node) !== CallKind.Conversion || list === NO_NODE) return 0;
        node = c.firstChild(list);
        break;
      }
      case GoKind.TypeConversionExpression:
        if (callKindOf(body.file, node) !== CallKind.Conversion) return 0;
        node = c.child(node, GoField.Operand);
        break;
      case GoKind.Identifier:
        node = definitionAt(body, node);
        if (node === ZERO_VALUE) return 0;
        break;
      default:
        return 0;
    }
    if (node === NO_NODE) return 0;
  }
  return 0;
}
