import { describe, expect, it } from 'vitest';
import type { LanguagePlugin } from '../../../server/src/analysis/language.js';
import type { AllocationSite } from '../../../server/src/analysis/site.js';
import { discover } from '../../../server/src/workspace/discovery.js';
import { globMatcher } from '../../../server/src/workspace/glob.js';
import { groupFiles } from '../../../server/src/workspace/groups.js';
import type { FileOutcome, Projector } from '../../../server/src/workspace/groupRunner.js';
import { ReportCache, type CacheStorage } from '../../../server/src/workspace/reportCache.js';
import { runGroups } from '../../../server/src/workspace/run.js';
import { Workspace } from '../../../server/src/workspace/workspace.js';
import { parserOf, testOptions } from '../../support/engine.js';
import { memoryHost } from './memoryHost.js';

/** A language that finds a site at each `make(`, and throws at `boom`. */
const fake: LanguagePlugin = {
  id: 'go', extensions: ['.go'], rules: [],
  createEngine: ({ sources }) => ({
    unitOf: (path) => path, importsOf: () => [], filesOf: (unit) => [unit],
    *prepare() { yield; },
    report(path) {
      const file = sources.file(path);
      if (file === null) return null;
      const { text } = file.tree;
      if (text.includes('boom')) throw new Error('boom');
      const sites = [...text.matchAll(/make\(/g)].map(({ index }): AllocationSite => ({
        rule: 'go/make-slice', kind: 'buffer', certainty: 'always', evidence: 'predicted', loopDepth: 0, cold: null, muted: null, function: null, callee: null,
        start: index, end: index + 5, anchor: index, what: 'slice', size: null, when: null, why: [], callees: [], unless: null, instead: null,
      }));
      return { path, language: 'go', text, sites, free: [], notes: [], problems: [], functions: [] };
    },
    factsOf: () => null, changed: () => undefined, release: () => undefined,
  }),
};

const files = (entries: Record<string, string | Uint8Array>): Map<string, string | Uint8Array> => new Map(Object.entries(entries));
const projector: Projector = (report) => ({ json: JSON.stringify({ path: report.path, sites: report.sites.length, problems: report.problems.map((problem) => problem.message) }), extra: '', totals: '' });
const workspaceOver = async (host: ReturnType<typeof memoryHost>): Promise<Workspace> =>
  new Workspace({ host, plugins: [fake], parsers: new Map([['go', await parserOf('go')]]), languageOptions: testOptions });
const isSource = (name: string): boolean => name.endsWith('.go') || name.endsWith('.rs');
const languageOf = (path: string): 'go' | 'rust' => (path.endsWith('.go') ? 'go' : 'rust');

describe('documents', () => {
  it('prefers open text to the disk, applies edits in order, and goes back when closed', async () => {
    const workspace = await workspaceOver(memoryHost(files({ '/w/a.go': 'package p\n' })));
    const anchors = (): readonly number[] => workspace.report('/w/a.go')?.report.sites.map((site) => site.anchor) ?? [];
    expect(anchors()).toEqual([]);
    workspace.open('/w/a.go', '\ufeffpackage p\r\nvar 😀 = "😀"\r\n', 1);
    workspace.change('/w/a.go', [
      { range: { start: { line: 1, character: 9 }, end: { line: 1, character: 13 } }, text: 'make([]int, 1)' },
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '// x\n' },
    ], 2);
    expect(anchors()).toEqual(['// x\npackage p\r\nvar 😀 = '.length]);
    expect(workspace.versionOf('/w/a.go')).toBe(2);
    workspace.change('/w/a.go', [{ text: 'package p\nvar a, b = make(map[int]int), make([]int, 1)\n' }], 3);
    expect(anchors()).toHaveLength(2);
    workspace.close('/w/a.go');
    expect(anchors()).toEqual([]);
  });

  it('equals a fresh parse after any edits', async () => {
    const workspace = await workspaceOver(memoryHost(files({})));
    const parser = await parserOf('go');
    let text = 'package p\n\nfunc f() {\n\tx := make([]int, 1)\n\t_ = x\n}\n';
    workspace.open('/w/a.go', text, 0);
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let version = 1; version <= 60; version++) {
      const at = text.indexOf('\t_ = x');
      const inserted = ['\ty := make([]byte, 2)\n', '\t// note\n', '\tif x != nil {\n\t}\n'][random(3)] ?? '';
      text = text.slice(0, at) + inserted + text.slice(at);
      const line = text.slice(0, at).split('\n').length - 1;
      workspace.change('/w/a.go', [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: inserted }], version);
      const tree = workspace.sources.file('/w/a.go')?.tree;
      const fresh = parser.parseOnce(text);
      expect(tree?.text).toBe(text);
      expect(tree?.kind).toEqual(fresh?.kind);
      expect(tree?.end).toEqual(fresh?.end);
    }
  });

  it('says why a file has no report, once as a whole, and an engine that throws costs one file', async () => {
    const workspace = await workspaceOver(memoryHost(files({ '/w/b.go': Uint8Array.of(112, 0), '/w/l.go': Uint8Array.of(0x2f, 0x2f, 0xff, 10), '/w/x.go': 'package boom\n', '/w/ok.go': 'package p\nvar a = make([]int, 1)\n' })));
    const problems = (path: string): readonly string[] => workspace.report(path)?.report.problems.map((problem) => problem.message) ?? ['none'];
    expect(problems('/w/b.go')).toEqual(['The file is binary; it was not analysed.']);
    expect(problems('/w/l.go')).toEqual(['Some bytes are not UTF-8; they were read as U+FFFD.']);
    expect(problems('/w/gone.go')).toEqual(['The file does not exist.']);
    expect(problems('/w/x.go')).toEqual(['Heaplight failed on this file: boom']);
    expect(problems('/w/ok.go')).toEqual([]);
    expect(workspace.report('/w/notes.txt')).toBeNull();
  });

  it('silences what an allow covers and reports one that covers nothing', async () => {
    const workspace = await workspaceOver(memoryHost(files({ '/w/a.go': 'package p\n\nvar a = make([]int, 1) // heaplight: allow set up once\n\n// heaplight: allow nothing\nvar b int\n' })));
    const result = workspace.report('/w/a.go');
    expect(result?.report.sites.map((site) => site.muted)).toEqual(['allowed']);
    expect(result?.findings.map((finding) => finding.type)).toEqual(['unused']);
  });
});

