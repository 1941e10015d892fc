// Bytes that a call's own text tells: a text literal that is copied, an array that becomes a Vec, a capacity that is a number.
import type { AllocationSize } from '../../../../analysis/site.js';
import { RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';
import { bufferElement } from '../../models/std/layouts.js';
import type { RustProgram } from '../../resolve/program.js';
import { TypeTag, type TypeId } from '../../types/typeTable.js';
import type { InferredBody } from '../infer/inferredBody.js';
import type { Cost } from './cost.js';
import { withoutReferences } from './slots.js';

/** Size of what a call allocates for its receiver (NO_NODE for none) and arguments; null when the text does not tell it. */
export function literalSize(body: InferredBody, receiver: NodeIndex, list: NodeIndex, result: TypeId, cost: Cost, program: RustProgram): AllocationSize | null {
  const { tree } = body;
  const first = list === NO_NODE ? NO_NODE : tree.firstChild(list);
  if (cost.rule === 'rust/with-capacity') {
    const count = first === NO_NODE ? null : numberOf(tree, first);
    const element = count === null || count === 0 ? null : elementSize(result, program);
    return count === null || element === null ? null : { bytes: count * element, exact: true };
  }
  // what a function inside copies, and what the system answers, is not what is written here
  if (cost.through !== 0 || cost.rule === 'rust/env' || cost.rule === 'rust/path' || cost.rule === 'rust/read') return null;
  // behind counts stand the counts too
  if (cost.kind !== 'copy' || cost.rule === 'rust/rc-new' || cost.rule === 'rust/arc-new') return null;
  const source = receiver !== NO_NODE && first === NO_NODE ? receiver : receiver === NO_NODE ? first : NO_NODE;
  if (source === NO_NODE) return null;
  if (tree.kind[source] === (RustKind.StringLiteral as number)) {
    const text = tree.textOf(source);
    return text.startsWith('"') && !text.includes('\\') ? { bytes: utf8Length(text) - 2, exact: true } : null;
  }
  const type = withoutReferences(body.typeOf(source), program.types);
  if (program.types.tag(type) !== TypeTag.Array) return null;
  const size = program.sizeOf(type);
  return size === null || size.size === 0 ? null : { bytes: size.size, exact: true };
}

function numberOf(tree: FlatTree, node: NodeIndex): number | null {
  if (tree.kind[node] !== (RustKind.IntegerLiteral as number)) return null;
  const value = Number(tree.textOf(node).replace(/_/g, '').replace(/usize$/, ''));
  return Number.isSafeInteger(value) ? value : null;
}

/** Bytes of one element of a buffer that holds just its elements. */
function elementSize(type: TypeId, program: RustProgram): number | null {
  const { types } = program;
  if (types.tag(type) !== TypeTag.Adt) return null;
  const element = bufferElement(program.pathOf(types.head(type)));
  return element === 'byte' ? 1 : element === 'argument' ? (program.sizeOf(types.arg(type, 0))?.size ?? null) : null;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
