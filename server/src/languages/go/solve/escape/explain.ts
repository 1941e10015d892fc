// Paths through the escape graph as steps a person can follow: in the order in which the value travels, plain words, no compiler's text.
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf, type CheckedBody } from '../checkedBody.js';
import { LeakTarget, type BodyStep, type SolveContext } from '../escapeContract.js';
import { Base, type EscapeGraph, type Loc } from './graph.js';
import { REASON_WORDS, Reason } from './reasons.js';

/** Reasons that say nothing a reader needs. */
const SILENT = new Set<number>([Reason.None, Reason.Allocated]);

/** Explains paths of one solved batch. */
export interface PathReader {
  readonly graph: EscapeGraph;
  readonly context: SolveContext;
  bodyOf(loc: Loc): CheckedBody;
}

/** Steps of a path of edges, for findings in `home`. */
export function stepsOf(reader: PathReader, path: readonly number[], home: CheckedBody): BodyStep[] {
  const { graph } = reader;
  const steps: BodyStep[] = [];
  for (const edge of path) {
    const target = graph.edgeTarget[edge] as number;
    const source = graph.edgeSource[edge] as number;
    const body = reader.bodyOf(target >= Base.First ? target : source);
    for (let note = graph.edgeNote[edge] as number; note !== 0; note = graph.noteNext[note] as number) {
      const reason = graph.noteReason[note] as number;
      if (SILENT.has(reason)) continue;
      const node = graph.noteNode[note] as number;
      const from = noteBody(reader, source, target, node, body);
      const extra = graph.noteExtra[note] as number;
      steps.push(step(reader, from, home, node, reason, extra));
      const isArgument = reason === Reason.Argument || reason === Reason.Receiver;
      if (isArgument && target === Base.Heap) {
        const callee = calledFunction(from, node);
        if (callee > 0) steps.push({ through: callee, parameter: extra, target: LeakTarget.Heap });
      }
    }
  }
  return merged(steps);
}

/** A note is about code where the value comes from, unless its node lies in the other body. */
function noteBody(reader: PathReader, source: Loc, target: Loc, node: NodeIndex, fallback: CheckedBody): CheckedBody {
  for (const loc of [source, target]) {
    if (loc < Base.First) continue;
    const body = reader.bodyOf(loc);
    if (node >= body.node && node < (body.file.tree.next[body.node] as number)) return body;
  }
  return fallback;
}

function step(reader: PathReader, body: CheckedBody, home: CheckedBody, node: NodeIndex, reason: number, extra: number): BodyStep {
  const { tree } = body.file;
  let message = REASON_WORDS[reason] ?? '';
  if (message.includes('$')) message = message.replace('$', subject(reader, body, node, reason, extra));
  const place = markedPlace(body, node, reason);
  const start = (tree.start[place] as number) - body.base;
  return { message, owner: body === home ? 0 : body.id, start, end: Math.max(start, (tree.end[place] as number) - body.base) };
}

/** The node that a step marks: of a call its name, so that the line is the one a reader looks at. */
function markedPlace(body: CheckedBody, node: NodeIndex, reason: number): NodeIndex {
  const { tree } = body.file;
  const kind = tree.kind[node] as GoKind;
  if (kind === GoKind.CallExpression && (reason === Reason.Argument || reason === Reason.ForeignCall || reason === Reason.UnknownCall || reason === Reason.InterfaceCall || reason === Reason.CalledValue)) {
    let fn = tree.childByField(node, GoField.Function);
    if (fn >= 0 && tree.kind[fn] === GoKind.SelectorExpression) fn = tree.childByField(fn, GoField.Field);
    if (fn >= 0 && tree.kind[fn] !== GoKind.FuncLiteral) return fn;
    return tree.childByField(node, GoField.Arguments) >= 0 ? tree.childByField(node, GoField.Arguments) : node;
  }
  if (kind === GoKind.SelectorExpression && (reason === Reason.Field || reason === Reason.PointerField)) {
    const field = tree.childByField(node, GoField.Field);
    if (field >= 0) return field;
  }
  if (kind === GoKind.CompositeLiteral) {
    const braces = tree.childByField(node, GoField.Body);
    if (braces >= 0 && reason !== Reason.AddressOf) return braces;
  }
  return node;
}

function subject(reader: PathReader, body: CheckedBody, node: NodeIndex, reason: number, extra: number): string {
  const { tree } = body.file;
  const text = (at: NodeIndex): string => tree.textOf(at).split('\n', 1)[0]?.slice(0, 60) ?? '';
  switch (reason) {
    case Reason.Argument: case Reason.ForeignCall: case Reason.Receiver: {
      const callee = calledFunction(body, node);
      const name = callee > 0 ? `\`${reader.context.world.nameOf(callee)}\`` : 'the function';
      if (reason !== Reason.Argument || callee <= 0) return name;
      const parameter = parameterName(reader, callee, extra);
      return parameter === '' ? name : `${name} as parameter ${parameter}`;
    }
    default: return extra >= 0 ? `\`${text(extra)}\`` : text(node);
  }
}

/** Per engine: names of the receiver and the parameters of solved functions, as symbols. */
const parameterNames = new WeakMap<object, Map<number, readonly number[]>>();

/** Remembers the names of a function's parameters for the explanations of its callers. */
export function rememberParameters(world: object, body: CheckedBody): void {
  const fn = body.functions[0];
  if (!fn || body.id <= 0) return;
  let known = parameterNames.get(world);
  if (!known) parameterNames.set(world, (known = new Map()));
  const locals = fn.receiver >= 0 ? [fn.receiver, ...fn.params] : fn.params;
  known.set(body.id, locals.map((local) => (local >= 0 ? (body.locals.name[local] as number) : 0)));
}

/** Names of the receiver and the parameters of a function that was solved; empty for others. */
export function parameterNamesOf(world: object, fn: number): readonly number[] {
  return parameterNames.get(world)?.get(fn) ?? [];
}

function parameterName(reader: PathReader, callee: number, position: number): string {
  const { world } = reader.context;
  const known = parameterNames.get(world)?.get(callee)?.[position];
  return known === undefined ? (reader.context.parameterNameOf?.(callee, position) ?? '') : world.symbols.text(known);
}

/** The function that a call node, or the name of the called method, calls; 0 when it is not declared. */
export function calledFunction(body: CheckedBody, node: NodeIndex): number {
  const { file } = body;
  let at = node;
  if (file.tree.kind[at] !== GoKind.CallExpression) {
    for (let up = 0; up < 4 && at >= 0 && file.tree.kind[at] !== GoKind.CallExpression; up++) at = file.tree.parent[at] as number;
    if (at < 0 || file.tree.kind[at] !== GoKind.CallExpression) return 0;
  }
  return callKindOf(file, at) === CallKind.Static ? callTargetOf(file, at) : 0;
}

/** Without steps that say the same of the same place twice in a row. */
function merged(steps: readonly BodyStep[]): BodyStep[] {
  const kept: BodyStep[] = [];
  for (const one of steps) {
    const last = kept[kept.length - 1];
    if (last && 'message' in last && 'message' in one && last.start === one.start && last.end === one.end && last.message === one.message && last.owner === one.owner) continue;
    kept.push(one);
  }
  return kept;
}
