// One corpus, one thread, one process: parse-only CPU against the whole analysis, wall time, memory. Prints one line of JSON.
// node whole.mjs LANGUAGE LINES closed|open FOLDER LIST
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patient } from '../../../server/src/node/compiler.js';
import { loadGrammars } from '../../../server/src/node/grammars.js';
import { nodeHost } from '../../../server/src/node/host.js';
import { plugins } from '../../../server/src/node/plugins.js';
import { runtimeBytes, startRuntime } from '../../../server/src/syntax/runtime.js';
import { groupFiles } from '../../../server/src/workspace/groups.js';
import { NEVER_CANCELLED } from '../../../server/src/workspace/host.js';
import { runGroups } from '../../../server/src/workspace/run.js';
import { DEFAULT_LIMITS } from '../../../server/src/workspace/sourceStore.js';
import { Workspace } from '../../../server/src/workspace/workspace.js';
import { plainParser } from '../synthetic.js';
import { hostOver, optionsIn, readCorpus, type Corpus, type CorpusLanguage, type World } from './corpus.js';

/** What one run measured. Times in milliseconds, memory in megabytes. */
export interface WholeFigures {
  readonly language: CorpusLanguage;
  readonly world: World;
  readonly files: number;
  readonly lines: number;
  readonly sites: number;
  readonly parseCpuMs: number;
  readonly wholeCpuMs: number;
  readonly wholeWallMs: number;
  /** Whole over parse-only, both CPU. */
  readonly ratio: number;
  readonly peakRssMB: number;
  readonly wasmMB: number;
  /** In use after the run and a collection. */
  readonly heapMB: number;
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const collect = (): void => { (globalThis as { gc?: () => void }).gc?.(); };

/** A corpus of up to this many lines is parsed and analysed before it is measured, of a longer one half as many lines are: both measurements are of warm code. */
const WARM_UP_LINES = 1_000_000;
/** How often: V8 goes on to compile in the second run what turned out to be hot in the first. */
const WARM_UPS = 2;

const [language, lines, world, folder, listFile] = process.argv.slice(2) as [CorpusLanguage, string, World, string, string];
const distribution = fileURLToPath(new URL('.', import.meta.url));
const list = JSON.parse(readFileSync(listFile, 'utf8')) as { go: string[]; rust: string[] };
const corpus = readCorpus(language, folder, list, Number(lines));
const parser = await plainParser(language);
const { parsers } = await loadGrammars(distribution, [language]);

/** CPU milliseconds of the bare parser over a corpus. */
function parse(of: Corpus): number {
  const host = hostOver(nodeHost(distribution), of, world);
  collect();
  const started = cpu();
  for (const content of of.bytes.values()) parser.parse(host.decode(content).text)?.delete();
  return cpu() - started;
}

/** A workspace that analyses a corpus, everything it needs at hand. */
function prepare(of: Corpus): { readonly run: () => Promise<number> } {
  const host = hostOver(nodeHost(distribution), of, world);
  const workspace = new Workspace({ host, plugins, parsers, languageOptions: optionsIn(world, folder), limits: DEFAULT_LIMITS });
  const groups = groupFiles(host, of.files, (path) => (path.endsWith('.go') ? 'go' : path.endsWith('.rs') ? 'rust' : null));
  return {
    run: async () => {
      let sites = 0;
      const executor = patient(workspace.executor((report) => {
        sites += report.sites.length;
        return { json: '', extra: '', totals: '' };
      }));
      await runGroups({ groups, executor, cache: null, cancellation: NEVER_CANCELLED, onFile: () => undefined });
      return sites;
    },
  };
}

const first = corpus.lines <= WARM_UP_LINES ? corpus : readCorpus(language, folder, list, WARM_UP_LINES / 2);
parse(first);
let warmed = prepare(first); // the last one stays alive, as the engines of a server do
await warmed.run();
for (let done = 1; done < WARM_UPS; done++) {
  warmed = prepare(first);
  await warmed.run();
}

const { run } = prepare(corpus);
collect();
const wall = performance.now();
const started = cpu();
const sites = await run();
const wholeCpuMs = cpu() - started;
const wholeWallMs = performance.now() - wall;
const peakRssMB = Math.round(process.resourceUsage().maxRSS / 1024);
collect();
const heapMB = Math.round(process.memoryUsage().heapUsed / 1e6);
const wasmMB = Math.round(runtimeBytes(await startRuntime()) / 1e6);
const parseCpuMs = parse(corpus);
const figures: WholeFigures = { language, world, files: corpus.files.length, lines: corpus.lines, sites, parseCpuMs, wholeCpuMs, wholeWallMs, ratio: wholeCpuMs / parseCpuMs, peakRssMB, wasmMB, heapMB };
process.stdout.write(`${JSON.stringify(figures)}\n`);
