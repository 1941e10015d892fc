// A solved batch as rules see it.
import { TypeKind, type TypeId } from '../types/typeKind.js';
import type { GoToolchain } from '../models/toolchain.js';
import type { Form, Free } from '../solve/escape/forms.js';
import type { Solution } from '../solve/escape/solution.js';
import type { Finding, FormContext, GoRule } from './goRule.js';
import { goRuleTable } from './table.js';

/** What rules say of one form. */
export interface FormVerdicts {
  finding(rule: GoRule, form: number, finding: Finding): void;
  silent(rule: GoRule, form: number, reason: string): void;
  /** A rule threw: a mistake of ours that costs this rule at this place only. */
  failed(rule: GoRule, form: number): void;
}

/** Asks rules about forms. */
export class FormJudge implements FormContext {
  readonly toolchain: GoToolchain;
  #rule: GoRule | null = null;

  constructor(private readonly solution: Solution, private readonly verdicts: FormVerdicts) {
    this.toolchain = solution.builder.toolchain;
  }

  /** Runs the rules of a form. */
  judge(form: number): void {
    const at = goRuleTable.byKind[this.form(form)] as number;
    if (at === 0) return;
    for (const rule of goRuleTable.lists[at - 1] ?? []) {
      this.#rule = rule;
      try {
        rule.check(form, this);
      } catch {
        this.verdicts.failed(rule, form);
      }
    }
  }

  form(form: number): Form {
    return this.solution.form(form);
  }
  type(form: number): TypeId {
    return this.solution.graph.type[form] as TypeId;
  }
  detail(form: number): number {
    return this.solution.graph.detail[form] as number;
  }
  free(form: number): Free {
    return this.solution.free(form);
  }
  escapes(form: number): boolean {
    return this.solution.escapes(form);
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
  name(form: number): string {
    const { graph } = this.solution;
    const body = this.solution.bodyOf(form);
    return body.file.tree.textOf(graph.node[form] as number).slice(0, 60);
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
  report(form: number, finding: Finding): void {
    if (this.#rule) this.verdicts.finding(this.#rule, form, finding);
  }
  silent(form: number, reason: string): void {
    if (this.#rule) this.verdicts.silent(this.#rule, form, reason);
  }
}
