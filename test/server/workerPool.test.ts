// Worker threads as they are built: one report whatever their number, death and memory, cancellation, giving way.
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../server/src/node/host.js';
import { projectorFor } from '../../server/src/node/projector.js';
import { NO_TOOLCHAIN_SETTINGS, languageOptions } from '../../server/src/node/toolchains.js';
import { workerPool, type PoolOptions } from '../../server/src/node/workerPool.js';
import { discover } from '../../server/src/workspace/discovery.js';
import type { FileOutcome } from '../../server/src/workspace/groupRunner.js';
import { groupFiles, type FileGroup } from '../../server/src/workspace/groups.js';
import { runGroups, type GroupExecutor, type RunResult } from '../../server/src/workspace/run.js';
import { DEFAULT_LIMITS } from '../../server/src/workspace/sourceStore.js';

const distribution = fileURLToPath(new URL('../../dist', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'heaplight-pool-')));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

/** A worker that runs `body` before it opens a source file called `name`. */
function trapped(script: string, name: string, body: string): string {
  return write(script, `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const open = fs.openSync;
fs.openSync = (path, ...rest) => {
  if (String(path).endsWith('/${name}')) { ${body} }
  return open(path, ...rest);
};
syncBuiltinESMExports();
await import(${JSON.stringify(pathToFileURL(join(distribution, 'worker.js')).href)});
`);
}

const PACKAGES = 24;
for (let i = 0; i < PACKAGES; i++) {
  const imported = i + 1 < PACKAGES && i % 3 !== 2 ? `import "m/p${String(i + 1).padStart(2, '0')}"\n\nfunc Call(n *int) { p${String(i + 1).padStart(2, '0')}.Keep(n) }\n` : '';
  write(`w/p${String(i).padStart(2, '0')}/f.go`, `package p${String(i).padStart(2, '0')}\n\n${imported}\nvar kept []*int\n\nfunc Keep(p *int) { kept = append(kept, p) }\n\nfunc Make(n int) []int { x := n; Keep(&x); return make([]int, n) }\n`);
}
write('w/go.mod', 'module m\n');
const root = join(folder, 'w');
const host = nodeHost(distribution);
const groups = async (): Promise<FileGroup[]> => groupFiles(host, (await discover(host, [root], { isSource: (name) => name.endsWith('.go') })).files, () => 'go');
const pool = (width: number, options: Partial<PoolOptions> = {}): GroupExecutor => workerPool({
  distribution, root, limits: DEFAULT_LIMITS, documents: [], script: join(distribution, 'worker.js'), width, projector: projectorFor(root),
  languageOptions: languageOptions({ ...NO_TOOLCHAIN_SETTINGS, goroot: 'none', modcache: 'none', cargoHome: 'none' }, []), ...options,
});

/** Runs everything; the outcomes by path. */
async function runOn(executor: GroupExecutor, cancellation = { cancelled: false }, ready?: () => Promise<void>): Promise<RunResult & { readonly files: FileOutcome[] }> {
  const files: FileOutcome[] = [];
  const result = await runGroups({ groups: await groups(), executor, cache: null, cancellation, onFile: (file) => { files.push(file); }, ...(ready ? { ready } : {}) });
  return { ...result, files };
}
const problemsIn = (files: readonly FileOutcome[]): string[] => files.flatMap(({ path, json }) => (JSON.parse(json) as { problems: { message: string }[] }).problems.map(({ message }) => `${path.slice(root.length + 1)}: ${message}`));

afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