describe('discovery', () => {
  it('keeps to nested rules, negation and foreign directories, and names what cannot be read', async () => {
    const host = memoryHost(files({
      '/w/.gitignore': '/out/\n*.gen.go\n', '/w/sub/.gitignore': '!keep.gen.go\n', '/w/a.go': '', '/w/a.gen.go': '', '/w/out/o.go': '', '/w/sub/out/o.go': '', '/w/sub/keep.gen.go': '', '/w/sub/b.gen.go': '',
      '/w/vendor/v.go': '', '/w/target/t.rs': '', '/w/locked/l.go': '', '/w/.git/HEAD': '',
    }), new Set(['/w/locked']));
    const found = await discover(host, ['/w'], { isSource });
    expect(found.files.map((file) => file.path)).toEqual(['/w/a.go', '/w/sub/keep.gen.go', '/w/sub/out/o.go']);
    expect(found.warnings).toEqual(['/w/locked cannot be read; it was left out.']);
    expect((await discover(host, ['/w/vendor', '/w/out'], { isSource })).files.map((file) => file.path)).toEqual(['/w/out/o.go', '/w/vendor/v.go']);
    expect((await discover(host, ['/w/none', '/w/a.go'], { isSource })).missing).toEqual(['/w/none']);
  });

  it.each([['/w/**/*.go', '/w/a.go', true], ['/w/**/*.go', '/w/x/y/a.go', true], ['/w/*.go', '/w/x/a.go', false], ['/w/{a,b}.rs', '/w/b.rs', true], ['/w/[!a].rs', '/w/a.rs', false], ['/w/?.rs', '/w/ab.rs', false], ['/w/a+b(.rs', '/w/a+b(.rs', true]])('%s against %s', (pattern, path, matches) => {
    expect(globMatcher(pattern)(path)).toBe(matches);
  });
});

