// `[]T{…}`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, STAYS, type GoRule } from './goRule.js';

/** The array behind a slice literal. */
export const goSliceLiteral: GoRule = {
  id: 'go/slice-literal', kind: 'buffer', nodes: [Form.SliceLiteral],
  title: 'Slice literal',
  why: 'A slice literal makes the array behind the slice. When the slice outlives the function the array lives on the heap.',
  unless: 'The slice stays in the function, has no elements, or initialises a package variable with constants.',
  instead: 'An array, where the length is fixed.',
  example: { allocates: 'func f() []int { return []int{1, 2} }', free: 'func f() int { s := []int{1, 2}; return s[0] }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] ?? STAYS);
    const count = ctx.detail(form);
    const element = ctx.elementSize(ctx.type(form));
    if (count === 0 || element === 0) return ctx.silent(form, FREE_REASONS[Free.Empty] as string);
    if (!ctx.escapes(form)) return ctx.silent(form, STAYS);
    ctx.report(form, finding(`array behind a ${ctx.typeName(ctx.type(form))}`, 'always', { bytes: count > 0 && element > 0 ? count * element : -1 }));
  },
};
