// What stands in the head of an item: visibility, name, generics, parameters, fields. Written as integer facts; items themselves are in declareFile.ts.
import { ERROR_KIND, NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import { noAttributes, readAttribute, type Attributes } from './attributes.js';
import type { Configuration } from './cfg.js';
import type { CodeWriter } from './codeWriter.js';
import { ItemFlag, PathRoot, TypeCode, Visibility } from './facts.js';
import type { TypeWriter } from './typeWriter.js';
import type { Words } from './words.js';

/** Writes heads of the items of one tree. */
export class HeadWriter {
  constructor(readonly tree: FlatTree, readonly out: CodeWriter, readonly types: TypeWriter, readonly words: Words, readonly configuration: Configuration) {}

  /** A {@link Visibility}. */
  visibility(node: NodeIndex): number {
    const tree = this.tree;
    const modifier = tree.childByKind(node, RustKind.VisibilityModifier);
    if (modifier === NO_NODE) return Visibility.Private;
    const child = tree.firstChild(modifier);
    if (child === NO_NODE) return Visibility.Public;
    const kind = tree.kind[child];
    return kind === RustKind.Crate ? Visibility.Crate : kind === RustKind.Super ? Visibility.Super : kind === RustKind.Self ? Visibility.Private : Visibility.Restricted;
  }

  /** Symbol of an item's name; 0 for none. */
  name(node: NodeIndex): number {
    const name = this.tree.childByField(node, RustField.Name);
    return name === NO_NODE ? 0 : this.words.identifier(this.tree, name, this.words.symbols);
  }

  /** Self kind (0 none, 1 `self`, 2 `&self`, 3 `&mut self`, 4 typed), parameter count, types; the receiver is parameter 0. */
  parameters(node: NodeIndex): void {
    const tree = this.tree;
    const out = this.out;
    const selfKind = out.hole();
    const hole = out.hole();
    const list = tree.childByField(node, RustField.Parameters);
    if (list === NO_NODE) return;
    let count = 0;
    for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
      const kind = tree.kind[child];
      if (kind === RustKind.SelfParameter) {
        const reference = tree.kind[child + 1] === RustKind.Amp;
        const mutable = tree.childByKind(child, RustKind.MutableSpecifier) !== NO_NODE;
        out.fill(selfKind, reference ? (mutable ? 3 : 2) : 1);
        if (reference) {
          out.put(TypeCode.Ref);
          out.put(mutable ? 1 : 0);
        }
        out.put(TypeCode.Path);
        out.put(PathRoot.None);
        out.put(1);
        out.name(this.words.selfType);
        out.put(0);
        count++;
      } else if (kind === RustKind.Parameter) {
        const pattern = tree.childByField(child, RustField.Pattern);
        if (count === 0 && pattern !== NO_NODE && tree.kind[pattern] === RustKind.Self) out.fill(selfKind, 4);
        this.types.type(tree.childByField(child, RustField.Type));
        count++;
      } else if (kind !== RustKind.AttributeItem && kind !== RustKind.VariadicParameter && kind !== ERROR_KIND) {
        this.types.type(child);
        count++;
      }
    }
    out.fill(hole, count);
  }

  /** Parameters, then where-predicates. `derived` adds a bound to every type parameter. */
  generics(node: NodeIndex, derived: (() => void) | null): void {
    const tree = this.tree;
    const out = this.out;
    const count = out.hole();
    const list = tree.childByField(node, RustField.TypeParameters);
    let parameters = 0;
    if (list !== NO_NODE) {
      for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
        const kind = tree.kind[child];
        if (kind === RustKind.TypeParameter || kind === RustKind.ConstParameter) {
          const name = tree.childByField(child, RustField.Name);
          out.name(name === NO_NODE ? 0 : this.words.identifier(tree, name, this.words.symbols));
          const constant = kind === RustKind.ConstParameter;
          out.put(constant ? 1 : 0);
          if (constant) this.types.type(tree.childByField(child, RustField.Type));
          else this.types.bounds(tree.childByField(child, RustField.Bounds));
          const fallback = tree.childByField(child, constant ? RustField.Value : RustField.DefaultType);
          out.put(fallback === NO_NODE ? 0 : 1);
          if (fallback !== NO_NODE) {
            if (constant) this.types.constant(fallback);
            else this.types.type(fallback);
          }
          parameters++;
        } else if (kind === RustKind.TypeIdentifier || kind === RustKind.Metavariable) {
          out.name(this.words.identifier(tree, child, this.words.symbols));
          out.put(0);
          out.put(0);
          out.put(0);
          parameters++;
        }
      }
    }
    out.fill(count, parameters);
    const predicates = out.hole();
    let clauses = 0;
    const where = tree.childByKind(node, RustKind.WhereClause);
    if (where !== NO_NODE) {
      for (let child = where + 1, end = tree.next[where] as number; child < end; child = tree.next[child] as number) {
        if (tree.kind[child] !== RustKind.WherePredicate) continue;
        let left = tree.childByField(child, RustField.Left);
        if (left === NO_NODE || tree.kind[left] === RustKind.Lifetime) continue;
        if (tree.kind[left] === RustKind.HigherRankedTraitBound) left = tree.childByField(left, RustField.Type);
        this.types.type(left);
        this.types.bounds(tree.childByField(child, RustField.Bounds));
        clauses++;
      }
    }
    if (derived !== null && list !== NO_NODE) {
      for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
        if (tree.kind[child] !== RustKind.TypeParameter) continue;
        this.types.type(tree.childByField(child, RustField.Name));
        out.put(1);
        derived();
        clauses++;
      }
    }
    out.fill(predicates, clauses);
  }

  /** Count, then name, visibility and type of each active field. */
  fields(body: NodeIndex): void {
    const tree = this.tree;
    const out = this.out;
    const hole = out.hole();
    if (body === NO_NODE) return;
    let count = 0;
    if (tree.kind[body] === RustKind.OrderedFieldDeclarationList) {
      let visibility = Visibility.Private;
      let attributes: Attributes | null = null;
      for (let child = body + 1, end = tree.next[body] as number; child < end; child = tree.next[child] as number) {
        const kind = tree.kind[child];
        if (kind === RustKind.VisibilityModifier) visibility = Visibility.Public;
        else if (kind === RustKind.AttributeItem) readAttribute(tree, child, (attributes ??= noAttributes()), this.configuration);
        else if (tree.field[child] === RustField.Type) {
          out.name(this.words.symbols.intern(String(count)));
          out.put(visibility);
          this.types.type(child);
          visibility = Visibility.Private;
          attributes = null;
          count++;
        }
      }
    } else {
      let attributes: Attributes | null = null;
      for (let child = body + 1, end = tree.next[body] as number; child < end; child = tree.next[child] as number) {
        if (tree.kind[child] === RustKind.AttributeItem) {
          attributes ??= noAttributes();
          readAttribute(tree, child, attributes, this.configuration);
          continue;
        }
        const inactive = attributes !== null && (attributes.flags & (ItemFlag.Inactive | ItemFlag.Alternative)) !== 0;
        attributes = null;
        if (tree.kind[child] !== RustKind.FieldDeclaration || inactive) continue;
        out.name(this.name(child));
        out.put(this.visibility(child));
        this.types.type(tree.childByField(child, RustField.Type));
        count++;
      }
    }
    out.fill(hole, count);
  }
}
