// Golden texts of hints and hovers over reports made by hand.
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from '../../protocol/src/readSettings.js';
import type { AllocationReport } from '../../server/src/analysis/report.js';
import type { AllocationSite } from '../../server/src/analysis/site.js';
import { allocationHover } from '../../server/src/features/hover.js';
import type { HoverContext } from '../../server/src/features/hoverMarkdown.js';
import { allocationHints } from '../../server/src/features/inlayHints.js';
import { neighbour } from '../../server/src/features/navigation.js';
import { viewOf } from '../../server/src/features/reportView.js';

const TEXT = 'fn f() {\n    let b = Box::new(node);\n    names.push(b.clone());\n}\n';
const site = (over: Partial<AllocationSite>): AllocationSite => ({
  rule: 'rust/box-new', kind: 'box', certainty: 'always', evidence: 'predicted', loopDepth: 0, cold: null, muted: null, function: 'f', callee: null,
  start: 21, end: 35, anchor: 21, what: 'box of a Node<u8>', size: { bytes: 4096, exact: true }, when: null, why: [], callees: [], unless: null, instead: null, ...over,
});
const report = (...sites: AllocationSite[]): AllocationReport => ({ path: '/w/a.rs', language: 'rust', text: TEXT, sites, free: [], notes: [], problems: [], functions: [] });
const labels = (settings: unknown, ...sites: AllocationSite[]): string[] => allocationHints(viewOf(report(...sites)), null, readSettings(settings).settings).map((hint) => hint.label);
const context: HoverContext = { uriOf: (path) => `file://${path}`, linesOf: () => viewOf(report()).lines, nameOf: (path) => path.slice(3), rule: () => null, ruleUri: (id) => `https://pages/${id}.md` };

describe('hints', () => {
  it('carry glyph, word, size and loop in at most about sixteen characters', () => {
    expect(labels({}, site({}))).toEqual(['⬢ box 4 KiB']);
    expect(labels({}, site({ loopDepth: 1 }))).toEqual(['⬢ box 4 KiB ×loop']);
    expect(labels({}, site({ kind: 'growth', certainty: 'conditional', size: null }))).toEqual(['⬡ grows']);
    expect(labels({ hints: { certainties: { possible: true } } }, site({ kind: 'copy', certainty: 'possible', start: 52, end: 61, anchor: 53, size: null }))[0]).toMatch(/^◌ .*\?$/);
  });
  it('merge where sites share a spot', () => {
    expect(labels({}, site({ size: null }), site({ kind: 'boxing', size: null }))).toEqual(['⬢ box, boxed']);
    expect(labels({}, site({ size: null }), site({ size: null }))).toEqual(['⬢ box ×2']);
    expect(labels({ hints: { style: 'icon' } }, site({}), site({ kind: 'growth', certainty: 'conditional' }))).toEqual(['⬢⬡']);
  });
  it('leave out what is possible, cold, muted, counted or in callees, until it is asked for', () => {
    const quiet = [site({ certainty: 'possible' }), site({ cold: 'panic' }), site({ muted: 'reserved' }), site({ kind: 'refcount' }), site({ kind: 'callee' })];
    expect(labels({}, ...quiet)).toEqual([]);
    expect(labels({ hints: { kinds: { refcount: true } } }, site({ kind: 'refcount', size: null }))).toEqual(['↻ count']);
    expect(labels({ hints: { muted: { panic: true } } }, site({ cold: 'panic' }))).toEqual(['⬢ box 4 KiB']);
    expect(labels({ hints: { enabled: false } }, site({}))).toEqual([]);
  });
});

describe('the hover', () => {
  it('says verdict, heap, why, when, when not, instead, evidence and rule, in this order', () => {
    const view = viewOf(report(site({
      certainty: 'conditional', when: 'length equals capacity', unless: 'capacity is zero', instead: 'reserve with `with_capacity`', loopDepth: 1,
      why: [{ message: 'declared `b`', path: '/w/a.rs', start: 17, end: 18 }],
    })));
    expect(allocationHover(view, { line: 1, character: 15 }, context)?.contents.value).toBe([
      '⬡ **Allocates a box** · sometimes · in each iteration of a loop', '**On the heap:** box of a Node&lt;u8&gt;, 4 KiB.', '**Why**', '1. declared `b` · [line 2](file:///w/a.rs#L2,9)',
      '**When:** Length equals capacity.', '**When not:** Capacity is zero.', '**Instead:** Reserve with `with_capacity`.', 'Predicted from the source text.', 'Rule [`rust/box-new`](https://pages/rust/box-new.md)',
    ].join('\n\n'));
  });
  it('lets no link, command or HTML of the code through', () => {
    const value = allocationHover(viewOf(report(site({ what: '[x](command:evil) <img src=x> ![y](z)' }))), { line: 1, character: 12 }, context)?.contents.value ?? '';
    expect(value).not.toMatch(/[^\\]\]\(command:|<img|[^\\]!\[/);
  });
  it('says why a free place allocates nothing, and nothing where nothing is', () => {
    const view = viewOf({ ...report(), free: [{ rule: 'rust/box-new', start: 21, end: 35, anchor: 21, reason: 'a zero-sized value needs no memory', why: [] }] });
    expect(allocationHover(view, { line: 1, character: 13 }, context)?.contents.value).toContain('**Does not allocate**\n\nA zero-sized value needs no memory.');
    expect(allocationHover(view, { line: 3, character: 0 }, context)).toBeNull();
  });
});

describe('navigation and settings', () => {
  it('goes round the end of the document', () => {
    const view = viewOf(report(site({}), site({ start: 41, end: 62, anchor: 47, kind: 'growth' })));
    expect(neighbour(view, { line: 1, character: 12 }, 'next', DEFAULT_SETTINGS)).toEqual({ start: { line: 2, character: 10 }, end: { line: 2, character: 14 } });
    expect(neighbour(view, { line: 2, character: 10 }, 'next', DEFAULT_SETTINGS)?.start.line).toBe(1);
    expect(neighbour(view, { line: 1, character: 0 }, 'previous', DEFAULT_SETTINGS)?.start.line).toBe(2);
  });
  it('names a wrong value and keeps the rest', () => {
    const { settings, problems } = readSettings({ hints: { style: 'loud', enabled: false }, 'analysis.workers': 900 });
    expect(settings['hints.enabled']).toBe(false);
    expect(problems).toEqual([
      'heaplight.hints.style: "loud" is not one of icon, short, full; the default "short" is used.', 'heaplight.analysis.workers: 900 is not a whole number from 0 to 64; the default 0 is used.',
    ]);
  });
});
