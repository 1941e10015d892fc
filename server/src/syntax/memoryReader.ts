// Fills a flat tree by reading the parser's tree where it lies in the runtime's memory: a few per cent of the cost of the parse.
// The layout is private to tree-sitter (subtree.h and tree.h of the pinned web-tree-sitter; 32-bit, little-endian), so this reader is
// only used after readers.ts has held it against the cursor. All positions of the parser are bytes of UTF-16, two per unit.
//
// A subtree is 8 bytes: a leaf written inline (lowest bit set), or the address of a heap node whose children lie just before it.
// A node is shown when its symbol is visible or its parent's production gives it an alias; children of nodes that are not shown
// belong to the nearest ancestor that is, and carry the field of the hidden node when they have none themselves.
import { ColumnBuffer } from './columnBuffer.js';
import { ERROR_KIND, type FlatTreeColumns } from './flatTree.js';
import { grammarMemory, type GrammarMemory } from './grammarMemory.js';
import { LEAST_DESCENDANTS, Landmarks } from './landmarks.js';
import type { TreeReader } from './reader.js';
import type { RuntimeMemory } from './runtime.js';
import { NodeFate, type TreeLayout } from './treeLayout.js';

/** Bits of an inline leaf's first word; its symbol is the second byte. */
const enum Leaf { Inline = 1, Visible = 2, Extra = 8, Missing = 32 }
/** Words of a heap node. */
const enum Word { Padding = 1, Size = 4, ChildCount = 9, Symbol = 10, Flags = 11, VisibleChildCount = 12, VisibleDescendants = 14, Production = 16 }
/** Bits of a heap node's flags. */
const enum Flag { Visible = 1, Extra = 4, Missing = 512 }
/** Slots of one level of the walk's stack; its next child comes first. */
const enum Frame { LastChild = 1, Row, Owner, Inherited, Landmark, Size }

/** A reader over `memory` for the grammar at `languageAddress`; null when the grammar's tables are not where they should be. */
export function memoryReader(memory: RuntimeMemory, languageAddress: number, layout: TreeLayout): TreeReader | null {
  const grammar = grammarMemory(memory, languageAddress, layout);
  if (grammar === null) return null;
  const buffer = new ColumnBuffer(1 << 14);
  // by a column, which a flat tree shares with what was read
  const landmarks = new WeakMap<Uint16Array, Landmarks>();
  return {
    name: 'memory',
    read: (tree, before) => {
      const marks = before === undefined ? null : new Landmarks();
      const known = before ? landmarks.get(before.kind) : undefined;
      const columns = readFromMemory(memory.HEAP32, addressOf(tree), grammar, buffer, marks, before && known ? { columns: before, landmarks: known } : null);
      if (marks !== null) landmarks.set(columns.kind, marks);
      return columns;
    },
  };
}

/** Where a tree or a language lies in memory: the library keeps the address under the key 0. */
export function addressOf(object: object): number {
  const address = (object as Readonly<Record<number, unknown>>)[0];
  return typeof address === 'number' ? address : 0;
}

let stack = new Int32Array(64 * Frame.Size);

