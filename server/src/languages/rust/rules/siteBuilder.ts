// From the costs of a function to its sites, free places and notes. What allocates was decided before; this says where and how it is told.
import type { AllocationSite, CalleeLink, FreePlace, MutedReason, Note, Step } from '../../../analysis/site.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../../syntax/flatTree.js';
import { lazyForm } from '../models/eager.js';
import type { JudgeContext, SolvedFunction } from '../solve/contract.js';
import type { CostEvent } from '../solve/effects/bodyEffects.js';
import { isMethodCall } from '../solve/effects/bodyEffects.js';
import { certaintyOf, chainTo, Level, type EffectSummary } from '../solve/effects/cost.js';
import { coldOf, lastName } from '../solve/effects/cold.js';
import { Sharing } from '../solve/sharing/sharing.js';
import type { DefId } from '../types/typeTable.js';
import { isReserved } from './reserved.js';

/** Rules of values with counts that the program itself shares. */
const COUNTED: ReadonlySet<string> = new Set(['rust/rc-new', 'rust/arc-new']);

/** What one function's costs become. */
export interface Told {
  readonly sites: AllocationSite[];
  readonly free: FreePlace[];
  readonly notes: Note[];
}

/** The last work of an engine, kept: V8 throws away the code that it made for a class when a collection finds none of its objects. */
export interface Latest { sharing: Sharing | null }

/** What telling asks beyond the events. */
export interface TellContext extends JudgeContext {
  /** Summary of a function that a cost comes through; null when there is none. */
  summaryThrough(def: DefId): EffectSummary | null;
}

/** Builds what the report says of a function. */
export function tell(fn: SolvedFunction, events: readonly CostEvent[], context: TellContext, latest: Latest): Told {
  const told: Told = { sites: [], free: [], notes: [] };
  let sharing: Sharing | null = null;
  for (const event of events) {
    if (event.hidden) continue;
    const { cost } = event;
    if (cost.level === Level.None && !cost.counts) {
      if (cost.reason !== null && cost.rule !== null) told.free.push(freePlace(event));
      continue;
    }
    const needsSharing = (cost.kind === 'refcounted' && COUNTED.has(cost.rule ?? '')) || cost.kind === 'task' || (cost.counts && cost.level === Level.None);
    sharing ??= needsSharing ? new Sharing(fn, events, context.program) : null;
    if (sharing !== null) latest.sharing = sharing;
    told.sites.push(site(event, fn, context, needsSharing ? sharing : null, told.notes));
  }
  return told;
}

function freePlace(event: CostEvent): FreePlace {
  const { tree } = event.body;
  return { rule: event.cost.rule as string, start: tree.start[event.node] as number, end: tree.end[event.node] as number, anchor: anchorOf(tree, event.node), reason: event.cost.reason as string, why: [] };
}

function site(event: CostEvent, fn: SolvedFunction, context: TellContext, sharing: Sharing | null, notes: Note[]): AllocationSite {
  const { body, cost, node } = event;
  const { tree } = body;
  const counts = cost.counts && cost.level === Level.None;
  const question = tree.kind[node] === (RustKind.TryExpression as number);
  const kind = counts ? 'refcount' : question && cost.kind !== 'callee' ? 'error' : cost.kind;
  const rule = counts ? 'rust/arc-clone' : question ? 'rust/question-mark' : (cost.rule ?? defaultRule(event));
  const view = sharing === null ? null : cost.kind === 'task' ? sharing.task(node) : sharing.counted(node, !counts);
  if (view?.note) notes.push(view.note);
  const why: Step[] = [...(view?.why ?? [])];
  const summary = context.summaryThrough(cost.through);
  const place = cost.through === 0 ? null : context.program.placeOf(cost.through);
  if (place && why.length === 0 && !summary?.chain.length) why.push({ message: `${context.program.symbols.text(context.program.nameOf(cost.through))} is declared here`, path: place.path, start: place.start, end: place.end });
  // What a caller chooses may be the wanted type already; callers of this function are told by what they pass.
  const chosen = cost.open?.method === 0 && cost.level > Level.Possible;
  const certainty = counts ? (cost.when === null ? 'always' : 'conditional') : certaintyOf(chosen ? Level.Possible : cost.level);
  return {
    rule, kind, certainty, evidence: 'predicted', loopDepth: loopDepthOf(tree, node, fn.node) + (event.drawn ? 1 : 0), cold: coldOf(event, fn, context.program), muted: mutedOf(event), function: fn.initialiser ? null : fn.name,
    callee: event.callee && event.callee.def !== 0 ? context.program.pathOf(event.callee.def) : cost.through !== 0 ? context.program.pathOf(cost.through) : null,
    start: event.drawn ? anchorOf(tree, node) : (tree.start[node] as number), end: event.drawn ? drawnEnd(tree, node) : (tree.end[node] as number), anchor: anchorOf(tree, node),
    what: counts ? 'a reference count is bumped' : cost.what, size: counts ? null : cost.size, when: certainty === 'always' ? null : chosen && cost.open ? `the caller passes something else than ${context.program.typeText(cost.open.on)}` : (cost.when ?? 'on some values'), why,
    callees: summary && !counts && cost.level > Level.None ? chainTo(summary, cost.what).map((link) => linkOf(link, context)) : [], unless: cost.unless, instead: eagerAdvice(tree, node) ?? view?.instead ?? cost.instead,
  };
}

