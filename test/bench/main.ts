// The benchmark: parse-only against parse + flatten against whole analysis in one warm process, and key strokes as a share of a full parse.
// CPU time, interleaved rounds, medians. Whole analysis is everything up to the report objects, without reading and printing.
import { resolve } from 'node:path';
import type { Parser } from 'web-tree-sitter';
import type { LanguagePlugin } from '../../server/src/analysis/language.js';
import { goPlugin } from '../../server/src/languages/go/plugin.js';
import { rustPlugin } from '../../server/src/languages/rust/plugin.js';
import { patientCompiler } from '../../server/src/node/compiler.js';
import { runtimeBytes, startRuntime } from '../../server/src/syntax/runtime.js';
import { memorySources, type MemorySources, noFacts, parserOf, testOptions } from '../support/engine.js';
import { textsBelow } from '../support/readers.js';
import { Sampler } from './profile.js';
import { plainParser, quantile, synthesise, typingPlaces, warmUpStrokes } from './synthetic.js';

/** Value of `--name=N`. */
function given(name: string, otherwise: number): number {
  const value = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return value === undefined ? otherwise : Number(value.slice(name.length + 3));
}

const ROUNDS = given('rounds', 5);
/** Rounds before those that are measured: as many as make up these lines, at most that many. */
const WARM_UP_LINES = 500_000;
const MOST_WARM_UPS = 30;
const STROKES = 60;
const json = process.argv.includes('--json');
const withStrokes = !process.argv.includes('--no-strokes');
const sampler = process.argv.includes('--profile') ? new Sampler('time', `${import.meta.dirname}/profiles`) : process.argv.includes('--allocations') ? new Sampler('allocations', '') : null;
const path = process.argv.slice(2).find((argument) => !argument.startsWith('--'));

