// `make([]T, n)`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, STAYS, type GoRule } from './goRule.js';

/** True where the slice does not escape. */
const CONSTANT = 'a constant capacity, where the size has an upper bound: then the array stays on the stack';

/** A slice made with `make`. Detail: its constant capacity, -1 when that is only known at run time. */
export const goMakeSlice: GoRule = {
  id: 'go/make-slice', kind: 'buffer', nodes: [Form.MakeSlice],
  title: 'make of a slice',
  why: '`make([]T, n)` makes the array behind the slice. It lives on the heap when the slice outlives the function, when it is larger than 64 KiB, or when its length is only known at run time and does not fit a small buffer.',
  unless: 'The slice stays in the function and its length is a constant of at most 64 KiB.',
  instead: 'A constant capacity, or a buffer that the caller hands in.',
  example: { allocates: 'func f(n int) []byte { return make([]byte, n) }', free: 'func f() byte { b := make([]byte, 16); return b[0] }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const type = ctx.type(form);
    const element = ctx.elementSize(type);
    if (element === 0) return ctx.silent(form, FREE_REASONS[Free.ZeroSized] as string);
    const length = ctx.detail(form);
    const bytes = length >= 0 && element > 0 ? length * element : -1;
    const what = `array behind a ${ctx.typeName(type)}`;
    if (length === 0) return ctx.silent(form, FREE_REASONS[Free.Empty] as string);
    if (ctx.escapes(form)) return ctx.report(form, finding(what, 'always', { bytes }));
    if (length >= 0) return ctx.silent(form, STAYS);
    const buffer = ctx.toolchain.variableMakeBuffer;
    if (buffer === 0) return ctx.report(form, finding(what, 'always', { instead: CONSTANT }));
    const fits = element > 0 ? Math.floor(buffer / element) : 0;
    if (fits === 0) return ctx.report(form, finding(what, 'always', { instead: CONSTANT }));
    ctx.report(form, finding(what, 'conditional', {
      when: fits > 0 ? `more than ${fits} element${fits === 1 ? '' : 's'} (${buffer} bytes are kept on the stack, since Go 1.25)` : `it does not fit the ${buffer} bytes kept on the stack (since Go 1.25)`,
      instead: CONSTANT,
    }));
  },
};
