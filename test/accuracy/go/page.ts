// The score for Go as a section of docs/accuracy.md, and as text for the terminal.
import { familyOf } from './families.js';
import { scoreReport, type ReportDocument, type Score } from './score.js';
import { readTruth } from './truth.js';

/** Truth files by name, with their text. */
export type TruthTexts = ReadonlyMap<string, string>;

/** Judges a report against each truth file. */
export function judgeGo(truths: TruthTexts, report: ReportDocument): Map<string, Score> {
  const scores = new Map<string, Score>();
  for (const [name, text] of truths) scores.set(name, scoreReport(readTruth([text], familyOf), report));
  return scores;
}

/** One line with the figures that the limits speak of. */
export function summaryOf(name: string, score: Score): string {
  return `${name}: P ${score.precision} R ${score.recall} strict ${score.strictPrecision}/${score.strictRecall} negatives ${score.negativesFlagged} over-claim ${score.overclaim} possible ${score.possibleShare}`
    + (score.missingFiles > 0 ? ` (${score.missingFiles} of ${score.files} files are not in the report)` : '');
}

/** The worst misses, one a line: sites that are none, then allocations that were not said. */
export function missesOf(score: Score, count: number): string[] {
  return [
    ...score.wrong.slice(0, count).map((site) => `  said, but is none: ${site.path}:${site.line} ${site.rule} ${site.certainty} (${site.hits[0]?.reason ?? 'no allocating form here'})`),
    ...score.missed.slice(0, count).map((line) => `  not said: ${line.path}:${line.line} ${line.kinds.join(' ')} ${line.cert ?? ''}`),
  ];
}

/** The section of the page. */
export function sectionOf(scores: ReadonlyMap<string, Score>): string {
  const rows = [...scores].map(([name, s]) => `| ${name} | ${s.files} | ${s.positives} | ${s.precision} | ${s.recall} | ${s.strictPrecision} / ${s.strictRecall} | ${s.negativesFlagged} | ${s.overclaim} | ${s.possibleShare} |`);
  const kinds = [...scores].flatMap(([name, s]) => ['', `By kind, ${name}:`, '', '| kind | in truth | recall | predicted | precision |', '|---|---|---|---|---|', ...s.byKind.map((k) => `| ${k.family} | ${k.truth} | ${cell(k.recall)} | ${k.predicted} | ${cell(k.precision)} |`)]);
  return [
    '## Go', '',
    'Lines of real code, held against what the Go 1.26 compiler emits for them. Precision: of the lines said to allocate (always or conditionally), those that do.',
    'Recall: of the lines that allocate, those that were said. Strict: the construct must match, too. All in percent.', '',
    '| truth | files | lines that allocate | precision | recall | strict | free lines flagged | always, but conditional | possible |', '|---|---|---|---|---|---|---|---|---|', ...rows, ...kinds, '',
  ].join('\n');
}

function cell(value: number): string {
  return Number.isNaN(value) ? '–' : String(value);
}
