// What is kept of a file when its tree goes: where its items' names are, and the texts of its macros.
import { NO_NODE } from '../../../syntax/flatTree.js';
import { ownText } from '../../../syntax/isolate.js';
import { RustField } from '../../../syntax/kinds/rust.generated.js';
import { ItemFlag, ItemKind } from '../declare/facts.js';
import type { FileDetails, LoadedFile } from '../resolve/definitions.js';
import type { World } from '../resolve/world.js';

const NO_PLACES = new Int32Array(0);
const NO_MACROS = new Map<number, string>();

/** Details of a file, from its tree while that is at hand. Those of an expansion have no places: its text is nowhere. */
export function detailsOf(world: World, file: LoadedFile): FileDetails | null {
  const tree = file.declared === null ? null : world.treeOf(file.declared);
  if (file.declared === null || tree === null) return file.details;
  const { code, items } = file.facts;
  const expansion = file.expansionOf !== 0;
  const places = expansion ? NO_PLACES : new Int32Array(items.length * 2);
  const spans = expansion ? NO_PLACES : new Int32Array(items.length * 3).fill(-1);
  let macros = NO_MACROS;
  for (let ordinal = 0; ordinal < items.length; ordinal++) {
    if (code[items[ordinal] as number] === ItemKind.MacroRules) {
      const text = world.macroDefinitionText(file.defs[ordinal] as number);
      if (text === null) continue;
      if (macros === NO_MACROS) macros = new Map();
      macros.set(ordinal, ownText(text, 0, text.length));
    }
    if (expansion) continue;
    const node = file.declared.nodes[ordinal] as number;
    const name = tree.childByField(node, RustField.Name);
    const at = name === NO_NODE ? node : name;
    places[ordinal * 2] = tree.start[at] as number;
    places[ordinal * 2 + 1] = tree.end[at] as number;
    const item = items[ordinal] as number;
    if (!isReadAlone(code[item] as ItemKind, code[item + 2] as number)) continue;
    spans[ordinal * 3] = tree.start[node] as number;
    spans[ordinal * 3 + 1] = tree.end[node] as number;
    spans[ordinal * 3 + 2] = node;
  }
  return { places, spans, macros };
}

/** Whether the text of an item is read again by itself: one with a body, a scope inside of one, or a macro call that made items. */
function isReadAlone(kind: ItemKind, flags: number): boolean {
  switch (kind) {
    case ItemKind.Function: case ItemKind.Const: case ItemKind.Static: return (flags & ItemFlag.HasBody) !== 0;
    case ItemKind.BlockScope: case ItemKind.MacroCall: return true;
    default: return false;
  }
}
