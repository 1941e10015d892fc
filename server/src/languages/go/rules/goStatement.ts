// `go f(x)`.
import { Form } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** The start of a goroutine. Detail: 1 when arguments need a wrapper closure. */
export const goGoStatement: GoRule = {
  id: 'go/go-statement', kind: 'task', nodes: [Form.GoStatement],
  title: 'Goroutine',
  why: 'A goroutine needs a stack of its own (reused when one is free) and a closure that holds what it is called with.',
  unless: null,
  instead: 'A fixed set of goroutines that take work from a channel.',
  example: { allocates: 'go work(x)', free: null },
  check(form, ctx) {
    ctx.report(form, finding(ctx.detail(form) > 0 ? 'goroutine, and a closure for its call' : 'goroutine'));
  },
};
