// `make(map[K]V)`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';
import { GROUP_SLOTS } from './mapLiteral.js';

/** A map made with `make`. Detail: the constant size hint, 0 for none, -1 when it is only known at run time. */
export const goMakeMap: GoRule = {
  id: 'go/make-map', kind: 'buffer', nodes: [Form.MakeMap],
  title: 'make of a map',
  why: 'A map that outlives the function has its header on the heap, and its entries as soon as there are any. A map that stays has room for 8 entries on the stack.',
  unless: 'The map stays in the function and the size hint is at most 8.',
  instead: null,
  example: { allocates: 'func f() map[string]int { return make(map[string]int) }', free: 'func f() int { m := make(map[string]int); return len(m) }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const name = ctx.typeName(ctx.type(form));
    if (ctx.escapes(form)) return ctx.report(form, finding(name));
    const hint = ctx.detail(form);
    if (hint >= 0 && hint <= GROUP_SLOTS) return ctx.silent(form, 'The map does not outlive the function: its header and first 8 entries are on the stack.');
    ctx.report(form, finding(`entries of a ${name}`, hint < 0 ? 'conditional' : 'always', { when: hint < 0 ? 'the size hint is above 8' : null }));
  },
};
