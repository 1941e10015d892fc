// `map[K]V{…}`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** Entries that a map holds before it needs more than its first group. */
export const GROUP_SLOTS = 8;

/** A map literal. */
export const goMapLiteral: GoRule = {
  id: 'go/map-literal', kind: 'buffer', nodes: [Form.MapLiteral],
  title: 'Map literal',
  why: 'A map literal makes a map and inserts its entries one by one. A map that stays in the function has its header and first group of 8 entries on the stack; more entries, or a map that outlives the function, need the heap.',
  unless: 'The map stays in the function and has at most 8 entries.',
  instead: 'A switch, or a package variable that is initialised once.',
  example: { allocates: 'func f() map[string]int { return map[string]int{"a": 1} }', free: 'func f(k string) int { return len(map[string]int{}) }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const name = ctx.typeName(ctx.type(form));
    if (ctx.escapes(form)) return ctx.report(form, finding(name));
    const entries = ctx.detail(form);
    if (entries === 0) return ctx.silent(form, 'The map does not outlive the function, so its header and first entries are on the stack.');
    ctx.report(form, finding(`entries of a ${name}`, 'conditional', { when: 'an entry does not fit the 8 places on the stack' }));
  },
};
