// What happens around a document, over JSON-RPC: lenses, contracts, files that others change, heaplight.json, folders that come and go.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClient, type Hint } from './client.js';

interface Diagnostics { readonly uri: string; readonly diagnostics: readonly { readonly message: string; readonly severity: number; readonly range: { readonly start: { readonly line: number } } }[] }
interface Lens { readonly range: { readonly start: { readonly line: number } }; readonly command: { readonly title: string } }

const CALLER = `package p

func Use() int {
	r := Record{}
	fill(&r)
	return r.value
}
`;
const QUIET = `package p

type Record struct{ value int }

func fill(r *Record) { r.value = 1 }
`;
const LEAKING = QUIET.replace('{ r.value = 1 }', '{ kept = r }\n\nvar kept *Record');

let folder: string;
let client: TestClient;
const at = (name: string): string => join(folder, name);
const uriOf = (name: string): string => `file://${at(name)}`;
const tell = (name: string, type: 1 | 2 | 3): Promise<void> => client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type }] });
const write = async (name: string, text: string, type: 1 | 2 = 2): Promise<void> => {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), text);
  await tell(name, type);
};
const labels = (hints: readonly Hint[]): string[] => hints.map((hint) => hint.label.replace(/^[⬢⬡] /, ''));
const diagnosticsOf = (name: string): Diagnostics | undefined => client.notifications.findLast(({ method, params }) => method === 'textDocument/publishDiagnostics' && (params as Diagnostics).uri === uriOf(name))?.params as Diagnostics | undefined;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'heaplight-events-')));
  writeFileSync(at('go.mod'), 'module m\n\ngo 1.26\n');
  writeFileSync(at('fill.go'), QUIET);
  writeFileSync(at('use.go'), CALLER);
  client = await TestClient.start(folder);
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true });
});

describe('around a document', () => {
  it('follows files that something else changes, removes and brings back', async () => {
    await client.open(uriOf('use.go'), CALLER);
    expect(labels(await client.hints(uriOf('use.go')))).toEqual([]);
    await write('fill.go', LEAKING);
    expect(labels(await client.hintsWhen(uriOf('use.go'), (hints) => hints.length === 1))).toEqual([expect.stringMatching(/^escape/)]);
    rmSync(at('fill.go'));
    await tell('fill.go', 3);
    expect(await client.hints(uriOf('use.go'))).toBeInstanceOf(Array); // half a package: still an answer
    await write('fill.go', QUIET, 1);
    expect(labels(await client.hintsWhen(uriOf('use.go'), (hints) => hints.length === 0))).toEqual([]);
  });

  it('goes by the open text of a file, not by what lies on disk', async () => {
    await client.open(uriOf('use.go'), CALLER);
    await client.open(uriOf('fill.go'), LEAKING);
    expect((await client.hints(uriOf('use.go'))).length).toBe(1);
    await write('fill.go', QUIET);
    expect((await client.hints(uriOf('use.go'))).length).toBe(1);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('fill.go') } });
    expect((await client.hintsWhen(uriOf('use.go'), (hints) => hints.length === 0)).length).toBe(0);
  });

  it('asks the editor to fetch hints again when another file changed them', async () => {
    await client.open(uriOf('use.go'), CALLER);
    await client.open(uriOf('fill.go'), QUIET);
    await client.hints(uriOf('use.go'));
    await client.until('counts', () => client.notifications.find(({ method }) => method === 'heaplight/counts'));
    const before = client.notifications.length;
    await client.change(uriOf('fill.go'), { text: LEAKING });
    await client.until('a refresh', () => client.notifications.slice(before).find(({ method }) => method === 'workspace/inlayHint/refresh'));
  });

  it('puts totals over functions when lenses are on', async () => {
    await client.open(uriOf('fill.go'), `${QUIET}\nfunc Many(n int) {\n\tfor range n {\n\t\tkeep(make([]int, n))\n\t}\n}\n\nfunc keep(s []int) { all = append(all, s) }\n\nvar all [][]int\n`);
    const lenses = (): Promise<Lens[]> => client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: uriOf('fill.go') } });
    expect(await lenses()).toEqual([]);
    client.settings = { codeLens: { enabled: true } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    const shown = await waitFor(lenses, (found) => found.length > 0);
    expect(shown.map(({ range, command }) => [range.start.line, command.title])).toEqual([[6, '⬢ 1 · 1 in a loop · +1 in callees'], [12, '⬢ 1']]);
  });

  it('reports a broken contract with its chain, and takes the diagnostic back once it holds', async () => {
    const broken = `package p\n\n// heaplight: no-alloc\nfunc Hot(n int) int { return len(helper(n)) }\n\nfunc helper(n int) []int { return make([]int, n) }\n`;
    await client.open(uriOf('hot.go'), broken);
    const { diagnostics } = await client.until('a diagnostic', () => { const found = diagnosticsOf('hot.go'); return found !== undefined && found.diagnostics.length > 0 ? found : undefined; });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ severity: 2, message: expect.stringMatching(/helper/) as string });
    await client.change(uriOf('hot.go'), { text: broken.replace('make([]int, n)', 'nil') });
    await client.until('no diagnostic', () => (diagnosticsOf('hot.go')?.diagnostics.length === 0 ? true : undefined));
  });

  it('says once what is wrong in heaplight.json, and takes the corrected file without a restart', async () => {
    await write('heaplight.json', '{ "budgets": [ { "max": "few" } ] }', 1);
    const message = await client.until('a message', () => client.messages.find((one) => one.includes('heaplight.json')));
    expect(message).toMatch(/^Heaplight: heaplight\.json is not used: .*budgets\[0\]\.max/);
    const said = client.messages.length;
    await write('heaplight.json', '{ "budgets": [ { "max": 3 } ] }');
    await client.open(uriOf('use.go'), CALLER);
    await client.hints(uriOf('use.go'));
    expect(client.messages.slice(said)).toEqual([]);
  });

  it('knows the files of a folder that is added, and forgets a folder that is removed', async () => {
    const other = realpathSync(mkdtempSync(join(tmpdir(), 'heaplight-added-')));
    writeFileSync(join(other, 'b.go'), 'package b\n\nfunc B(n int) []int { return make([]int, n) }\n');
    const run = (): Promise<{ files: number }> => client.connection.sendRequest('heaplight/analyzeWorkspace', {});
    expect((await run()).files).toBe(2);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: `file://${other}`, name: 'b' }], removed: [] } });
    await waitFor(run, ({ files }) => files === 3);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: `file://${other}`, name: 'b' }] } });
    await waitFor(run, ({ files }) => files === 2);
    rmSync(other, { recursive: true });
  });
});

/** Asks until the answer satisfies a condition; rejects after ten seconds. */
async function waitFor<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (const end = Date.now() + 10_000; ;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end) throw new Error(`the answer stayed ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
