// What is kept of a file when its tree goes: where its items' names are, and the texts of its macros.
import { NO_NODE } from '../../../syntax/flatTree.js';
import { RustField } from '../../../syntax/kinds/rust.generated.js';
import { ItemKind } from '../declare/facts.js';
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
  let macros = NO_MACROS;
  for (let ordinal = 0; ordinal < items.length; ordinal++) {
    if (code[items[ordinal] as number] === ItemKind.MacroRules) {
      const text = world.macroDefinitionText(file.defs[ordinal] as number);
      if (text === null) continue;
      if (macros === NO_MACROS) macros = new Map();
      macros.set(ordinal, unshared(text));
    }
    if (expansion) continue;
    const node = file.declared.nodes[ordinal] as number;
    const name = tree.childByField(node, RustField.Name);
    const at = name === NO_NODE ? node : name;
    places[ordinal * 2] = tree.start[at] as number;
    places[ordinal * 2 + 1] = tree.end[at] as number;
  }
  return { places, macros };
}

/** A copy: a slice would keep the whole text of its file alive. */
function unshared(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
