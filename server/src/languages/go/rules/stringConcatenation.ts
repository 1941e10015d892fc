// `a + b` and `s += x` over strings.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** Bytes of the buffer on the stack for a joined string that does not escape. */
export const STRING_BUFFER = 32;

/** A new string made of others. */
export const goStringConcatenation: GoRule = {
  id: 'go/string-concatenation', kind: 'buffer', nodes: [Form.Concatenation, Form.ConcatenationAssignment],
  title: 'String concatenation',
  why: 'Joining strings that are not constants copies all operands into a new string.',
  unless: 'At most one operand is not empty, or the result stays in the function and has at most 32 bytes.',
  instead: 'strings.Builder, with Grow, where a string is built in a loop.',
  example: { allocates: 'func f(a, b string) string { return a + b }', free: 'const s = "a" + "b"' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const instead = ctx.form(form) === Form.ConcatenationAssignment && ctx.loopDepth(form) > 0 ? 'strings.Builder: each round copies the whole string again' : null;
    if (ctx.escapes(form) || ctx.form(form) === Form.ConcatenationAssignment) return ctx.report(form, finding('joined string', 'always', { instead, unless: 'all operands but one are empty' }));
    ctx.report(form, finding('joined string', 'conditional', { when: `longer than ${STRING_BUFFER} bytes`, instead }));
  },
};
