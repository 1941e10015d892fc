// docs/performance.md and its plots out of what the suite measured. Each figure stands beside its limit.
import type { StrokeFigures } from '../editing.js';
import { plotSvg, type Series } from './plot.js';
import type { PoolFigures } from './pool.js';
import type { CacheFigures, MemoryFigures } from './process.js';
import type { WholeFigures } from './whole.js';

/** All that the suite measures; parts that were not run are empty. */
export interface SuiteFigures {
  /** A sentence about the machine and the day. */
  readonly machine: string;
  readonly corpora: { readonly go: readonly string[]; readonly rust: readonly string[] };
  readonly whole: readonly WholeFigures[];
  readonly pool: readonly PoolFigures[];
  readonly memory: readonly MemoryFigures[];
  readonly cache: readonly CacheFigures[];
  readonly strokes: readonly StrokeFigures[];
}

/** What the specification allows. */
const LIMITS = { ratio: 2, millionMs: 12_000, speedUp: 1.7, memoryMB: 300, cacheMs: 1000, cancelMs: 50 };
/** Lines of the corpora that the limits of ratio and memory are about. */
const LARGE = 500_000;
const COLOURS = { go: '#1f8fb8', rust: '#d0602a' };
const NAMES = { go: 'Go', rust: 'Rust' };

/** The files of the page, by path below docs/. */
export function performancePages(figures: SuiteFigures): ReadonlyMap<string, string> {
  return new Map([
    ['performance.md', page(figures)],
    ['images/performance-time.svg', plotSvg({ title: 'CPU time of one thread', xLabel: 'lines', yLabel: 'seconds', logY: true, series: curves(figures, ['whole', 'parse only'], (one) => [one.wholeCpuMs / 1000, one.parseCpuMs / 1000]) })],
    ['images/performance-ratio.svg', plotSvg({
      title: 'Whole analysis over parse-only, CPU', xLabel: 'lines', yLabel: 'ratio', logY: false,
      series: [...curves(figures, [''], (one) => [one.ratio]), limit(figures, LIMITS.ratio)],
    })],
    ['images/performance-memory.svg', plotSvg({ title: 'Memory of one thread at its peak', xLabel: 'lines', yLabel: 'MB', logY: false, series: curves(figures, [''], (one) => [one.peakRssMB]) })],
  ]);
}

function curves(figures: SuiteFigures, names: readonly string[], values: (one: WholeFigures) => readonly number[]): Series[] {
  return (['go', 'rust'] as const).flatMap((language) => names.map((name, at): Series => ({
    name: `${NAMES[language]}${name === '' ? '' : `, ${name}`}`, colour: at === 0 ? COLOURS[language] : `${COLOURS[language]}88`,
    points: closed(figures, language).map((one) => [one.lines, values(one)[at] ?? 0] as const),
  })));
}

function limit(figures: SuiteFigures, value: number): Series {
  const lines = figures.whole.map((one) => one.lines);
  return { name: 'limit', colour: '#8250df', dashed: true, points: [[Math.min(...lines), value], [Math.max(...lines), value]] };
}

function closed(figures: SuiteFigures, language: 'go' | 'rust'): WholeFigures[] {
  return figures.whole.filter((one) => one.language === language && one.world === 'closed').sort((a, b) => a.lines - b.lines);
}

