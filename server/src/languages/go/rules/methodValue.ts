// `x.M` that is not called.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** A method bound to its receiver. */
export const goMethodValue: GoRule = {
  id: 'go/method-value', kind: 'closure', nodes: [Form.MethodValue],
  title: 'Method value',
  why: 'A method that is taken as a value is a record of the method and a copy of its receiver. When the function value outlives the function, the record lives on the heap.',
  unless: 'The function value stays in the function.',
  instead: 'A method expression, or a function that takes the receiver.',
  example: { allocates: 'func f(t *T) func() { return t.Run }', free: 'func f(t *T) { g := t.Run; g() }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, 'The function value does not outlive the function, so it stays on the stack.');
    ctx.report(form, finding(`method value ${ctx.name(form)} with its receiver`));
  },
};
