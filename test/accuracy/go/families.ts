// Which constructs of the truth a site may mean: the truth speaks of kinds of Go constructs, a report of rules. The table is the one that
// the truth's own scorer uses.

/** Family of a kind of the truth; kinds of one family are not told apart. */
const FAMILY: Readonly<Record<string, string>> = {
  new: 'new', 'addr-lit': 'new', 'slice-lit': 'slice-lit', 'make-slice': 'make-slice', 'make-map': 'map', 'map-lit': 'map', 'map-assign': 'map-assign',
  'make-chan': 'make-chan', append: 'append', concat: 'concat', 'str-conv': 'str-conv', box: 'box', closure: 'closure', 'method-value': 'closure',
  go: 'go', defer: 'defer', var: 'var', variadic: 'variadic', 'range-func': 'range-func', other: 'other',
};

/** First match on the rule's id wins. */
const RULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/append|slice-growth/, ['append']],
  [/map-?(assign|insert|growth|grow|store|write|element|entry|index|put)|map-key-assign/, ['map-assign']],
  [/map/, ['map']],
  [/chan/, ['make-chan']],
  [/concat|plus-assign|string-(join|plus|addition)/, ['concat']],
  [/interface|box/, ['box']],
  [/method-value|bound-method/, ['closure']],
  [/range-(over-)?func|iterator/, ['range-func']],
  [/closure|func(tion)?-lit/, ['closure']],
  [/goroutine|go-stat|go-call|\/go$/, ['go']],
  [/defer/, ['defer']],
  [/variadic/, ['variadic']],
  [/conver|str-conv|string-(of|from)|bytes?-(of|from)|runes?-(of|from)/, ['str-conv']],
  [/slice-lit|slice-composite/, ['slice-lit']],
  [/make-?slice/, ['make-slice']],
  [/make/, ['make-slice', 'map', 'make-chan']],
  [/\bvar\b|variable|moved|param/, ['var']],
  [/slice/, ['slice-lit', 'make-slice']],
  [/composite/, ['new', 'slice-lit', 'map']],
  [/\bnew\b|addr|pointer|struct/, ['new']],
  [/escap/, ['new', 'var', 'slice-lit', 'closure', 'variadic']],
];

/** What a product kind may mean where the rule's id says nothing. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  buffer: ['make-slice', 'slice-lit', 'map', 'concat', 'str-conv', 'variadic'], growth: ['append', 'map-assign'], copy: ['str-conv', 'concat'], format: ['concat', 'str-conv'],
  boxing: ['box'], error: ['box', 'new'], box: ['new', 'box'], escape: ['new', 'var', 'slice-lit', 'map', 'make-slice', 'variadic'],
  closure: ['closure', 'defer', 'range-func'], task: ['go'], channel: ['make-chan'],
};

/** Family of a truth kind. */
export function familyOf(kind: string): string {
  return FAMILY[kind] ?? 'other';
}

/** Families that a site of this rule and kind may mean; never empty. */
export function familiesOf(rule: string, kind: string): ReadonlySet<string> {
  const single = KINDS[kind];
  if (single?.length === 1) return new Set(single);
  for (const [pattern, families] of RULES) if (pattern.test(rule.toLowerCase())) return new Set(families);
  return new Set(single ?? ['other']);
}