describe('a pool of workers', () => {
  it('gives the same bytes with one worker and with several', async () => {
    const results = [];
    for (const width of [1, 2, 3]) {
      const executor = pool(width);
      results.push((await runOn(executor)).files);
      await executor.dispose();
    }
    expect(results[0]).toHaveLength(PACKAGES);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(results[0]?.[0]?.json).toContain('w/p01/f.go'.slice(2)); // explanations lead into what is imported
  });

  it('tries once more what a worker died on, and nobody sees it', async () => {
    const mark = join(folder, 'died-once');
    const executor = pool(2, { script: trapped('once.mjs', 'p07/f.go', `if (!fs.existsSync(${JSON.stringify(mark)})) { fs.writeFileSync(${JSON.stringify(mark)}, ''); process.exit(7); }`) });
    const { files } = await runOn(executor);
    await executor.dispose();
    expect(existsSync(mark)).toBe(true);
    expect(files).toHaveLength(PACKAGES);
    expect(problemsIn(files)).toEqual([]);
  });

  it('reports a file that it dies on again, and does everything else', async () => {
    const executor = pool(2, { script: trapped('always.mjs', 'p11/f.go', 'process.exit(7);') });
    const { files } = await runOn(executor);
    await executor.dispose();
    expect(files).toHaveLength(PACKAGES);
    expect(problemsIn(files)).toEqual(['p11/f.go: The file was not analysed: the analysis ended unexpectedly.']);
  });

  it('does the same when the memory of a worker runs out', async () => {
    const hungry = 'const all = []; for (;;) all.push(new Array(10_000).fill(all.length));';
    const executor = pool(2, { script: trapped('hungry.mjs', 'p05/f.go', hungry), heapMB: 96 });
    const { files } = await runOn(executor);
    await executor.dispose();
    expect(files).toHaveLength(PACKAGES);
    expect(problemsIn(files)).toEqual(['p05/f.go: The file was not analysed: the analysis ran out of memory.']);
  });

  it('gives more memory to the worker that takes the place of one that ran out of it', async () => {
    const large = 'const all = []; while (all.length < 1900) all.push(new Array(10_000).fill(all.length));'; // 152 MB
    const executor = pool(2, { script: trapped('large.mjs', 'p05/f.go', large), heapMB: 96 });
    const { files } = await runOn(executor);
    await executor.dispose();
    expect(files).toHaveLength(PACKAGES);
    expect(problemsIn(files)).toEqual([]);
  });

  it('ends a worker that gives no sign of life', async () => {
    const executor = pool(1, { script: trapped('stuck.mjs', 'p02/f.go', 'for (;;);'), patienceMs: 2000 });
    const { files } = await runOn(executor);
    await executor.dispose();
    expect(files).toHaveLength(PACKAGES);
    expect(problemsIn(files)).toEqual(['p02/f.go: The file was not analysed: the analysis gave no sign of life for 2 s.']);
  });

  it('does not start workers for ever that cannot start', async () => {
    const executor = pool(2, { script: write('broken.mjs', 'throw new Error("cannot start");') });
    const { files } = await runOn(executor);
    await executor.dispose();
    expect(files).toHaveLength(PACKAGES);
    expect(problemsIn(files)).toHaveLength(PACKAGES);
  });

  it('ends within 50 ms of a cancellation, whatever is in flight', async () => {
    const executor = pool(2, { script: trapped('slow.mjs', 'p03/f.go', 'for (const end = Date.now() + 20_000; Date.now() < end;);') });
    const cancellation = { cancelled: false };
    const run = runOn(executor, cancellation);
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    const wished = performance.now();
    cancellation.cancelled = true;
    const { cancelled } = await run;
    expect(performance.now() - wished).toBeLessThan(50);
    expect(cancelled).toBe(true);
    const disposing = performance.now();
    await executor.dispose();
    expect(performance.now() - disposing).toBeLessThan(2000);
  });

  it('gives way while it is asked to, in the middle of its work', async () => {
    let held = true;
    let release: () => void = () => undefined;
    const typing = new Promise<void>((resolve) => { release = resolve; });
    const executor = pool(2, { script: trapped('steady.mjs', 'f.go', 'for (const end = Date.now() + 25; Date.now() < end;);') });
    const order: string[] = [];
    const done = runGroups({
      groups: await groups(), executor, cache: null, cancellation: { cancelled: false }, ready: () => (held ? typing : Promise.resolve()),
      onFile: ({ path }) => { order.push(path); },
    });
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    const before = order.length;
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(order.length).toBe(before);
    expect(before).toBeLessThan(PACKAGES);
    held = false;
    release();
    await done;
    await executor.dispose();
    expect(order).toHaveLength(PACKAGES);
  });
});
