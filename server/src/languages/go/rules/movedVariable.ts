// A variable that the compiler moves to the heap.
import { Form } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** A local, parameter or result whose address outlives it. Said where it is declared; the cause is elsewhere. */
export const goMovedVariable: GoRule = {
  id: 'go/moved-variable', kind: 'escape', nodes: [Form.Variable, Form.Parameter, Form.Result],
  title: 'Variable moved to the heap',
  why: 'The address of the variable outlives it: it is returned, stored, sent or captured by something that lives longer. So the variable is allocated on the heap where it is declared.',
  unless: 'Its address stays in the function and in functions that do not keep it.',
  instead: 'Pass the value, or let the caller hand in the memory.',
  example: { allocates: 'func f() *int { n := 1; return &n }', free: 'func f() int { n := 1; p := &n; return *p }' },
  check(form, ctx) {
    if (!ctx.escapes(form)) return;
    const type = ctx.type(form);
    const bytes = ctx.sizeOf(type);
    if (bytes === 0) return;
    ctx.report(form, finding(`variable ${ctx.name(form)}, a ${ctx.typeName(type)}`, 'always', { bytes }));
  },
};
