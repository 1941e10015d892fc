// Packed steps of explanations as people read them: words, names, and present places. Not here: which steps there are (solve/escape/explain.ts).
import type { Step } from '../../analysis/site.js';
import { NO_NODE } from '../../syntax/flatTree.js';
import { GoField, GoKind } from '../../syntax/kinds/go.generated.js';
import type { FactsReader } from './facts/factsReader.js';
import type { LoadedBody } from './resolve/loader.js';
import type { ObjectId } from './resolve/objects.js';
import { NO_SUBJECT, StepWord, THROUGH, type KeptExplanations, type PackedSteps } from './solve/escapeContract.js';
import { REASON_WORDS, Reason } from './solve/escape/reasons.js';

const MAX_STEPS = 40;
/** Callees that are followed. */
const MAX_DEPTH = 8;
/** Longest piece of source in a sentence. */
const LONGEST_NAME = 60;

/** What explanations are made of. */
export interface ExplanationSources {
  bodyOf(object: ObjectId): LoadedBody | null;
  keptOf(object: ObjectId): KeptExplanations | null;
  nameOf(object: ObjectId): string;
  /** What facts tell of functions without source. */
  readonly facts: Pick<FactsReader, 'placeOf' | 'pathIn' | 'through' | 'parameterName'>;
}

/** A callee whose own steps stand here: why its parameter gets to the heap. */
export interface ThroughStep {
  readonly through: ObjectId;
  readonly parameter: number;
}

/** A body where it stands: the offsets of packed steps are relative to `base`. */
export interface PlacedBody {
  readonly path: string;
  readonly text: string;
  readonly base: number;
}

/** A body at its present place. */
export function placed(body: LoadedBody): PlacedBody {
  const { path, tree } = body.file;
  return { path, text: tree.text, base: tree.start[body.node] as number };
}

/** Steps for a finding in `home`: those through a callee are replaced by the callee's own. */
export function explained(sources: ExplanationSources, packed: PackedSteps, home: PlacedBody): readonly Step[] {
  if (packed.length === 0) return NOTHING;
  const steps: Step[] = [];
  add(sources, packed, home, steps, 0);
  return steps;
}

const NOTHING: readonly Step[] = [];

function add(sources: ExplanationSources, packed: PackedSteps, home: PlacedBody, steps: Step[], depth: number): void {
  let last: Step | null = null;
  for (let at = 0; at < packed.length && steps.length < MAX_STEPS; at += StepWord.Count) {
    if (packed[at + StepWord.Reason] === THROUGH) {
      last = null;
      addLeak(sources, packed[at + StepWord.Subject] as number, packed[at + StepWord.Detail] as number, steps, depth);
      continue;
    }
    const step = stepAt(sources, packed, at, home);
    if (last !== null && isSame(last, step)) continue;
    steps.push(step);
    last = step;
  }
}

/** Adds why a parameter of a function leaks, from its source or from facts. */
function addLeak(sources: ExplanationSources, fn: ObjectId, parameter: number, steps: Step[], depth: number): void {
  if (depth >= MAX_DEPTH) return;
  const body = sources.bodyOf(fn);
  if (body !== null) {
    const leak = sources.keptOf(fn)?.get(parameter);
    if (leak !== undefined) add(sources, leak, placed(body), steps, depth + 1);
    return;
  }
  for (const step of sources.facts.placeOf(fn)?.details[4].find(([position]) => position === parameter)?.[1] ?? []) {
    if (steps.length >= MAX_STEPS) return;
    if (step.length === 3) addLeak(sources, sources.facts.through(fn, step), step[1], steps, depth + 1);
    else steps.push({ message: step[0], path: sources.facts.pathIn(fn, step[1]), start: step[2], end: step[3] });
  }
}

/** Steps of a body itself; callees are named, not followed. What says the same of the same place twice in a row is said once. */
export function ownSteps(sources: ExplanationSources, packed: PackedSteps, home: PlacedBody): readonly (Step | ThroughStep)[] {
  const steps: (Step | ThroughStep)[] = [];
  let last: Step | null = null;
  for (let at = 0; at < packed.length; at += StepWord.Count) {
    if (packed[at + StepWord.Reason] === THROUGH) {
      last = null;
      steps.push({ through: packed[at + StepWord.Subject] as number, parameter: packed[at + StepWord.Detail] as number });
      continue;
    }
    const step = stepAt(sources, packed, at, home);
    if (last !== null && isSame(last, step)) continue;
    steps.push(step);
    last = step;
  }
  return steps;
}

function stepAt(sources: ExplanationSources, packed: PackedSteps, at: number, home: PlacedBody): Step {
  const owner = packed[at + StepWord.Owner] as number;
  const body = owner === 0 ? null : sources.bodyOf(owner);
  const here = body === null ? home : placed(body);
  const message = words(sources, packed[at + StepWord.Reason] as number, packed[at + StepWord.Subject] as number, packed[at + StepWord.Detail] as number, here);
  return { message, path: here.path, start: (packed[at + StepWord.Start] as number) + here.base, end: (packed[at + StepWord.End] as number) + here.base };
}

function isSame(a: Step, b: Step): boolean {
  return a.start === b.start && a.end === b.end && a.message === b.message && a.path === b.path;
}

/** Words of reasons by number: what comes before and after the name in them, which is null for those that name nothing. */
const PARTS: (readonly [before: string, after: string | null] | undefined)[] = [];
for (const [reason, words] of Object.entries(REASON_WORDS)) {
  const at = words.indexOf('$');
  PARTS[Number(reason)] = at < 0 ? [words, null] : [words.slice(0, at), words.slice(at + 1)];
}
const NO_PARTS = ['', null] as const;

function words(sources: ExplanationSources, reason: number, subject: number, detail: number, body: PlacedBody): string {
  const [before, after] = PARTS[reason] ?? NO_PARTS;
  return after === null ? before : before + named(sources, reason, subject, detail, body) + after;
}

function named(sources: ExplanationSources, reason: number, subject: number, detail: number, body: PlacedBody): string {
  if (subject === NO_SUBJECT) return 'the function';
  if (subject < 0) {
    const text = body.text.slice(body.base - subject - 2, body.base + detail).split('\n', 1)[0]?.slice(0, LONGEST_NAME) ?? '';
    return `\`${text}\``;
  }
  const name = `\`${sources.nameOf(subject)}\``;
  if (reason !== Reason.Argument || detail < 0) return name;
  const source = sources.bodyOf(subject);
  const parameter = source === null ? sources.facts.parameterName(subject, detail) : parameterNames(source)[detail];
  return parameter === undefined || parameter === '' ? name : `${name} as parameter ${parameter}`;
}

/** Names of a function's receiver and parameters as written; '' for one without name. */
export function parameterNames(body: LoadedBody): readonly string[] {
  const { tree } = body.file;
  const found: string[] = [];
  for (const field of [GoField.Receiver, GoField.Parameters]) {
    const list = tree.childByField(body.node, field);
    if (list === NO_NODE) continue;
    for (let child = tree.firstChild(list); child !== NO_NODE; child = tree.nextSibling(child)) {
      if (tree.kind[child] !== GoKind.ParameterDeclaration && tree.kind[child] !== GoKind.VariadicParameterDeclaration) continue;
      const before = found.length;
      for (let name = tree.firstChild(child); name !== NO_NODE; name = tree.nextSibling(name)) if (tree.field[name] === GoField.Name && tree.kind[name] === GoKind.Identifier) found.push(tree.textOf(name));
      if (found.length === before) found.push('');
    }
  }
  return found;
}
