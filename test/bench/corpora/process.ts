// The built command line as a process over parts of a corpus on disk: its peak memory with two workers, and how long a second run with a cache takes.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CorpusLanguage } from './corpus.js';

/** Memory of one run. */
export interface MemoryFigures {
  readonly language: CorpusLanguage;
  readonly lines: number;
  readonly peakRssMB: number;
  readonly wallMs: number;
}

/** A run that fills a cache and runs that read it; milliseconds from the start of the process to its end. */
export interface CacheFigures {
  readonly language: CorpusLanguage;
  readonly files: number;
  readonly firstMs: number;
  /** Median of several. */
  readonly againMs: number;
  /** Whether the reports were the same bytes. */
  readonly same: boolean;
}

interface Run { readonly out: string; readonly wallMs: number; readonly peakRssMB: number }

/** Runs the command line; its output goes to a file, as a pipe would hold it back. Rejects when it fails. */
async function run(program: string, args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => { chunks.push(chunk); });
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString('utf8'); });
  let peak = 0;
  const watch = setInterval(() => { peak = Math.max(peak, peakOf(child.pid)); }, 25);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the command line ended with ${String(code)}: ${err}`);
  return { out: Buffer.concat(chunks).toString('utf8'), wallMs: performance.now() - started, peakRssMB: Math.round(peak / 1024) };
}

/** Kilobytes at most so far, from the kernel; 0 when it cannot be asked. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

interface Totals { readonly totals: { readonly lines: number; readonly files: number } }

/** Peak memory of `show --format json` with two workers and no libraries at hand. */
export async function measureMemory(program: string, language: CorpusLanguage, paths: readonly string[]): Promise<MemoryFigures> {
  const { out, wallMs, peakRssMB } = await run(program, ['show', '--workers', '2', '--format', 'json', ...ALONE, ...paths]);
  return { language, lines: (JSON.parse(out) as Totals).totals.lines, peakRssMB, wallMs };
}

/** Fills a cache, then reads it. */
export async function measureCache(program: string, language: CorpusLanguage, paths: readonly string[]): Promise<CacheFigures> {
  const cache = mkdtempSync(join(tmpdir(), 'heaplight-cache-'));
  try {
    const args = ['show', '--workers', '1', '--format', 'json', '--cache', cache, ...ALONE, ...paths];
    const first = await run(program, args);
    const again: Run[] = [];
    for (let i = 0; i < 5; i++) again.push(await run(program, args));
    again.sort((a, b) => a.wallMs - b.wallMs);
    const second = again[2] ?? first;
    return { language, files: (JSON.parse(first.out) as Totals).totals.files, firstMs: first.wallMs, againMs: second.wallMs, same: untimed(first.out) === untimed(second.out) };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

const ALONE = ['--goroot', 'none', '--gomodcache', 'none', '--cargo-home', 'none'];

function untimed(report: string): string {
  return report.slice(0, report.lastIndexOf('"timings"'));
}

/** Writes what was measured. */
export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
