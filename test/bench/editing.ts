// The key stroke benchmark: a whole session in this process, driven over JSON-RPC as an editor does. From `didChange` to the answer to
// `inlayHint` for one screen, as a share of the full parse of the same text.
import { PassThrough } from 'node:stream';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { LanguagePlugin } from '../../server/src/analysis/language.js';
import { goPlugin } from '../../server/src/languages/go/plugin.js';
import { rustPlugin } from '../../server/src/languages/rust/plugin.js';
import { startSession } from '../../server/src/lsp/session.js';
import { loadGrammars } from '../../server/src/node/grammars.js';
import { nodeHost } from '../../server/src/node/host.js';
import { projectorFor } from '../../server/src/node/projector.js';
import { LineIndex } from '../../server/src/syntax/lineIndex.js';
import { testOptions } from '../support/engine.js';
import { textsBelow } from '../support/readers.js';
import { plainParser, quantile, synthesise, typingPlaces, warmUpStrokes } from './synthetic.js';

/** Strokes that are measured, there and back again. */
const STROKES = 200;
/** Lines on a screen. */
const SCREEN = 60;
/** What the specification allows at the median, as a share of the full parse; the 99th percentile may take 1.5 of them. */
const LIMITS: Readonly<Record<number, number>> = { 1000: 0.45, 5000: 0.25, 20_000: 0.3 };
const json = process.argv.includes('--json');
const distribution = fileURLToPath(new URL('.', import.meta.url));

/** A client of a session that runs in this process. */
function connect(): ReturnType<typeof createMessageConnection> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startSession(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    version: '0', host: nodeHost(distribution), plugins: [goPlugin, rustPlugin], loadGrammars: () => loadGrammars(distribution, ['go', 'rust']),
    languageOptions: () => testOptions, projector: projectorFor, executor: () => null, engine: '', storage: () => null, documentation: null,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => { clearTimeout(timer); };
    },
  });
  const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
  return client;
}

/** Key strokes in one file. Milliseconds; `limit` is the share of the full parse that the median may take. */
export interface StrokeFigures {
  readonly language: LanguagePlugin['id'];
  readonly size: number;
  readonly lines: number;
  readonly parseMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly limit: number;
}

async function measure(plugin: LanguagePlugin, texts: readonly string[], size: number, isFirst: boolean): Promise<string | null> {
  const parser = await plainParser(plugin.id);
  const text = synthesise(plugin.id, parser, texts, size);
  const lines = new LineIndex(text);
  if (lines.lineCount < size * 0.8) return null;
  const client = connect();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification('initialized', {});
  const uri = `file:///bench-nowhere/bench.${plugin.id === 'go' ? 'go' : 'rs'}`;
  let version = 1;
  await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: plugin.id, version, text } });
  const names = typingPlaces(parser, text);
  const latencies: number[] = [];
  const full: number[] = [];
  const warmUp = warmUpStrokes(isFirst);
  for (let i = 0; i < STROKES + warmUp; i++) {
    const at = names[Math.floor(((i * 0.6180339887) % 1) * names.length)] ?? 0;
    const start = lines.position(at);
    const range = { start: { line: Math.max(0, start.line - SCREEN / 2), character: 0 }, end: { line: start.line + SCREEN / 2, character: 0 } };
    const typed = async (change: object): Promise<number> => {
      const before = performance.now();
      void client.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [change] });
      await client.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range });
      return performance.now() - before;
    };
    const there = await typed({ range: { start, end: start }, text: 'x' });
    const back = await typed({ range: { start, end: { line: start.line, character: start.character + 1 } }, text: '' });
    const before = performance.now();
    parser.parse(text)?.delete();
    if (i < warmUp) continue;
    full.push(performance.now() - before);
    latencies.push(there, back);
  }
  parser.delete();
  client.dispose();
  const parseMs = quantile(full, 0.5);
  const p50 = quantile(latencies, 0.5);
  const limit = LIMITS[size] ?? 1;
  const p99 = quantile(latencies, 0.99);
  if (json) return JSON.stringify({ language: plugin.id, size, lines: lines.lineCount, parseMs, p50, p99, limit } satisfies StrokeFigures);
  return `${plugin.id} · lines ${lines.lineCount} · full parse ${parseMs.toFixed(2)} ms · key stroke p50 ${p50.toFixed(2)} ms = ${(p50 / parseMs).toFixed(2)} (limit ${limit}) · p99 ${p99.toFixed(2)} ms`;
}

const [path, ...wanted] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (path === undefined) {
  process.stderr.write('usage: npm run bench -- --editing PATH [LINES…] [--json]\n');
  process.exit(2);
}
for (const plugin of [goPlugin, rustPlugin]) {
  const texts = [...textsBelow([resolve(path)], plugin.extensions[0] ?? '')].map(({ text }) => text);
  if (texts.length === 0) continue;
  const sizes = wanted.length > 0 ? wanted.map(Number) : [1000, 5000, 20_000];
  for (const size of sizes) {
    const line = await measure(plugin, texts, size, size === sizes[0]);
    if (line !== null) process.stdout.write(`${line}\n`);
  }
}
process.exit(0);
