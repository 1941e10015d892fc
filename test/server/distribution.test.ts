// What does not depend on a document: damaged grammars, a server that is killed, a run over a folder, the pages that tables generate.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SERVER, TestClient } from './client.js';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const GO = 'package main\n\nfunc f(n int) []int { return make([]int, n) }\n';

describe('the distribution', () => {
  it.each([
    ['no grammar at all', () => Buffer.from('no grammar')],
    ['missing', () => null],
    // One bit of a parse table: it loads, and would read code wrongly.
    ['slightly damaged', (bytes: Buffer) => { const at = bytes.length >> 1; bytes[at] = (bytes[at] ?? 0) ^ 1; return bytes; }],
  ])('says once that a grammar is %s, and goes on without that language', async (_, damaged) => {
    const folder = mkdtempSync(join(tmpdir(), 'heaplight-'));
    cpSync(dist, join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const grammar = join(folder, 'dist/grammars/tree-sitter-rust.wasm');
    const content = damaged(readFileSync(grammar));
    if (content === null) rmSync(grammar);
    else writeFileSync(grammar, content);
    const client = await TestClient.start(null, {}, join(folder, 'dist/server/node.js'));
    await client.open('file:///x/a.rs', 'fn f() { let b = Box::new(1); }\n');
    await client.open('file:///x/a.go', GO);
    expect(await client.hints('file:///x/a.rs')).toEqual([]);
    expect((await client.hints('file:///x/a.go')).length).toBe(1);
    expect(client.messages.filter((message) => message.includes('turned off'))).toHaveLength(1);
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it('analyses a workspace with progress and answers a cancelled run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heaplight-'));
    mkdirSync(join(folder, 'p'));
    for (let at = 0; at < 5; at++) writeFileSync(join(folder, 'p', `f${at}.go`), GO.replace('main', 'p').replace('f(', `f${at}(`));
    const client = await TestClient.start(folder);
    const summary = await client.connection.sendRequest('heaplight/analyzeWorkspace', { workDoneToken: 'run' });
    expect(summary).toEqual({ files: 5, sites: 5, cancelled: false });
    expect(client.notifications.filter(({ method }) => method === '$/progress').length).toBeGreaterThan(1);
    const tree = await client.connection.sendRequest<{ nodes: unknown[]; summary: string }>('heaplight/tree', { scope: { kind: 'workspace' }, grouping: 'file', filter: '', parent: null });
    expect(tree.nodes).toHaveLength(5);
    expect(tree.summary).toBe('5 allocations');
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps the reports of a workspace for the next session, and does without what is damaged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heaplight-'));
    const storage = join(folder, 'storage');
    for (let at = 0; at < 3; at++) {
      mkdirSync(join(folder, 'w', `p${at}`), { recursive: true });
      writeFileSync(join(folder, 'w', `p${at}`, 'a.go'), GO);
    }
    const session = async (): Promise<{ readonly summary: unknown; readonly tree: unknown }> => {
      const client = await TestClient.start(join(folder, 'w'), {}, SERVER, { storage });
      const summary = await client.connection.sendRequest('heaplight/analyzeWorkspace', {});
      const tree = await client.connection.sendRequest('heaplight/tree', { scope: { kind: 'workspace' }, grouping: 'file', filter: '', parent: null });
      await client.stop();
      return { summary, tree };
    };
    const written = (): string[] => readdirSync(storage, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const times = (): number[] => written().map((name) => statSync(name).mtimeMs);
    const first = await session();
    expect(first.summary).toEqual({ files: 3, sites: 3, cancelled: false });
    const kept = times();
    expect(kept).toHaveLength(4); // three groups and the index
    expect(await session()).toEqual(first);
    expect(times()).toEqual(kept); // nothing was done anew
    for (const name of written()) writeFileSync(name, 'damaged');
    expect(await session()).toEqual(first);
    rmSync(storage, { recursive: true });
    writeFileSync(storage, 'a file where the directory should be');
    expect(await session()).toEqual(first);
    rmSync(folder, { recursive: true });
  });

  it('shows what a package tells by itself before its libraries are read, and the rest afterwards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heaplight-'));
    const text = 'pub fn own(n: usize) -> String { format!("{n}") }\npub fn theirs(n: usize) -> String { lists::text_of(n) }\n';
    for (const [path, content] of Object.entries({
      'w/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nlists = "1"\n', 'w/src/lib.rs': text,
      'registry/src/index/lists-1.0.0/Cargo.toml': '[package]\nname = "lists"\nversion = "1.0.0"\nedition = "2021"\n',
      'registry/src/index/lists-1.0.0/src/lib.rs': 'pub fn text_of(n: usize) -> String { format!("{n}") }\n',
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const client = await TestClient.start(join(folder, 'w'), { rust: { registry: join(folder, 'registry/src') } });
    const uri = pathToFileURL(join(folder, 'w/src/lib.rs')).href;
    const lines = async (): Promise<number[]> => (await client.hints(uri)).map((hint) => hint.position.line);
    const refreshes = (): number => client.notifications.filter(({ method }) => method === 'workspace/inlayHint/refresh').length;
    await client.open(uri, text);
    expect(await lines()).toEqual([0]);
    const before = refreshes();
    await client.until('refresh', () => (refreshes() > before ? true : undefined));
    expect(await lines()).toEqual([0, 1]);
    await client.change(uri, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' });
    expect(await lines()).toEqual([1, 2]); // libraries are known from now on
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps what libraries declare for the next session, and does without what is damaged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heaplight-'));
    const [storage, registry, main] = [join(folder, 'storage'), join(folder, 'registry/src'), join(folder, 'w/src/lib.rs')];
    for (const [path, text] of Object.entries({
      'w/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nlists = "1"\n',
      'w/src/lib.rs': 'pub fn text(n: usize) -> String { lists::text_of(n) }\npub fn none(n: usize) -> usize { lists::same(n) }\n',
      'registry/src/index/lists-1.0.0/Cargo.toml': '[package]\nname = "lists"\nversion = "1.0.0"\nedition = "2021"\n',
      'registry/src/index/lists-1.0.0/src/lib.rs': 'pub fn text_of(n: usize) -> String { format!("{n}") }\npub fn same(n: usize) -> usize { n }\n',
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const written = (): string[] => (existsSync(storage) ? readdirSync(storage, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) : []);
    const session = async (): Promise<readonly (string | null)[]> => {
      const client = await TestClient.start(join(folder, 'w'), { rust: { registry } }, SERVER, { storage });
      const uri = pathToFileURL(main).href;
      const text = readFileSync(main, 'utf8');
      await client.open(uri, text);
      const hovers = [await client.hover(uri, 0, text.indexOf('lists')), await client.hover(uri, 1, (text.split('\n')[1] ?? '').indexOf('lists'))];
      await client.until('facts', () => written()[0]);
      await client.stop();
      return hovers;
    };
    const first = await session();
    expect(first[0]).toContain('formatted text');
    expect(first[1] ?? '').not.toContain('formatted text');
    const [file = ''] = written();
    expect(written()).toEqual([file]); // of the one library
    const kept = statSync(file).mtimeMs;
    expect(await session()).toEqual(first);
    expect(statSync(file).mtimeMs).toBe(kept);
    writeFileSync(file, 'damaged');
    expect(await session()).toEqual(first);
    rmSync(folder, { recursive: true });
  });

  it('keeps the manifest and the pages in step with the tables', () => {
    const script = fileURLToPath(new URL('../../scripts/generate-manifest.mjs', import.meta.url));
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
  });
});
