// How a run hands its files on, and what the cache holds for true.
import { describe, expect, it } from 'vitest';
import type { FileOutcome, GroupOutcome } from '../../../server/src/workspace/groupRunner.js';
import type { FileGroup } from '../../../server/src/workspace/groups.js';
import { ReportCache, type CacheStorage } from '../../../server/src/workspace/reportCache.js';
import { runGroups, type GroupExecutor, type RunResult } from '../../../server/src/workspace/run.js';
import type { FileVersion, Host } from '../../../server/src/workspace/host.js';
import { memoryHost } from './memoryHost.js';
import { memoryStorage } from './memoryStorage.js';

const group = (directory: string, names: readonly string[], size = 1): FileGroup => ({ id: `go:${directory}`, language: 'go', directory, files: names.map((name) => `${directory}/${name}`), size });
const outcomeOf = (path: string): FileOutcome => ({ path, language: 'go', lines: 1, json: `{"path":"${path}"}`, extra: '{}', totals: '{}' });
/** Does groups out of order: the later a group is begun, the sooner it is done. */
const hasty = (imports: Readonly<Record<string, readonly string[]>> = {}, width = 4): GroupExecutor & { readonly begun: string[] } => {
  const begun: string[] = [];
  return {
    width, begun,
    async run(groups, cancellation, hooks): Promise<void> {
      const waiting = [...groups];
      const lane = async (): Promise<void> => {
        for (let one = waiting.shift(); one !== undefined && !cancellation.cancelled; one = waiting.shift()) {
          begun.push(one.id);
          for (let turn = 20 - begun.length; turn > 0; turn--) await Promise.resolve();
          const outcome: GroupOutcome = { group: one.id, files: one.files.map(outcomeOf), imports: imports[one.id] ?? [], timings: { readMs: 1, parseMs: 1, analyzeMs: 1 } };
          await hooks.done(one, outcome);
        }
      };
      await Promise.all(Array.from({ length: width }, lane));
    },
    dispose: () => Promise.resolve(),
  };
};
const run = async (groups: readonly FileGroup[], executor: GroupExecutor, cache: ReportCache | null = null): Promise<RunResult & { readonly paths: string[] }> => {
  const paths: string[] = [];
  return { ...await runGroups({ groups, executor, cache, cancellation: { cancelled: false }, onFile: ({ path }) => { paths.push(path); } }), paths };
};

describe('a run', () => {
  const groups = [group('/w/a', ['x.go', 'z.go']), group('/w/a/deep', ['m.go']), group('/w/b', ['1.go', '2.go']), group('/w/c', ['1.go'], 90), group('/w/d', ['1.go'])];
  const inOrder = ['/w/a/deep/m.go', '/w/a/x.go', '/w/a/z.go', '/w/b/1.go', '/w/b/2.go', '/w/c/1.go', '/w/d/1.go'];

  it('hands files on in the order of paths, whichever group is done first', async () => {
    const result = await run(groups, hasty());
    expect(result.paths).toEqual(inOrder);
    expect(result.timings).toEqual({ readMs: 5, parseMs: 5, analyzeMs: 5 });
  });

  it('begins with what is asked for first, then with the group that all would wait for', async () => {
    const executor = hasty({}, 2);
    await runGroups({ groups, executor, cache: null, cancellation: { cancelled: false }, first: new Set(['/w/d/1.go']), onFile: () => undefined });
    expect(executor.begun).toEqual(['go:/w/d', 'go:/w/c', 'go:/w/a/deep', 'go:/w/a', 'go:/w/b']);
  });

  it('puts on the shelf what has to wait, and nothing else, and takes it back once', async () => {
    const shelved = new Map<string, number>();
    const paths: string[] = [];
    const shelf = {
      put: (outcome: FileOutcome) => {
        shelved.set(outcome.path, 0);
        return () => {
          shelved.set(outcome.path, (shelved.get(outcome.path) ?? 0) + 1);
          return outcome;
        };
      },
    };
    await runGroups({ groups, executor: hasty({}, 2), cache: null, cancellation: { cancelled: false }, shelf, first: new Set(['/w/d/1.go']), onFile: ({ path }) => { paths.push(path); } });
    expect(paths).toEqual(inOrder);
    expect(shelved.get('/w/d/1.go')).toBe(1);
    expect([...shelved.values()].every((times) => times === 1)).toBe(true);
    expect(shelved.has('/w/a/deep/m.go')).toBe(false);
  });

  it('hands on what was done before it was cancelled, each file once', async () => {
    const cancellation = { cancelled: false };
    const executor = hasty({}, 1);
    const paths: string[] = [];
    await runGroups({ groups, executor, cache: null, cancellation, first: new Set(['/w/d/1.go']), onFile: ({ path }) => { paths.push(path); }, onProgress: ({ done }) => { cancellation.cancelled = done >= 3; } });
    expect(paths).toEqual(['/w/a/deep/m.go', '/w/a/x.go', '/w/a/z.go', '/w/d/1.go']);
  });
});

