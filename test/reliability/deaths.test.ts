// Workers and servers that die or hang: what they were at is lost and said so, the rest is done, and nobody waits.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { projectorFor } from '../../server/src/node/projector.js';
import { workerPool } from '../../server/src/node/workerPool.js';
import type { FileGroup } from '../../server/src/workspace/groups.js';
import { NEVER_CANCELLED } from '../../server/src/workspace/host.js';
import { runGroups } from '../../server/src/workspace/run.js';
import { DEFAULT_LIMITS } from '../../server/src/workspace/sourceStore.js';
import { Folder } from '../cli/cli.js';
import { TestClient } from '../server/client.js';
import { testOptions } from '../support/engine.js';

const DISTRIBUTION = fileURLToPath(new URL('../../dist', import.meta.url));
const GO = 'package p\n\nfunc F(n int) []int { return make([]int, n) }\n';

let folder: Folder | null = null;
afterEach(() => {
  folder?.remove();
  folder = null;
});

/** A worker that is the real one until it comes to a file whose name says how it ends. */
const MORTAL = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { parentPort } from 'node:worker_threads';
const open = fs.openSync;
fs.openSync = (path, ...rest) => {
  if (String(path).endsWith('/exits.go')) process.exit(3);
  if (String(path).endsWith('/hangs.go')) for (;;);
  return open(path, ...rest);
};
syncBuiltinESMExports();
const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message, ...rest) => {
  if (message.type === 'file' && message.outcome.path.endsWith('/throws.go')) throw new Error('struck');
  post(message, ...rest);
};
await import(process.env.HEAPLIGHT_WORKER);
`;

interface Run { readonly problems: ReadonlyMap<string, string>; readonly sites: number }

/** Analyses one package a name in two mortal workers. */
async function analyse(names: readonly string[]): Promise<Run> {
  const made = new Folder(Object.fromEntries([['mortal.mjs', MORTAL], ['go.mod', 'module w\n'], ...names.map((name) => [`${name}/${name}.go`, GO])]) as Record<string, string>);
  folder = made;
  process.env['HEAPLIGHT_WORKER'] = `${DISTRIBUTION}/worker.js`;
  const groups = names.map((name): FileGroup => ({ id: `go:${made.path}/${name}`, language: 'go', directory: `${made.path}/${name}`, files: [`${made.path}/${name}/${name}.go`], size: GO.length }));
  const executor = workerPool({
    distribution: DISTRIBUTION, root: made.path, languageOptions: testOptions, limits: DEFAULT_LIMITS, documents: [], script: `${made.path}/mortal.mjs`, width: 2, projector: projectorFor(made.path), patienceMs: 3000,
  });
  const problems = new Map<string, string>();
  let sites = 0;
  await runGroups({
    groups, executor, cache: null, cancellation: NEVER_CANCELLED,
    onFile: ({ path, json }) => {
      const file = JSON.parse(json) as { problems: { message: string }[]; sites: unknown[] };
      sites += file.sites.length;
      if (file.problems.length > 0) problems.set(path.slice(path.lastIndexOf('/') + 1), file.problems.map(({ message }) => message).join());
    },
  });
  await executor.dispose();
  return { problems, sites };
}

describe('workers that die', () => {
  it('cost the files they were at, with the reason, and the rest is done by others', async () => {
    const good = Array.from({ length: 12 }, (_, i) => `good${i}`);
    const { problems, sites } = await analyse([...good.slice(0, 6), 'exits', 'throws', ...good.slice(6)]);
    expect([...problems.keys()].sort()).toEqual(['exits.go', 'throws.go']);
    for (const message of problems.values()) expect(message).toMatch(/^The file was not analysed: the analysis ended unexpectedly/);
    expect(sites).toBe(good.length);
  }, 60_000);

  it('are ended when they give no sign of life, and what they were at is said', async () => {
    const { problems, sites } = await analyse(['good', 'hangs', 'better']);
    expect(problems.get('hangs.go')).toBe('The file was not analysed: the analysis gave no sign of life for 3 s.');
    expect(sites).toBe(2);
  }, 60_000);
});

describe('servers that die', () => {
  const uri = 'file:///nowhere/p/a.go';

  it('in the middle of a request leave no request waiting, and a new one says the same', async () => {
    const first = await TestClient.start();
    await first.open(uri, GO);
    const before = await first.hints(uri);
    expect(before).toHaveLength(1);
    const large = 'file:///nowhere/large/a.go';
    await first.open(large, `package p\n\nvar kept []int\n\n${Array.from({ length: 3000 }, (_, i) => `func F${i}(n int) { kept = make([]int, n+${i}) }\n`).join('')}`);
    const ended = new Promise((resolve) => first.process.once('exit', resolve));
    const asked = first.hints(large).then(() => 'answered', () => 'refused');
    await new Promise((resolve) => setTimeout(resolve, 30));
    first.process.kill('SIGKILL');
    await ended;
    first.connection.dispose();
    expect(['refused', 'answered']).toContain(await asked);
    const second = await TestClient.start();
    try {
      await second.open(uri, GO);
      expect(await second.hints(uri)).toEqual(before);
    } finally {
      await second.stop();
    }
  }, 60_000);

  it('end with their client: a closed connection leaves no process behind', async () => {
    const client = await TestClient.start();
    await client.open(uri, GO);
    await client.hints(uri);
    const ended = new Promise((resolve) => client.process.once('exit', resolve));
    client.process.stdin?.end();
    await ended;
    client.connection.dispose();
  }, 30_000);

  it('survive messages that are none', async () => {
    const client = await TestClient.start();
    try {
      for (const method of ['textDocument/inlayHint', 'textDocument/hover', 'heaplight/tree', 'heaplight/export', 'heaplight/neighbour']) {
        for (const params of [null, {}, { textDocument: null }, { textDocument: { uri: 5 }, position: 'x', range: [], scope: 7 }]) await client.connection.sendRequest(method, params).then(() => 'answered', () => 'refused');
      }
      for (const method of ['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose', 'workspace/didChangeWatchedFiles', '$/cancelRequest']) await client.connection.sendNotification(method, { textDocument: { uri: 'x:', version: -1 }, contentChanges: 3, changes: [{}] });
      await client.open(uri, GO);
      await client.change(uri, { range: { start: { line: 900, character: 900 }, end: { line: 0, character: 4 } }, text: '' });
      await client.change(uri, { range: { start: { line: -1, character: -1 }, end: { line: 1e9, character: 1e9 } }, text: GO });
      expect(await client.hints(uri)).toHaveLength(1);
    } finally {
      await client.stop();
    }
  }, 60_000);
});
