// Stage 1: the facts of one file. One walk over items; bodies are only searched for items inside them. Pure: nothing is resolved.
import { ERROR_KIND, NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { settleAlternatives } from './alternatives.js';
import { noAttributes, readAttribute, type Attributes } from './attributes.js';
import { STATIC_MACROS } from './builtinMacros.js';
import { derivedTraits, derivesConversions } from '../models/derives.js';
import { Configuration } from './cfg.js';
import { CodeWriter } from './codeWriter.js';
import { ItemFlag, ItemKind, PathRoot, TypeCode, Visibility, type DeclaredFile } from './facts.js';
import { HeadWriter } from './headWriter.js';
import { integerValue } from './literals.js';
import { macroName } from './macroTree.js';
import { TypeWriter } from './typeWriter.js';
import { UseWriter } from './useWriter.js';
import { Words } from './words.js';

const MAX_DEPTH = 100;
const ITEM = itemKinds();

/** Declares files of one symbol table. Not re-entrant. */
export class Declarer {
  readonly #out: CodeWriter;
  readonly #words: Words;
  readonly #nodes: number[] = [];
  #types: TypeWriter;
  #heads: HeadWriter;
  #tree: FlatTree;
  #root: NodeIndex = 0; // other than 0: its children are members of a trait or an impl
  #depth = 0;
  #configuration = Configuration.everything;

  constructor(readonly symbols: SymbolTable, words?: Words) {
    this.#words = words ?? new Words(symbols);
    this.#out = new CodeWriter(symbols);
    this.#tree = undefined as unknown as FlatTree;
    this.#types = undefined as unknown as TypeWriter;
    this.#heads = undefined as unknown as HeadWriter;
  }

  /**
   * Facts of a whole file, or of the children of `root` in it (an impl's body that a macro made). Item 0 is a module that stands for the file.
   * `flags` are given to every item.
   */
  declare(tree: FlatTree, root: NodeIndex = 0, flags = 0, configuration = Configuration.everything): DeclaredFile {
    [this.#tree, this.#root] = [tree, root];
    this.#configuration = configuration;
    this.#types = new TypeWriter(tree, this.#out, this.#words);
    this.#heads = new HeadWriter(tree, this.#out, this.#types, this.#words, configuration);
    this.#nodes.length = 0;
    this.#depth = 0;
    const attributes = noAttributes();
    attributes.flags = flags;
    for (let child = root + 1, end = tree.next[root] as number; child < end; child = tree.next[child] as number) {
      if (tree.kind[child] === RustKind.InnerAttributeItem) readAttribute(tree, child, attributes, this.#configuration);
    }
    const self = this.#open(ItemKind.Module, root, attributes.flags, Visibility.Public, 0, -1);
    this.#close(self);
    this.#items(root, self, attributes.flags & INHERITED);
    const nodes = Int32Array.from(this.#nodes);
    const facts = this.#out.finish();
    settleAlternatives(facts);
    return { facts, nodes, problems: [] };
  }

  #open(kind: ItemKind, node: NodeIndex, flags: number, visibility: number, name: number, parent: number): number {
    const out = this.#out;
    const ordinal = out.item();
    this.#nodes.push(node);
    out.put(kind);
    out.put(0);
    out.put(flags);
    out.put(visibility);
    out.name(name);
    out.put(parent);
    return ordinal;
  }

  #close(ordinal: number): void {
    const start = this.#out.itemOffset(ordinal);
    this.#out.fill(start + 1, this.#out.size - start);
  }

  #items(root: NodeIndex, parent: number, inherited: number): void {
    if (this.#depth > MAX_DEPTH) return;
    this.#depth++;
    const tree = this.#tree;
    let attributes: Attributes | null = null;
    for (let child = root + 1, end = tree.next[root] as number; child < end; child = tree.next[child] as number) {
      const kind = tree.kind[child] as number;
      if (kind === RustKind.AttributeItem) {
        attributes ??= noAttributes();
        readAttribute(tree, child, attributes, this.#configuration);
        continue;
      }
      if (kind === ERROR_KIND) {
        this.#items(child, parent, inherited);
        continue;
      }
      this.#item(child, kind, parent, inherited, attributes ?? NONE);
      attributes = null;
    }
    this.#depth--;
  }

  #item(node: NodeIndex, kind: number, parent: number, inherited: number, attributes: Attributes): void {
    const tree = this.#tree;
    const out = this.#out;
    const flags = inherited | attributes.flags;
    switch (kind) {
      case RustKind.ModItem: {
        const body = tree.childByField(node, RustField.Body);
        const self = this.#open(ItemKind.Module, node, body === NO_NODE ? flags | ItemFlag.External : flags, this.#heads.visibility(node), this.#heads.name(node), parent);
        if (attributes.path === null) out.put(-1);
        else out.name(this.symbols.intern(attributes.path));
        this.#close(self);
        if (body !== NO_NODE) this.#items(body, self, flags & INHERITED);
        return;
      }
      case RustKind.StructItem: case RustKind.UnionItem: {
        const body = tree.childByField(node, RustField.Body);
        const shape = body === NO_NODE ? ItemFlag.UnitLike : tree.kind[body] === RustKind.OrderedFieldDeclarationList ? ItemFlag.TupleLike : 0;
        const self = this.#open(kind === RustKind.StructItem ? ItemKind.Struct : ItemKind.Union, node, flags | shape, this.#heads.visibility(node), this.#heads.name(node), parent);
        this.#heads.generics(node, null);
        this.#heads.fields(body);
        this.#close(self);
        this.#derives(node, parent, flags, attributes);
        return;
      }
      case RustKind.EnumItem: {
        const self = this.#open(ItemKind.Enum, node, flags, this.#heads.visibility(node), this.#heads.name(node), parent);
        this.#heads.generics(node, null);
        this.#close(self);
        const body = tree.childByField(node, RustField.Body);
        if (body !== NO_NODE) this.#variants(body, self);
        this.#derives(node, parent, flags, attributes);
        return;
      }
      case RustKind.TraitItem: {
        const self = this.#open(ItemKind.Trait, node, flags, this.#heads.visibility(node), this.#heads.name(node), parent);
        this.#heads.generics(node, null);
        this.#types.bounds(tree.childByField(node, RustField.Bounds));
        this.#close(self);
        const body = tree.childByField(node, RustField.Body);
        if (body !== NO_NODE) this.#items(body, self, flags & (INHERITED | ItemFlag.AsyncTrait));
        return;
      }
      case RustKind.ImplItem: {
        const negative = tree.childByKind(node, RustKind.Bang) !== NO_NODE;
        const self = this.#open(ItemKind.Impl, node, negative ? flags | ItemFlag.Negative : flags, Visibility.Public, 0, parent);
        this.#heads.generics(node, null);
        const trait = tree.childByField(node, RustField.Trait);
        out.put(trait === NO_NODE ? 0 : 1);
        if (trait !== NO_NODE) this.#types.bound(trait);
        this.#types.type(tree.childByField(node, RustField.Type));
        this.#close(self);
        const body = tree.childByField(node, RustField.Body);
        if (body !== NO_NODE) this.#items(body, self, flags & (INHERITED | ItemFlag.AsyncTrait));
        return;
      }
      case RustKind.FunctionItem: case RustKind.FunctionSignatureItem:
        this.#function(node, parent, flags);
        return;
      case RustKind.ConstItem: case RustKind.StaticItem: {
        const value = tree.childByField(node, RustField.Value);
        const special = kind === RustKind.StaticItem && tree.childByKind(node, RustKind.MutableSpecifier) !== NO_NODE ? ItemFlag.Special : 0;
        const self = this.#open(kind === RustKind.ConstItem ? ItemKind.Const : ItemKind.Static, node, flags | special | (value === NO_NODE ? 0 : ItemFlag.HasBody), this.#heads.visibility(node), this.#heads.name(node), parent);
        this.#types.type(tree.childByField(node, RustField.Type));
        const known = value === NO_NODE ? null : integerValue(tree, value);
        out.put(known ?? -1);
        this.#close(self);
        // `const _: () = { impl Trait for Type { … } };`
        if (value !== NO_NODE && tree.kind[value] === RustKind.Block) this.#body(value + 1, tree.next[value] as number, self, flags & INHERITED);
        return;
      }
      case RustKind.TypeItem: case RustKind.AssociatedType: {
        const inTrait = parent >= 0 && this.#isMemberList(parent);
        const self = this.#open(inTrait ? ItemKind.AssocType : ItemKind.TypeAlias, node, flags, this.#heads.visibility(node), this.#heads.name(node), parent);
        this.#heads.generics(node, null);
        if (inTrait) {
          let bounds = tree.childByField(node, RustField.Bounds);
          // the grammar knows no default next to bounds: `type I: Bound = Type;` leaves the bounds in an error node
          if (bounds === NO_NODE) {
            const error = tree.childByKind(node, ERROR_KIND);
            if (error !== NO_NODE) bounds = tree.childByKind(error, RustKind.TraitBounds);
          }
          this.#types.bounds(bounds);
        }
        const type = tree.childByField(node, RustField.Type);
        out.put(type === NO_NODE ? 0 : 1);
        if (type !== NO_NODE) this.#types.type(type);
        this.#close(self);
        return;
      }
      case RustKind.UseDeclaration: {
        const self = this.#open(ItemKind.Use, node, flags, this.#heads.visibility(node), 0, parent);
        new UseWriter(tree, out, this.#words).write(tree.childByField(node, RustField.Argument));
        this.#close(self);
        return;
      }
      case RustKind.ExternCrateDeclaration: {
        const name = tree.childByField(node, RustField.Name);
        const alias = tree.childByField(node, RustField.Alias);
        const symbol = name === NO_NODE ? 0 : this.#words.identifier(tree, name, this.symbols);
        const self = this.#open(ItemKind.ExternCrate, node, flags, this.#heads.visibility(node), alias === NO_NODE ? symbol : this.#words.identifier(tree, alias, this.symbols), parent);
        out.name(symbol);
        this.#close(self);
        return;
      }
      case RustKind.ForeignModItem: {
        const body = tree.childByField(node, RustField.Body);
        if (body !== NO_NODE) this.#items(body, parent, flags & INHERITED);
        return;
      }
      case RustKind.MacroDefinition: {
        const self = this.#open(ItemKind.MacroRules, node, flags, this.#heads.visibility(node), this.#heads.name(node), parent);
        this.#close(self);
        return;
      }
      case RustKind.ExpressionStatement: {
        const inner = tree.firstChild(node);
        if (inner !== NO_NODE && tree.kind[inner] === RustKind.MacroInvocation) this.#macroCall(inner, parent, flags);
        return;
      }
      case RustKind.MacroInvocation:
        this.#macroCall(node, parent, flags);
        return;
      default:
    }
  }

  #macroCall(node: NodeIndex, parent: number, flags: number): void {
    const name = this.#tree.childByField(node, RustField.Macro);
    if (name === NO_NODE) return;
    const last = this.#tree.kind[name] === RustKind.ScopedIdentifier ? this.#tree.childByField(name, RustField.Name) : name;
    const self = this.#open(ItemKind.MacroCall, node, flags, Visibility.Private, this.#words.identifier(this.#tree, last, this.symbols), parent);
    this.#close(self);
  }

  #function(node: NodeIndex, parent: number, inherited: number): void {
    const tree = this.#tree;
    const out = this.#out;
    let flags = inherited;
    const body = tree.childByField(node, RustField.Body);
    if (body !== NO_NODE) flags |= ItemFlag.HasBody;
    const modifiers = tree.childByKind(node, RustKind.FunctionModifiers);
    if (modifiers !== NO_NODE) {
      for (let child = modifiers + 1, end = tree.next[modifiers] as number; child < end; child = tree.next[child] as number) {
        const kind = tree.kind[child];
        if (kind === RustKind.TokenAsync) flags |= ItemFlag.Async;
        else if (kind === RustKind.TokenUnsafe) flags |= ItemFlag.Unsafe;
        else if (kind === RustKind.TokenConst) flags |= ItemFlag.Const;
      }
    }
    const result = tree.childByField(node, RustField.ReturnType);
    if (result !== NO_NODE && tree.kind[result] === RustKind.NeverType) flags |= ItemFlag.Cold;
    const self = this.#open(ItemKind.Function, node, flags, this.#heads.visibility(node), this.#heads.name(node), parent);
    this.#heads.generics(node, null);
    this.#heads.parameters(node);
    if (result === NO_NODE) {
      out.put(TypeCode.Tuple);
      out.put(0);
    } else this.#types.type(result);
    this.#close(self);
    if (body !== NO_NODE) this.#body(body + 1, tree.next[body] as number, self, inherited & INHERITED);
  }

  /** Items inside of a body: each block that holds some becomes a scope. */
  #body(first: NodeIndex, end: NodeIndex, parent: number, inherited: number): void {
    const tree = this.#tree;
    const { kind } = tree;
    if (this.#depth > MAX_DEPTH) return;
    for (let node = first; node < end; node++) {
      if (ITEM[kind[node] as number] !== 1 && !this.#declaresStatics(node)) continue;
      let block = tree.parent[node] as number;
      if (kind[block] === RustKind.ExpressionStatement) block = tree.parent[block] as number;
      if (kind[block] !== RustKind.Block) continue;
      this.#depth++;
      const self = this.#open(ItemKind.BlockScope, block, inherited, Visibility.Private, 0, parent);
      this.#close(self);
      const blockEnd = tree.next[block] as number;
      let attributes: Attributes | null = null;
      for (let child = block + 1; child < blockEnd; child = tree.next[child] as number) {
        const childKind = kind[child] as number;
        if (childKind === RustKind.AttributeItem) {
          attributes ??= noAttributes();
          readAttribute(tree, child, attributes, this.#configuration);
          continue;
        }
        if (ITEM[childKind] === 1 || this.#declaresStatics(childKind === RustKind.ExpressionStatement ? child + 1 : child)) this.#item(child, childKind, self, inherited, attributes ?? NONE);
        else this.#body(child, tree.next[child] as number, self, inherited);
        attributes = null;
      }
      this.#depth--;
      node = blockEnd - 1;
    }
  }

  /** Whether a node is a macro that stands for statics wherever it stands: `thread_local!` and its like. */
  #declaresStatics(node: NodeIndex): boolean {
    return this.#tree.kind[node] === RustKind.MacroInvocation && STATIC_MACROS.has(macroName(this.#tree, node));
  }

  #isMemberList(parent: number): boolean {
    const kind = this.#out.code[this.#out.itemOffset(parent)];
    return kind === ItemKind.Trait || kind === ItemKind.Impl || (parent === 0 && this.#root !== 0);
  }

  #variants(body: NodeIndex, parent: number): void {
    const tree = this.#tree;
    let attributes: Attributes | null = null;
    for (let child = body + 1, end = tree.next[body] as number; child < end; child = tree.next[child] as number) {
      if (tree.kind[child] === RustKind.AttributeItem) {
        attributes ??= noAttributes();
        readAttribute(tree, child, attributes, this.#configuration);
        continue;
      }
      if (tree.kind[child] === RustKind.EnumVariant) {
        const fields = tree.childByField(child, RustField.Body);
        const shape = fields === NO_NODE ? ItemFlag.UnitLike : tree.kind[fields] === RustKind.OrderedFieldDeclarationList ? ItemFlag.TupleLike : 0;
        const self = this.#open(ItemKind.Variant, child, (attributes?.flags ?? 0) | shape, Visibility.Public, this.#heads.name(child), parent);
        this.#heads.fields(fields);
        this.#close(self);
      }
      attributes = null;
    }
  }

  /** An impl without members for each derived trait. */
  #derives(node: NodeIndex, parent: number, flags: number, attributes: Attributes): void {
    for (const derive of attributes.derives) {
      for (const path of derivedTraits(derive)) this.#derived(node, parent, flags, path, NO_NODE);
      if (derivesConversions(derive)) this.#conversions(node, parent, flags);
    }
  }

  /** An impl of `From` for each field that an attribute `#[from]` marks. */
  #conversions(item: NodeIndex, parent: number, flags: number): void {
    const { kind, next, field } = this.#tree;
    const body = this.#tree.childByField(item, RustField.Body);
    if (body === NO_NODE) return;
    for (let node = body + 1, end = next[body] as number; node < end; node++) {
      if (kind[node] !== RustKind.AttributeItem || !/^#\[\s*from\b/.test(this.#tree.textOf(node))) continue;
      let marked = next[node] as number;
      while (marked < end && (kind[marked] === RustKind.AttributeItem || kind[marked] === RustKind.VisibilityModifier)) marked = next[marked] as number;
      if (marked >= end) return;
      const type = kind[marked] === RustKind.FieldDeclaration ? this.#tree.childByField(marked, RustField.Type) : field[marked] === (RustField.Type as number) ? marked : NO_NODE;
      if (type !== NO_NODE) this.#derived(item, parent, flags, '::std::convert::From', type);
    }
  }

  /** One such impl; `argument` is the type node of the trait's argument. */
  #derived(node: NodeIndex, parent: number, flags: number, path: string, argument: NodeIndex): void {
    const tree = this.#tree;
    const out = this.#out;
    const self = this.#open(ItemKind.Impl, node, flags | ItemFlag.Derived, Visibility.Public, 0, parent);
    const segments = path.replace(/^::/, '').split('::');
    const bound = (): void => {
      out.put(TypeCode.Bound);
      out.put(path.startsWith('::') ? PathRoot.Extern : segments[0] === 'crate' ? PathRoot.Crate : PathRoot.None);
      const rest = segments[0] === 'crate' ? segments.slice(1) : segments;
      out.put(rest.length);
      rest.forEach((segment, at) => {
        out.name(this.symbols.intern(segment));
        out.put(argument !== NO_NODE && at === rest.length - 1 ? 1 : 0);
      });
      if (argument !== NO_NODE) this.#types.type(argument);
    };
    this.#heads.generics(node, argument === NO_NODE ? bound : null);
    out.put(1);
    bound();
    out.put(TypeCode.Path);
    out.put(PathRoot.None);
    out.put(1);
    out.name(this.#heads.name(node));
    const list = tree.childByField(node, RustField.TypeParameters);
    const hole = out.hole();
    let count = 0;
    if (list !== NO_NODE) {
      for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
        if (tree.kind[child] !== RustKind.TypeParameter && tree.kind[child] !== RustKind.ConstParameter) continue;
        this.#types.type(tree.childByField(child, RustField.Name));
        count++;
      }
    }
    out.fill(hole, count);
    this.#close(self);
  }
}

const NONE: Attributes = noAttributes();
const INHERITED = ItemFlag.Inactive | ItemFlag.Test | ItemFlag.Expanded;

function itemKinds(): Uint8Array {
  const table = new Uint8Array(1 << 16);
  for (const kind of [RustKind.ModItem, RustKind.StructItem, RustKind.UnionItem, RustKind.EnumItem, RustKind.TraitItem, RustKind.ImplItem, RustKind.FunctionItem, RustKind.FunctionSignatureItem, RustKind.ConstItem,
    RustKind.StaticItem, RustKind.TypeItem, RustKind.UseDeclaration, RustKind.ExternCrateDeclaration, RustKind.ForeignModItem, RustKind.MacroDefinition]) table[kind] = 1;
  return table;
}
