// Symbols of the words that the stages compare names with, interned once per symbol table.
import type { FlatTree, NodeIndex } from '../../../syntax/flatTree.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';

/** Interned words of one table. */
export class Words {
  readonly self: number;
  readonly selfType: number;
  readonly super: number;
  readonly crate: number;
  readonly dollarCrate: number;
  readonly output: number;
  readonly underscore: number;
  readonly derive: number;
  readonly cfg: number;
  readonly test: number;
  readonly path: number;

  constructor(readonly symbols: SymbolTable) {
    this.self = symbols.intern('self');
    this.selfType = symbols.intern('Self');
    this.super = symbols.intern('super');
    this.crate = symbols.intern('crate');
    this.dollarCrate = symbols.intern('$crate');
    this.output = symbols.intern('Output');
    this.underscore = symbols.intern('_');
    this.derive = symbols.intern('derive');
    this.cfg = symbols.intern('cfg');
    this.test = symbols.intern('test');
    this.path = symbols.intern('path');
  }

  /** The symbol of an identifier node, `r#` left out. */
  identifier(tree: FlatTree, node: NodeIndex, symbols: SymbolTable): number {
    const start = tree.start[node] as number;
    const { text } = tree;
    if (text.charCodeAt(start) === 114 /* r */ && text.charCodeAt(start + 1) === 35 /* # */) return symbols.internSlice(text, start + 2, tree.end[node] as number);
    return symbols.internSlice(text, start, tree.end[node] as number);
  }
}
