// What is kept of a file when its tree goes: where its items' names are, and the texts of its macros.
import { NO_NODE } from '../../../syntax/flatTree.js';
import { RustField } from '../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../declare/facts.js';
import type { FileDetails, LoadedFile } from '../resolve/definitions.js';
import type { World } from '../resolve/world.js';

/** Details of a file, from its tree while that is at hand. Those of an expansion have no places: its text is nowhere. */
export function detailsOf(world: World, file: LoadedFile): FileDetails | null {
  const tree = file.declared === null ? null : world.treeOf(file.declared);
  if (file.declared === null || tree === null) return file.details;
  const { code, items } = file.facts;
  const places = new Int32Array(items.length * 2);
  const macros = new Map<number, string>();
  for (let ordinal = 0; ordinal < items.length; ordinal++) {
    if (code[items[ordinal] as number] === ItemKind.MacroRules) {
      const text = world.macroDefinitionText(file.defs[ordinal] as number);
      if (text !== null) macros.set(ordinal, text);
    }
    const node = file.declared.nodes[ordinal] as number;
    const name = tree.childByField(node, RustField.Name);
    const at = name === NO_NODE ? node : name;
    places[ordinal * 2] = file.expansionOf === 0 ? (tree.start[at] as number) : -1;
    places[ordinal * 2 + 1] = file.expansionOf === 0 ? (tree.end[at] as number) : -1;
  }
  return { places, macros };
}
