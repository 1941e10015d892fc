// A variable that the compiler moves to the heap.
import { Form } from '../solve/escape/forms.js';
import { aType, finding, type GoRule } from './goRule.js';

/** A local, parameter or result whose address outlives it. Said where it is declared; the cause is elsewhere. */
export const goMovedVariable: GoRule = {
  id: 'go/moved-variable', kind: 'escape', nodes: [Form.Variable, Form.Parameter, Form.Result],
  title: 'Variable moved to the heap',
  why: 'The address of the variable outlives it: it is returned, stored, sent or captured by something that lives longer. So the variable is allocated on the heap where it is declared.',
  unless: 'Its address stays in the function and in functions that do not keep it.',
  instead: 'Pass the value, or let the caller hand in the memory.',
  example: { allocates: 'func f() *int { n := 1; return &n }', free: 'func f() int { n := 1; p := &n; return *p }' },
  check(form, ctx) {
    const certain = ctx.escapes(form);
    if (!certain && !ctx.assumed(form)) return;
    const type = ctx.type(form);
    const bytes = ctx.sizeOf(type);
    if (bytes === 0) return;
    const what = `${ctx.isNamed(form) ? `variable ${ctx.name(form)}` : 'result without a name'}, ${aType(ctx.typeName(type))}`;
    ctx.report(form, certain ? finding(what, 'always', { bytes }) : finding(what, 'possible', { bytes, when: 'the called function, whose source is not at hand, keeps the address' }));
  },
};
