// The performance suite: runs its parts, each in a process of its own, one after another, and writes docs/performance.md.
// node main.mjs FOLDER LIST DOCS [PART…], parts: whole, pool, memory, cache, strokes. Figures of parts that are not run are those of the last time.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCorpus, type CorpusLanguage } from './corpus.js';
import { performancePages, type SuiteFigures } from './page.js';
import { measureCache, measureMemory, writeJson } from './process.js';

const [folder = '', list = '', docs = '', ...parts] = process.argv.slice(2);
const distribution = fileURLToPath(new URL('.', import.meta.url));
const kept = join(folder, 'figures.json');
const corpora = JSON.parse(readFileSync(list, 'utf8')) as { go: string[]; rust: string[] };
const LANGUAGES: readonly CorpusLanguage[] = ['go', 'rust'];
const SIZES = [10_000, 30_000, 100_000, 300_000, 500_000, 1_000_000, 2_000_000];
const LARGE = 500_000;
const CACHED_FILES = 5000;

const machine = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; load average ${(loadavg()[0] ?? 0).toFixed(0)}.`;
let figures: SuiteFigures = { machine, corpora, whole: [], pool: [], memory: [], cache: [], strokes: [] };
if (existsSync(kept)) figures = { ...figures, ...(JSON.parse(readFileSync(kept, 'utf8')) as Partial<SuiteFigures>), machine, corpora };

/** What a program of the suite printed: one value of JSON a line. */
function ask<T>(program: string, ...args: readonly string[]): T[] {
  const out = execFileSync(process.execPath, ['--expose-gc', join(distribution, program), ...args], { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] });
  return out.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as T);
}

/** Says what was measured and keeps it. */
function keep(part: Partial<SuiteFigures>): void {
  figures = { ...figures, ...part };
  writeJson(kept, figures);
  process.stdout.write(`${JSON.stringify(Object.values(part)[0])}\n`);
}

/** Folders of modules or crates that have at least `wanted` of what `measure` counts. */
function foldersOf(language: CorpusLanguage, wanted: number, measure: (corpus: ReturnType<typeof readCorpus>) => number): string[] {
  const found: string[] = [];
  let have = 0;
  for (const entry of corpora[language]) {
    if (have >= wanted) break;
    have += measure(readCorpus(language, folder, { go: [], rust: [], [language]: [entry] }, Infinity));
    found.push(join(folder, language, entry.slice(0, entry.lastIndexOf('@'))));
  }
  return found;
}

const wants = (part: string): boolean => parts.length === 0 || parts.includes(part);
if (wants('whole')) {
  keep({ whole: [] });
  for (const language of LANGUAGES) {
    for (const lines of SIZES) keep({ whole: [...figures.whole, ...ask<SuiteFigures['whole'][number]>('whole.mjs', language, String(lines), 'closed', folder, list)] });
    keep({ whole: [...figures.whole, ...ask<SuiteFigures['whole'][number]>('whole.mjs', language, String(LARGE), 'open', folder, list)] });
  }
}
if (wants('pool')) keep({ pool: LANGUAGES.flatMap((language) => ask<SuiteFigures['pool'][number]>('pool.mjs', language, String(LARGE), folder, list)) });
if (wants('memory')) {
  const memory: SuiteFigures['memory'][number][] = [];
  for (const language of LANGUAGES) memory.push(await measureMemory(join(distribution, 'cli.js'), language, foldersOf(language, LARGE, (corpus) => corpus.lines)));
  keep({ memory });
}
if (wants('cache')) {
  const cache: SuiteFigures['cache'][number][] = [];
  for (const language of LANGUAGES) cache.push(await measureCache(join(distribution, 'cli.js'), language, foldersOf(language, CACHED_FILES, (corpus) => corpus.files.length)));
  keep({ cache });
}
if (wants('strokes')) keep({ strokes: ['go/go.etcd.io', 'rust/regex-syntax'].flatMap((corpus) => ask<SuiteFigures['strokes'][number]>('editing.mjs', join(folder, corpus), '--json')) });
for (const [path, text] of performancePages(figures)) {
  mkdirSync(dirname(join(docs, path)), { recursive: true });
  writeFileSync(join(docs, path), text);
}
