// Where the time or the memory of a stretch of work goes: V8's sampling profilers around it, summed by source folder and by function through the
// bundle's source map. Not here: what is measured.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { HeapProfiler, Profiler } from 'node:inspector';

const SHOWN = 45;
/** Microseconds between two samples. */
const INTERVAL = 250;
/** Bytes between two samples. */
const STRIDE = 8192;

/** What is sampled: time, or bytes allocated (those collected since included). */
export type Sampled = 'time' | 'allocations';

interface Frame { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number }

/** A profiler that can be switched on and off around rounds. */
export class Sampler {
  readonly #session = new Session();
  readonly #own = new Map<string, number>();
  #total = 0;
  #stretches = 0;

  constructor(private readonly what: Sampled, private readonly folder: string) {
    this.#session.connect();
  }

  async start(): Promise<void> {
    if (this.what === 'time') {
      await this.#session.post('Profiler.enable');
      await this.#session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
      await this.#session.post('Profiler.start');
    } else await this.#session.post('HeapProfiler.startSampling', { samplingInterval: STRIDE, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
  }

  async stop(): Promise<void> {
    this.#stretches++;
    if (this.what === 'time') {
      const { profile } = await this.#session.post('Profiler.stop');
      this.#addTimes(profile);
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(`${this.folder}/whole-${process.pid}.cpuprofile`, JSON.stringify(profile));
    } else this.#addBytes((await this.#session.post('HeapProfiler.stopSampling')).profile.head);
  }

  /** The sums, one line each: folders, then functions. */
  lines(): string[] {
    const map = bundleMap();
    const folders = new Map<string, number>();
    const functions = new Map<string, number>();
    for (const [key, value] of this.#own) {
      const [name = '', file = '', line = '0', column = '0'] = key.split('\t');
      const source = file !== import.meta.url ? null : (map?.findEntry(Number(line), Number(column)) as { readonly originalSource?: string; readonly originalLine?: number } | undefined);
      const path = source?.originalSource !== undefined ? source.originalSource.replace(/^.*?((?:server|test|node_modules)\/)/, '$1').replace(/^server\/src\//, '') : file === '' ? '' : file.replace(/^.*\//, '');
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path === '' ? name : path;
      folders.set(folder, (folders.get(folder) ?? 0) + value);
      const at = `${name} ${path}${source?.originalLine !== undefined ? `:${source.originalLine + 1}` : ''}`;
      functions.set(at, (functions.get(at) ?? 0) + value);
    }
    const unit = this.what === 'time' ? 1000 : 1e6;
    const shown = ([name, value]: [string, number]): string => `${(value / unit / this.#stretches).toFixed(1).padStart(8)} ${((100 * value) / this.#total).toFixed(1).padStart(5)} %  ${name}`;
    const sorted = (sums: Map<string, number>): [string, number][] => [...sums].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
    return [`${this.what === 'time' ? 'milliseconds' : 'megabytes'} per round, own, by folder`, ...sorted(folders).map(shown), 'by function', ...sorted(functions).map(shown)];
  }

  #add({ functionName, url, lineNumber, columnNumber }: Frame, value: number): void {
    if (url === '' && functionName === 'dispatch') return; // the profiler's own start
    const key = url.startsWith('wasm:') ? 'parser\t' : url === '' ? `${functionName}\t` : `${functionName}\t${url}\t${lineNumber}\t${columnNumber}`;
    this.#own.set(key, (this.#own.get(key) ?? 0) + value);
    this.#total += value;
  }

  #addTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): void {
    const frames = new Map(nodes.map((node) => [node.id, node.callFrame]));
    samples.forEach((id, i) => {
      const frame = frames.get(id);
      if (frame) this.#add(frame, timeDeltas[i] ?? 0);
    });
  }

  #addBytes(head: HeapProfiler.SamplingHeapProfileNode): void {
    const todo = [head];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      this.#add(node.callFrame, node.selfSize);
      todo.push(...node.children);
    }
  }
}

/** The source map beside this bundle, null without one. */
function bundleMap(): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(import.meta.url)}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    return null;
  }
}
