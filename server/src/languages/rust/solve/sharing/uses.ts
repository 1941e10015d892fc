// Where the locals of a body are mentioned, and what becomes of a value there: cloned, moved into a task, stored, returned, or only looked at.
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../../syntax/flatTree.js';
import { lastName } from '../effects/cold.js';
import { receiverOf } from '../effects/bodyEffects.js';
import type { InferredBody } from '../infer/inferredBody.js';

/** What becomes of a value at one mention. */
export type Use =
  | { readonly is: 'cloned'; readonly node: NodeIndex; readonly into: number }
  | { readonly is: 'spawned'; readonly node: NodeIndex; readonly spawn: NodeIndex }
  | { readonly is: 'captured' | 'stored' | 'returned' | 'passed' | 'looked-at'; readonly node: NodeIndex };

/** Mentions of locals in one body, gathered once. */
export class LocalUses {
  readonly #byLocal = new Map<number, NodeIndex[]>();

  constructor(private readonly body: InferredBody, private readonly spawns: ReadonlySet<NodeIndex>) {
    this.#gather(body.first, body.end);
    for (const root of body.macroRoots) this.#gather(root, body.tree.next[root] as number);
  }

  /** Uses of a local, in the order of the text; its declaration is none. */
  of(local: number): readonly Use[] {
    const declaration = this.body.locals[local]?.node;
    return (this.#byLocal.get(local) ?? []).filter((node) => node !== declaration).map((node) => this.#classify(node, local));
  }

  /** What becomes of the value of an expression where it stands; variants and tuple structs are looked through. */
  becomes(expression: NodeIndex): Use {
    const { tree } = this.body;
    for (let node = expression; ;) {
      const use = this.#direct(node);
      const call = use.is === 'passed' ? this.callWith(use.node) : NO_NODE;
      if (call === NO_NODE || !/^[A-Z]/.test(lastName(tree, tree.firstChild(call)))) return use;
      node = call;
    }
  }

  /** The call that an expression is an argument of, in parentheses or not. */
  callWith(argument: NodeIndex): NodeIndex {
    const { tree } = this.body;
    let node = argument;
    while ((tree.parent[node] as number) >= 0 && tree.kind[tree.parent[node] as number] === (RustKind.ParenthesizedExpression as number)) node = tree.parent[node] as number;
    return this.#callAround(node);
  }

  /** The local that a `let` binds an expression to, wrapped or not; -1 when there is none. */
  boundTo(expression: NodeIndex): number {
    const { tree } = this.body;
    const up = tree.parent[expression] as number;
    if (up < 0 || tree.kind[up] !== (RustKind.LetDeclaration as number) || tree.field[expression] !== (RustField.Value as number)) return -1;
    let pattern = tree.childByField(up, RustField.Pattern);
    if (pattern !== NO_NODE && tree.kind[pattern] === (RustKind.MutPattern as number)) pattern = (tree.next[pattern] as number) - 1;
    return pattern === NO_NODE ? -1 : this.body.localOf(pattern);
  }

  #gather(first: NodeIndex, end: NodeIndex): void {
    const { kind } = this.body.tree;
    for (let node = first; node < end; node++) {
      const k = kind[node] as number;
      if (k !== (RustKind.Identifier as number) && k !== (RustKind.Self as number)) continue;
      const local = this.body.localOf(node);
      if (local < 0) continue;
      const list = this.#byLocal.get(local);
      if (list) list.push(node);
      else this.#byLocal.set(local, [node]);
    }
  }

