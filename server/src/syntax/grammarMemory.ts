// What a reader of the runtime's memory must know of a grammar: its tables of symbols, aliases and fields, read once from the
// grammar's description in memory (`TSLanguage` of tree-sitter's parser.h, 32-bit) and turned into the lookups that flattening needs.
import type { RuntimeMemory } from './runtime.js';
import type { TreeLayout } from './treeLayout.js';

/** Offsets into `TSLanguage`, in bytes. */
const enum At { SymbolCount = 4, AliasCount = 8, ProductionCount = 28, FieldCount = 32, AliasLength = 36, FieldSlices = 64, FieldEntries = 68, PublicSymbols = 76, AliasSequences = 84 }

/** Lookups of one grammar, indexed by the parser's own symbols and productions. */
export interface GrammarMemory {
  /** Fate of a symbol that is visible or stands as an alias. */
  readonly fate: Uint8Array;
  /** Canonical kind of a symbol. */
  readonly kind: Uint16Array;
  /** Index of each production's first child in `rows`, -1 where none has an entry; the next children that are not extra follow. */
  readonly rowOf: Int32Array;
  /** Of a child: the symbol that replaces its own, or 0, times 256; plus its field, or 0. */
  readonly rows: Int32Array;
}

/** Reads the tables of the grammar that lies at `address`. Null when they do not look like a grammar's. */
export function grammarMemory(memory: RuntimeMemory, address: number, layout: TreeLayout): GrammarMemory | null {
  const { HEAPU32, HEAPU16, HEAPU8 } = memory;
  const word = (at: number): number => HEAPU32[(address + at) >>> 2] as number;
  const symbols = word(At.SymbolCount) + word(At.AliasCount);
  const productions = word(At.ProductionCount);
  const aliasLength = HEAPU16[(address + At.AliasLength) >>> 1] as number;
  if (symbols !== layout.canonical.length || productions === 0 || productions > 65535 || word(At.FieldCount) > 255) return null;

  const publicSymbols = word(At.PublicSymbols) >>> 1;
  const fate = new Uint8Array(symbols);
  const kind = new Uint16Array(symbols);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const shown = HEAPU16[publicSymbols + symbol] as number;
    if (shown >= symbols) return null;
    fate[symbol] = layout.fate[shown] as number;
    kind[symbol] = layout.canonical[shown] as number;
  }

  const slices = word(At.FieldSlices) >>> 1;
  const entries = word(At.FieldEntries);
  const fieldsOf = (production: number): readonly { readonly child: number; readonly field: number }[] => {
    if (word(At.FieldCount) === 0) return [];
    const first = HEAPU16[slices + production * 2] as number;
    const length = HEAPU16[slices + production * 2 + 1] as number;
    const own = [];
    for (let i = first; i < first + length; i++) {
      const entry = entries + i * 4; // field id u16, child index u8, inherited u8
      if (HEAPU8[entry + 3] === 0) own.push({ child: HEAPU8[entry + 2] as number, field: HEAPU16[entry >>> 1] as number });
    }
    return own;
  };

  let width = aliasLength;
  for (let production = 0; production < productions; production++) for (const { child } of fieldsOf(production)) width = Math.max(width, child + 1);
  const rows = new Int32Array(productions * width);
  const rowOf = new Int32Array(productions).fill(-1);
  const sequences = word(At.AliasSequences) >>> 1;
  for (let production = 0; production < productions; production++) {
    const base = production * width;
    for (let child = 0; production > 0 && child < aliasLength; child++) {
      const symbol = HEAPU16[sequences + production * aliasLength + child] as number;
      if (symbol >= symbols) return null;
      rows[base + child] = symbol << 8;
      if (symbol !== 0) rowOf[production] = base;
    }
    for (const { child, field: id } of fieldsOf(production)) {
      if (((rows[base + child] as number) & 255) === 0) rows[base + child] = (rows[base + child] as number) | id; // the first entry of a child counts
      rowOf[production] = base;
    }
  }
  return { fate, kind, rowOf, rows };
}