describe('the cache of a run', () => {
  const texts = new Map<string, string>(['a', 'b', 'c', 'd'].map((name) => [`/w/${name}/x.go`, name]));
  const groups = ['a', 'b', 'c', 'd'].map((name) => group(`/w/${name}`, ['x.go']));
  // a → b ⇄ c; d stands alone.
  const imports = { 'go:/w/a': ['/w/b/x.go'], 'go:/w/b': ['/w/c/x.go'], 'go:/w/c': ['/w/b/x.go'] };
  const host = memoryHost(texts);
  const cacheOn = (storage: CacheStorage, engine = '1', of = groups): ReportCache => new ReportCache(host, storage, { engine, options: '{}', groups: of, textOf: () => null, maxBytes: 100 });
  const begunBy = async (storage: CacheStorage, engine?: string): Promise<string[]> => {
    const executor = hasty(imports);
    const result = await run(groups, executor, cacheOn(storage, engine));
    expect(result.paths).toEqual(['/w/a/x.go', '/w/b/x.go', '/w/c/x.go', '/w/d/x.go']);
    expect(result.cached).toBe(4 - executor.begun.length);
    return executor.begun.sort();
  };

  it('does anew what changed and all that reaches it by imports, through circles too', async () => {
    const storage = memoryStorage();
    expect(await begunBy(storage)).toHaveLength(4);
    expect(await begunBy(storage)).toEqual([]);
    texts.set('/w/c/x.go', 'changed');
    expect(await begunBy(storage)).toEqual(['go:/w/a', 'go:/w/b', 'go:/w/c']);
    expect(await begunBy(storage)).toEqual([]);
    texts.set('/w/a/x.go', 'changed');
    expect(await begunBy(storage)).toEqual(['go:/w/a']);
    texts.set('/w/d/x.go', 'changed');
    expect(await begunBy(storage)).toEqual(['go:/w/d']);
  });

  it('does a group anew whose record is damaged, and everything when the index is or another engine wrote it', async () => {
    const storage = memoryStorage();
    await begunBy(storage);
    const [record] = [...storage.texts].filter(([, text]) => text.includes('/w/b/x.go') && !text.includes('go:/w/')).map(([name]) => name);
    for (const damage of [(text: string) => text.slice(0, -1), (text: string) => text.replace('b/x', 'c/x'), () => '']) {
      storage.texts.set(record ?? '', damage(storage.texts.get(record ?? '') ?? ''));
      expect(await begunBy(storage)).toEqual(['go:/w/b']);
    }
    storage.texts.delete(record ?? '');
    expect(await begunBy(storage)).toEqual(['go:/w/b']);
    const index = [...storage.texts.keys()].find((name) => name.endsWith('/index')) ?? '';
    for (const damage of [(text: string) => text.slice(0, -1), (text: string) => text.replace('go:', 'no:'), () => 'null\n']) {
      storage.texts.set(index, damage(storage.texts.get(index) ?? ''));
      expect(await begunBy(storage)).toHaveLength(4);
    }
    expect(await begunBy(storage, '2')).toHaveLength(4);
  });

  it('keeps no record of a group that is gone', async () => {
    const storage = memoryStorage();
    await begunBy(storage);
    expect(storage.texts.size).toBe(5);
    await run(groups.slice(0, 3), hasty(imports), cacheOn(storage, '1', groups.slice(0, 3)));
    expect(storage.texts.size).toBe(4);
  });

  it('gives back what was handed to it, letter by letter', async () => {
    const storage = memoryStorage();
    const texts = [{ json: '{"text":"é 𝄞 \\n"}', extra: '{"x":"ü"}' }, { json: '{}', extra: '{}' }].map((text, i): FileOutcome => ({ path: `/w/d/${i}.go`, language: 'go', lines: i, totals: '{"n":1}', ...text }));
    const one = group('/w/d', texts.map(({ path }) => path));
    const cache = cacheOn(storage, '1', [one]);
    cache.keep({ group: one.id, files: texts, imports: [], timings: { readMs: 0, parseMs: 0, analyzeMs: 0 } });
    cache.finish();
    const again = cacheOn(storage, '1', [one]);
    expect(again.knows(one)).toBe(true);
    expect(again.load(one)?.map(({ path, language, lines, json, extra, totals }) => ({ path, language, lines, json, extra, totals }))).toEqual(texts);
  });
});