describe('runs', () => {
  const run = async (host: ReturnType<typeof memoryHost>, cache: ReportCache | null, groups: ReturnType<typeof groupFiles>): Promise<{ files: readonly FileOutcome[]; cached: number }> => {
    const workspace = await workspaceOver(host);
    const taken: FileOutcome[] = [];
    const { cached } = await runGroups({ groups, executor: workspace.executor(projector), cache, cancellation: { cancelled: false }, onFile: (file) => { taken.push(file); } });
    return { files: taken, cached };
  };

  it('groups by directory in Go and by crate in Rust', async () => {
    const host = memoryHost(files({ '/w/a/x.go': 'x', '/w/a/y.go': '', '/w/b/z.go': '', '/w/c/Cargo.toml': '', '/w/c/src/lib.rs': '', '/w/c/tests/t.rs': '' }));
    const groups = groupFiles(host, (await discover(host, ['/w'], { isSource })).files, languageOf);
    expect(groups.map((group) => [group.id, group.files.length])).toEqual([['go:/w/a', 2], ['go:/w/b', 1], ['rust:/w/c', 2]]);
  });

  it('takes from the cache what did not change, and nothing that is damaged or of another engine', async () => {
    const content = files({ '/w/a/x.go': 'package a\nvar v = make([]int, 1)\n', '/w/b/y.go': 'package b\n' });
    const host = memoryHost(content);
    const stored = new Map<string, Uint8Array>();
    const storage: CacheStorage = {
      read: (name) => stored.get(name) ?? null, write: (name, content) => { stored.set(name, content); }, used: () => undefined,
      prune: (folder, names) => { for (const name of [...stored.keys()]) if (name.startsWith(`${folder}/`) && !names.has(name.slice(folder.length + 1))) stored.delete(name); },
    };
    const found = (await discover(host, ['/w'], { isSource })).files;
    const groups = groupFiles(host, found, languageOf);
    const cacheOf = (engine: string): ReportCache => new ReportCache(host, storage, { engine, options: '{}', groups, textOf: () => null, maxBytes: 1e6 });
    const first = await run(host, cacheOf('1'), groups);
    expect([first.cached, stored.size]).toEqual([0, 3]); // two records and the index
    const second = await run(host, cacheOf('1'), groups);
    expect(second.cached).toBe(2);
    const plain = ({ path, language, lines, json, extra, totals }: FileOutcome): FileOutcome => ({ path, language, lines, json, extra, totals });
    expect(second.files.map(plain)).toEqual(first.files);
    expect((await run(host, cacheOf('2'), groups)).cached).toBe(0);
    await run(host, cacheOf('1'), groups);
    content.set('/w/b/y.go', 'package b\nvar w = 1\n');
    expect((await run(host, cacheOf('1'), groups)).cached).toBe(1);
    for (const [name, text] of stored) stored.set(name, text.slice(0, -5));
    const again = await run(host, cacheOf('1'), groups);
    expect(again.cached).toBe(0);
    expect(again.files[0]).toEqual(first.files[0]);
  });

  it('stops when cancelled', async () => {
    const host = memoryHost(files(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`/w/p${i}/a.go`, 'package p\n']))));
    const groups = groupFiles(host, (await discover(host, ['/w'], { isSource })).files, languageOf);
    const workspace = await workspaceOver(host);
    const cancellation = { cancelled: false };
    let handedOn = 0;
    const result = await runGroups({ groups, executor: workspace.executor(projector), cache: null, cancellation, onFile: () => { handedOn++; }, onProgress: ({ done }) => { if (done >= 5) cancellation.cancelled = true; } });
    expect(result.cancelled).toBe(true);
    expect(handedOn).toBe(5);
  });

  it('lets go of a unit once, however many files it has', async () => {
    const host = memoryHost(files(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`/w/f${i}.go`, 'package p\n']))));
    const groups = groupFiles(host, (await discover(host, ['/w'], { isSource })).files, languageOf);
    const released: string[] = [];
    const counting: LanguagePlugin = { ...fake, createEngine: (environment) => ({ ...fake.createEngine(environment), unitOf: () => '/w', filesOf: () => [], release: (unit) => { released.push(unit); } }) };
    const workspace = new Workspace({ host, plugins: [counting], parsers: new Map([['go', await parserOf('go')]]), languageOptions: testOptions });
    await runGroups({ groups, executor: workspace.executor(projector), cache: null, cancellation: { cancelled: false }, onFile: () => undefined });
    expect(released).toEqual(['/w']);
  });
});
