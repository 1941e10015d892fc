// From type syntax to type expressions of FileFacts. Unreadable parts become TypeCode.Infer; nothing is resolved.
import type { FlatTree, NodeIndex } from '../../../syntax/flatTree.js';
import { NO_NODE } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import type { CodeWriter } from './codeWriter.js';
import { PathRoot, TypeCode } from './facts.js';
import { integerValue } from './literals.js';
import type { Words } from './words.js';

const MAX_DEPTH = 120;

const UNDERSCORE = 95;

/** Writes type expressions of one tree. */
export class TypeWriter {
  #depth = 0;

  constructor(readonly tree: FlatTree, readonly out: CodeWriter, readonly words: Words) {}

  /** Writes the type at `node`; NO_NODE and what is no type write `Infer`. */
  type(node: NodeIndex): void {
    if (node === NO_NODE || this.#depth > MAX_DEPTH) {
      this.out.put(TypeCode.Infer);
      return;
    }
    this.#depth++;
    this.#type(node);
    this.#depth--;
  }

  #type(node: NodeIndex): void {
    const { tree, out } = this;
    // `_` is a type identifier to the grammar
    if ((tree.end[node] as number) - (tree.start[node] as number) === 1 && tree.text.charCodeAt(tree.start[node] as number) === UNDERSCORE) {
      out.put(TypeCode.Infer);
      return;
    }
    switch (tree.kind[node]) {
      case RustKind.TypeIdentifier: case RustKind.Identifier: case RustKind.PrimitiveType: case RustKind.Metavariable: case RustKind.ScopedTypeIdentifier: case RustKind.ScopedIdentifier:
      case RustKind.GenericType: case RustKind.GenericTypeWithTurbofish: case RustKind.Self: case RustKind.Crate: case RustKind.Super: case RustKind.GenericFunction:
        this.pathType(node);
        return;
      case RustKind.ReferenceType: case RustKind.PointerType:
        out.put(tree.kind[node] === RustKind.ReferenceType ? TypeCode.Ref : TypeCode.Ptr);
        out.put(tree.childByKind(node, RustKind.MutableSpecifier) !== NO_NODE ? 1 : 0);
        this.type(tree.childByField(node, RustField.Type));
        return;
      case RustKind.ArrayType: {
        const length = tree.childByField(node, RustField.Length);
        out.put(length === NO_NODE ? TypeCode.Slice : TypeCode.Array);
        this.type(tree.childByField(node, RustField.Element));
        if (length !== NO_NODE) this.constant(length);
        return;
      }
      case RustKind.TupleType: case RustKind.UnitType: {
        const only = tree.firstChild(node);
        // `&(dyn Trait + Send)`: brackets around one type, without a comma, are no tuple
        if (only !== NO_NODE && tree.nextSibling(only) === NO_NODE && !tree.text.slice(tree.end[only], tree.end[node]).includes(',')) {
          this.type(only);
          return;
        }
        out.put(TypeCode.Tuple);
        const hole = out.hole();
        let count = 0;
        for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
          this.type(child);
          count++;
        }
        out.fill(hole, count);
        return;
      }
      case RustKind.NeverType:
        out.put(TypeCode.Never);
        return;
      case RustKind.BracketedType:
        this.type(tree.firstChild(node));
        return;
      case RustKind.FunctionType: {
        const trait = tree.childByField(node, RustField.Trait);
        if (trait !== NO_NODE) {
          out.put(TypeCode.Dyn);
          out.put(1);
          this.bound(node);
          return;
        }
        out.put(TypeCode.FnPtr);
        this.#functionParameters(node);
        const result = tree.childByField(node, RustField.ReturnType);
        if (result === NO_NODE) this.#unit();
        else this.type(result);
        return;
      }
      case RustKind.DynamicType: case RustKind.AbstractType:
        out.put(tree.kind[node] === RustKind.DynamicType ? TypeCode.Dyn : TypeCode.Impl);
        out.put(1);
        this.bound(tree.childByField(node, RustField.Trait));
        return;
      case RustKind.BoundedType: {
        let code = TypeCode.Dyn;
        const bounds: NodeIndex[] = [];
        const collect = (at: NodeIndex): void => {
          if (tree.kind[at] === RustKind.BoundedType) for (let child = at + 1, end = tree.next[at] as number; child < end; child = tree.next[child] as number) collect(child);
          else bounds.push(at);
        };
        collect(node);
        const first = bounds[0] ?? NO_NODE;
        if (first !== NO_NODE && (tree.kind[first] === RustKind.AbstractType || tree.kind[first] === RustKind.DynamicType)) {
          if (tree.kind[first] === RustKind.AbstractType) code = TypeCode.Impl;
          bounds[0] = tree.childByField(first, RustField.Trait);
        }
        out.put(code);
        out.put(bounds.length);
        for (const bound of bounds) this.bound(bound);
        return;
      }
      case RustKind.MacroInvocation:
        out.put(TypeCode.Macro);
        return;
      case RustKind.IntegerLiteral: case RustKind.BooleanLiteral: case RustKind.CharLiteral: case RustKind.Block: case RustKind.NegativeLiteral: case RustKind.BinaryExpression:
        this.constant(node);
        return;
      default:
        out.put(TypeCode.Infer);
    }
  }

  /** A constant in type position: its value, or the path that names it. */
  constant(node: NodeIndex): void {
    const { tree, out } = this;
    let at = node;
    while (tree.kind[at] === RustKind.Block && tree.childCount(at) === 1) at = tree.firstChild(at);
    switch (tree.kind[at]) {
      case RustKind.Identifier: case RustKind.ScopedIdentifier: case RustKind.Metavariable:
        this.pathType(at);
        return;
      default: {
        const value = integerValue(tree, at);
        if (value === null) out.put(TypeCode.Infer);
        else {
          out.put(TypeCode.Const);
          out.put(value);
        }
      }
    }
  }

  /** Writes a path as a type. */
  pathType(node: NodeIndex): void {
    const qualified = this.#qualifier(node);
    if (qualified === NO_NODE) {
      this.out.put(TypeCode.Path);
      this.path(node);
      return;
    }
    const inner = this.tree.firstChild(qualified);
    const cast = inner !== NO_NODE && this.tree.kind[inner] === RustKind.QualifiedType;
    this.out.put(TypeCode.Qualified);
    this.type(cast ? this.tree.childByField(inner, RustField.Type) : inner);
    const trait = cast ? this.tree.childByField(inner, RustField.Alias) : NO_NODE;
    if (trait === NO_NODE) {
      this.out.put(PathRoot.None);
      this.out.put(0);
    } else this.path(trait);
    this.path(node);
  }

  /** The bracket `<T as Trait>` or `<T>` at the root of a path, or NO_NODE. */
  #qualifier(node: NodeIndex): NodeIndex {
    const { tree } = this;
    for (let at = node; ;) {
      const kind = tree.kind[at];
      if (kind === RustKind.GenericType || kind === RustKind.GenericTypeWithTurbofish || kind === RustKind.GenericFunction) at = tree.firstChild(at);
      else if (kind === RustKind.ScopedTypeIdentifier || kind === RustKind.ScopedIdentifier) {
        const path = tree.childByField(at, RustField.Path);
        if (path === NO_NODE) return NO_NODE;
        at = path;
      } else if (kind === RustKind.BracketedType) {
        return at;
      } else return NO_NODE;
      if (at === NO_NODE) return NO_NODE;
    }
  }

  /** Writes root, segment count and segments. The qualifier of a qualified path is left out. */
  path(node: NodeIndex): void {
    const { out } = this;
    const root = out.hole();
    const count = out.hole();
    this.#segments = 0;
    this.#root = PathRoot.None;
    this.#segment(node, NO_NODE);
    out.fill(root, this.#root);
    out.fill(count, this.#segments);
  }

  #segments = 0;
  #root = PathRoot.None;

  #segment(node: NodeIndex, args: NodeIndex): void {
    const { tree, out, words } = this;
    switch (tree.kind[node]) {
      case RustKind.GenericType: case RustKind.GenericTypeWithTurbofish: case RustKind.GenericFunction:
        this.#segment(tree.firstChild(node), tree.childByField(node, RustField.TypeArguments));
        return;
      case RustKind.ScopedTypeIdentifier: case RustKind.ScopedIdentifier: {
        const path = tree.childByField(node, RustField.Path);
        if (path === NO_NODE) this.#root = PathRoot.Extern;
        else if (tree.kind[path] !== RustKind.BracketedType) this.#segment(path, NO_NODE);
        const name = tree.childByField(node, RustField.Name);
        if (name !== NO_NODE) this.#segment(name, args);
        return;
      }
      case RustKind.Crate:
        this.#root = PathRoot.Crate;
        return;
      case RustKind.Metavariable:
        if (tree.symbolOf(node, out.symbols) === words.dollarCrate) {
          this.#root = PathRoot.DollarCrate;
          return;
        }
        break;
      case RustKind.Self:
        if (this.#segments === 0) {
          this.#root = PathRoot.Self;
          return;
        }
        break;
      case RustKind.Super:
        this.#segments++;
        out.name(words.super);
        out.put(0);
        return;
      default:
    }
    this.#segments++;
    const saved = this.#segments;
    const savedRoot = this.#root;
    out.name(words.identifier(tree, node, out.symbols));
    if (args === NO_NODE) out.put(0);
    else this.argumentList(args);
    this.#segments = saved;
    this.#root = savedRoot;
  }

  /** Generic arguments as a List; lifetimes are left out. */
  argumentList(node: NodeIndex): void {
    const { tree, out } = this;
    const hole = out.hole();
    let count = 0;
    for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
      const kind = tree.kind[child];
      if (kind === RustKind.Lifetime || kind === RustKind.Error) continue;
      count++;
      if (kind === RustKind.TypeBinding) {
        out.put(TypeCode.AssocEq);
        out.name(tree.symbolOf(tree.childByField(child, RustField.Name), out.symbols));
        this.type(tree.childByField(child, RustField.Type));
      } else if (kind === RustKind.TraitBounds) {
        // `Item: Bound` in arguments follows its name as a node of its own
        out.put(TypeCode.Infer);
      } else this.type(child);
    }
    out.fill(hole, count);
  }

  /** One bound. */
  bound(node: NodeIndex): void {
    const { tree, out, words } = this;
    if (node === NO_NODE || this.#depth > MAX_DEPTH) {
      out.put(TypeCode.NoBound);
      return;
    }
    switch (tree.kind[node]) {
      case RustKind.Lifetime: case RustKind.RemovedTraitBound: case RustKind.UseBounds:
        out.put(TypeCode.NoBound);
        return;
      case RustKind.HigherRankedTraitBound:
        this.bound(tree.childByField(node, RustField.Type));
        return;
      case RustKind.BracketedType: case RustKind.DynamicType: case RustKind.AbstractType:
        this.bound(tree.kind[node] === RustKind.BracketedType ? tree.firstChild(node) : tree.childByField(node, RustField.Trait));
        return;
      case RustKind.FunctionType: {
        // Fn(A) -> B is Fn<(A,), Output = B>
        const trait = tree.childByField(node, RustField.Trait);
        if (trait === NO_NODE) {
          out.put(TypeCode.NoBound);
          return;
        }
        this.#depth++;
        out.put(TypeCode.Bound);
        const root = out.hole();
        const count = out.hole();
        this.#segments = 0;
        this.#root = PathRoot.None;
        this.#segment(trait, NO_NODE);
        out.fill(root, this.#root);
        out.fill(count, this.#segments);
        out.size--; // the last segment's empty argument list gives way to the parameters
        out.put(2);
        out.put(TypeCode.Tuple);
        this.#functionParameters(node);
        out.put(TypeCode.AssocEq);
        out.name(words.output);
        const result = tree.childByField(node, RustField.ReturnType);
        if (result === NO_NODE) this.#unit();
        else this.type(result);
        this.#depth--;
        return;
      }
      case RustKind.TypeIdentifier: case RustKind.ScopedTypeIdentifier: case RustKind.GenericType: case RustKind.Identifier: case RustKind.ScopedIdentifier: case RustKind.Metavariable:
        this.#depth++;
        out.put(TypeCode.Bound);
        this.path(node);
        this.#depth--;
        return;
      default:
        out.put(TypeCode.NoBound);
    }
  }

  /** A List of the bounds under `node` (trait_bounds), empty for NO_NODE. */
  bounds(node: NodeIndex): void {
    const { tree, out } = this;
    const hole = out.hole();
    if (node === NO_NODE) return;
    let count = 0;
    for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) {
      this.bound(child);
      count++;
    }
    out.fill(hole, count);
  }

  #unit(): void {
    this.out.put(TypeCode.Tuple);
    this.out.put(0);
  }

  #functionParameters(node: NodeIndex): void {
    const { tree, out } = this;
    const hole = out.hole();
    const list = tree.childByField(node, RustField.Parameters);
    if (list === NO_NODE) return;
    let count = 0;
    for (let child = list + 1, end = tree.next[list] as number; child < end; child = tree.next[child] as number) {
      const kind = tree.kind[child];
      if (kind === RustKind.Lifetime || kind === RustKind.VariadicParameter || kind === RustKind.AttributeItem || kind === RustKind.Error) continue;
      this.type(kind === RustKind.Parameter ? tree.childByField(child, RustField.Type) : child);
      count++;
    }
    out.fill(hole, count);
  }
}
