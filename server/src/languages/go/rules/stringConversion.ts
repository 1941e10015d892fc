// `string(b)`, `[]byte(s)`, `[]rune(s)`, `string(r)`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { BY_TYPE_ARGUMENT } from '../solve/escape/strings.js';
import { finding, type GoRule } from './goRule.js';
import { STRING_BUFFER } from './stringConcatenation.js';

/** When a form does not allocate, where that is less than the rule says. */
const UNLESS: Readonly<Record<number, string>> = {
  [Form.RunesToString]: `the result stays in the function and has at most ${STRING_BUFFER} bytes`, [Form.RuneToString]: 'the result stays in the function',
  [Form.StringToRunes]: `only the number of runes is asked for, or the result stays in the function and has at most ${STRING_BUFFER} runes`,
};

const WHAT: Readonly<Record<number, string>> = {
  [Form.BytesToString]: 'string copied from bytes', [Form.RunesToString]: 'string made of runes', [Form.RuneToString]: 'string of one rune',
  [Form.StringToBytes]: 'bytes copied from a string', [Form.StringToRunes]: 'runes decoded from a string',
};

/** A conversion between strings and slices of bytes or runes copies. Detail: the length of a constant operand, BY_TYPE_ARGUMENT, else -1. */
export const goStringConversion: GoRule = {
  id: 'go/string-conversion', kind: 'copy', nodes: [Form.BytesToString, Form.RunesToString, Form.RuneToString, Form.StringToBytes, Form.StringToRunes],
  title: 'Conversion of a string',
  why: 'Strings never change and slices may, so a conversion between them copies.',
  unless: 'The bytes are only read on the spot (a map lookup, a comparison, a range, a length), or the result stays in the function and fits a small buffer.',
  instead: null,
  example: { allocates: 'func f(b []byte) string { return string(b) }', free: 'func f(m map[string]int, b []byte) int { return m[string(b)] }' },
  check(form, ctx) {
    const kind = ctx.form(form);
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const what = WHAT[kind] as string;
    const constant = ctx.detail(form);
    if (kind === Form.StringToBytes && constant < 0 && !ctx.mutates(form)) return ctx.silent(form, 'Nobody writes to these bytes, so the string\'s own are used without a copy.');
    if (constant === 0) return ctx.silent(form, FREE_REASONS[Free.Empty] as string);
    if (constant === BY_TYPE_ARGUMENT) return ctx.report(form, finding(what, 'conditional', { when: 'the type argument makes it a conversion between string and bytes' }));
    if (ctx.escapes(form)) return ctx.report(form, finding(what, 'always', { bytes: kind === Form.StringToBytes ? constant : -1, unless: UNLESS[kind] ?? null }));
    if (constant > 0) return ctx.silent(form, 'The length is known and the result does not outlive the function, so it stays on the stack.');
    if (kind === Form.RuneToString) return ctx.silent(form, 'The result does not outlive the function, so it fits a buffer of 4 bytes on the stack.');
    const unit = kind === Form.StringToRunes ? 'runes' : 'bytes';
    ctx.report(form, finding(what, 'conditional', { when: `longer than ${STRING_BUFFER} ${unit}`, unless: UNLESS[kind] ?? null }));
  },
};
