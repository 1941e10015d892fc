// `make(chan T)`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** A channel: always on the heap. */
export const goMakeChannel: GoRule = {
  id: 'go/make-channel', kind: 'channel', nodes: [Form.MakeChannel],
  title: 'make of a channel',
  why: 'Channels always live on the heap, with their buffer.',
  unless: null,
  instead: null,
  example: { allocates: 'done := make(chan struct{})', free: null },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    ctx.report(form, finding(ctx.typeName(ctx.type(form))));
  },
};
