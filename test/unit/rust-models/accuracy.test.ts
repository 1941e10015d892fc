// The harness itself, and Heaplight against a small truth of our own programs. The truth was read off the compiler's output for them (rustc 1.95.0,
// opt-level 0, their tests built): `Box::new` of a value without size is free although a call is written, and clones of a type parameter are marked `gen`.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import { LineIndex } from '../../../server/src/syntax/lineIndex.js';
import { disagreements, rustMisses } from '../../accuracy/rust/page.js';
import { scoreRust, type RustScore, type ScoredReport } from '../../accuracy/rust/score.js';
import { classOf, readTruth, type TruthRecord } from '../../accuracy/rust/truth.js';
import { fragmentParser, memorySources, noFacts, testOptions } from '../../support/engine.js';

const record = (kind: string, more: Partial<TruthRecord> = {}): TruthRecord => ({ path: 'a-1/src/lib.rs', line: 1, col: 1, kind, callee: 'Vec::push', ...more });

describe('classes of the truth', () => {
  it.each([
    [record('direct'), 'must'], [record('direct', { gen: true }), 'depends'], [record('dep'), 'dep'], [record('dep', { op: 'await' }), 'near'], [record('direct', { op: 'for' }), 'near'],
    [record('indirect'), 'depends'], [record('transitive'), 'apart'], [record('transitive', { via: true }), 'below'], [record('none'), 'none'], [record('rare'), 'neutral'], [record('direct', { derive: true }), 'neutral'], [record('direct', { op: 'fmtarg' }), 'neutral'],
  ] as const)('%j is %s', (truth, expected) => {
    expect(classOf(truth)).toBe(expected);
  });
});

describe('the score', () => {
  const source = ['fn f() { é.push(1); w(); x.len() }'];
  const truth = readTruth([
    [
      { type: 'meta', files: [{ path: 'a-1/src/lib.rs', compiled: '1-2' }] },
      record('direct', { col: 13 }), record('transitive', { col: 22, callee: 'a::w' }), record('none', { col: 29, callee: 'Vec::len' }),
    ].map((line) => JSON.stringify(line)).join('\n'),
  ]);
  const site = (kind: string, character: number, certainty = 'always'): object => ({ rule: 'rust/growth', kind, certainty, callee: null, range: { start: { line: 0, character } }, anchor: { line: 0, character } });
  const judge = (...sites: object[]): ReturnType<typeof scoreRust> => scoreRust(truth, [{ files: [{ path: 'src/lib.rs', language: 'rust', sites: sites as never }] }], (_, line) => source[line - 1] ?? '');

  it('counts UTF-16 columns of the report as UTF-8 bytes of the truth', () => {
    expect(judge(site('growth', 11))).toMatchObject({ precision: 100, recall: 100 });
  });

  it('judges callees apart and flagged calls that allocate nothing as misses', () => {
    const score = judge(site('callee', 20), site('growth', 27));
    expect(score).toMatchObject({ calleeRecall: 100, calleePrecision: 100, precision: 0, noneFlagged: 100, recall: 0 });
    expect(score.missed).toHaveLength(1);
  });

  it('counts what is possible as neither hit nor miss', () => {
    expect(judge(site('growth', 11, 'possible'))).toMatchObject({ recall: 0, possibleShare: 100 });
  });
});

describe('accuracy on our own programs', () => {
  const small = (name: string): string => readFileSync(new URL(`../../accuracy/rust/small/${name}`, import.meta.url), 'utf8');
  const names = ['inventory.rs', 'sharing.rs', 'texts.rs'];
  const truth = readTruth([small('small.jsonl')]);
  const lineOf = (path: string, line: number): string => small(path.slice(path.lastIndexOf('/') + 1)).split('\n')[line - 1] ?? '';
  let report: ScoredReport;
  let score: RustScore;

  beforeAll(async () => {
    const files = Object.fromEntries(['lib.rs', ...names].map((name) => [`small/src/${name}`, small(name)]));
    const sources = await memorySources({ 'small/Cargo.toml': '[package]\nname = "small"\nversion = "0.1.0"\nedition = "2021"\n', ...files });
    const engine = rustPlugin.createEngine({ sources, facts: noFacts, parseFragment: await fragmentParser(), options: testOptions });
    report = {
      files: names.map((name) => {
        const one = engine.report(`small/src/${name}`);
        const lines = new LineIndex(one?.text ?? '');
        const sites = (one?.sites ?? []).map((s) => ({ rule: s.rule, kind: s.kind, certainty: s.certainty, evidence: s.evidence, callee: s.callee, range: { start: lines.position(s.start) }, anchor: lines.position(s.anchor) }));
        return { path: `small/src/${name}`, language: 'rust', sites };
      }),
    };
    score = scoreRust(truth, [report], lineOf);
  });

  it('stays above the floors', () => {
    expect(rustMisses(score, 20).join('\n')).not.toContain('said, but is none');
    expect(score.files).toBe(3);
    expect(score.precision).toBeGreaterThanOrEqual(97);
    expect(score.strictPrecision).toBeGreaterThanOrEqual(95);
    expect(score.recall).toBeGreaterThanOrEqual(95);
    expect(score.recallOfDependencies).toBeGreaterThanOrEqual(60);
    expect(score.recallOfDepends).toBeGreaterThanOrEqual(60);
    expect(score.noneFlagged).toBeLessThanOrEqual(1);
    expect(score.calleePrecision).toBeGreaterThanOrEqual(95);
    expect(score.calleeRecall).toBeGreaterThanOrEqual(85);
    expect(score.possibleShare).toBeLessThanOrEqual(10);
  });

  it('holds for each kind', () => {
    for (const [kind, tally] of score.byKind) expect(tally.misses, kind).toBe(0);
    for (const kind of ['box', 'buffer', 'copy', 'growth', 'format', 'error', 'refcounted', 'task', 'channel', 'callee']) expect(score.byKind.get(kind)?.hits ?? 0, kind).toBeGreaterThan(0);
  });

  it('counts what a report leaves out', () => {
    const empty = scoreRust(truth, [{ files: report.files.map((file) => ({ ...file, sites: [] })) }], lineOf);
    expect(empty.recall).toBe(0);
    expect(empty.missed.length).toBeGreaterThan(40);
  });

  it('tells where another judge says otherwise', () => {
    const line = `P ${score.precision.toFixed(1)} R ${score.recall.toFixed(1)} | strict P ${score.strictPrecision.toFixed(1)} | R of dep ${score.recallOfDependencies.toFixed(1)} (3), depends ${score.recallOfDepends.toFixed(1)} (5) | none flagged 0/96 (${score.noneFlagged.toFixed(1)} %) | callee P ${score.calleePrecision.toFixed(1)} R ${score.calleeRecall.toFixed(1)} | possible ${score.possibleShare.toFixed(1)} % of 50 sites`;
    expect(disagreements(score, line)).toEqual([]);
    expect(disagreements(score, line.replace(/^P \S+/, 'P 12.5'))).toEqual([`P is ${score.precision.toFixed(1)} here, 12.5 there`]);
  });
});
