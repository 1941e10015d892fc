// Declarations that an edit changed: which items are the same as before, and which functions can see the difference. A function can see it only if its
// text, or the text around it, names something whose declaration changed or whose declaration names such a thing in turn.
import { NO_NODE, type FlatTree } from '../../syntax/flatTree.js';
import { RustField } from '../../syntax/kinds/rust.generated.js';
import { ItemFlag, ItemKind, Visibility, type DeclaredFile, type FileFacts } from './declare/facts.js';
import { implParts, lastSegment } from './declare/factsReader.js';
import { HEADER } from './resolve/definitions.js';

/** One version of a file's declarations. */
export interface Version {
  readonly facts: FileFacts;
  readonly declared: DeclaredFile;
  readonly tree: FlatTree;
}

/** Items of two versions. */
export interface Difference {
  /** By new ordinal: the old one of the same item, -1 for a new item. */
  readonly same: Int32Array;
  /** Ordinals of items that are new or declared otherwise. */
  readonly changed: readonly number[];
  /** Old ordinals of items that are gone or were declared otherwise. */
  readonly before: readonly number[];
}

/** Matches the items of two versions of a file: among the children of matched items first those with the same head, then those of the same kind and name. */
export function compareItems(old: Version, now: Version): Difference {
  const same = new Int32Array(now.facts.items.length).fill(-1);
  const taken = new Uint8Array(old.facts.items.length);
  const changed: number[] = [];
  const before: number[] = [];
  const oldChildren = childrenOf(old.facts);
  const newChildren = childrenOf(now.facts);
  const groups: [oldParent: number, newParent: number][] = [[-1, -1]];
  for (const [oldParent, newParent] of groups) {
    const left = oldChildren.get(oldParent) ?? [];
    const right = newChildren.get(newParent) ?? [];
    const pair = (o: number, n: number): void => {
      same[n] = o;
      taken[o] = 1;
      groups.push([o, n]);
    };
    const heads = grouped(left, (o) => headOf(old, o));
    const open = right.filter((n) => {
      const o = heads.get(headOf(now, n))?.shift();
      if (o !== undefined) pair(o, n);
      return o === undefined;
    });
    const names = grouped(left.filter((o) => taken[o] === 0), (o) => nameKey(old.facts, o));
    for (const n of open) {
      changed.push(n);
      const o = names.get(nameKey(now.facts, n))?.shift();
      if (o === undefined) continue;
      before.push(o);
      pair(o, n);
    }
    for (const n of passedOver(now.facts, right, same)) {
      changed.push(n);
      before.push(same[n] as number);
    }
  }
  // what stands in a new or vanished item is new or vanished too
  const listed = new Set(changed);
  for (let n = 0; n < same.length; n++) if (same[n] === -1 && !listed.has(n)) changed.push(n);
  for (let o = 0; o < taken.length; o++) if (taken[o] === 0) before.push(o);
  return { same, changed, before };
}

/** Which of these items of one name stand in another order than before: code means the first one. */
function passedOver(facts: FileFacts, items: readonly number[], same: Int32Array): readonly number[] {
  const last = new Map<string, number>();
  const found = new Set<string>();
  for (const n of items) {
    const o = same[n] as number;
    if (o < 0 || nameOf(facts, n) === 0) continue;
    const key = nameKey(facts, n);
    if (o < (last.get(key) ?? -1)) found.add(key);
    last.set(key, Math.max(o, last.get(key) ?? -1));
  }
  return found.size === 0 ? [] : items.filter((n) => (same[n] as number) >= 0 && found.has(nameKey(facts, n)));
}

function childrenOf(facts: FileFacts): ReadonlyMap<number, readonly number[]> {
  return grouped(Array.from(facts.items, (_, ordinal) => ordinal), (ordinal) => parentOf(facts, ordinal));
}

function grouped<Key>(values: readonly number[], keyOf: (value: number) => Key): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  for (const value of values) {
    const key = keyOf(value);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [value]);
    else list.push(value);
  }
  return groups;
}

function parentOf({ code, items }: FileFacts, ordinal: number): number {
  return code[(items[ordinal] as number) + 5] as number;
}

/** Kind and name. */
function nameKey(facts: FileFacts, ordinal: number): string {
  return `${facts.code[facts.items[ordinal] as number] as number} ${nameOf(facts, ordinal)}`;
}

function nameOf({ code, items, names }: FileFacts, ordinal: number): number {
  return names[code[(items[ordinal] as number) + 4] as number] as number;
}

/** All that an item declares itself, as text: what stands before its body, with its flags. */
function headOf(version: Version, ordinal: number): string {
  const { facts, declared, tree } = version;
  const at = facts.items[ordinal] as number;
  const kind = facts.code[at] as ItemKind;
  const node = declared.nodes[ordinal] as number;
  const start = tree.start[node] as number;
  let end = tree.end[node] as number;
  if (kind === ItemKind.BlockScope || ordinal === 0) end = start;
  else if (kind === ItemKind.Function || kind === ItemKind.Impl || kind === ItemKind.Trait || kind === ItemKind.Module) {
    const body = tree.childByField(node, RustField.Body);
    if (body !== NO_NODE) end = tree.start[body] as number;
  }
  const flags = facts.code[at + 2] as number;
  const derived = (flags & ItemFlag.Derived) !== 0 ? ` ${traitName(facts, ordinal)}` : '';
  return `${kind} ${flags} ${facts.code[at + 3] as number}${derived} ${tree.text.slice(start, end)}`;
}

