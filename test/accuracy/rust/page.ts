// The score for Rust as a section of docs/accuracy.md, as text for the terminal, and held against another judge's words.
import type { RustScore } from './score.js';

/** The worst misses, one a line: sites that allocate nothing, then allocations that were not said, then sites without any record. */
export function rustMisses(score: RustScore, count: number): string[] {
  return [
    ...score.wrong.slice(0, count).map(({ site, record }) => `  said, but is none: ${site.path}:${String(site.line)}:${String(site.col)} ${site.site.rule} ${site.site.certainty} (${record.callee})`),
    ...score.missed.slice(0, count).map((record) => `  not said: ${record.path}:${String(record.line)}:${String(record.col)} ${record.callee}`),
    ...score.unmatched.slice(0, count).map((site) => `  no such call: ${site.path}:${String(site.line)}:${String(site.col)} ${site.site.rule}`),
  ];
}

/** The section of the page. */
export function rustSection(score: RustScore): string {
  const kinds = [...score.byKind].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, t]) => `| ${kind} | ${String(t.hits)} | ${String(t.misses)} | ${String(t.unmatched)} |`);
  const certainties = [...score.byCertainty].sort(([a], [b]) => (a < b ? -1 : 1)).map(([certainty, t]) => `| ${certainty} | ${String(t.hits)} | ${String(t.misses)} | ${cell((100 * t.hits) / (t.hits + t.misses))} |`);
  const callees = [...score.byCallee].filter(([, c]) => c.found < c.all).sort(([a, x], [b, y]) => y.all - y.found - (x.all - x.found) || (a < b ? -1 : 1)).slice(0, 10).map(([callee, c]) => `| \`${callee}\` | ${String(c.found)} of ${String(c.all)} |`);
  return [
    '## Rust', '',
    'Calls of real code, held against what the Rust 1.95 compiler emits for them, without optimisation. Precision: of the calls said to allocate (always or conditionally), those whose callee can reach the',
    'allocator; strict: sites where the compiler makes no call at all count as wrong. Recall: of the calls through which std reaches the allocator, those that were said. All in percent.', '',
    '| files | precision | strict | recall | of dependencies | chosen by the caller’s types | free calls flagged | callee precision | callee recall | possible |', '|---|---|---|---|---|---|---|---|---|---|',
    `| ${[String(score.files), ...[score.precision, score.strictPrecision, score.recall, score.recallOfDependencies, score.recallOfDepends, score.noneFlagged, score.calleePrecision, score.calleeRecall, score.possibleShare].map(cell)].join(' | ')} |`,
    '', 'By kind:', '', '| kind | right | wrong | no such call |', '|---|---|---|---|', ...kinds, '', 'By certainty:', '', '| certainty | right | wrong | precision |', '|---|---|---|---|', ...certainties,
    ...(callees.length === 0 ? [] : ['', 'Functions of std that were missed most:', '', '| function | said |', '|---|---|', ...callees]), '',
  ].join('\n');
}

/**
 * Where the last line that another judge of the same truth printed (`P 99.6 R 99.0 | strict P 99.4 | R of dep 90.2 (153), …`) says otherwise: one
 * sentence a figure; empty when both agree to a tenth.
 */
export function disagreements(score: RustScore, line: string): string[] {
  const figures: readonly (readonly [string, RegExp, number])[] = [
    ['P', /^P ([\d.]+)/, score.precision], ['R', / R ([\d.]+) \|/, score.recall], ['strict P', /strict P ([\d.]+)/, score.strictPrecision], ['R of dep', /R of dep ([\d.]+)/, score.recallOfDependencies],
    ['depends', /depends ([\d.]+)/, score.recallOfDepends], ['none flagged', /none flagged .*?\(([\d.]+) %\)/, score.noneFlagged], ['callee P', /callee P ([\d.]+)/, score.calleePrecision], ['callee R', /callee P \S+ R ([\d.]+)/, score.calleeRecall],
    ['possible', /possible ([\d.]+)/, score.possibleShare],
  ];
  return figures.flatMap(([name, pattern, ours]) => {
    const theirs = Number(pattern.exec(line)?.[1] ?? 'NaN');
    const same = Number.isNaN(theirs) ? Number.isNaN(ours) : Math.abs(theirs - ours) < 0.0501;
    return same ? [] : [`${name} is ${cell(ours)} here, ${cell(theirs)} there`];
  });
}

function cell(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(1);
}
