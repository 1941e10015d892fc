// Documentation of every rule id that a report for Go may carry: rules over forms, and the ids that need no rule of their own.
import type { RuleDocumentation } from '../../../analysis/rule.js';
import { goRules } from './table.js';

/** A call of a function that allocates inside. */
const calls: readonly RuleDocumentation[] = [
  {
    id: 'go/callee', kind: 'callee', title: 'Call of a function that allocates',
    why: 'The called function of this package, or one that it calls, allocates. Through an interface or a package variable the call is only possible: then the functions of this package that it may reach and that allocate are named.',
    unless: null, instead: null, example: { allocates: 'x := build()', free: null },
  },
  {
    id: 'go/library-call', kind: 'callee', title: 'Call of a library function that allocates',
    why: 'The function that is called here belongs to another package, and it allocates inside.',
    unless: null, instead: null, example: { allocates: 's := strings.Repeat("ab", n)', free: 's := strings.TrimSpace(t)' },
  },
  {
    id: 'go/parameter', kind: 'escape', title: 'Parameter', freeTitle: 'Parameter',
    why: 'A parameter is no allocation. The hover says whether what it points to must be on the heap, and why.',
    unless: null, instead: null, example: { allocates: 'var kept *T; func keep(t *T) { kept = t }', free: 'func read(t *T) int { return t.n }' },
  },
];

/** All ids, in the order of the catalogue. */
export const goRuleDocumentation: readonly RuleDocumentation[] = [...goRules, ...calls];
