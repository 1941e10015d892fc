import { describe, expect, it } from 'vitest';
import { scoreRust } from '../../accuracy/rust/score.js';
import { classOf, readTruth, type TruthRecord } from '../../accuracy/rust/truth.js';

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
