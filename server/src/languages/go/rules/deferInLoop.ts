// `defer` in a loop.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** A deferred call that may happen any number of times, so that its record is not in the stack frame. */
export const goDeferInLoop: GoRule = {
  id: 'go/defer-in-loop', kind: 'closure', nodes: [Form.DeferStatement],
  title: 'defer in a loop',
  why: 'Deferred calls of a loop pile up until the function returns, each with a record and a closure that holds its arguments.',
  unless: 'The defer is outside of loops: then the record is in the stack frame.',
  instead: 'Move the body of the loop into a function of its own.',
  example: { allocates: 'for _, f := range files { defer f.Close() }', free: 'defer f.Close()' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    ctx.report(form, finding('record of a deferred call', 'always', { instead: 'Move the body of the loop into a function of its own: the calls then happen each round, too' }));
  },
};
