// Paths through the escape graph as packed steps: in the order in which the value travels, without words, which few will ever ask for
// (../../explanations.ts finds them).
import type { NodeIndex } from '../../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../../syntax/kinds/go.generated.js';
import { CallKind, callKindOf, callTargetOf, type CheckedBody } from '../../resolve/checkedBody.js';
import { NO_SUBJECT, THROUGH, type PackedSteps } from '../escapeContract.js';
import { Form } from './forms.js';
import { Base, LocFlag, type EscapeGraph, type Loc } from './graph.js';
import { namesSubject, Reason } from './reasons.js';

/** Explains paths of one solved batch. */
export interface PathReader {
  readonly graph: EscapeGraph;
  bodyOf(loc: Loc): CheckedBody;
}

/** Paths that are told one after the other. */
const LONGEST_CHAIN = 8;

/**
 * Steps of a path (see EscapeGraph.paths), for findings in `home`. Where the value gets to something that is on the heap itself, the path
 * of that follows: a reader asks why that is there.
 */
export function stepsOf(reader: PathReader, path: number, home: CheckedBody): PackedSteps {
  const { graph } = reader;
  const steps: number[] = [];
  const told: Loc[] = [];
  for (let at = path; at > 0 && told.length < LONGEST_CHAIN; ) {
    const last = at + (graph.paths[at] as number);
    const holder = last > at ? (graph.edgeTarget[graph.paths[last] as number] as number) : Base.Blank;
    addEdges(reader, at, last, home, steps);
    if (holder < Base.First || told.includes(holder)) break;
    if (!graph.escapes(holder)) {
      if (!graph.has(holder, LocFlag.Result)) addOutliving(reader, at, last, home, steps);
      break;
    }
    told.push(holder);
    at = graph.escapePath[holder] as number;
  }
  return steps.slice(); // these stay, and an array that grew has room that nobody needs
}

/** Adds the steps of the edges of a path. */
function addEdges(reader: PathReader, path: number, last: number, home: CheckedBody, steps: number[]): void {
  const { graph } = reader;
  for (let at = path + 1; at <= last; at++) {
    const edge = graph.paths[at] as number;
    const target = graph.edgeTarget[edge] as number;
    const source = graph.edgeSource[edge] as number;
    const body = reader.bodyOf(target >= Base.First ? target : source);
    for (let note = graph.edgeNote[edge] as number; note !== 0; note = graph.noteNext[note] as number) {
      const reason = graph.noteReason[note] as number;
      if (reason === Reason.None || reason === Reason.Allocated) continue; // these say nothing that a reader needs
      const node = graph.noteNode[note] as number;
      const from = noteBody(reader, source, target, node, body);
      const extra = graph.noteExtra[note] as number;
      addStep(steps, from, home, node, reason, extra);
      if (target === Base.Heap && (reason === Reason.Argument || reason === Reason.Receiver)) {
        const callee = calledFunction(from, node);
        if (callee > 0) steps.push(THROUGH, 0, 0, 0, callee, extra);
      }
    }
  }
}

/** Adds which variable on a path, not on the heap itself, outlives what it holds: it is declared outside of the loop, or of the function literal. */
function addOutliving(reader: PathReader, path: number, last: number, home: CheckedBody, steps: number[]): void {
  const { graph } = reader;
  const held = graph.edgeSource[graph.paths[path + 1] as number] as number;
  for (let at = path + 1; at <= last; at++) {
    const holder = graph.edgeTarget[graph.paths[at] as number] as number;
    const form = graph.form[holder] as Form;
    const sameFunction = graph.owner[holder] === graph.owner[held];
    if ((form !== Form.Variable && form !== Form.Parameter) || (sameFunction && (graph.depth[holder] as number) >= (graph.depth[held] as number)) || !holdsAddress(graph, path, at)) continue;
    return addStep(steps, reader.bodyOf(holder), home, graph.node[holder] as number, sameFunction ? Reason.OutlivesRound : Reason.OutlivesCall, -1);
  }
}

/** Whether the end of the edges of a path up to one of them holds the address of what the path begins with. */
function holdsAddress({ paths, edgeDerefs }: EscapeGraph, path: number, last: number): boolean {
  let derefs = 0;
  for (let at = last; at > path; at--) derefs = Math.max(derefs, 0) + (edgeDerefs[paths[at] as number] as number);
  return derefs < 0;
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

function addStep(steps: number[], body: CheckedBody, home: CheckedBody, node: NodeIndex, reason: number, extra: number): void {
  const { tree } = body.file;
  const place = markedPlace(body, node, reason);
  const start = (tree.start[place] as number) - body.base;
  let subject = NO_SUBJECT;
  let detail = -1;
  if (namesSubject(reason)) {
    if (reason === Reason.Argument || reason === Reason.ForeignCall || reason === Reason.Receiver) {
      const callee = calledFunction(body, node);
      if (callee > 0) {
        subject = callee;
        if (reason === Reason.Argument) detail = extra;
      } else if (reason === Reason.Argument) {
        const named = calledValue(body, node);
        if (tree.kind[named] !== GoKind.FuncLiteral) [subject, detail] = written(body, named);
      }
    } else {
      [subject, detail] = written(body, reason === Reason.InterfaceCall || reason === Reason.UnknownCall ? calledValue(body, node) : extra >= 0 ? extra : node);
    }
  }
  steps.push(reason, body === home ? 0 : body.id, start, Math.max(start, (tree.end[place] as number) - body.base), subject, detail);
}

/** Subject and detail of a step that names a piece of source. */
function written({ base, file: { tree } }: CheckedBody, node: NodeIndex): [subject: number, detail: number] {
  return [-2 - Math.max(0, (tree.start[node] as number) - base), (tree.end[node] as number) - base];
}

/** Longest operand that is named with its method. */
const LONGEST_OPERAND = 40;

/** What is called, as it is written: of a method with its operand where that is short. */
function calledValue({ file: { tree } }: CheckedBody, node: NodeIndex): NodeIndex {
  const fn = tree.kind[node] === GoKind.CallExpression ? tree.childByField(node, GoField.Function) : node;
  const method = fn >= 0 && tree.kind[fn] === GoKind.SelectorExpression ? tree.childByField(fn, GoField.Field) : fn;
  if (method < 0) return node;
  const selector = tree.parent[method] as number;
  if (tree.kind[selector] !== GoKind.SelectorExpression) return method;
  const text = tree.textOf(selector);
  return text.length > LONGEST_OPERAND || text.includes('\n') ? method : selector;
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

/** The function that a call node, or the name of the called method, calls; 0 when it is not declared. */
export function calledFunction(body: CheckedBody, node: NodeIndex): number {
  const { file } = body;
  const { kind, parent } = file.tree;
  let at = node;
  for (let up = 0; up < 5 && at >= 0 && kind[at] !== GoKind.CallExpression && kind[at] !== GoKind.TypeConversionExpression; up++) {
    if (kind[at] === GoKind.Block || kind[at] === GoKind.RangeClause) return 0;
    at = parent[at] as number;
  }
  if (at < 0 || (kind[at] !== GoKind.CallExpression && kind[at] !== GoKind.TypeConversionExpression)) return 0;
  return callKindOf(file, at) === CallKind.Static ? callTargetOf(file, at) : 0;
}
