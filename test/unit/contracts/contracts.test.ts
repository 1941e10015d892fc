import { describe, expect, it } from 'vitest';
import { applyContracts } from '../../../server/src/analysis/contracts/contracts.js';
import type { AllocationReport } from '../../../server/src/analysis/report.js';
import type { AllocationSite } from '../../../server/src/analysis/site.js';

const site = (text: string, code: string, more: Partial<AllocationSite> = {}): AllocationSite => ({
  rule: 'rust/box-new', kind: 'box', certainty: 'always', evidence: 'predicted', loopDepth: 0, cold: null, muted: null, function: 'f', callee: null,
  start: text.indexOf(code), end: text.indexOf(code) + code.length, anchor: text.indexOf(code), what: 'a boxed u8', size: null, when: null, why: [], callees: [], unless: null, instead: null, ...more,
});

const comments = (text: string): Uint32Array => Uint32Array.from([...text.matchAll(/\/\/.*/g)].flatMap((m) => [m.index, m.index + m[0].length]));

const report = (text: string, sites: AllocationSite[], functions: readonly string[] = []): AllocationReport => ({
  path: 'a.rs', language: 'rust', text, sites, free: [], notes: [], problems: [],
  functions: functions.map((name) => ({ function: name, start: text.indexOf(`fn ${name}`), end: text.indexOf('}', text.indexOf(`fn ${name}`)) + 1, anchor: text.indexOf(`fn ${name}`) + 3, own: 0, inLoops: 0, callees: 0 })),
});

const findings = (text: string, codes: (string | [string, Partial<AllocationSite>])[], functions: readonly string[] = []): string[] =>
  applyContracts(report(text, codes.map((c) => (typeof c === 'string' ? site(text, c) : site(text, ...c))), functions), comments(text)).findings.map((f) => `${f.type}: ${f.message}`);

describe('contracts', () => {
  it('leaves a text without contracts as it is', () => {
    const plain = report('fn f() { Box::new(1) }', [], ['f']);
    expect(applyContracts(plain, new Uint32Array()).report).toBe(plain);
  });

  it('turns each allocation of a no-alloc function into a finding, over attributes and doc comments', () => {
    const text = '// heaplight: no-alloc\n/// Adds.\n#[inline(always)]\nfn f() { Box::new(1); g(); }\nfn g() { Box::new(2) }';
    const chain = { kind: 'callee' as const, callees: [{ function: 'g', path: null, start: null, end: null, what: null }, { function: 'Box::new', path: null, start: null, end: null, what: 'a boxed u8' }] };
    expect(findings(text, ['Box::new(1)', ['g()', chain], 'Box::new(2)'], ['f', 'g'])).toEqual([
      'broken: f says no-alloc, but this allocates (a boxed u8)',
      'broken: f says no-alloc, but this allocates (a boxed u8): g → Box::new',
    ]);
  });

  it('does not take counts for allocations, tells conditions, and tells possibilities apart', () => {
    const text = '// heaplight: no-alloc\nfn f() { a(); b(); c() }';
    const when = 'its type allocates';
    expect(findings(text, [['a()', { kind: 'refcount' }], ['b()', { certainty: 'possible', when }], ['c()', { certainty: 'conditional', when }]], ['f'])).toEqual([
      'unproved: f says no-alloc, and whether this allocates cannot be told (a boxed u8, when its type allocates)',
      'broken: f says no-alloc, but this may allocate (a boxed u8, when its type allocates)',
    ]);
  });

  it('tells what a closure of the function allocates where it stands, and not again where it is called', () => {
    const text = '// heaplight: no-alloc\nfn f() { let g = || Box::new(1); g() }';
    expect(findings(text, ['Box::new(1)', ['g()', { kind: 'callee' }]], ['f'])).toEqual(['broken: f says no-alloc, but this allocates (a boxed u8)']);
  });

  it('silences the line of an allow, its own or the next', () => {
    const text = '// heaplight: no-alloc\nfn f() {\n  a(); // heaplight: allow once at start\n  // heaplight: allow cached\n  b();\n  c();\n}';
    const result = applyContracts(report(text, [site(text, 'a()'), site(text, 'b()'), site(text, 'c()')], ['f']), comments(text));
    expect(result.report.sites.map((s) => s.muted)).toEqual(['allowed', 'allowed', null]);
    expect(result.findings.map((f) => f.type)).toEqual(['broken']);
  });

  it('reports an allow that silences nothing or says nothing, a contract above no function, and an unknown word', () => {
    expect(findings('let a = 1; // heaplight: allow x\n', [])).toEqual(['unused: This allow silences nothing']);
    expect(findings('a(); // heaplight: allow\n', ['a()'])).toEqual(['unexplained: Say why: heaplight: allow REASON']);
    expect(findings('// heaplight: no-alloc\nstruct S;\nfn f() {}', [], ['f'])).toEqual(['misplaced: No function follows this contract']);
    expect(findings('// heaplight: noalloc\n', [])).toEqual(['unknown: There is no contract "noalloc": write no-alloc or allow REASON']);
  });
});
