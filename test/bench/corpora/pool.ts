// One corpus and a pool of worker threads: wall time with one and with two of them, and how soon a cancelled run ends. Prints one line of JSON.
// node pool.mjs LANGUAGE LINES FOLDER LIST
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeHost } from '../../../server/src/node/host.js';
import { projectorFor } from '../../../server/src/node/projector.js';
import { workerPool } from '../../../server/src/node/workerPool.js';
import { groupFiles } from '../../../server/src/workspace/groups.js';
import { runGroups } from '../../../server/src/workspace/run.js';
import { DEFAULT_LIMITS } from '../../../server/src/workspace/sourceStore.js';
import { quantile } from '../synthetic.js';
import { optionsIn, readCorpus, type CorpusLanguage } from './corpus.js';

/** What a pool did. Milliseconds of wall time, the median of the rounds. */
export interface PoolFigures {
  readonly language: CorpusLanguage;
  readonly lines: number;
  readonly oneMs: number;
  readonly twoMs: number;
  /** One worker's time over that of two: the median of the rounds' ratios. */
  readonly speedUp: number;
  /** From the wish to the end of the run, the longest of several. */
  readonly cancelMs: number;
}

const ROUNDS = 3;
const CANCELLATIONS = 6;
const [language, lines, folder, list] = process.argv.slice(2) as [CorpusLanguage, string, string, string];
const distribution = fileURLToPath(new URL('.', import.meta.url));
const corpus = readCorpus(language, folder, JSON.parse(readFileSync(list, 'utf8')) as { go: string[]; rust: string[] }, Number(lines));
const groups = groupFiles(nodeHost(distribution), corpus.files, (path) => (path.endsWith('.go') ? 'go' : path.endsWith('.rs') ? 'rust' : null));

/** A run with `width` threads; cancelled after `patience` milliseconds. How long it took, or how long the end took after the wish. */
async function run(width: number, patience: number | null): Promise<number> {
  const executor = workerPool({
    distribution, root: corpus.root, languageOptions: optionsIn('closed', folder), limits: DEFAULT_LIMITS, documents: [], script: join(distribution, 'worker.js'), width, projector: projectorFor(corpus.root),
  });
  const cancellation = { cancelled: false };
  let started = performance.now();
  const timer = patience === null ? null : setTimeout(() => {
    started = performance.now();
    cancellation.cancelled = true;
  }, patience);
  await runGroups({ groups, executor, cache: null, cancellation, onFile: () => undefined });
  const took = performance.now() - started;
  if (timer) clearTimeout(timer);
  await executor.dispose();
  return took;
}

const rounds: { one: number; two: number }[] = [];
for (let round = 0; round < ROUNDS; round++) rounds.push({ one: await run(1, null), two: await run(2, null) });
const cancelled: number[] = [];
for (let i = 0; i < CANCELLATIONS; i++) cancelled.push(await run(2, 700 + 450 * i));
const figures: PoolFigures = {
  language, lines: corpus.lines, oneMs: quantile(rounds.map(({ one }) => one), 0.5), twoMs: quantile(rounds.map(({ two }) => two), 0.5),
  speedUp: quantile(rounds.map(({ one, two }) => one / two), 0.5), cancelMs: Math.max(...cancelled),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
