// Macros in bodies, parsed: the arguments of those that are known by name, what the others make; all of a file's in one synthetic text, appended to
// the file's tree as further nodes. Their offsets are the file's; what only stands in a macro's definition has offsets beyond the file's text. Macros
// inside of macros are done the same way, level by level. Not here: what a macro means.
import { FlatTree, NO_NODE, type NodeIndex } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import { skipOpaque } from './builtinMacros.js';
import type { Expansion } from './macroRules.js';
import { MadeText } from './madeText.js';

/** Parsed arguments of one macro call, or what it makes. */
export interface MacroFragment {
  /** The macro_invocation. */
  readonly macro: NodeIndex;
  /** The block that holds the arguments; its parent is the macro_invocation. */
  readonly root: NodeIndex;
  /** Nodes of the fragment. */
  readonly first: NodeIndex;
  readonly end: NodeIndex;
  /** What the call makes, and whose macro it is; null for its arguments. */
  readonly made: 'own' | 'foreign' | null;
}

/** What a call of a macro makes whose definition is at hand. */
export interface MadeByMacro extends Expansion {
  /** Whether another crate defines the macro. */
  readonly foreign: boolean;
}

/** Makes what a macro call stands for; null for macros that are known by name, and for those that cannot be found or do not match. */
export type MacroExpander = (name: string, input: string, at: number) => MadeByMacro | null;

/** A file's tree with the arguments of its macros. */
export interface ExpandedTree {
  readonly tree: FlatTree;
  /** Number of nodes of the file itself. */
  readonly fileCount: number;
  /** Length of the file's own text: nodes that start there or later are written in no file. */
  readonly written: number;
  /** By macro node. */
  readonly fragments: ReadonlyMap<NodeIndex, MacroFragment>;
}

const MAX_LEVELS = 5;
/** Macros whose arguments are read even where a part of them is broken. */
const LISTS = new Set(['format', 'println', 'print', 'eprintln', 'eprint', 'write', 'writeln', 'panic', 'assert', 'assert_eq', 'assert_ne', 'debug_assert', 'debug_assert_eq', 'debug_assert_ne', 'anyhow', 'bail', 'ensure', 'todo',
  'unimplemented', 'unreachable', 'dbg', 'concat', 'format_args', 'vec', 'join', 'try_join', 'pin', 'trace', 'debug', 'info', 'warn', 'error', 'event', 'span', 'log', 'try', 'ready', 'matches', 'select', 'json']);
const LOGS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'event', 'span', 'log', 'trace_span', 'debug_span', 'info_span', 'warn_span', 'error_span']);

/** The tree with its macros; the tree itself when there are none or nothing can parse them. */
export function expandTree(tree: FlatTree, parse: ((text: string) => FlatTree | null) | null, expand: MacroExpander | null = null): ExpandedTree {
  const fragments = new Map<NodeIndex, MacroFragment>();
  const made = new MadeText(tree.text);
  let expanded = tree;
  let from = 0;
  let to = tree.count;
  let broken: NodeIndex[] = [];
  if (parse !== null) {
    for (let level = 0; level < MAX_LEVELS; level++) {
      const macros: NodeIndex[] = [];
      const { kind, parent, count } = expanded;
      for (let node = from; node < to; node++) {
        if (kind[node] !== RustKind.MacroInvocation) continue;
        let up = parent[node] as number;
        if (kind[up] === RustKind.ExpressionStatement) up = parent[up] as number;
        if (kind[up] === RustKind.SourceFile || kind[up] === RustKind.DeclarationList) continue;
        macros.push(node);
      }
      if (macros.length === 0 && broken.length === 0) break;
      from = count;
      const batch = new Batch(expanded, made);
      for (const macro of macros) batch.add(macro, expand);
      for (const macro of broken) batch.add(macro, null);
      const next = batch.parse(parse, fragments);
      if (next === null) break;
      ({ tree: expanded, broken } = next);
      to = expanded.count;
    }
  }
  return { tree: expanded, fileCount: tree.count, written: tree.text.length, fragments };
}

/** Fragments inside of a range of nodes, those nested in them included, adjoining ones merged to ranges. */
export function macroRanges(expanded: ExpandedTree, first: NodeIndex, end: NodeIndex): { first: NodeIndex; end: NodeIndex }[] {
  const ranges: { first: NodeIndex; end: NodeIndex }[] = [];
  if (expanded.fragments.size === 0) return ranges;
  const { kind } = expanded.tree;
  const visit = (from: NodeIndex, to: NodeIndex): void => {
    for (let node = from; node < to; node++) {
      if (kind[node] !== RustKind.MacroInvocation) continue;
      const fragment = expanded.fragments.get(node);
      if (fragment !== undefined) ranges.push({ first: fragment.first, end: fragment.end });
    }
  };
  visit(first, end);
  for (let i = 0; i < ranges.length && i < 100_000; i++) visit((ranges[i] as { first: number }).first, (ranges[i] as { end: number }).end);
  ranges.sort((a, b) => a.first - b.first);
  const merged: { first: NodeIndex; end: NodeIndex }[] = [];
  for (const range of ranges) {
    const last = merged[merged.length - 1];
    if (last !== undefined && last.end === range.first) last.end = range.end;
    else merged.push(range);
  }
  return merged;
}

