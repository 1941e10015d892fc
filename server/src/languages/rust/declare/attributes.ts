// Attributes of an item: flags, derives, `#[path]`. Reads text only where the attribute's name is one that matters.
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import type { Configuration } from './cfg.js';
import { ItemFlag } from './facts.js';

/** What the attributes above an item say. */
export interface Attributes {
  flags: number;
  /** Paths of derived traits, as written. */
  derives: string[];
  path: string | null;
}

/** Fresh attributes. */
export function noAttributes(): Attributes {
  return { flags: 0, derives: [], path: null };
}

/** What attributes say of the statement or expression behind them. */
export interface StatementAttributes {
  /** It is not there: under no configuration that is assumed, or another statement of its block takes its place. */
  readonly absent: boolean;
  /** It needs features that are off by default. */
  readonly optional: boolean;
  /** The last of its attributes and itself. */
  readonly last: NodeIndex;
}

/** Reads the attributes at `node` and right after it. */
export function statementAttributes(tree: FlatTree, node: NodeIndex, configuration: Configuration): StatementAttributes {
  const { flags, last } = flagsOf(tree, node, configuration);
  const optional = (flags & ItemFlag.Optional) !== 0;
  return { absent: (flags & ItemFlag.Inactive) !== 0 || (optional && hasAlternative(tree, tree.parent[node] as number, configuration)), optional, last };
}

function flagsOf(tree: FlatTree, node: NodeIndex, configuration: Configuration): { readonly flags: number; readonly last: NodeIndex } {
  const attributes = noAttributes();
  const end = tree.next[tree.parent[node] as number] as number;
  let last = node;
  for (let at = node; at < end; at = tree.next[at] as number) {
    last = at;
    if (tree.kind[at] !== RustKind.AttributeItem) break;
    readAttribute(tree, at, attributes, configuration);
  }
  return { flags: attributes.flags, last };
}

/** Whether something in a block is there only while features are off. */
function hasAlternative(tree: FlatTree, block: NodeIndex, configuration: Configuration): boolean {
  for (let child = block + 1, end = tree.next[block] as number; child < end; child = tree.next[child] as number) {
    if (tree.kind[child] === RustKind.AttributeItem && (flagsOf(tree, child, configuration).flags & ItemFlag.Alternative) !== 0) return true;
  }
  return false;
}

/** Adds what one attribute_item or inner_attribute_item says. */
export function readAttribute(tree: FlatTree, node: NodeIndex, into: Attributes, configuration: Configuration): void {
  const attribute = tree.childByKind(node, RustKind.Attribute);
  if (attribute === NO_NODE) return;
  const name = tree.firstChild(attribute);
  if (name === NO_NODE) return;
  const last = tree.kind[name] === RustKind.ScopedIdentifier ? tree.childByField(name, RustField.Name) : name;
  applyAttribute(tree.textOf(last), () => {
    const args = tree.childByField(attribute, RustField.Arguments);
    return args === NO_NODE ? '' : tree.text.slice((tree.start[args] as number) + 1, (tree.end[args] as number) - 1);
  }, () => {
    const value = tree.childByField(attribute, RustField.Value);
    return value === NO_NODE ? '' : tree.textOf(value).replace(/^r?#*"|"#*$/g, '');
  }, into, configuration);
}

function applyAttribute(name: string, argumentsText: () => string, valueText: () => string, into: Attributes, configuration: Configuration): void {
  switch (name) {
    case 'cfg': {
      const verdict = configuration.judge(argumentsText());
      if (!verdict.active) into.flags |= ItemFlag.Inactive;
      if (verdict.test) into.flags |= ItemFlag.Test;
      if (verdict.optional) into.flags |= ItemFlag.Optional;
      if (verdict.alternative) into.flags |= ItemFlag.Alternative;
      break;
    }
    case 'cfg_attr': {
      const text = argumentsText();
      const comma = splitTop(text);
      if (comma < 0 || !configuration.judge(text.slice(0, comma)).active) break;
      for (const part of splitAll(text.slice(comma + 1))) {
        const match = /^\s*([\w:]+)\s*(?:\(([\s\S]*)\)|=\s*"([^"]*)")?\s*$/.exec(part);
        if (match) applyAttribute((match[1] as string).split('::').pop() as string, () => match[2] ?? '', () => match[3] ?? '', into, configuration);
      }
      break;
    }
    case 'derive': case 'derive_const':
      for (const part of splitAll(argumentsText())) if (part.trim() !== '') into.derives.push(part.replace(/\s/g, ''));
      break;
    case 'test': case 'bench': case 'proptest': case 'rstest': case 'quickcheck':
      into.flags |= ItemFlag.Test;
      break;
    case 'path':
      into.path = valueText();
      break;
    case 'macro_use': case 'macro_export':
      into.flags |= ItemFlag.MacroUse;
      break;
    case 'cold':
      into.flags |= ItemFlag.Cold;
      break;
    case 'async_trait':
      into.flags |= ItemFlag.AsyncTrait;
      break;
    case 'fundamental':
      into.flags |= ItemFlag.Fundamental;
      break;
    default:
  }
}

/** Offset of the first comma outside of brackets and strings, or -1. */
function splitTop(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      i++;
      while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
    } else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (c === ',' && depth === 0) return i;
  }
  return -1;
}

function splitAll(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let guard = 0; guard < 1000; guard++) {
    const comma = splitTop(rest);
    if (comma < 0) break;
    parts.push(rest.slice(0, comma));
    rest = rest.slice(comma + 1);
  }
  parts.push(rest);
  return parts;
}
