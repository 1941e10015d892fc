// The slice of a variadic call.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** The slice that holds the arguments of a variadic parameter. Detail: how many. */
export const goVariadicSlice: GoRule = {
  id: 'go/variadic-slice', kind: 'buffer', nodes: [Form.VariadicSlice],
  title: 'Slice of a variadic call',
  why: 'The arguments of a variadic parameter are put into a slice. When the called function keeps the slice, it lives on the heap.',
  unless: 'The called function does not keep the slice, which is the common case.',
  instead: null,
  example: { allocates: 'func keep(xs ...int) []int { return xs }', free: 'fmt.Println("a", "b")' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const element = ctx.elementSize(ctx.type(form));
    if (element === 0) return ctx.silent(form, FREE_REASONS[Free.ZeroSized] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, 'The called function does not keep the slice, so it stays on the stack.');
    ctx.report(form, finding(`${ctx.typeName(ctx.type(form))} for the arguments`, 'always', { bytes: element > 0 && ctx.detail(form) > 0 ? element * ctx.detail(form) : -1 }));
  },
};
