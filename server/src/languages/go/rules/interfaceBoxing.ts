// A value put into an interface.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import type { Finding } from '../solve/escape/verdict.js';
import { TypeKind } from '../types/typeKind.js';
import { aType, finding, type GoRule } from './goRule.js';

/** Largest value that is boxed on the stack when the interface does not escape. */
const LARGEST_TEMPORARY = 1024;

/** The runtime has a table of the values whose bits, read as an unsigned number, are below 256 (`convT16`, `convT32`, `convT64` in runtime/iface.go): which that are, by kind. */
function fromTable(kind: TypeKind): Pick<Finding, 'when' | 'unless'> {
  if (kind === TypeKind.Float32 || kind === TypeKind.Float64) return { when: 'the value is not zero', unless: 'zero comes from a table of the runtime' };
  if (kind >= TypeKind.Int && kind <= TypeKind.Int64) return { when: 'the value is negative or above 255', unless: 'values from 0 to 255 come from a table of the runtime' };
  if (kind >= TypeKind.Uint && kind <= TypeKind.Uintptr) return { when: 'the value is above 255', unless: 'values up to 255 come from a table of the runtime' };
  return { when: 'its bytes, read as a number, are above 255', unless: 'bytes that make a number up to 255 come from a table of the runtime' };
}

/** The values of a kind that the runtime makes no copy of (`convTstring`, `convTslice`). */
const EMPTY: Readonly<Partial<Record<TypeKind, string>>> = { [TypeKind.String]: 'the string is empty', [TypeKind.Slice]: 'the slice is nil' };

/** The copy of a value that an interface points to. */
export const goInterfaceBoxing: GoRule = {
  id: 'go/interface-boxing', kind: 'boxing', nodes: [Form.Box],
  title: 'Value put into an interface',
  why: 'An interface holds a pointer. A value that is not a single pointer is copied, and the copy lives on the heap when the interface outlives the function.',
  unless: 'The value is a pointer, a constant, one byte, without size, or the interface stays in the function.',
  instead: 'A pointer, or a type parameter instead of the interface.',
  example: { allocates: 'func f(n int) any { return n }', free: 'func f(p *int) any { return p }' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const type = ctx.type(form);
    const bytes = ctx.sizeOf(type);
    if (bytes === 0) return ctx.silent(form, FREE_REASONS[Free.ZeroSized] as string);
    if (!ctx.escapes(form) && bytes <= LARGEST_TEMPORARY) return ctx.silent(form, 'The interface does not outlive the function, so the copy stays on the stack.');
    const what = `copy of ${aType(ctx.typeName(type))} for the interface`;
    if (ctx.isTypeParameter(type)) return ctx.report(form, finding(what, 'conditional', { when: 'the type argument is no pointer', unless: 'the type argument is a pointer, or its value needs no copy' }));
    if (ctx.smallScalar(type)) return ctx.report(form, finding(what, 'conditional', { bytes, ...fromTable(ctx.kind(type)) }));
    ctx.report(form, finding(what, 'always', { bytes, unless: EMPTY[ctx.kind(type)] ?? null }));
  },
};
