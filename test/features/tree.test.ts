// The Allocations view, over reports made by hand.
import { describe, expect, it } from 'vitest';
import { allocationTree, treeMarkdown, type AllocationTree, type TreeInput } from '../../server/src/features/tree.js';
import type { FileJson, SiteJson } from '../../server/src/features/report/fileReport.js';

const at = (line: number): SiteJson['range'] => ({ start: { line, character: 4 }, end: { line, character: 9 } });
const site = (line: number, over: Partial<SiteJson> = {}): SiteJson => ({
  rule: 'go/make-slice', kind: 'buffer', certainty: 'always', evidence: 'predicted', range: at(line), anchor: { line, character: 4 }, function: 'example.com/yard.Build', callee: null,
  what: 'array behind a []int', size: null, loopDepth: 0, cold: null, muted: null, when: null, why: [], callees: [], unless: null, instead: null, ...over,
}) as SiteJson;
const file = (path: string, ...sites: SiteJson[]): FileJson => ({ path, language: 'go', sites, notes: [], problems: [] });
const tree = (files: readonly FileJson[], over: Partial<TreeInput> = {}): AllocationTree => allocationTree({ files, grouping: 'function', filter: '', uriOf: (path) => `file:///${path}`, ...over });
const rows = (of: AllocationTree, parent: string | null = null): string[] => of.children(parent).map(({ label, description }) => `${label} | ${description}`);

describe('the tree', () => {
  it.each([
    ['example.com/yard.Build', 'Build | 1 · example.com/yard'],
    ['example.com/yard.v2/sub.(*Crane).Lift', '(*Crane).Lift | 1 · example.com/yard.v2/sub'],
    ['main.main', 'main | 1 · main'],
    ['tour::text::headline', 'headline | 1 · tour::text'],
    ['tour::text::Title::widen', 'Title::widen | 1 · tour::text'],
    ['<tour::Title as core::fmt::Display>::fmt', '<tour::Title as core::fmt::Display>::fmt | 1'],
  ])('calls the group of %s by its name, and says where it is', (name, row) => {
    expect(rows(tree([file('a.go', site(1, { function: name }))]))).toEqual([row]);
  });

  it('says of a group that only calls what the callees do', () => {
    expect(rows(tree([file('a.go', site(1, { kind: 'callee', function: 'm.F' }))]))).toEqual(['F | +1 in callees · m']);
  });

  it('puts loops first, then the surer, and folds what is in callees', () => {
    const of = tree([file('yard/a.go', site(9), site(2, { certainty: 'conditional' }), site(5, { loopDepth: 1 }), site(7, { kind: 'callee', what: 'allocates inside' }))], { grouping: 'file' });
    expect(rows(of)).toEqual(['a.go | 3 · 1 in loops · +1 in callees · yard']);
    expect(rows(of, 'group:yard/a.go')).toEqual(['⬢ array behind a []int | line 6 · ×loop', '⬢ array behind a []int | line 10', '⬡ array behind a []int | line 3', 'In called functions | 1']);
    expect(rows(of, 'group:yard/a.go/callees')).toEqual(['⬢ allocates inside | line 8']);
    expect(of.summary).toBe('3 allocations · 1 in loops');
  });

  it('keeps muted sites, notes and what was not analysed apart', () => {
    const files = [{ ...file('a.go', site(1), site(2, { cold: 'panic' }), site(3, { kind: 'refcount' })), notes: [{ rule: 'go/note', message: 'a note', range: at(4) }], problems: [{ message: 'too deep', range: at(5) }] } as unknown as FileJson];
    const of = tree(files);
    expect(rows(of)).toEqual(['Build | 1 · example.com/yard', 'Muted | 2', 'Notes | 1', 'Not analysed | 1']);
    expect(rows(of, 'muted')).toEqual(['⬢ array behind a []int | a.go:3 · cold: panic', '↻ array behind a []int | a.go:4']);
    expect(rows(of, 'notes')).toEqual(['◇ a note | a.go:5']);
    expect(of.children('problems')[0]).toMatchObject({ label: '! too deep', target: { uri: 'file:///a.go', span: at(5) } });
  });

  it('filters by words that all must occur, and writes itself as Markdown', () => {
    const files = [file('a.go', site(1), site(2, { loopDepth: 2, kind: 'growth', what: 'map[int]*T' })), file('b.go', site(3))];
    const of = tree(files, { grouping: 'kind', filter: 'loop map' });
    expect(rows(of)).toEqual(['growth | 1 · 1 in loops']);
    expect(treeMarkdown(of)).toBe('# Allocations\n\n1 allocation · 1 in loops.\n\n- **growth** · 1 · 1 in loops\n  - ⬢ map\\[int\\]\\*T · a.go:3 · ×2 loops\n');
    expect(rows(tree(files, { filter: 'nothing like it' }))).toEqual([]);
    expect(of.children('group:unknown')).toEqual([]);
  });
});
