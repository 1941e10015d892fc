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

  it('tells a chain of calls shortly: ends only of a long one, files of packages without where caches lie, nothing twice', () => {
    const link = (name: string, what: string | null = null, path: string | null = 'a.go') => ({ function: name, path, range: path === null ? null : range, what });
    const tail = (...callees: SiteJson['callees']): string[] => fileText({ path: 'a.go', language: 'go', sites: [{ ...site, kind: 'callee', callees }], notes: [], problems: [] }, () => null, PLAIN).trimEnd().split('\n').slice(1).map((line) => line.trim());
    expect(tail(link('m.F', 'variable', null))).toEqual([]);
    expect(tail(link('m.F', 'variable'))).toEqual(['→ m.F at a.go:2: variable']);
    expect(tail(link('m.F'), link('d.G', 'variable', '/home/x/go/pkg/mod/d.io/d@v1/d.go'))).toEqual(['→ m.F at a.go:2', '→ d.G at d.io/d@v1/d.go:2: variable']);
    expect(tail(link('m.F', null, '/x/.cargo/registry/src/index-1/d-1.0.0/src/lib.rs'))).toEqual(['→ m.F at d-1.0.0/src/lib.rs:2', '→ …: variable']);
    expect(tail(...['F', 'G', 'H', 'I'].map((name) => link(name)), link('J', 'variable'))).toEqual(['→ F at a.go:2', '→ … 3 more calls', '→ J at a.go:2: variable']);
  });

  it('tells sites in the order of their marks, and a problem once', () => {
    const at = (line: number, character: number) => ({ ...site, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, anchor: { line, character } });
    const problem = (line: number) => ({ message: 'Broken syntax.', range: { start: { line, character: 0 }, end: { line, character: 1 } } });
    const lines = fileText({ path: 'a.go', language: 'go', sites: [at(5, 9), at(5, 1), at(2, 0)], notes: [], problems: [1, 3, 4, 5, 6, 7, 8, 9].map(problem) }, () => null, PLAIN).split('\n');
    expect(lines[0]).toBe('a.go:2:1: problem: Broken syntax. (also lines 4, 5, 6, 7, 8 and 2 more)');
    expect(lines.slice(1, 4).map((line) => line.slice(0, 8))).toEqual(['a.go:3:1', 'a.go:6:2', 'a.go:6:1']);
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