describe('contents that the cache has seen', () => {
  const group1 = group('/w/a', ['x.go', 'y.go']);
  const setting = (): { files: Map<string, string>; versions: Map<string, FileVersion>; read: string[]; look(): Promise<string[]> } => {
    const files = new Map([['/w/a/x.go', 'one'], ['/w/a/y.go', 'two']]);
    const versions = new Map<string, FileVersion>([...files.keys()].map((path) => [path, { stamp: '1', touched: 1000 }]));
    const storage = memoryStorage();
    const read: string[] = [];
    const plain = memoryHost(files);
    const host: Host = {
      ...plain,
      read(path, limit) {
        read.push(path);
        return plain.read(path, limit);
      },
      stat(path) {
        const stat = plain.stat(path);
        const version = versions.get(path);
        return stat === null || version === undefined ? stat : { ...stat, version };
      },
    };
    return {
      files, versions, read,
      async look() {
        read.length = 0;
        const executor = hasty();
        await run([group1], executor, new ReportCache(host, storage, { engine: '1', options: '{}', groups: [group1], textOf: () => null, maxBytes: 100 }));
        return executor.begun;
      },
    };
  };

  it('are not read again while the file system says that they are as they were', async () => {
    const { files, versions, read, look } = setting();
    expect(await look()).toHaveLength(1);
    expect(await look()).toEqual([]);
    expect(read).toEqual([]);
    files.set('/w/a/x.go', 'new');
    versions.set('/w/a/x.go', { stamp: '2', touched: 2000 });
    expect(await look()).toHaveLength(1);
    expect(read).toEqual(['/w/a/x.go']);
    versions.set('/w/a/x.go', { stamp: '3', touched: 3000 }); // touched, and the same
    expect(await look()).toEqual([]);
    expect(read).toEqual(['/w/a/x.go']);
    expect(await look()).toEqual([]);
    expect(read).toEqual([]);
  });

  it('are read again when they were touched so shortly before that a further change may not show, and where nothing is told', async () => {
    const { files, versions, read, look } = setting();
    versions.set('/w/a/x.go', { stamp: '2', touched: Date.now() });
    versions.delete('/w/a/y.go');
    await look();
    files.set('/w/a/x.go', 'new');
    expect(await look()).toHaveLength(1);
    expect(read).toEqual(['/w/a/x.go', '/w/a/y.go']);
    files.set('/w/a/y.go', 'new');
    expect(await look()).toHaveLength(1);
  });
});