  #classify(node: NodeIndex, local: number): Use {
    const { tree } = this.body;
    const direct = this.#direct(node);
    if (direct.is === 'cloned') return this.#spawnAround(direct.node) ?? direct;
    const spawned = this.#spawnAround(node);
    if (spawned && (direct.is !== 'looked-at' || this.#closureBetween(tree, node, (spawned as { spawn: NodeIndex }).spawn))) return spawned;
    return direct.is === 'looked-at' ? (this.#capturedAt(node, local) ?? direct) : direct;
  }

  /** The closure that takes a local along to somewhere else: one that moves what it captures, and is itself handed on, stored in a value or returned. */
  #capturedAt(node: NodeIndex, local: number): Use | null {
    const { tree } = this.body;
    const closure = this.body.closures.find((one) => one.move && one.node < node && node < (tree.next[one.node] as number) && one.captures.some((capture) => capture.local === local));
    if (closure === undefined || (tree.kind[tree.parent[closure.node] as number] as number) === (RustKind.LetDeclaration as number)) return null;
    return this.becomes(closure.node).is === 'looked-at' ? null : { is: 'captured', node: closure.node };
  }

  #direct(node: NodeIndex): Use {
    const { tree } = this.body;
    let child = node;
    for (let up = tree.parent[node] as number; up >= 0; child = up, up = tree.parent[up] as number) {
      switch (tree.kind[up] as number) {
        case RustKind.ReferenceExpression as number: {
          const call = this.#callAround(up);
          if (call !== NO_NODE && lastName(tree, tree.firstChild(call)) === 'clone') return { is: 'cloned', node: call, into: this.boundTo(call) };
          return { is: 'looked-at', node };
        }
        case RustKind.FieldExpression as number: {
          const call = tree.parent[up] as number;
          if (call >= 0 && tree.kind[call] === (RustKind.CallExpression as number) && receiverOf(tree, call) === child && lastName(tree, up) === 'clone') return { is: 'cloned', node: call, into: this.boundTo(call) };
          return { is: 'looked-at', node };
        }
        case RustKind.Arguments as number: return { is: 'passed', node };
        case RustKind.FieldInitializer as number: case RustKind.ShorthandFieldInitializer as number: case RustKind.StructExpression as number: case RustKind.AssignmentExpression as number: return { is: 'stored', node };
        case RustKind.ArrayExpression as number: case RustKind.TupleExpression as number: return this.#isMacroList(up) ? { is: 'looked-at', node } : { is: 'stored', node };
        case RustKind.ReturnExpression as number: return { is: 'returned', node };
        case RustKind.LetDeclaration as number: return { is: 'stored', node };
        case RustKind.Block as number: return (tree.next[child] as number) === (tree.next[up] as number) && child === node ? { is: 'returned', node } : { is: 'looked-at', node };
        case RustKind.ParenthesizedExpression as number: continue;
        default: return { is: 'looked-at', node };
      }
    }
    return { is: 'looked-at', node };
  }

  /** Whether a tuple or array is the list of a macro's arguments. */
  #isMacroList(list: NodeIndex): boolean {
    const { tree } = this.body;
    const block = tree.parent[list] as number;
    const up = block < 0 ? -1 : (tree.parent[block] as number);
    return up >= 0 && tree.kind[block] === (RustKind.Block as number) && tree.kind[up] === (RustKind.MacroInvocation as number);
  }

  #callAround(node: NodeIndex): NodeIndex {
    const { tree } = this.body;
    const list = tree.parent[node] as number;
    if (list < 0 || tree.kind[list] !== (RustKind.Arguments as number)) return NO_NODE;
    return tree.parent[list] as number;
  }

  #spawnAround(node: NodeIndex): Use | null {
    const { tree } = this.body;
    for (let up = tree.parent[node] as number; up >= 0 && up !== this.body.first; up = tree.parent[up] as number) if (this.spawns.has(up)) return { is: 'spawned', node, spawn: up };
    return null;
  }

  #closureBetween(tree: FlatTree, node: NodeIndex, outer: NodeIndex): boolean {
    for (let up = tree.parent[node] as number; up >= 0 && up !== outer; up = tree.parent[up] as number) {
      const kind = tree.kind[up] as number;
      if (kind === (RustKind.ClosureExpression as number) || kind === (RustKind.AsyncBlock as number)) return true;
    }
    return false;
  }
}
