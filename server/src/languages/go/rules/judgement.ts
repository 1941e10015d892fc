// What the rules say of every form of a solved batch, asked once: from it follow what callers need to know (effects.ts) and the findings of
// each body (analyze.ts). Not here: what a form is (../solve/escape/forms.ts).
import type { FlatTree, NodeIndex } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { TypeKind, type TypeId } from '../types/typeKind.js';
import type { GoToolchain } from '../models/toolchain.js';
import { Form, type Free } from '../solve/escape/forms.js';
import { Base, LocFlag } from '../solve/escape/graph.js';
import type { Solution } from '../solve/escape/solution.js';
import { FAILED, type Finding, type JudgeBatch, type Judgement, type Verdict } from '../solve/escape/verdict.js';
import { effectsOf } from './effects.js';
import type { FormContext, GoRule } from './goRule.js';
import { goRuleByForm } from './table.js';

// Used again for each batch: what is kept of it is in summaries and findings.
const lists: number[][] = [];
const verdicts: Verdict[] = [];
const judgement: Judgement = { forms: lists, verdicts };

/** Asks the rules about all forms of a batch. The judgement holds until the next batch. */
export const judgeBatch: JudgeBatch = (solution, context) => {
  solution.judgement = judged(solution);
  return effectsOf(solution, solution.judgement, context);
};

function judged(solution: Solution): Judgement {
  const { graph } = solution;
  const { count, form: forms, flags } = graph;
  const { bodies } = solution.builder;
  for (let index = 0; index < bodies.length; index++) {
    const list = lists[index];
    if (list === undefined) lists.push([]);
    else if (list.length > 0) list.length = 0;
  }
  judge.solution = solution;
  for (let form = Base.First as number; form < count; form++) {
    const kind = forms[form] as Form;
    if (kind === Form.None) continue;
    if (kind !== Form.Call && kind !== Form.DynamicCall) {
      if (kind <= Form.Result && !graph.escapes(form)) {
        if (((flags[form] as number) & LocFlag.Assumed) !== 0) verdicts[form] = judge.judge(form, kind);
        else if (kind !== Form.Variable || ((flags[form] as number) & LocFlag.AddressTaken) === 0) continue;
        else verdicts[form] = undefined;
      } else if ((verdicts[form] = judge.judge(form, kind)) === undefined) continue;
    }
    (lists[solution.bodyIndexOf(form)] as number[]).push(form);
  }
  return judgement;
}

/** A solved batch as rules see it. */
class FormJudge implements FormContext {
  solution!: Solution;
  #verdict: Verdict = undefined;

  get toolchain(): GoToolchain {
    return this.solution.builder.toolchain;
  }

  judge(form: number, kind: Form): Verdict {
    const rule: GoRule | null | undefined = goRuleByForm[kind];
    if (!rule) return undefined;
    this.#verdict = undefined;
    try {
      rule.check(form, this);
    } catch {
      return FAILED;
    }
    return this.#verdict;
  }

  form(form: number): Form {
    return this.solution.graph.form[form] as Form;
  }
  type(form: number): TypeId {
    return this.solution.graph.type[form] as TypeId;
  }
  detail(form: number): number {
    return this.solution.graph.detail[form] as number;
  }
  free(form: number): Free {
    return this.solution.graph.free[form] as Free;
  }
  escapes(form: number): boolean {
    return this.solution.graph.escapes(form);
  }
  assumed(form: number): boolean {
    return this.solution.graph.has(form, LocFlag.Assumed);
  }
  mutates(form: number): boolean {
    return this.solution.mutates(form);
  }
  sizeOf(type: TypeId): number {
    return type === 0 ? -1 : this.solution.builder.facts.sizeOf(type);
  }
  elementSize(type: TypeId): number {
    const { types, facts } = this.solution.builder;
    const elem = types.elem(this.solution.builder.core(type));
    return elem === 0 ? -1 : facts.sizeOf(elem);
  }
  typeName(type: TypeId): string {
    return type === 0 ? 'value' : this.solution.builder.facts.nameOf(type);
  }
  isNamed(form: number): boolean {
    const { tree } = this.solution.bodyOf(form).file;
    const node = nameNode(tree, this.solution.graph.node[form] as number);
    return tree.kind[node] === GoKind.Identifier && tree.textOf(node) !== '_';
  }
  name(form: number): string {
    const { tree } = this.solution.bodyOf(form).file;
    return tree.textOf(nameNode(tree, this.solution.graph.node[form] as number)).slice(0, 60);
  }
  kind(type: TypeId): TypeKind {
    return this.solution.builder.types.underKind(type);
  }
  isTypeParameter(type: TypeId): boolean {
    return this.solution.builder.facts.isTypeParam(type);
  }
  smallScalar(type: TypeId): boolean {
    const { builder } = this.solution;
    if (builder.facts.isTypeParam(type)) return false;
    const size = builder.facts.sizeOf(type);
    const kind = builder.types.underKind(type);
    return (size === 2 || size === 4 || size === 8) && builder.facts.alignOf(type) === size && kind !== TypeKind.Unknown && !builder.facts.hasPointers(type);
  }
  loopDepth(form: number): number {
    return this.solution.graph.loops[form] as number;
  }
  report(_form: number, finding: Finding): void {
    this.#verdict = finding;
  }
  silent(_form: number, reason: string): void {
    this.#verdict = reason;
  }
}

const judge = new FormJudge();

/** The identifier of a variable: of one that stands for a case of a type switch, the one in the switch's head; else the node itself. */
function nameNode(tree: FlatTree, node: NodeIndex): NodeIndex {
  if (tree.kind[node] !== GoKind.TypeCase && tree.kind[node] !== GoKind.DefaultCase) return node;
  const alias = tree.childByField(tree.parent[node] as number, GoField.Alias);
  if (alias < 0) return node;
  const first = tree.kind[alias] === GoKind.Identifier ? alias : tree.firstChild(alias);
  return first < 0 ? node : first;
}
