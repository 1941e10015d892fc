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
import type { TreeReader } from './reader.js';
import type { RuntimeMemory } from './runtime.js';
import { NodeFate, type TreeLayout } from './treeLayout.js';

/** Bits of an inline leaf's first word; its symbol is the second byte. */
const enum Leaf { Inline = 1, Visible = 2, Extra = 8, Missing = 32 }
/** Words of a heap node. */
const enum Word { Padding = 1, Size = 4, ChildCount = 9, Symbol = 10, Flags = 11, VisibleChildCount = 12, Production = 16 }
/** Bits of a heap node's flags. */
const enum Flag { Visible = 1, Extra = 4, Missing = 512 }
/** Slots of one level of the walk's stack. */
const enum Frame { Child, LastChild, Structural, Production, Node, Parent, HiddenField, End, Size }

/** A reader over `memory` for the grammar at `languageAddress`; null when the grammar's tables are not where they should be. */
export function memoryReader(memory: RuntimeMemory, languageAddress: number, layout: TreeLayout): TreeReader | null {
  const grammar = grammarMemory(memory, languageAddress, layout);
  if (grammar === null) return null;
  const buffer = new ColumnBuffer(1 << 14);
  return { name: 'memory', read: (tree) => readFromMemory(memory.HEAPU32, addressOf(tree), grammar, buffer) };
}

/** Where a tree or a language lies in memory: the library keeps the address under the key 0. */
export function addressOf(object: object): number {
  const address = (object as Readonly<Record<number, unknown>>)[0];
  return typeof address === 'number' ? address : 0;
}

let stack = new Int32Array(64 * Frame.Size);

function readFromMemory(heap: Uint32Array, tree: number, grammar: GrammarMemory, buffer: ColumnBuffer): FlatTreeColumns {
  const { fate: fates, kind: kindOf, alias: aliases, field: fieldOf, plain, width } = grammar;
  const { errors, comments } = buffer;
  let { kind, field, start, end, parent, next, capacity } = buffer;
  let count = 0;
  let depth = 0; // index into `stack` of the level above the present one
  let position = 0; // end of what was read, in bytes

  // The present level: children [child, lastChild) of a node with `production`, as word indices.
  let child = tree >>> 2;
  let lastChild = child + 2;
  let structural = 0; // index of the child among those that are not extra
  let production = 0;
  let node = -1; // the shown node whose children these are, -1 when it is hidden
  let owner = -1; // the nearest shown node
  let hiddenField = 0; // field that children without one take over
  let levelEnd = 0;

  for (;;) {
    if (child === lastChild) {
      if (node >= 0) next[node] = count;
      if (depth === 0) break;
      position = levelEnd;
      depth -= Frame.Size;
      child = stack[depth + Frame.Child] as number;
      lastChild = stack[depth + Frame.LastChild] as number;
      structural = stack[depth + Frame.Structural] as number;
      production = stack[depth + Frame.Production] as number;
      node = stack[depth + Frame.Node] as number;
      owner = stack[depth + Frame.Parent] as number;
      hiddenField = stack[depth + Frame.HiddenField] as number;
      levelEnd = stack[depth + Frame.End] as number;
      continue;
    }
    const first = heap[child] as number;
    let symbol: number;
    let visible: boolean;
    let extra: boolean;
    let missing: boolean;
    let at: number;
    let childEnd: number;
    let children = 0;
    const subtree = first >>> 2;
    if ((first & Leaf.Inline) !== 0) {
      const sizes = heap[child + 1] as number; // padding columns, padding rows and lookahead, padding bytes, size bytes
      at = position + ((sizes >>> 16) & 255);
      childEnd = at + (sizes >>> 24);
      symbol = (first >>> 8) & 255;
      visible = (first & Leaf.Visible) !== 0;
      extra = (first & Leaf.Extra) !== 0;
      missing = (first & Leaf.Missing) !== 0;
    } else {
      at = position + (heap[subtree + Word.Padding] as number);
      childEnd = at + (heap[subtree + Word.Size] as number);
      children = heap[subtree + Word.ChildCount] as number;
      symbol = (heap[subtree + Word.Symbol] as number) & 0xffff;
      const flags = heap[subtree + Word.Flags] as number;
      visible = (flags & Flag.Visible) !== 0;
      extra = (flags & Flag.Extra) !== 0;
      missing = (flags & Flag.Missing) !== 0;
    }
    child += 2;

    let ownField = 0;
    if (!extra) {
      ownField = hiddenField;
      if (plain[production] === 0) {
        const entry = production * width + structural;
        const alias = structural < width ? (aliases[entry] as number) : 0;
        if (alias !== 0) {
          symbol = alias;
          visible = true;
        }
        const named = structural < width ? (fieldOf[entry] as number) : 0;
        if (named !== 0) ownField = named;
      }
      structural++;
    }

    let shown = -1;
    if (visible || owner < 0) {
      const isError = symbol === ERROR_KIND;
      const fate = isError || missing ? NodeFate.Keep : (fates[symbol] as NodeFate);
      if (fate === NodeFate.Comment && owner >= 0) {
        comments.push(at >>> 1, childEnd >>> 1);
        position = childEnd;
        continue;
      }
      if (fate !== NodeFate.Keep && ownField === 0 && owner >= 0) {
        position = childEnd;
        continue;
      }
      shown = count++;
      if (shown === capacity) {
        buffer.reserve(capacity + 1);
        ({ kind, field, start, end, parent, next, capacity } = buffer);
      }
      kind[shown] = isError ? ERROR_KIND : (kindOf[symbol] as number);
      field[shown] = ownField;
      start[shown] = at >>> 1;
      end[shown] = childEnd >>> 1;
      parent[shown] = owner;
      next[shown] = count;
      if (isError || missing) errors.push(shown);
    }
    if (children === 0 || (shown < 0 && heap[subtree + Word.VisibleChildCount] === 0)) {
      position = childEnd;
      continue;
    }

    // Descend. The first child's padding is the node's own, so the position stays before it.
    if (depth + Frame.Size > stack.length) stack = grownStack(stack);
    stack[depth + Frame.Child] = child;
    stack[depth + Frame.LastChild] = lastChild;
    stack[depth + Frame.Structural] = structural;
    stack[depth + Frame.Production] = production;
    stack[depth + Frame.Node] = node;
    stack[depth + Frame.Parent] = owner;
    stack[depth + Frame.HiddenField] = hiddenField;
    stack[depth + Frame.End] = levelEnd;
    depth += Frame.Size;
    child = subtree - children * 2;
    lastChild = subtree;
    structural = 0;
    production = (heap[subtree + Word.Production] as number) >>> 16;
    node = shown;
    if (shown >= 0) {
      owner = shown;
      hiddenField = 0;
    } else hiddenField = ownField;
    levelEnd = childEnd;
  }
  return buffer.take(count);
}

function grownStack(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}

