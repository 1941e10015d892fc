import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { AllocationReport } from '../../../server/src/analysis/report.js';
import type { AllocationSite } from '../../../server/src/analysis/site.js';
import { githubAnnotation } from '../../../server/src/features/report/github.js';
import { jsonReport } from '../../../server/src/features/report/json.js';
import { inlineCode, markdownReport } from '../../../server/src/features/report/markdown.js';
import { sarifReport } from '../../../server/src/features/report/sarif.js';
import { isShownByDefault, selectSites } from '../../../server/src/features/report/selection.js';
import { PLAIN, textReport, textSummary } from '../../../server/src/features/report/text.js';
import { sizeWords } from '../../../server/src/features/report/wording.js';

const text = 'fn f() {\n\tlet 😀 = "😀"; let b = Box::new([0u8; 4096]);\n\tfor x in y { v.push(x) }\n}\n';

const site = (code: string, more: Partial<AllocationSite> = {}): AllocationSite => ({
  rule: 'rust/box-new', kind: 'box', certainty: 'always', evidence: 'predicted', loopDepth: 0, cold: null, muted: null, function: 'crate::f', callee: null,
  start: text.indexOf(code), end: text.indexOf(code) + code.length, anchor: text.indexOf(code), what: 'a boxed [u8; 4096]', size: { bytes: 4096, exact: true }, when: null, why: [], callees: [], unless: null, instead: null, ...more,
});

const report: AllocationReport = {
  path: 'src/a.rs', language: 'rust', text, free: [], notes: [], functions: [], problems: [{ message: 'nested too deeply', start: 0, end: 2 }],
  sites: [
    site('Box::new([0u8; 4096])', { why: [{ message: 'declared here', path: 'src/a.rs', start: 0, end: 2 }] }),
    site('v.push(x)', { rule: 'rust/growth', kind: 'growth', certainty: 'conditional', loopDepth: 1, anchor: text.indexOf('push'), what: 'element buffer of a Vec', size: null, when: 'length equals capacity', callee: 'alloc::vec::Vec::push' }),
  ],
};

const context = { version: '0.1.0', root: '.', timings: { totalMs: 10, readMs: 1, parseMs: 2, analyzeMs: 3 }, textOf: () => null };
const schema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8')) as object);

describe('JSON report', () => {
  it('validates against its schema and counts UTF-16 columns', () => {
    const json = jsonReport([report], context) as { files: { sites: { range: object; anchor: object }[] }[]; totals: object };
    expect(schema(json), JSON.stringify(schema.errors)).toBe(true);
    expect(json.files[0]?.sites[0]?.anchor).toEqual({ line: 1, character: text.split('\n')[1]?.indexOf('Box') });
    expect(json.totals).toEqual({ files: 1, lines: 4, sites: 2, byKind: { box: 1, growth: 1 }, byCertainty: { always: 1, conditional: 1 }, cold: 0 });
  });

  it('orders files by path, whatever the order they came in', () => {
    const other = { ...report, path: 'src/0.rs' };
    expect(jsonReport([report, other], context)).toEqual(jsonReport([other, report], context));
  });

  it('is refused by the schema when a certainty is unknown', () => {
    expect(schema(jsonReport([{ ...report, sites: [site('Box::new', { certainty: 'sure' as 'always' })] }], context))).toBe(false);
  });
});

describe('text', () => {
  it('marks the anchor below its source line', () => {
    expect(textReport(report, PLAIN)).toBe([
      'src/a.rs:2:21 ⬢ allocates a boxed [u8; 4096] (4 KiB) rust/box-new', '    \tlet 😀 = "😀"; let b = Box::new([0u8; 4096]);', `    \t${' '.repeat(23)}^^^`,
      'src/a.rs:3:17 ⬡ may allocate element buffer of a Vec, when length equals capacity, in a loop rust/growth', '    \tfor x in y { v.push(x) }', `    \t${' '.repeat(15)}^^^^`,
      'src/a.rs:1:1 problem: nested too deeply', '',
    ].join('\n').replace('2:21', `2:${(text.split('\n')[1] ?? '').indexOf('Box') + 1}`));
    expect(textSummary([report])).toBe('2 sites in 1 file · 1 always · 1 conditional · 0 possible · 1 in loops · 1 problem');
  });

  it('never passes control characters of the code to the terminal', () => {
    const evil = 'a\u001b[31mb\u0007';
    const shown = textReport({ ...report, text: evil, notes: [], problems: [], sites: [site('Box::new', { start: 0, end: 1, anchor: 0 })] }, PLAIN);
    expect(shown).not.toContain('\u001b');
    expect(shown).toContain('a·[31mb·');
  });
});

describe('other forms', () => {
  it('Markdown keeps code literal', () => {
    const evil = '`x` | <img onerror=1>';
    const markdown = markdownReport([{ ...report, text: evil, problems: [], sites: [site('', { start: 0, end: evil.length, anchor: 0, what: 'a <b>box</b>' })] }]);
    expect(markdown).toContain('`` `x` \\| <img onerror=1> ``');
    expect(markdown).toContain('a &lt;b&gt;box&lt;/b&gt;');
    expect(inlineCode('``')).toBe('``` `` ```');
  });

  it('SARIF names rules, one-based regions and the path of an explanation', () => {
    const log = sarifReport([report], { version: '0.1.0', rules: [], textOf: () => null, findings: [] });
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ columnKind: 'utf16CodeUnits', tool: { driver: { rules: [{ id: 'rust/box-new' }, { id: 'rust/growth' }] } }, results: [
      { ruleId: 'rust/box-new', level: 'note', locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.rs' }, region: { startLine: 2 } } }], codeFlows: [{ threadFlows: [{ locations: [{ location: { message: { text: 'declared here' } } }] }] }] },
      { ruleId: 'rust/growth' },
    ] }] });
  });

  it('GitHub annotations escape what the runner would read as syntax', () => {
    expect(githubAnnotation({ level: 'notice', path: 'a,b:c.go', line: 0, endLine: 0, column: 2, endColumn: 5, title: 't', message: '100%\nnext' }))
      .toBe('::notice file=a%2Cb%3Ac.go,line=1,endLine=1,col=3,endColumn=6,title=t::100%25%0Anext');
  });

  it('selections leave out what they name, and nothing else', () => {
    expect(selectSites(report, { minCertainty: 'always', kinds: null, cold: true }).sites.map((s) => s.kind)).toEqual(['box']);
    expect(selectSites(report, { minCertainty: null, kinds: ['growth'], cold: true }).sites.map((s) => s.kind)).toEqual(['growth']);
    expect(selectSites(report, { minCertainty: null, kinds: null, cold: true })).toBe(report);
    expect(isShownByDefault(site('Box::new', { muted: 'reserved' }))).toBe(false);
  });

  it('writes sizes for people', () => {
    expect([24, 4096, 1536, 3 << 20].map((bytes) => sizeWords({ bytes, exact: true }))).toEqual(['24 B', '4 KiB', '1.5 KiB', '3 MiB']);
    expect(sizeWords({ bytes: 16, exact: false })).toBe('≥ 16 B');
  });
});