function traitName({ code, items, names }: FileFacts, ordinal: number): number {
  const { trait } = implParts(code, items[ordinal] as number, HEADER);
  const name = trait < 0 ? -1 : lastSegment(code, trait + 1);
  return name < 0 ? 0 : (names[name] as number);
}

function selfName({ code, items, names }: FileFacts, ordinal: number): number {
  const { self } = implParts(code, items[ordinal] as number, HEADER);
  const name = lastSegment(code, self + 1);
  return name < 0 ? 0 : (names[name] as number);
}

/** What a changed item may change for others. */
export interface Touched {
  /** Names by which others can mean it. */
  readonly names: Set<number>;
  /** Ordinals of functions that may see it without naming it. */
  readonly functions: Set<number>;
  /** Every function of the file may see it without naming it. */
  file: boolean;
  /** Nothing can be said: everything may have changed. */
  everything: boolean;
}

/** Collects what a change of an item's own declaration concerns. `seed` says that the item itself was edited, not just something that it names. */
export function touch({ facts }: { readonly facts: FileFacts }, ordinal: number, seed: boolean, into: Touched): void {
  const { code, items, names } = facts;
  const at = items[ordinal] as number;
  const kind = code[at] as ItemKind;
  const name = nameOf(facts, ordinal);
  const parent = parentOf(facts, ordinal);
  const parentKind = parent < 0 ? 0 : (code[items[parent] as number] as ItemKind);
  const members = (of: number, visit: (member: number) => void): void => {
    for (let o = of + 1; o < items.length; o++) if (parentOf(facts, o) === of) visit(o);
  };
  if (parentKind === ItemKind.BlockScope && isLocal(kind)) {
    for (const one of functionsAround(facts, ordinal)) into.functions.add(one);
    return;
  }
  switch (kind) {
    case ItemKind.Module:
      if (ordinal === 0) into.everything ||= seed;
      else into.names.add(name);
      break;
    case ItemKind.Variant: case ItemKind.AssocType: case ItemKind.Function: case ItemKind.Const: case ItemKind.Static:
      into.names.add(name);
      if (kind === ItemKind.Function || kind === ItemKind.Const || kind === ItemKind.Static) into.functions.add(ordinal);
      if (parentKind === ItemKind.Impl) {
        // an associated type means something wherever the impl is used
        if (kind !== ItemKind.Function) addImpl(facts, parent, into);
        // a member that appears or vanishes says whether the trait's own is called
        else if (seed) into.names.add(selfName(facts, parent));
      } else if (parentKind === ItemKind.Enum || (parentKind === ItemKind.Trait && (seed || kind !== ItemKind.Function))) into.names.add(nameOf(facts, parent));
      break;
    case ItemKind.Trait:
      into.names.add(name);
      if (seed) members(ordinal, (member) => into.names.add(nameOf(facts, member)));
      break;
    case ItemKind.Impl:
      members(ordinal, (member) => {
        into.functions.add(member);
        if (seed) into.names.add(nameOf(facts, member));
      });
      addImpl(facts, ordinal, into);
      if (seed) into.names.add(traitName(facts, ordinal));
      break;
    case ItemKind.Use: {
      let next = at + HEADER + 1;
      for (let left = code[at + HEADER] as number; left > 0; left--) {
        const end = next + 2 + (code[next + 1] as number);
        if (code[end] === 1) into.everything ||= seed;
        else if (seed || names[code[end + 1] as number] !== names[code[end - 1] as number]) into.names.add(names[code[end + 1] as number] as number);
        next = end + 2;
      }
      if (!seed) break;
      // a trait in scope is not named where its methods are called
      if (code[at + 3] !== Visibility.Private) into.everything = true;
      into.file = true;
      break;
    }
    case ItemKind.MacroCall: case ItemKind.BlockScope: break; // what it makes, and what is in it, counts by itself
    default: into.names.add(name);
  }
}

/** Kinds of items that nobody beyond the block they stand in can see. A type is known by what a function returns, and an impl wherever its type is. */
function isLocal(kind: ItemKind): boolean {
  return kind === ItemKind.Function || kind === ItemKind.Const || kind === ItemKind.Static || kind === ItemKind.Use;
}

/** Ordinals of the item in whose body a local item stands, and of all functions and constants in that body: those that can see it. Empty for what is not local to a body. */
export function functionsAround({ code, items }: FileFacts, ordinal: number): number[] {
  const parentOfItem = (one: number): number => code[(items[one] as number) + 5] as number;
  const kindOf = (one: number): ItemKind => code[items[one] as number] as ItemKind;
  let scope = parentOfItem(ordinal);
  if (!isLocal(kindOf(ordinal)) || scope < 0 || kindOf(scope) !== ItemKind.BlockScope) return [];
  while (scope >= 0 && kindOf(scope) === ItemKind.BlockScope) scope = parentOfItem(scope);
  if (scope < 0) return [];
  const inside = new Set([scope]);
  // what stands in an item has a higher ordinal than the item
  for (let one = scope + 1; one < items.length; one++) if (inside.has(parentOfItem(one))) inside.add(one);
  return [...inside].filter((one) => isLocal(kindOf(one)));
}

function addImpl(facts: FileFacts, ordinal: number, into: Touched): void {
  into.names.add(selfName(facts, ordinal));
}
