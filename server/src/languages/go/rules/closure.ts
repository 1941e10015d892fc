// A function literal that captures.
import { FUNCTION_VALUE } from '../solve/escape/closures.js';
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** A closure. Detail: how many variables it captures, or FUNCTION_VALUE. */
export const goClosure: GoRule = {
  id: 'go/closure', kind: 'closure', nodes: [Form.Closure],
  title: 'Closure',
  why: 'A function literal that captures variables is a record of its code and what it captured. When the function value outlives the function, the record lives on the heap.',
  unless: 'It captures nothing, is called where it is written, or stays in the function.',
  instead: 'Pass what it captures as arguments.',
  example: { allocates: 'func f(n int) func() int { return func() int { return n } }', free: 'func f(n int) int { g := func() int { return n }; return g() }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, 'The function value does not outlive the function, so it stays on the stack.');
    const captured = ctx.detail(form);
    if (captured === FUNCTION_VALUE) return ctx.report(form, finding(`function value ${ctx.name(form)} with its type arguments`));
    ctx.report(form, finding(captured === 0 ? 'closure over the type arguments of its generic function' : `closure over ${captured} variable${captured === 1 ? '' : 's'}`));
  },
};
