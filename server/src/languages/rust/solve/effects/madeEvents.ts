// Events inside of what macros make, put where a reader can find them: at the call of the macro, or at the argument that was handed in.
import { RustKind } from '../../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type NodeIndex } from '../../../../syntax/flatTree.js';
import type { InferredBody } from '../infer/inferredBody.js';
import type { CostEvent } from './bodyEffects.js';
import { Level, onSomeCalls } from './cost.js';
import { Place, placeInBody } from './place.js';

/**
 * The events of a body with a place in the file each. What the definition of a macro costs counts once, where the macro is called: of a macro of another
 * crate a site, of one of the same crate nothing that is told there, as the code stands elsewhere. An argument that a macro uses several times is told once.
 */
export function placedEvents(body: InferredBody, events: CostEvent[]): CostEvent[] {
  const { tree, written } = body;
  if (tree.text.length === written) return events;
  const placed: CostEvent[] = [];
  const atMacro = new Map<NodeIndex, number>();
  const seen = new Set<string>();
  for (const event of events) {
    if ((tree.start[event.node] as number) < written) {
      const key = `${tree.start[event.node] as number} ${tree.end[event.node] as number} ${event.cost.rule ?? ''} ${event.cost.kind}`;
      if (isInMade(event) && seen.has(key)) continue;
      seen.add(key);
      placed.push(event);
      continue;
    }
    if (event.cost.level === Level.None) continue;
    const macro = callAround(body, event.node);
    if (macro === NO_NODE) continue;
    const at = atMacro.get(macro);
    const each = !event.drawn && placeInBody(tree, event.node, macro, NEVER) === Place.Straight;
    const cost = each ? event.cost : onSomeCalls(event.cost, 'it takes a path that allocates');
    const told: CostEvent = { ...event, node: macro, callee: null, drawn: false, cost, hidden: !body.isForeign(macro) };
    if (at === undefined) {
      atMacro.set(macro, placed.length);
      placed.push(told);
    } else if (told.cost.level > (placed[at] as CostEvent).cost.level) placed[at] = told;
  }
  return placed;
}

const NEVER = (): boolean => false;

/** Whether an event stands in what a macro makes. */
function isInMade({ body: { tree, written }, node }: CostEvent): boolean {
  for (let up = tree.parent[node] as number; up >= 0; up = tree.parent[up] as number) if ((tree.start[up] as number) >= written) return true;
  return false;
}

/** The call of a macro, written in the file, whose definition holds a node. */
function callAround({ tree, written }: InferredBody, node: NodeIndex): NodeIndex {
  for (let up = tree.parent[node] as number; up >= 0; up = tree.parent[up] as number) if (tree.kind[up] === (RustKind.MacroInvocation as number) && (tree.start[up] as number) < written) return up;
  return NO_NODE;
}
