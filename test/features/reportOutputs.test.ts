import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION, totalsOf, type ReportJson } from '../../server/src/features/report/document.js';
import type { FileJson, SiteJson } from '../../server/src/features/report/fileReport.js';
import { sarifOf } from '../../server/src/features/report/sarif.js';
import { fileText, PLAIN } from '../../server/src/features/report/text.js';

const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } };
const step = { message: 'returned here', path: 'b.go', range: { start: { line: 8, character: 0 }, end: { line: 8, character: 6 } } };
const site: SiteJson = {
  rule: 'go/escape', kind: 'escape', certainty: 'always', evidence: 'predicted', loopDepth: 0, cold: null, muted: null, function: 'f', callee: null,
  range, anchor: range.start, what: 'variable', size: null, when: null, why: [step], callees: [],
};
const reportOf = (file: FileJson): ReportJson => ({
  schemaVersion: SCHEMA_VERSION, tool: { name: 'heaplight', version: '0' }, root: '.', files: [file], totals: totalsOf([file], 9),
  timings: { totalMs: 0, readMs: 0, parseMs: 0, analyzeMs: 0, linesPerSecond: 0 },
});

describe('text for a terminal', () => {
  it('holds nothing that a terminal obeys, wherever it comes from', () => {
    const evil = 'x\u001b]0;owned\u0007\u202e\r\n';
    const file: FileJson = {
      path: `${evil}.go`, language: 'go', sites: [{ ...site, what: evil, callees: [{ function: evil, path: evil, range, what: evil }] }],
      notes: [{ rule: 'go/escape', message: evil, range, why: [] }], problems: [{ message: evil, range }],
    };
    const text = fileText(file, () => `  ${evil}`, PLAIN);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    expect(text).toContain('x\ufffd]0;owned\ufffd');
    expect(text.trimEnd().split('\n')).toHaveLength(6); // problem, head, excerpt, mark, callee, note
  });
});

describe('SARIF', () => {
  it('tells the steps of an explanation as a code flow, and none where there is no explanation', () => {
    const log = sarifOf(reportOf({ path: 'a.go', language: 'go', sites: [site, { ...site, why: [] }], notes: [], problems: [] }), [], []) as { runs: { results: { codeFlows?: unknown }[] }[] };
    const [explained, plain] = log.runs[0]?.results ?? [];
    expect(explained?.codeFlows).toEqual([{ threadFlows: [{ locations: [{ location: {
      message: { text: 'returned here' },
      physicalLocation: { artifactLocation: { uri: 'b.go' }, region: { startLine: 9, startColumn: 1, endLine: 9, endColumn: 7 } },
    } }] }] }]);
    expect(plain).not.toHaveProperty('codeFlows');
  });
});