/** CPU milliseconds of this process so far. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Collects what the phase before left, so that no phase pays for another's garbage. */
function settle(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/** Files beside the edited one in the case of a large package, and lines of each. */
const COMPANIONS = 49;
const COMPANION_LINES = 300;

interface StrokeResult { readonly lines: number; /** Files of the package. */ readonly files: number; readonly fullParseMs: number; readonly p50: number; readonly p99: number }

/** Latency of single characters typed into identifiers of function bodies, from the edit to the report, over the full parse of the file. */
async function keyStrokes(plugin: LanguagePlugin, parser: Parser, text: string, warmUp: number, companions: readonly string[] = []): Promise<StrokeResult> {
  const file = plugin.id === 'go' ? 'bench.go' : 'src/lib.rs';
  const manifest = plugin.id === 'go' ? { 'go.mod': 'module bench\n\ngo 1.26\n' } : { 'Cargo.toml': '[package]\nname = "bench"\nversion = "0.1.0"\nedition = "2024"\n' };
  const source = await parserOf(plugin.id);
  let document = source.open(text);
  if (document === null) throw new Error('no tree');
  const base = await memorySources({ ...manifest, ...Object.fromEntries(companions.map((companion, i) => [`beside${i}.go`, companion])) });
  const sources = new Proxy(base, {
    get: (target, key) => key === 'file' ? (asked: string) => (asked === file ? current : target.file(asked))
      : key === 'list' ? (directory: string) => [...target.list(directory), ...entriesIn(directory)].sort((a, b) => (a.name < b.name ? -1 : 1))
      : typeof Reflect.get(target, key) === 'function' ? (Reflect.get(target, key) as (...values: unknown[]) => unknown).bind(target) : Reflect.get(target, key),
  }) as MemorySources;
  const entriesIn = (directory: string): { name: string; kind: 'file' | 'directory' }[] => {
    if (plugin.id === 'go') return directory === '' || directory === '.' ? [{ name: file, kind: 'file' }] : [];
    return directory === 'src' ? [{ name: 'lib.rs', kind: 'file' }] : directory === '' || directory === '.' ? [{ name: 'src', kind: 'directory' }] : [];
  };
  let current = { path: file, tree: document.tree, problems: [] as readonly string[] };
  const engine = plugin.createEngine({ sources, facts: noFacts, options: testOptions, parseFragment: () => null });
  engine.report(file);
  const names = typingPlaces(parser, text);
  const full: number[] = [];
  const latencies: number[] = [];
  for (let i = 0; i < STROKES + warmUp; i++) {
    const at = names[Math.floor(((i * 0.6180339887) % 1) * names.length)] ?? text.length >> 1;
    const typed = document.tree.text.slice(0, at) + 'x' + document.tree.text.slice(at);
    const before = performance.now();
    const next = document.reparse(typed, [{ start: at, oldEnd: at, newEnd: at + 1 }]);
    if (next === null) throw new Error('no tree');
    document.dispose();
    document = next;
    current = { path: file, tree: next.tree, problems: [] };
    engine.changed({ kind: 'text', path: file });
    engine.report(file);
    const after = performance.now();
    parser.parse(typed)?.delete();
    if (i >= warmUp) {
      latencies.push(after - before);
      full.push(performance.now() - after);
    }
    const undone = document.reparse(text, [{ start: at, oldEnd: at + 1, newEnd: at }]);
    if (undone === null) throw new Error('no tree');
    document.dispose();
    document = undone;
    current = { path: file, tree: undone.tree, problems: [] };
    engine.changed({ kind: 'text', path: file });
    engine.report(file);
  }
  document.dispose();
  const fullParseMs = quantile(full, 0.5);

  return { lines: text.split('\n').length, files: 1 + companions.length, fullParseMs, p50: quantile(latencies, 0.5) / fullParseMs, p99: quantile(latencies, 0.99) / fullParseMs };
}

async function measure(plugin: LanguagePlugin, root: string): Promise<Record<string, unknown> | null> {
  const extension = plugin.id === 'go' ? '.go' : '.rs';
  const files = [...textsBelow([root], extension)].map(({ path: file, text }) => ({ path: file.slice(root.length + 1).replaceAll('\\', '/'), text }));
  if (files.length === 0) return null;
  const manifests = [...textsBelow([root], plugin.id === 'go' ? 'go.mod' : 'Cargo.toml')].map(({ path: file, text }) => ({ path: file.slice(root.length + 1), text }));
  const all = Object.fromEntries([...manifests, ...files].map(({ path: file, text }) => [file, text]));
  const lines = files.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  const parser = await plainParser(plugin.id);
  const source = await parserOf(plugin.id);
  const rounds = { parse: [] as number[], flatten: [] as number[], whole: [] as number[] };
  let sites = 0;
  // The engine of the round before stays alive, as a server's does: with the last of its objects V8 would throw away the code compiled for them.
  const alive: unknown[] = [];
  const usual = patientCompiler(); // as the command line does for a run
  const warmUps = Math.min(MOST_WARM_UPS, Math.ceil(WARM_UP_LINES / lines));
  for (let round = 1 - warmUps; round <= ROUNDS; round++) {
    settle();
    const started = cpu();
    for (const { text } of files) parser.parse(text)?.delete();
    const parsed = cpu();
    settle();
    const flattening = cpu();
    for (const { text } of files) source.parseOnce(text);
    const flattened = cpu();
    const engine = plugin.createEngine({ sources: await memorySources(all), facts: noFacts, options: testOptions, parseFragment: (language, text) => (language === plugin.id ? source.parseOnce(text) : null) });
    sites = 0;
    settle();
    if (round > 0) await sampler?.start();
    const ready = cpu();
    for (const { path: file } of files) {
      const unit = engine.unitOf(file);
      const steps = unit === null ? null : engine.prepare(unit, file);
      while (steps?.next().done === false);
      sites += engine.report(file)?.sites.length ?? 0;
    }
    const finished = cpu();
    if (round > 0) await sampler?.stop();
    alive.splice(0, alive.length, engine);
    if (round <= 0) continue; // warming up
    rounds.parse.push(parsed - started);
    rounds.flatten.push(flattened - flattening);
    rounds.whole.push(finished - ready);
  }
  usual();
  const parseMs = quantile(rounds.parse, 0.5);
  const flattenMs = quantile(rounds.flatten, 0.5);
  const wholeMs = quantile(rounds.whole, 0.5);
  const strokes: StrokeResult[] = [];
  const texts = files.map(({ text }) => text);
  for (const size of withStrokes ? [1000, 5000, 20_000] : []) {
    const text = synthesise(plugin.id, parser, texts, size);
    if (text.split('\n').length > size * 0.8) strokes.push(await keyStrokes(plugin, parser, text, warmUpStrokes(strokes.length === 0)));
  }
  if (withStrokes && plugin.id === 'go') {
    const beside = synthesise(plugin.id, parser, [...texts].reverse(), COMPANION_LINES);
    const companions = Array.from({ length: COMPANIONS }, (_, i) => beside.replaceAll(/^(func (?:\([^)]*\) )?\w+)/gm, `$1Beside${i}`));
    strokes.push(await keyStrokes(plugin, parser, synthesise(plugin.id, parser, texts, 5000), warmUpStrokes(strokes.length === 0), companions));
  }
  parser.delete();
  return {
    language: plugin.id, reader: source.readerName, files: files.length, lines, sites, parseMs, flattenMs, wholeMs, flattenRatio: flattenMs / parseMs, wholeRatio: wholeMs / parseMs,
    parseLinesPerSecond: Math.round((lines / parseMs) * 1000), wholeLinesPerSecond: Math.round((lines / wholeMs) * 1000), strokes,
  };
}

if (path === undefined) {
  process.stderr.write('usage: npm run bench -- PATH [--json] [--no-strokes] [--rounds=N] [--profile | --allocations]\n');
  process.exit(2);
}
const results: Record<string, unknown>[] = [];
for (const plugin of [rustPlugin, goPlugin]) {
  const result = await measure(plugin, resolve(path));
  if (result) results.push(result);
}
const memory = { peakRssMB: Math.round(process.resourceUsage().maxRSS / 1024), wasmHeapMB: Math.round(runtimeBytes(await startRuntime()) / 1e6) };
if (json) process.stdout.write(`${JSON.stringify({ node: process.version, results, memory }, null, 2)}\n`);
else {
  const shown = (key: string, value: unknown): string => `${key} ${typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(2) : String(value)}`;
  for (const { strokes, ...result } of results) {
    process.stdout.write(`${Object.entries(result).map(([key, value]) => shown(key, value)).join(' · ')}\n`);
    for (const stroke of strokes as StrokeResult[]) process.stdout.write(`  key stroke: ${Object.entries(stroke).map(([key, value]) => shown(key, value)).join(' · ')}\n`);
  }
  for (const line of sampler?.lines() ?? []) process.stdout.write(`${line}\n`);
  process.stdout.write(`${Object.entries(memory).map(([key, value]) => shown(key, value)).join(' · ')}\n`);
}
