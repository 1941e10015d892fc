// The syntax tree as a struct of arrays in pre-order. It is what every stage reads; the parser's own trees never leave syntax/.
// Not here: how the arrays are filled (see reader.ts and its implementations) and what a kind means (kinds/*.generated.ts).
import type { SymbolTable } from './symbolTable.js';

/** Index of a node in a flat tree; the root is 0 and {@link NO_NODE} stands for "no such node". */
export type NodeIndex = number;

/** The absent node. */
export const NO_NODE = -1;

/** Kind of a node that the parser made to recover from broken syntax (tree-sitter's ERROR). */
export const ERROR_KIND = 65535;

/** The columns of a flat tree, as a reader fills them. All positions are UTF-16 offsets into the text, ends exclusive. */
export interface FlatTreeColumns {
  /** Number of nodes. */
  readonly count: number;
  readonly kind: Uint16Array;
  /** Field through which the parent holds the node; 0 for none. */
  readonly field: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Index of the parent, -1 for the root. */
  readonly parent: Int32Array;
  /** Index after the node's subtree: the next sibling, where the parent's own `next` is larger. */
  readonly next: Uint32Array;
  /** Indices of ERROR nodes and of nodes the parser inserted because they were missing, ascending. */
  readonly errors: Uint32Array;
  /** Start and end of each comment, in order: comments are no nodes, so that children are always syntax. */
  readonly comments: Uint32Array;
}

/**
 * An immutable syntax tree of one version of one file. Named nodes and the anonymous tokens that carry meaning
 * (operators, `mut`, `async`, …; see grammar.ts) are nodes; punctuation, keywords and comments are not.
 */
export class FlatTree implements FlatTreeColumns {
  readonly count: number;
  readonly kind: Uint16Array;
  readonly field: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Int32Array;
  readonly next: Uint32Array;
  readonly errors: Uint32Array;
  readonly comments: Uint32Array;

  constructor(columns: FlatTreeColumns, readonly text: string) {
    this.count = columns.count;
    this.kind = columns.kind;
    this.field = columns.field;
    this.start = columns.start;
    this.end = columns.end;
    this.parent = columns.parent;
    this.next = columns.next;
    this.errors = columns.errors;
    this.comments = columns.comments;
  }

  /** First child, or NO_NODE for a leaf. */
  firstChild(node: NodeIndex): NodeIndex {
    const child = node + 1;
    return child < (this.next[node] as number) ? child : NO_NODE;
  }

  /** Next sibling, or NO_NODE for a last child. */
  nextSibling(node: NodeIndex): NodeIndex {
    const parent = this.parent[node] as number;
    if (parent < 0) return NO_NODE;
    const sibling = this.next[node] as number;
    return sibling < (this.next[parent] as number) ? sibling : NO_NODE;
  }

  /** First child that the node holds through `field`, or NO_NODE. */
  childByField(node: NodeIndex, field: number): NodeIndex {
    const { next, field: fields } = this;
    const end = next[node] as number;
    for (let child = node + 1; child < end; child = next[child] as number) if (fields[child] === field) return child;
    return NO_NODE;
  }

  /** First child of kind `kind`, or NO_NODE. */
  childByKind(node: NodeIndex, kind: number): NodeIndex {
    const { next, kind: kinds } = this;
    const end = next[node] as number;
    for (let child = node + 1; child < end; child = next[child] as number) if (kinds[child] === kind) return child;
    return NO_NODE;
  }

  /** Number of children. */
  childCount(node: NodeIndex): number {
    const { next } = this;
    const end = next[node] as number;
    let count = 0;
    for (let child = node + 1; child < end; child = next[child] as number) count++;
    return count;
  }

  /** Nearest ancestor (not the node itself) of kind `kind`, or NO_NODE. */
  ancestor(node: NodeIndex, kind: number): NodeIndex {
    let up = this.parent[node] as number;
    while (up >= 0 && this.kind[up] !== kind) up = this.parent[up] as number;
    return up;
  }

  /** The node's source text. Allocates: on hot paths compare symbols or code units instead. */
  textOf(node: NodeIndex): string {
    return this.text.slice(this.start[node] as number, this.end[node] as number);
  }

  /** The node's source text as an interned symbol. */
  symbolOf(node: NodeIndex, symbols: SymbolTable): number {
    return symbols.internSlice(this.text, this.start[node] as number, this.end[node] as number);
  }

  /** Whether the node's subtree (the node included) holds broken or missing syntax. */
  hasError(node: NodeIndex): boolean {
    const { errors } = this;
    if (errors.length === 0) return false;
    let low = 0;
    let high = errors.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((errors[middle] as number) < node) low = middle + 1;
      else high = middle;
    }
    return low < errors.length && (errors[low] as number) < (this.next[node] as number);
  }
}