function page(figures: SuiteFigures): string {
  const out = [
    '# Performance', '',
    'Written by `npm run bench:corpora`, which fetches the corpora below with `go mod download` and `cargo fetch` and measures everything itself.', '',
    `${figures.machine} Times drift with the machine and with what else runs on it: wall times and the 99th percentile mean little where the load is above the number of cores. Ratios of CPU time are taken within one process and are what counts.`, '',
    '## Whole analysis', '',
    'Parse, flatten and all four stages to the report objects, without reading files or printing, against the bare parser over the same texts in the same process; CPU time of one thread, garbage collection and compilation of hot code included; both are warm: the same code was parsed and then analysed twice before, 500 k lines of it where it is longer than a million: V8 goes on to compile in the second run what turned out to be hot in the first. V8 optimises later than usual meanwhile, as it does in every run over a workspace and not while somebody types (`server/src/node/compiler.ts`).',
    'Libraries outside of the corpus are not at hand, as in the column `alone`; with GOROOT, module cache and cargo’s registry on disk their declarations are read too.', '',
    ...table(['corpus', 'lines', 'parse only', 'whole', 'whole / parse only', 'limit'], figures.whole.filter((one) => one.lines >= LARGE && one.lines < 2 * LARGE).map((one) => [
      `${NAMES[one.language]}, ${one.world === 'closed' ? 'alone' : 'with libraries'}`, count(one.lines), ms(one.parseCpuMs), ms(one.wholeCpuMs), one.ratio.toFixed(2), verdict(one.ratio <= LIMITS.ratio, String(LIMITS.ratio)),
    ])),
    ...table(['one core', 'lines', 'wall', 'CPU', 'CPU of a million lines', 'limit'], figures.whole.filter((one) => one.world === 'closed' && one.lines >= 1_000_000 && one.lines < 1_500_000).map((one) => {
      const million = one.wholeCpuMs / one.lines * 1e6; // what the wall clock shows where nothing else runs
      return [NAMES[one.language], count(one.lines), ms(one.wholeWallMs), ms(one.wholeCpuMs), ms(million), verdict(million <= LIMITS.millionMs, ms(LIMITS.millionMs))];
    })),
    '## Growth', '',
    'Whole packages and crates in the order of the list, one process a point; memory is that of all runs, those that warm up included.', '',
    '![CPU time by lines](images/performance-time.svg)', '', '![Ratio by lines](images/performance-ratio.svg)', '', '![Memory by lines](images/performance-memory.svg)', '',
    ...table(['corpus', 'lines', 'files', 'sites', 'parse only', 'whole', 'ratio', 'µs a line', 'peak memory', 'heap afterwards'], (['go', 'rust'] as const).flatMap((language) => closed(figures, language).map((one) => [
      NAMES[language], count(one.lines), count(one.files), count(one.sites), ms(one.parseCpuMs), ms(one.wholeCpuMs), one.ratio.toFixed(2), (one.wholeCpuMs / one.lines * 1000).toFixed(1), `${one.peakRssMB} MB`, `${one.heapMB} MB`,
    ]))),
    '## Workers, cancellation, memory, cache', '',
    'Wall time of a run in worker threads, median of three; time from a cancellation to the end of the run with two workers, the longest of six.', '',
    ...table(['corpus', 'lines', 'one worker', 'two workers', 'ratio', 'limit', 'cancelled after', 'limit'], figures.pool.map((one) => [
      NAMES[one.language], count(one.lines), ms(one.oneMs), ms(one.twoMs), one.speedUp.toFixed(2), verdict(one.speedUp >= LIMITS.speedUp, String(LIMITS.speedUp)), ms(one.cancelMs), verdict(one.cancelMs <= LIMITS.cancelMs, ms(LIMITS.cancelMs)),
    ])),
    'Peak memory of the process `heaplight show --format json --workers 2`, its two threads included.', '',
    ...table(['corpus', 'lines', 'peak', 'limit'], figures.memory.map((one) => [NAMES[one.language], count(one.lines), `${one.peakRssMB} MB`, verdict(one.peakRssMB <= LIMITS.memoryMB, `${LIMITS.memoryMB} MB`)])),
    'The process `heaplight show --cache` over a workspace that did not change, from its start to its end, and whether it printed the same.', '',
    ...table(['corpus', 'files', 'first run', 'again', 'limit', 'same bytes'], figures.cache.map((one) => [NAMES[one.language], count(one.files), ms(one.firstMs), ms(one.againMs), verdict(one.againMs <= LIMITS.cacheMs, ms(LIMITS.cacheMs)), one.same ? 'yes' : 'no'])),
    '## Key strokes', '',
    'Single characters typed in bodies of functions of valid code in a session of the server that is warm, from the change to the new hints of a screen, as a share of a full parse of the same file in the same process. `npm run bench -- --editing FOLDER` takes them alone.', '',
    ...table(['file', 'lines', 'full parse', 'p50', 'share', 'limit', 'p99', 'share', 'limit'], figures.strokes.map((one) => [
      NAMES[one.language], count(one.lines), ms(one.parseMs), ms(one.p50), (one.p50 / one.parseMs).toFixed(2), verdict(one.p50 / one.parseMs <= one.limit, String(one.limit)),
      ms(one.p99), (one.p99 / one.parseMs).toFixed(2), verdict(one.p99 / one.parseMs <= 1.5, '1.5'),
    ])),
    '## Corpora', '',
    `Go: ${figures.corpora.go.join(', ')}.`, '',
    `Rust: ${figures.corpora.rust.join(', ')}.`, '',
  ];
  return out.join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? ['Not measured.', ''] : [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`), ''];
}

function verdict(held: boolean, text: string): string {
  return held ? `${text}, held` : `**${text}, missed**`;
}

function ms(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
