// What macros make that a body calls: finds the definition that a call means and expands it. Not here: how texts are matched
// (declare/macroRules.ts), and where what they make goes (declare/macroTree.ts).
import type { FlatTree } from '../../syntax/flatTree.js';
import { ItemFlag, ItemKind } from './declare/facts.js';
import { expandInBody } from './declare/macroRules.js';
import type { MadeByMacro, MacroExpander } from './declare/macroTree.js';
import { macroEffect } from './models/macros.js';
import type { LoadedFile } from './resolve/definitions.js';
import type { World } from './resolve/world.js';
import type { DefId } from './types/typeTable.js';

/** UTF-16 units that one call may make, and all calls of a file together. */
const MAX_CALL = 20_000;
const MAX_FILE = 400_000;
/** Macros of one name that are tried. */
const MAX_TRIED = 4;

/** Expands the calls in a tree. With `alone` the tree holds that item only, else its whole file. */
export function macroExpander(world: World, file: LoadedFile, tree: FlatTree, alone: DefId): MacroExpander {
  const { defs } = world;
  const crate = world.crates[file.crate];
  let positions: ItemPositions | null = null; // made when macros of one name have to be told apart
  const candidates = new Map<number, readonly DefId[]>();
  let left = MAX_FILE;
  return (name, input, at): MadeByMacro | null => {
    const symbol = world.symbols.find(name);
    if (symbol <= 0 || crate === undefined || left <= 0) return null;
    let named = candidates.get(symbol);
    if (named === undefined) candidates.set(symbol, (named = world.macrosNamed(crate, symbol)));
    if (named.length === 0 || (macroEffect(name) !== undefined && !named.some((macro) => defs.fileOf(macro).crate === file.crate))) return null;
    let visible = named;
    if (named.length > 1 || isLocal(world, named[0] as DefId)) {
      if (alone === 0) positions ??= new ItemPositions(file, tree);
      const owner = positions === null ? alone : (file.defs[positions.around(at)] as DefId);
      visible = world.likeliestMacros(named.filter((macro) => isVisible(world, macro, owner)), file, positions?.before(at) ?? defs.ordinalOf(alone));
    }
    for (const macro of visible.slice(0, MAX_TRIED)) {
      const definition = world.macroDefinitionText(macro);
      const home = defs.fileOf(macro).crate;
      const foreign = home !== file.crate;
      const made = definition === null ? null : expandInBody(definition, input, foreign ? `::${world.crates[home]?.source.name ?? ''}` : '$crate', Math.min(MAX_CALL, left));
      if (made === null) continue;
      left -= made.text.length;
      return { ...made, foreign };
    }
    return null;
  };
}

function isLocal({ defs }: World, macro: DefId): boolean {
  const parent = defs.parent(macro);
  return parent !== 0 && defs.kind(parent) === ItemKind.BlockScope;
}

/** Whether an item sees a macro: one that stands in a body is seen in that body only. */
function isVisible(world: World, macro: DefId, from: DefId): boolean {
  if (!isLocal(world, macro)) return true;
  const { defs } = world;
  const bodyOf = (def: DefId): DefId => {
    let at = defs.parent(def);
    for (let guard = 0; guard < 50 && at !== 0 && defs.kind(at) === ItemKind.BlockScope; guard++) at = defs.parent(at);
    return at;
  };
  const home = bodyOf(macro);
  for (let at = from, guard = 0; at !== 0 && guard < 50; at = defs.parent(at), guard++) if (at === home) return true;
  return false;
}

/** Which items of a file stand where. */
class ItemPositions {
  /** Ordinals in the order of the text; what derives wrote is not written anywhere. */
  readonly #written: number[] = [];

  constructor(private readonly file: LoadedFile, private readonly tree: FlatTree) {
    const { code, items } = file.facts;
    for (let ordinal = 0; ordinal < items.length; ordinal++) if (((code[(items[ordinal] as number) + 2] as number) & ItemFlag.Derived) === 0) this.#written.push(ordinal);
  }

  /** The ordinal of the last item that begins before an offset. */
  before(offset: number): number {
    const nodes = this.file.declared?.nodes;
    let low = 0;
    let high = this.#written.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.tree.start[nodes?.[this.#written[middle] as number] as number] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return (this.#written[low] ?? 0) + 1;
  }

  /** The ordinal of the innermost item around an offset. */
  around(offset: number): number {
    const { code, items } = this.file.facts;
    const nodes = this.file.declared?.nodes;
    let ordinal = this.before(offset) - 1;
    while (ordinal > 0 && (this.tree.end[nodes?.[ordinal] as number] as number) <= offset) ordinal = code[(items[ordinal] as number) + 5] as number;
    return Math.max(ordinal, 0);
  }
}