/** Macros of one level, parsed together. */
class Batch {
  readonly #parts: string[] = [];
  readonly #owners: NodeIndex[] = [];
  readonly #starts: number[] = []; // of each fragment in the synthetic text
  readonly #bodies: number[] = []; // of its own text there
  readonly #sources: number[] = []; // of that text in the tree's
  readonly #limits: number[] = [];
  readonly #made: MacroFragment['made'][] = [];
  #size = 0;

  constructor(private readonly tree: FlatTree, private readonly text: MadeText) {}

  /** Adds what a macro makes, else its arguments. */
  add(macro: NodeIndex, expand: MacroExpander | null): void {
    const { tree } = this;
    const list = tree.childByKind(macro, RustKind.TokenTree);
    if (list === NO_NODE) return;
    const from = (tree.start[list] as number) + 1;
    const to = (tree.end[list] as number) - 1;
    if (to < from) return;
    const name = macroName(tree, macro);
    const input = tree.text.slice(from, to);
    const made = expand === null ? null : expand(name, input, tree.start[macro] as number);
    if (made !== null) {
      const source = this.text.add(made, from);
      this.#push(macro, ['fn _(){', made.text, '}\n'], source, source + made.text.length, made.foreign ? 'foreign' : 'own');
    } else if (to > from) this.#push(macro, wrap(name, input), from, to, null);
  }

  #push(macro: NodeIndex, [prefix, body, suffix]: readonly [string, string, string], from: number, to: number, made: MacroFragment['made']): void {
    this.#owners.push(macro);
    this.#starts.push(this.#size);
    this.#bodies.push(this.#size + prefix.length);
    this.#sources.push(from);
    this.#limits.push(to);
    this.#made.push(made);
    this.#parts.push(prefix, body, suffix);
    this.#size += prefix.length + body.length + suffix.length;
  }

  /** The tree with the fragments, and the macros of which nothing can be read that they make; null when there is nothing to add. */
  parse(parse: (text: string) => FlatTree | null, fragments: Map<NodeIndex, MacroFragment>): { readonly tree: FlatTree; readonly broken: NodeIndex[] } | null {
    const side = this.#owners.length === 0 ? null : parse(this.#parts.join(''));
    if (side === null) return null;
    const { tree } = this;
    const base = tree.count - 1; // the side tree's own root is left out
    const total = tree.count + side.count - 1;
    const kind = grow(Uint16Array, tree.kind, total);
    const field = grow(Uint8Array, tree.field, total);
    const start = grow(Uint32Array, tree.start, total);
    const end = grow(Uint32Array, tree.end, total);
    const parent = grow(Int32Array, tree.parent, total);
    const next = grow(Uint32Array, tree.next, total);
    let fragment = 0;
    for (let i = 1; i < side.count; i++) {
      const at = base + i;
      const position = side.start[i] as number;
      fragment = this.#fragmentAt(position, fragment);
      const delta = (this.#sources[fragment] as number) - (this.#bodies[fragment] as number);
      const low = this.#sources[fragment] as number;
      const high = this.#limits[fragment] as number;
      const from = Math.min(Math.max(position + delta, low), high);
      const to = Math.min(Math.max((side.end[i] as number) + delta, low), high);
      this.text.place(from, to);
      kind[at] = side.kind[i] as number;
      field[at] = side.field[i] as number;
      start[at] = this.text.start;
      end[at] = this.text.end;
      parent[at] = (side.parent[i] as number) <= 0 ? -1 : base + (side.parent[i] as number);
      next[at] = base + (side.next[i] as number);
    }
    const errors = new Uint32Array(tree.errors.length + side.errors.length);
    errors.set(tree.errors);
    for (let i = 0; i < side.errors.length; i++) errors[tree.errors.length + i] = base + (side.errors[i] as number);
    const broken: NodeIndex[] = [];
    fragment = 0;
    for (let i = 1; i < side.count; i = side.next[i] as number) {
      if (side.kind[i] !== RustKind.FunctionItem) continue;
      fragment = this.#fragmentAt(side.start[i] as number, fragment);
      const macro = this.#owners[fragment] as number;
      const made = this.#made[fragment] as MacroFragment['made'];
      const body = side.childByField(i, RustField.Body);
      if (body === NO_NODE || fragments.has(macro)) continue;
      if (side.hasError(i) && (made !== null || !LISTS.has(macroName(tree, macro)))) {
        if (made !== null) broken.push(macro);
        continue;
      }
      parent[base + body] = macro;
      fragments.set(macro, { macro, root: base + body, first: base + i, end: base + (side.next[i] as number), made });
    }
    return { tree: new FlatTree({ count: total, kind, field, start, end, parent, next, errors, comments: tree.comments }, this.text.text), broken };
  }

  #fragmentAt(position: number, near: number): number {
    const starts = this.#starts;
    let fragment = near;
    while (fragment + 1 < starts.length && (starts[fragment + 1] as number) <= position) fragment++;
    while (fragment > 0 && (starts[fragment] as number) > position) fragment--;
    return fragment;
  }
}

