// Items of which a package has one or the other, as its features say (`#[cfg(feature = "x")]` here, `#[cfg(not(feature = "x"))]` there): those that are there
// with the default features take the place of those that are not.
import { ItemFlag, ItemKind, TypeCode, type FileFacts } from './facts.js';
import { implParts, lastSegment } from './factsReader.js';

/** Numbers of an item before what is its own, see factsReader.ts. */
const HEADER = 6;

/** Makes the items inactive in whose place others stand, and forgets who needs what. */
export function settleAlternatives(facts: FileFacts): void {
  const { code, items } = facts;
  let seen = 0;
  for (const at of items) seen |= code[at + 2] as number;
  if ((seen & (ItemFlag.Alternative | ItemFlag.Optional)) === 0) return;
  if ((seen & ItemFlag.Alternative) !== 0 && (seen & ItemFlag.Optional) !== 0) settle(facts);
  for (const at of items) code[at + 2] = (code[at + 2] as number) & ~(ItemFlag.Alternative | ItemFlag.Optional);
}

function settle(facts: FileFacts): void {
  const { code, items } = facts;
  const taken = new Set<string>();
  for (let ordinal = 1; ordinal < items.length; ordinal++) if (needs(facts, ordinal, ItemFlag.Alternative)) for (const key of keysOf(facts, ordinal)) taken.add(key);
  const replaced = new Set<number>();
  for (let ordinal = 1; ordinal < items.length; ordinal++) {
    const at = items[ordinal] as number;
    if (!replaced.has(code[at + 5] as number) && !(needs(facts, ordinal, ItemFlag.Optional) && keysOf(facts, ordinal).some((key) => taken.has(key)))) continue;
    // what stands in an item comes after it
    replaced.add(ordinal);
    code[at + 2] = (code[at + 2] as number) | ItemFlag.Inactive;
  }
}

/** Whether the item, or the impl that it is a member of, has a flag. */
function needs({ code, items }: FileFacts, ordinal: number, flag: number): boolean {
  const at = items[ordinal] as number;
  if (((code[at + 2] as number) & flag) !== 0) return true;
  const parent = items[code[at + 5] as number] as number;
  return code[parent] === ItemKind.Impl && ((code[parent + 2] as number) & flag) !== 0;
}

/** What the item is known by where it stands: its name, the names that it imports, the trait and the type of an impl. */
function keysOf(facts: FileFacts, ordinal: number): readonly string[] {
  const { code, items, names } = facts;
  const at = items[ordinal] as number;
  const parent = code[at + 5] as number;
  switch (code[at] as ItemKind) {
    case ItemKind.Use: {
      const keys: string[] = [];
      let next = at + HEADER + 1;
      for (let left = code[at + HEADER] as number; left > 0; left--) {
        const end = next + 2 + (code[next + 1] as number);
        if (code[end] !== 1) keys.push(`${parent} ${names[code[end + 1] as number] as number}`);
        next = end + 2;
      }
      return keys;
    }
    case ItemKind.Impl: {
      const { trait, self } = implParts(code, at, HEADER);
      return trait < 0 ? [] : [`${parent} ${lastSegment(code, trait + 1)} for ${code[self] === TypeCode.Path ? lastSegment(code, self + 1) : `#${ordinal}`}`];
    }
    case ItemKind.MacroCall: case ItemKind.BlockScope: return [];
    default: return [`${scopeOf(facts, parent)} ${names[code[at + 4] as number] as number}`];
  }
}

/** Members of one type's impls share their names, whichever of its impls they stand in. */
function scopeOf({ code, items }: FileFacts, parent: number): string {
  const at = items[parent] as number;
  if (code[at] !== ItemKind.Impl) return String(parent);
  const { trait, self } = implParts(code, at, HEADER);
  return trait >= 0 || code[self] !== TypeCode.Path ? String(parent) : `${code[at + 5] as number} impl ${lastSegment(code, self + 1)}`;
}
