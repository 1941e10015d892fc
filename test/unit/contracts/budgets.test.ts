import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { overruns } from '../../../server/src/analysis/contracts/budgets.js';
import { readConfiguration, type Budget } from '../../../server/src/analysis/contracts/configuration.js';
import type { AllocationReport } from '../../../server/src/analysis/report.js';
import type { AllocationSite } from '../../../server/src/analysis/site.js';

const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(new URL('../../../docs/heaplight.schema.json', import.meta.url), 'utf8')) as object);

const budgets = (text: string): readonly Budget[] => {
  const result = readConfiguration(text);
  if ('errors' in result) throw new Error(result.errors.join('\n'));
  return result.configuration.budgets;
};

const report = (path: string, text: string, codes: readonly (readonly [string, Partial<AllocationSite>?])[]): AllocationReport => ({
  path, language: 'go', text, free: [], notes: [], problems: [], functions: [],
  sites: codes.map(([code, more]) => ({
    rule: 'go/append', kind: 'growth', certainty: 'conditional', evidence: 'predicted', loopDepth: 0, cold: null, muted: null, function: 'p.F', callee: null,
    start: text.indexOf(code), end: text.indexOf(code) + code.length, anchor: text.indexOf(code), what: 'slice', size: null, when: null, why: [], callees: [], unless: null, instead: null, ...more,
  })),
});

describe('heaplight.json', () => {
  it.each([
    ['{"budgets":[{"max":3,"path":"src"}]}', true],
    ['{"budgets":[{"path":"src"}]}', false],
    ['{"budgets":[{"max":-1}]}', false],
    ['{"budgets":[{"max":1,"kinds":["heap"]}]}', false],
    ['{"budgets":[{"max":1,"certainty":"sure"}]}', false],
    ['{"budgets":{}}', false],
    ['{"budget":[]}', false],
    ['{"budgets":[{"max":1,"function":""}]}', false],
    ['{"models":[{"path":"a::b"}]}', true],
    ['[]', false],
  ])('%s: reader and schema agree', (text, valid) => {
    expect('configuration' in readConfiguration(text)).toBe(valid);
    expect(validate(JSON.parse(text))).toBe(valid);
  });

  it('names every mistake and its place', () => {
    expect(readConfiguration('{"budgets":[{"max":"x","cold":1}],"extra":0}')).toEqual({ errors: [
      'the file has an unknown key "extra"; known are $schema, budgets, models', 'budgets[0].max must be a whole number, 0 or more', 'budgets[0].cold must be true or false',
    ] });
    expect(readConfiguration('{')).toMatchObject({ errors: [expect.stringContaining('not valid JSON')] });
  });
});

describe('budgets', () => {
  it('count by folder, without cold, allowed and possible sites', () => {
    const reports = [report('a/x.go', 'one two three four', [['one'], ['two', { cold: 'error' }], ['three', { muted: 'allowed' }], ['four', { certainty: 'possible' }]]), report('ab/y.go', 'one', [['one']])];
    expect(overruns(budgets('{"budgets":[{"path":"a/","max":0}]}'), reports).map((o) => o.message)).toEqual(['a holds 1 allocation site; its budget is 0']);
    expect(overruns(budgets('{"budgets":[{"path":"a","max":1}]}'), reports)).toEqual([]);
    expect(overruns(budgets('{"budgets":[{"max":1,"cold":true}]}'), reports).map((o) => o.message)).toEqual(['the workspace holds 3 allocation sites; its budget is 1']);
  });

  it('count each function that a pattern names', () => {
    const reports = [report('x.go', 'one two three', [['one', { function: 'p.Get' }], ['two', { function: 'p.Get' }], ['three', { function: 'q.Put', loopDepth: 1 }]])];
    expect(overruns(budgets('{"budgets":[{"function":"p.*","max":1}]}'), reports).map((o) => o.message)).toEqual(['p.Get holds 2 allocation sites; its budget is 1']);
    expect(overruns(budgets('{"budgets":[{"function":"*","max":0,"inLoops":true}]}'), reports).map((o) => o.function)).toEqual(['q.Put']);
  });
});
