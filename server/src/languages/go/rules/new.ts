// `new(T)` and `new(value)`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, STAYS, type GoRule } from './goRule.js';

/** A value made with `new` that outlives its function. */
export const goNew: GoRule = {
  id: 'go/new', kind: 'escape', nodes: [Form.New],
  title: 'new',
  why: '`new` makes a variable without a name. When its address outlives the function, or the iteration of a loop, the variable lives on the heap.',
  unless: 'The pointer stays in the function, or the type has no size.',
  instead: 'Return or store the value itself where it is small.',
  example: { allocates: 'func f() *int { return new(int) }', free: 'func f() int { p := new(int); *p = 1; return *p }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] ?? STAYS);
    const bytes = ctx.sizeOf(ctx.type(form));
    if (bytes === 0) return ctx.silent(form, FREE_REASONS[Free.ZeroSized] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, STAYS);
    ctx.report(form, finding(`new ${ctx.typeName(ctx.type(form))}`, 'always', { bytes }));
  },
};