/** Last segment of a macro's path. */
export function macroName(tree: FlatTree, macro: NodeIndex): string {
  const path = tree.childByField(macro, RustField.Macro);
  if (path === NO_NODE) return '';
  const last = tree.kind[path] === RustKind.ScopedIdentifier ? tree.childByField(path, RustField.Name) : path;
  return last === NO_NODE ? '' : tree.textOf(last);
}

/** What stands before, in place of, and after the argument text; the middle keeps its length. */
function wrap(name: string, text: string): readonly [string, string, string] {
  if (name === 'vec') return ['fn _(){[', text, ']}\n'];
  if (name === 'matches' || name === 'assert_matches') {
    const comma = topLevelComma(text);
    if (comma >= 0) return ['fn _(){match ', `${text.slice(0, comma)}{${trimComma(text.slice(comma + 1))}`, '=>{}}}\n'];
  }
  if (name === 'json') return ['fn _(){(', text.replace(/[{}:]/g, (c, at: number) => (insideString(text, at) ? c : c === '{' ? '[' : c === '}' ? ']' : text[at + 1] === ':' || text[at - 1] === ':' ? c : ',')), ')}\n'];
  if (name === 'select') return ['fn _(){', selectArms(text), '}\n'];
  if (LOGS.has(name)) return ['fn _(){(', text.replace(/(^|[,=(]\s*)([?%])(?=[\w&(*])/g, '$1 ').replace(/\b(target|parent|name)\s*:(?!:)/g, (m) => `${m.slice(0, -1)}=`), ')}\n'];
  if (!LISTS.has(name) && hasArm(text)) return ['fn _(){', selectArms(text).replace(/(^|;)(\s*)(?:mut|ref)(?=\s)/g, '$1$2   '), '}\n'];
  if (!LISTS.has(name) && hasStatements(text)) return ['fn _(){', text, '}\n'];
  return ['fn _(){(', text, ')}\n'];
}

/** `a = fut => body` as `a = fut ; body`-like statements of the same length: `=>` becomes `; `. Guards after the future stay with it. */
function selectArms(text: string): string {
  const out = text.split('');
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (depth === 0 && c === '=' && text[i + 1] === '>') {
      out[i] = ';';
      out[i + 1] = ' ';
      i++;
    } else if (depth === 0 && c === ',') out[i] = ';';
    else i = skipOpaque(text, i);
  }
  return out.join('').replace(/\b(biased|else|default|complete)\s*;/g, (m) => ' '.repeat(m.length - 1) + ';');
}

function hasStatements(text: string): boolean {
  return hasTopLevel(text, (at) => text.charCodeAt(at) === 59);
}

/** Whether there is a `=>` outside of brackets: what stands around it is an expression or a pattern. */
function hasArm(text: string): boolean {
  return hasTopLevel(text, (at) => text.charCodeAt(at) === 61 && text.charCodeAt(at + 1) === 62);
}

function hasTopLevel(text: string, isWanted: (at: number) => boolean): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40 || c === 91 || c === 123) depth++;
    else if (c === 41 || c === 93 || c === 125) depth--;
    else if (depth === 0 && isWanted(i)) return true;
    else i = skipOpaque(text, i);
  }
  return false;
}

function topLevelComma(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40 || c === 91 || c === 123) depth++;
    else if (c === 41 || c === 93 || c === 125) depth--;
    else if (depth === 0 && c === 44) return i;
    else i = skipOpaque(text, i);
  }
  return -1;
}

function trimComma(text: string): string {
  return text.replace(/,(\s*)$/, ' $1');
}

function insideString(text: string, at: number): boolean {
  for (let i = 0; i < at; i++) {
    const end = skipOpaque(text, i);
    if (end >= at && end > i) return true;
    i = end;
  }
  return false;
}

interface Growable extends ArrayLike<number> { set(from: ArrayLike<number>): void }

/** A column with room for `length` nodes: the same one where it has that already, else a copy with room for what macros inside of macros make. */
function grow<T extends Growable>(make: new (length: number) => T, from: T, length: number): T {
  if (from.length >= length) return from;
  const larger = new make(length + (length >> 3));
  larger.set(from);
  return larger;
}