function readFromMemory(heap: Int32Array, tree: number, grammar: GrammarMemory, buffer: ColumnBuffer, marks: Landmarks | null, old: { readonly columns: FlatTreeColumns; readonly landmarks: Landmarks } | null): FlatTreeColumns {
  const { fate: fates, kind: kindOf, rows, rowOf } = grammar;
  const { errors, comments } = buffer;
  let { kind, field, start, end, parent, capacity } = buffer;
  let levels = stack;
  let count = 0;
  let depth = 0; // top of the stack, on which lie the levels that have children left
  let position = 0; // end of what was read, in bytes: before the padding of what comes next

  // The present level: children [child, lastChild) of one subtree, as word indices.
  let child = tree >>> 2;
  let lastChild = child + 2;
  let row = -1; // of the next child that is not extra in the tables of aliases and fields, -1 when its production has neither
  let owner = -1; // the nearest shown node above
  let inherited = 0; // field that children without one take over from a hidden parent

  for (;;) {
    while (child === lastChild && depth > 0) {
      depth -= Frame.Size;
      child = levels[depth] as number;
      lastChild = levels[depth + Frame.LastChild] as number;
      row = levels[depth + Frame.Row] as number;
      owner = levels[depth + Frame.Owner] as number;
      inherited = levels[depth + Frame.Inherited] as number;
      const mark = levels[depth + Frame.Landmark] as number;
      if (mark >= 0) marks?.close(mark, count, comments.length, errors.length);
    }
    if (child === lastChild) break;
    const first = heap[child] as number;
    if ((first & Leaf.Inline) !== 0) {
      const sizes = heap[child + 1] as number; // padding columns, padding rows and lookahead, padding bytes, size bytes
      child += 2;
      const at = (position + ((sizes >>> 16) & 255)) | 0;
      position = (at + (sizes >>> 24)) | 0;
      let symbol = (first >>> 8) & 255;
      let visible = first & Leaf.Visible;
      let ownField = 0;
      if ((first & Leaf.Extra) === 0) {
        ownField = inherited;
        if (row >= 0) {
          const given = rows[row++] as number;
          if (given !== 0) {
            if (given >>> 8 !== 0) {
              symbol = given >>> 8;
              visible = 1;
            }
            if ((given & 255) !== 0) ownField = given & 255;
          }
        }
      }
      if (visible === 0) continue;
      const fate = fates[symbol] as number;
      const missing = first & Leaf.Missing;
      if (fate !== NodeFate.Keep && missing === 0) {
        if (fate === NodeFate.Comment) {
          comments.push(at >>> 1, position >>> 1);
          continue;
        }
        if (ownField === 0) continue;
      }
      if (missing !== 0) errors.push(count);
      if (count === capacity) {
        buffer.reserve(capacity + 1);
        ({ kind, field, start, end, parent, capacity } = buffer);
      }
      kind[count] = kindOf[symbol] as number;
      field[count] = ownField;
      start[count] = at >>> 1;
      end[count] = position >>> 1;
      parent[count] = owner;
      count++;
      continue;
    }

    const subtree = first >>> 2;
    const children = heap[subtree + Word.ChildCount] as number;
    const flags = heap[subtree + Word.Flags] as number;
    child += 2;
    let ownField = 0;
    let alias = 0;
    if ((flags & Flag.Extra) === 0) {
      ownField = inherited;
      if (row >= 0) {
        const given = rows[row++] as number;
        alias = given >>> 8;
        if ((given & 255) !== 0) ownField = given & 255;
      }
    }
    let mark = -1;
    if (marks !== null && owner >= 0 && (heap[subtree + Word.VisibleDescendants] as number) >= LEAST_DESCENDANTS && children > 0) {
      const context = (alias << 8) | ownField;
      const known = old === null ? -1 : old.landmarks.find(subtree, context);
      if (old !== null && known >= 0) {
        const copied = old.landmarks.nodesOf(known);
        if (count + copied > capacity) {
          buffer.reserve(count + copied);
          ({ kind, field, start, end, parent, capacity } = buffer);
        }
        marks.copy(old.landmarks, known, old.columns, buffer, count, owner, position);
        count += copied;
        position = (position + (heap[subtree + Word.Padding] as number) + (heap[subtree + Word.Size] as number)) | 0;
        continue;
      }
      mark = marks.open(subtree, context, count, position, comments.length, errors.length);
    }
    let nextOwner = owner;
    if ((flags & Flag.Visible) !== 0 || alias !== 0 || owner < 0) {
      const at = (position + (heap[subtree + Word.Padding] as number)) | 0;
      const after = (at + (heap[subtree + Word.Size] as number)) | 0;
      const symbol = alias !== 0 ? alias : (heap[subtree + Word.Symbol] as number) & 0xffff;
      const isError = symbol === ERROR_KIND;
      const certain = isError || (flags & Flag.Missing) !== 0 || owner < 0;
      const fate = certain ? NodeFate.Keep : (fates[symbol] as number);
      if (fate !== NodeFate.Keep) {
        if (fate === NodeFate.Comment) comments.push(at >>> 1, after >>> 1);
        if (fate === NodeFate.Comment || ownField === 0) {
          position = after;
          continue;
        }
      }
      if (isError || (flags & Flag.Missing) !== 0) errors.push(count);
      if (count === capacity) {
        buffer.reserve(capacity + 1);
        ({ kind, field, start, end, parent, capacity } = buffer);
      }
      kind[count] = isError ? ERROR_KIND : (kindOf[symbol] as number);
      field[count] = ownField;
      start[count] = at >>> 1;
      end[count] = after >>> 1;
      parent[count] = owner;
      nextOwner = count++;
      if (children === 0) {
        position = after;
        continue;
      }
      ownField = 0;
    } else if (children === 0 || heap[subtree + Word.VisibleChildCount] === 0) {
      position = (position + (heap[subtree + Word.Padding] as number) + (heap[subtree + Word.Size] as number)) | 0;
      continue;
    }
    if (child !== lastChild || mark >= 0) {
      if (depth + Frame.Size > levels.length) levels = stack = grownStack(levels);
      levels[depth] = child;
      levels[depth + Frame.LastChild] = lastChild;
      levels[depth + Frame.Row] = row;
      levels[depth + Frame.Owner] = owner;
      levels[depth + Frame.Inherited] = inherited;
      levels[depth + Frame.Landmark] = mark;
      depth += Frame.Size;
    }
    // Descend. The first child's padding is the node's own, so the position stays before it; its last child ends where the node ends.
    child = subtree - children * 2;
    lastChild = subtree;
    owner = nextOwner;
    inherited = ownField;
    row = rowOf[(heap[subtree + Word.Production] as number) >>> 16] as number;
  }
  return buffer.take(count);
}

function grownStack(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
