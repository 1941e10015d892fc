// The harness against a small truth of our own programs, with floors.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { LineIndex } from '../../../server/src/syntax/lineIndex.js';
import { judgeGo } from '../../accuracy/go/page.js';
import type { ReportDocument } from '../../accuracy/go/score.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

const small = (name: string): string => readFileSync(new URL(`../../accuracy/go/small/${name}`, import.meta.url), 'utf8');

async function reportOn(name: string): Promise<ReportDocument> {
  const path = `small/${name}`;
  const sources = await memorySources({ 'small/go.mod': 'module small\n\ngo 1.26\n', [path]: small(name) });
  const report = goPlugin.createEngine({ sources, facts: noFacts, options: { ...testOptions, go: { ...testOptions.go, toolchain: '1.26' } } }).report(path);
  if (!report) throw new Error('no report');
  const lines = new LineIndex(report.text);
  return { files: [{ path, sites: report.sites.map((s) => ({ rule: s.rule, kind: s.kind, certainty: s.certainty, callee: s.callee, range: { start: lines.position(s.start), end: lines.position(s.end) }, anchor: lines.position(s.anchor) })) }] };
}

describe('accuracy on our own programs', () => {
  it('stays above the floors', async () => {
    const report = await reportOn('ledger.go');
    const score = judgeGo(new Map([['small', small('ledger.jsonl')]]), report).get('small');
    expect(score?.precision).toBeGreaterThanOrEqual(95);
    expect(score?.recall).toBeGreaterThanOrEqual(95);
    expect(score?.negativesFlagged).toBeLessThanOrEqual(5);
  });

  it('counts what a report leaves out', () => {
    const score = judgeGo(new Map([['small', small('ledger.jsonl')]]), { files: [{ path: 'small/ledger.go', sites: [] }] }).get('small');
    expect(score?.recall).toBe(0);
    expect(score?.missed.length).toBeGreaterThan(5);
  });
});
