// The built server over real JSON-RPC, as an editor sees it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from './client.js';

const GO = `package main

func fill(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = string(make([]byte, n))
	}
	return names
}
`;
const uri = 'file:///nowhere/pkg/main.go';

describe('a session over stdio', () => {
  let client: TestClient;
  beforeAll(async () => { client = await TestClient.start(); });
  afterAll(async () => { await client.stop(); });

  it('shows hints after the expression, with a tooltip on resolve', async () => {
    await client.open(uri, GO);
    const hints = await client.hints(uri);
    const hint = hints.find((one) => one.position.line === 3);
    expect(hint?.label).toMatch(/^[⬢⬡] buffer/);
    expect(hint?.position.character).toBe(27);
    const resolved = await client.connection.sendRequest<{ tooltip: { value: string } }>('inlayHint/resolve', hint);
    expect(resolved.tooltip.value).toContain('**On the heap:**');
  });

  it('explains an allocation on hover, ending with its rule', async () => {
    const text = await client.hover(uri, 3, 11);
    expect(text).toContain('**Allocates a buffer**');
    expect(text?.trimEnd().split('\n').at(-1)).toMatch(/^Rule .*go\/make/);
  });

  it('answers for the new version after a change, with astral characters before the site', async () => {
    await client.change(uri, { range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, text: '\t_ = "😀"; ' });
    const hint = (await client.hints(uri)).find((one) => one.position.line === 3 && one.label.includes('buffer'));
    expect(hint?.position.character).toBe(27 + 11);
  });

  it('keeps hints elsewhere while code is half typed', async () => {
    await client.change(uri, { text: `${GO}\nfunc half(x int { if x.\n` });
    expect((await client.hints(uri)).some((one) => one.position.line === 3)).toBe(true);
  });

  it('sends counts, and answers next, tree and export', async () => {
    await client.change(uri, { text: GO });
    const counts = await client.until('counts', () => client.notifications.findLast((one) => one.method === 'heaplight/counts' && (one.params as { sites: number }).sites > 0));
    expect((counts.params as { uri: string }).uri).toBe(uri);
    const next = await client.connection.sendRequest('heaplight/neighbour', { uri, position: { line: 0, character: 0 }, direction: 'next' });
    expect(next).toMatchObject({ start: { line: 3 } });
    const tree = await client.connection.sendRequest<{ nodes: { id: string; role: string }[]; summary: string }>('heaplight/tree', { scope: { kind: 'file', uri }, grouping: 'function', filter: '', parent: null });
    expect(tree.summary).toMatch(/allocation/);
    expect(tree.nodes[0]?.role).toBe('group');
    const json = await client.connection.sendRequest<string>('heaplight/export', { scope: { kind: 'file', uri }, format: 'json' });
    expect(JSON.parse(json)).toMatchObject({ schemaVersion: 1, files: [{ language: 'go' }] });
  });

  it('takes settings live and says which value is wrong', async () => {
    client.settings = { hints: { style: 'icon', kinds: { nonsense: true } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await client.until('a message', () => client.messages.find((message) => message.includes('nonsense')));
    expect((await client.hintsWhen(uri, (hints) => hints.length > 0 && hints.every((one) => /^[⬢⬡]+$/u.test(one.label)))).length).toBeGreaterThan(0);
    client.settings = { go: { goos: 'winodws', goroot: '/nowhere' }, rust: { registry: '/nowhere/src' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await client.until('messages', () => (['heaplight.go.goos: Go knows no operating system "winodws".', 'heaplight.go.goroot: There is no Go installation in "/nowhere".', 'heaplight.rust.registry: There is no directory "/nowhere/src".'].every((one) => client.messages.includes(one)) ? true : undefined));
    client.settings = { hints: { enabled: false } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect(await client.hintsWhen(uri, (hints) => hints.length === 0)).toEqual([]);
    client.settings = {};
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect((await client.hintsWhen(uri, (hints) => hints.length > 0)).some((one) => one.label.includes('buffer'))).toBe(true);
  });

  it.each([
    ['empty', ''], ['binary', 'a\0b\0c'], ['prose', 'This is no program. '.repeat(50)], ['an unterminated string', 'package p\nvar s = "abc\n'],
    ['deep nesting', `package p\nvar x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`], ['CRLF', GO.replaceAll('\n', '\r\n')], ['a byte order mark', `\ufeff${GO}`],
  ])('answers for %s', async (name, text) => {
    const bad = `file:///nowhere/bad/${name.replaceAll(' ', '-')}.go`;
    await client.open(bad, text);
    expect(Array.isArray(await client.hints(bad))).toBe(true);
    expect(await client.hover(bad, 0, 0)).toBeNull();
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: bad } });
  });

  it('reads a document by its language when its name has another ending', async () => {
    await client.open('untitled:Untitled-1', GO, 'go');
    expect((await client.hints('untitled:Untitled-1')).length).toBeGreaterThan(0);
  });
});
