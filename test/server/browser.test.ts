// The browser's bundle in a worker that has what a browser's worker has and nothing of Node: real JSON-RPC over messages.
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const bundle = fileURLToPath(new URL('../../dist/server/browser.js', import.meta.url));
const assets = pathToFileURL(fileURLToPath(new URL('../../dist', import.meta.url))).href;

/** Makes a worker look like a browser's: messages by events on `self`, files by `fetch`, no process, no require, no Buffer. */
const DISGUISE = `
const { parentPort, workerData } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const listeners = [];
globalThis.self = globalThis;
globalThis.postMessage = (data) => parentPort.postMessage(data);
globalThis.addEventListener = (type, listener) => { if (type === 'message') listeners.push(listener); };
let onmessage = null;
Object.defineProperty(globalThis, 'onmessage', { get: () => onmessage, set: (value) => { onmessage = value; } });
const waiting = [];
parentPort.on('message', (data) => { if (onmessage || listeners.length) { onmessage?.({ data }); for (const listener of listeners) listener({ data }); } else waiting.push(data); });
globalThis.fetch = async (address) => { const bytes = readFileSync(new URL(address)); return { ok: true, status: 200, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) }; };
delete globalThis.process; delete globalThis.Buffer; delete globalThis.require; delete globalThis.setImmediate;
import(workerData).then(() => { for (const data of waiting) onmessage?.({ data }); }, (error) => parentPort.postMessage({ method: 'died', params: String(error && error.stack) }));
`;

it('imports no module of Node and serves hints', async () => {
  expect(readFileSync(bundle, 'utf8')).not.toMatch(/\b(?:from|import)\s*["']node:/);
  const worker = new Worker(DISGUISE, { eval: true, workerData: pathToFileURL(bundle).href });
  const waiting = new Map<number, (result: unknown) => void>();
  let died: (reason: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => { died = reject; });
  worker.on('error', died);
  worker.on('message', (message: { id?: number; method?: string; result?: unknown; params?: unknown }) => {
    if (message.method === 'died' || message.method === 'window/showMessage' || message.method === 'window/logMessage') died(new Error(JSON.stringify(message.params)));
    else if (message.method !== undefined && message.id !== undefined) worker.postMessage({ jsonrpc: '2.0', id: message.id, result: message.method === 'workspace/configuration' ? [{}] : null });
    else if (message.id !== undefined) waiting.get(message.id)?.(message.result);
  });
  let id = 0;
  const request = <T>(method: string, params: unknown): Promise<T> => {
    const own = ++id;
    worker.postMessage({ jsonrpc: '2.0', id: own, method, params });
    return Promise.race([new Promise<T>((resolve) => waiting.set(own, resolve as (result: unknown) => void)), death]);
  };
  await request('initialize', { processId: null, rootUri: null, capabilities: {}, initializationOptions: { assets } });
  worker.postMessage({ jsonrpc: '2.0', method: 'initialized', params: {} });
  const uri = 'vscode-test-web://mount/a.go';
  worker.postMessage({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'go', version: 1, text: 'package a\n\nfunc f(n int) []int { return make([]int, n) }\n' } } });
  const hints = await request<{ label: string }[]>('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } });
  expect(hints.map((hint) => hint.label)).toEqual([expect.stringMatching(/buffer/)]);
  const library = 'vscode-test-web://mount/b.go';
  worker.postMessage({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri: library, languageId: 'go', version: 1, text: 'package a\n\nimport "strings"\n\nfunc g(s string) string { return strings.Repeat(s, 9) }\n' } } });
  const known = await request<{ label: string }[]>('textDocument/inlayHint', { textDocument: { uri: library }, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } });
  expect(known).not.toEqual([]); // what the standard library does is known here too
  await worker.terminate();
});