function linkOf(link: EffectSummary['chain'][number], context: JudgeContext): CalleeLink {
  const place = link.def === 0 ? null : context.program.placeOf(link.def);
  const at = place && place.path === link.path ? place.start : null;
  return { function: link.function, path: at === null ? null : link.path, start: at === null ? null : at + link.at, end: at === null ? null : at + link.end, what: link.what };
}

function defaultRule(event: CostEvent): string {
  const { kind } = event.cost;
  return kind === 'callee' ? 'rust/callee' : kind === 'growth' ? 'rust/growth' : kind === 'copy' ? copyRule(event) : 'rust/library-call';
}

/** By the language's conventions for names: conversions, and what says that it copies. Other copies are a library's own business. */
const COPY_RULES: readonly (readonly [names: RegExp, rule: string])[] = [[/^(?:into|from)$/, 'rust/into'], [/^(?:clone|to_|into_)/, 'rust/clone']];

function copyRule(event: CostEvent): string {
  const { tree } = event.body;
  if (event.cost.level === Level.Possible || tree.kind[event.node] !== (RustKind.CallExpression as number)) return 'rust/clone';
  const name = lastName(tree, tree.firstChild(event.node));
  return COPY_RULES.find(([names]) => names.test(name))?.[1] ?? 'rust/library-call';
}

/** Offset of the token that names the cause. */
export function anchorOf(tree: FlatTree, node: NodeIndex): number {
  switch (tree.kind[node] as number) {
    case RustKind.CallExpression as number: {
      if (!isMethodCall(tree, node)) return tree.start[node] as number;
      let fn = tree.firstChild(node);
      if (tree.kind[fn] === (RustKind.GenericFunction as number)) fn = tree.firstChild(fn);
      const field = tree.childByField(fn, RustField.Field);
      return tree.start[field === NO_NODE ? node : field] as number;
    }
    case RustKind.TryExpression as number: return (tree.end[node] as number) - 1;
    case RustKind.AwaitExpression as number: return (tree.end[node] as number) - 5;
    case RustKind.ForExpression as number: {
      const pattern = tree.childByField(node, RustField.Pattern);
      const at = tree.text.lastIndexOf('for', pattern === NO_NODE ? (tree.end[node] as number) : (tree.start[pattern] as number) - 1);
      return at < (tree.start[node] as number) ? (tree.start[node] as number) : at;
    }
    default: return tree.start[node] as number;
  }
}

function drawnEnd(tree: FlatTree, node: NodeIndex): number {
  const value = tree.childByField(node, RustField.Value);
  return tree.end[value === NO_NODE ? node : value] as number;
}

function mutedOf(event: CostEvent): MutedReason | null {
  return event.cost.kind === 'growth' && event.cost.level > 0 && isReserved(event) ? 'reserved' : null;
}

/** Loops of the function around a node. */
function loopDepthOf(tree: FlatTree, node: NodeIndex, item: NodeIndex): number {
  let depth = 0;
  for (let child = node, up = tree.parent[node] as number; up >= 0 && child !== item; child = up, up = tree.parent[up] as number) {
    const kind = tree.kind[up] as number;
    if (kind === (RustKind.LoopExpression as number)) depth++;
    else if (kind === (RustKind.ForExpression as number)) depth += tree.field[child] === (RustField.Body as number) ? 1 : 0;
    else if (kind === (RustKind.WhileExpression as number)) depth++;
  }
  return depth;
}

/** The lazy form to call when this argument is evaluated for nothing. */
function eagerAdvice(tree: FlatTree, node: NodeIndex): string | null {
  let child = node;
  let up = tree.parent[node] as number;
  while (up >= 0 && (tree.kind[up] === (RustKind.ReferenceExpression as number) || tree.kind[up] === (RustKind.ParenthesizedExpression as number))) {
    child = up;
    up = tree.parent[up] as number;
  }
  if (up < 0 || tree.kind[up] !== (RustKind.Arguments as number) || tree.firstChild(up) !== child) return null;
  const call = tree.parent[up] as number;
  if (!isMethodCall(tree, call)) return null;
  const name = lastName(tree, tree.firstChild(call));
  const lazy = lazyForm(name);
  return lazy === undefined ? null : `this is evaluated even when it is not needed: ${lazy} takes a closure`;
}
