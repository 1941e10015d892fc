// `m[k] = v`.
import { Form, Free, FREE_REASONS } from '../solve/escape/forms.js';
import { finding, type GoRule } from './goRule.js';

/** Growth of a map, and the places of keys and values that are stored apart. */
export const goMapAssignment: GoRule = {
  id: 'go/map-assignment', kind: 'growth', nodes: [Form.MapAssignment],
  title: 'Map assignment',
  why: 'A new key may need a new group of entries, or a larger table. Keys and values above 128 bytes are stored apart, one allocation each.',
  unless: 'The key is there already, or there is room.',
  instead: 'Make the map with the size it will need.',
  example: { allocates: 'm[k] = v', free: 'v = m[k]' },
  check(form, ctx) {
    const free = ctx.free(form);
    if (free !== Free.No) return ctx.silent(form, FREE_REASONS[free] as string);
    const value = ctx.elementSize(ctx.type(form));
    ctx.report(form, finding(value > 128 ? 'place of a value above 128 bytes, and room for entries' : 'room for entries of the map', 'conditional', { when: 'the key is new and the table has no room' }));
  },
};
