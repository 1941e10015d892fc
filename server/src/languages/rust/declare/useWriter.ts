// Flattens a `use` tree into single imports: root, path, name.
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import type { CodeWriter } from './codeWriter.js';
import { PathRoot } from './facts.js';
import type { Words } from './words.js';

const MAX_DEPTH = 60;

/** Writes the imports of one `use` declaration: count, then each: root, segment count, segment names, glob flag, name it gets (0th name `_` for none). */
export class UseWriter {
  readonly #path: number[] = [];
  #root = PathRoot.None;
  #count = 0;

  constructor(readonly tree: FlatTree, readonly out: CodeWriter, readonly words: Words) {}

  write(node: NodeIndex): void {
    const hole = this.out.hole();
    if (node !== NO_NODE) this.#tree(node, 0);
    this.out.fill(hole, this.#count);
  }

  #tree(node: NodeIndex, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const { tree, words } = this;
    switch (tree.kind[node]) {
      case RustKind.UseList:
        for (let child = node + 1, end = tree.next[node] as number; child < end; child = tree.next[child] as number) this.#scoped(child, depth);
        return;
      case RustKind.ScopedUseList: {
        const path = tree.childByField(node, RustField.Path);
        if (path === NO_NODE) this.#root = PathRoot.Extern;
        else this.#push(path);
        const list = tree.childByField(node, RustField.List);
        if (list !== NO_NODE) this.#tree(list, depth + 1);
        return;
      }
      case RustKind.UseAsClause: {
        const path = tree.childByField(node, RustField.Path);
        const alias = tree.childByField(node, RustField.Alias);
        if (path === NO_NODE || alias === NO_NODE) return;
        this.#push(path);
        this.#emit(false, words.identifier(tree, alias, this.out.symbols));
        return;
      }
      case RustKind.UseWildcard: {
        const path = tree.firstChild(node);
        if (path !== NO_NODE && tree.kind[path] !== RustKind.Star) this.#push(path);
        this.#emit(true, 0);
        return;
      }
      case RustKind.Self:
        // `a::{self}` names a; `use self::…` is a root and handled by push
        if (this.#path.length > 0) this.#emit(false, this.#path[this.#path.length - 1] as number);
        return;
      default:
        this.#push(node);
        if (this.#path.length > 0) this.#emit(false, this.#path[this.#path.length - 1] as number);
        else this.#emit(false, words.crate);
    }
  }

  /** A member of a list: the path so far is restored after it. */
  #scoped(node: NodeIndex, depth: number): void {
    const length = this.#path.length;
    const root = this.#root;
    this.#tree(node, depth + 1);
    this.#path.length = length;
    this.#root = root;
  }

  #push(node: NodeIndex): void {
    const { tree, words } = this;
    switch (tree.kind[node]) {
      case RustKind.ScopedIdentifier: {
        const path = tree.childByField(node, RustField.Path);
        if (path === NO_NODE) this.#root = PathRoot.Extern;
        else this.#push(path);
        const name = tree.childByField(node, RustField.Name);
        if (name !== NO_NODE) this.#push(name);
        return;
      }
      case RustKind.Crate:
        this.#root = PathRoot.Crate;
        return;
      case RustKind.Self:
        if (this.#path.length === 0 && this.#root === PathRoot.None) this.#root = PathRoot.Self;
        return;
      case RustKind.Super:
        this.#path.push(words.super);
        return;
      case RustKind.Metavariable:
        this.#root = PathRoot.DollarCrate;
        return;
      default:
        this.#path.push(words.identifier(tree, node, this.out.symbols));
    }
  }

  #emit(glob: boolean, name: number): void {
    const { out } = this;
    out.put(this.#root);
    out.put(this.#path.length);
    for (const segment of this.#path) out.name(segment);
    out.put(glob ? 1 : 0);
    out.name(name);
    this.#count++;
  }
}
