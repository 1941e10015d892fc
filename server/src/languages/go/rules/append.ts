// `append(s, …)`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** Growth of a slice. */
export const goAppend: GoRule = {
  id: 'go/append', kind: 'growth', nodes: [Form.Append],
  title: 'append',
  why: '`append` allocates a larger array when the capacity is used up: twice the size for small slices, a quarter more for large ones.',
  unless: 'The slice has spare capacity.',
  instead: 'Make the slice with the capacity it will need.',
  example: { allocates: 's = append(s, x)', free: 's = append(s)' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const type = ctx.type(form);
    if (ctx.elementSize(type) === 0) return ctx.silent(form, FREE_REASONS[Free.ZeroSized] as string);
    const buffer = ctx.escapes(form) ? 0 : ctx.toolchain.appendBuffer;
    const fits = buffer > 0 && ctx.elementSize(type) > 0 ? Math.floor(buffer / ctx.elementSize(type)) : 0;
    const length = ctx.detail(form);
    if (length > 0 && length <= fits) return ctx.silent(form, `The slice began empty and stays in the function, so its first ${fits} element${fits === 1 ? ' is' : 's are'} kept on the stack (since Go 1.26).`);
    ctx.report(form, finding(`larger array behind a ${ctx.typeName(type)}`, 'conditional', {
      when: 'length reaches capacity',
      unless: fits > 0 ? `the slice stays in the function, so its first ${fits} element${fits === 1 ? '' : 's'} are kept on the stack (since Go 1.26)` : null,
    }));
  },
};
