// Infers the body of a function, constant or static: the entry of this folder.
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import { RustField, RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { ItemFlag, ItemKind } from '../../declare/facts.js';
import { macroRanges, type ExpandedTree } from '../../declare/macroTree.js';
import type { Signatures } from '../../resolve/signatures.js';
import type { Traits } from '../../types/traits.js';
import { UNKNOWN, TypeTag, type DefId } from '../../types/typeTable.js';
import { FinishedBody } from './finished.js';
import { holdsWork, PlainBody } from './plainBody.js';
import { Inferrer } from './inferrer.js';
import type { InferredBody } from './inferredBody.js';
import type { InherentIndex } from './methods.js';
import { bindPattern, Mode } from './patterns.js';
import { InferState } from './state.js';

/** Infers the item `def` at `node`. `blockScopes` are the items' scopes inside of bodies, by block node. */
export function inferBody(signatures: Signatures, traits: Traits, index: InherentIndex, expanded: ExpandedTree, def: DefId, node: NodeIndex, blockScopes: ReadonlyMap<NodeIndex, DefId>): InferredBody {
  const { tree } = expanded;
  const end = tree.next[node] as number;
  if (!holdsWork(tree, node, end)) return new PlainBody(signatures, tree, def, node, end);
  const state = new InferState(signatures, traits, expanded, def, node, end, macroRanges(expanded, node, end));
  const inferrer = new Inferrer(state, index, blockScopes);
  index.latest = inferrer;
  const { defs } = signatures.world;
  if (defs.kind(def) === ItemKind.Function) {
    const signature = signatures.signature(def);
    let result = signature.result;
    if ((defs.flags(def) & ItemFlag.Async) !== 0 && state.types.tag(result) === TypeTag.Future) result = state.types.arg(result, 0);
    state.returnType = state.normalize(result);
    const list = tree.childByField(node, RustField.Parameters);
    let at = 0;
    if (list !== NO_NODE) {
      for (let child = list + 1, last = tree.next[list] as number; child < last; child = tree.next[child] as number) {
        const kind = tree.kind[child];
        if (kind === RustKind.SelfParameter) state.declare(child, signatures.world.words.self, state.normalize(signature.params[at++] ?? UNKNOWN), tree.childByKind(child, RustKind.MutableSpecifier) !== NO_NODE, true);
        else if (kind === RustKind.Parameter) {
          const pattern = tree.childByField(child, RustField.Pattern);
          const type = state.normalize(signature.params[at++] ?? UNKNOWN);
          if (pattern !== NO_NODE && tree.kind[pattern] === RustKind.Self) state.declare(pattern, signatures.world.words.self, type, false, true);
          else bindPattern(inferrer, pattern, type, Mode.Move, true);
        }
      }
    }
    const body = tree.childByField(node, RustField.Body);
    if (body !== NO_NODE) inferrer.check(body, state.types.tag(state.returnType) === TypeTag.Opaque ? 0 : state.returnType);
  } else {
    const type = state.normalize(signatures.valueType(def));
    const value = tree.childByField(node, RustField.Value);
    state.returnType = type;
    if (value !== NO_NODE) inferrer.check(value, type);
  }
  return new FinishedBody(state);
}
