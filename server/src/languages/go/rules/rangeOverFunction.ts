// `for x := range f`, where f is a function.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** The body of a loop as a closure for an iterator that may keep it. */
export const goRangeOverFunction: GoRule = {
  id: 'go/range-over-func', kind: 'closure', nodes: [Form.RangeOverFunction],
  title: 'Range over a function',
  why: 'The body of such a loop is a closure that the iterator calls. When it is not known what the iterator does with it, the closure and the variables that it uses live on the heap.',
  unless: 'The iterator is known and does not keep the body.',
  instead: null,
  example: { allocates: 'func f(seq func(func(int) bool)) { for x := range seq { use(x) } }', free: 'for x := range slices.Values(xs) { use(x) }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, FREE_REASONS[Free.KnownIterator] as string);
    ctx.report(form, finding('loop body as a closure, and its state'));
  },
};
