// `&T{…}`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, STAYS, type GoRule } from './goRule.js';

/** A composite literal whose address is taken and outlives its function. */
export const goEscapingCompositeLiteral: GoRule = {
  id: 'go/escaping-composite-literal', kind: 'escape', nodes: [Form.AddressedLiteral],
  title: 'Escaping composite literal',
  why: '`&T{…}` makes a variable and takes its address. When that address outlives the function, or the iteration of a loop, the variable lives on the heap.',
  unless: 'The pointer stays in the function, or the type has no size.',
  instead: 'Return or store the value itself where it is small.',
  example: { allocates: 'func f() *T { return &T{n: 1} }', free: 'func f() int { t := &T{n: 1}; return t.n }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] ?? STAYS);
    const bytes = ctx.sizeOf(ctx.type(form));
    if (bytes === 0) return ctx.silent(form, FREE_REASONS[Free.ZeroSized] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, STAYS);
    ctx.report(form, finding(`${ctx.typeName(ctx.type(form))} behind a pointer`, 'always', { bytes }));
  },
};
