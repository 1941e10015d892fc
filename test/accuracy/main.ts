// `npm run accuracy -- TRUTH-FOLDER SOURCE-FOLDER`: reports on the sources, judges the report against the truth, writes docs/accuracy.md.
// Which language a truth file is about is said by its first line.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { ReportDocument } from './go/score.js';
import { judgeGo, missesOf, sectionOf, summaryOf } from './go/page.js';
import { disagreements, rustMisses, rustSection } from './rust/page.js';
import { scoreRust, summaryLine, type RustScore, type ScoredReport } from './rust/score.js';
import { readTruth } from './rust/truth.js';

const PAGE = resolve('docs/accuracy.md');
const INTRODUCTION = '# Accuracy\n\nWritten by `npm run accuracy -- TRUTH-FOLDER SOURCE-FOLDER`. Projects that were not looked at before, read by hand: [readings.md](readings.md).\n';

function reportOn(folder: string): ReportDocument & ScoredReport {
  const text = execFileSync(process.execPath, [resolve('dist/cli.js'), 'show', '--format', 'json', folder], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(text) as ReportDocument & ScoredReport;
}

function writeSection(title: string, section: string): void {
  const old = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : INTRODUCTION;
  const parts = old.split(/^(?=## )/m).filter((part) => !part.startsWith(`## ${title}\n`));
  const [head, ...rest] = parts;
  writeFileSync(PAGE, [head ?? INTRODUCTION, ...[...rest, section].sort()].map((part) => `${part.trimEnd()}\n`).join('\n'));
}

function main(args: readonly string[]): number {
  const [truthFolder, sourceFolder] = args;
  if (truthFolder === undefined || sourceFolder === undefined) {
    process.stderr.write('usage: npm run accuracy -- TRUTH-FOLDER SOURCE-FOLDER\n');
    return 2;
  }
  const truths = new Map(readdirSync(truthFolder).filter((name) => name.endsWith('.jsonl')).sort().map((name) => [basename(name, '.jsonl'), readFileSync(join(truthFolder, name), 'utf8')]));
  const isGo = (text: string): boolean => text.slice(0, text.indexOf('\n')).includes('"package"');
  const go = new Map([...truths].filter(([, text]) => isGo(text)));
  const rust = [...truths].filter(([, text]) => !isGo(text)).map(([, text]) => text);
  if (truths.size === 0) {
    process.stderr.write(`no truth file (*.jsonl) in ${truthFolder}\n`);
    return 2;
  }
  const report = reportOn(sourceFolder);
  if (go.size > 0) {
    const scores = judgeGo(go, report);
    for (const [name, score] of scores) process.stdout.write(`${[summaryOf(name, score), ...missesOf(score, 15)].join('\n')}\n`);
    writeSection('Go', sectionOf(scores));
  }
  if (rust.length > 0) {
    const score = scoreRust(readTruth(rust), [report], lineReader(sourceFolder));
    process.stdout.write(`${[...rustMisses(score, 15), summaryLine(score)].join('\n')}\n`);
    writeSection('Rust', rustSection(score));
    return compare(score, truthFolder, sourceFolder, [...truths.keys()].filter((name) => !go.has(name)), report);
  }
  return 0;
}

/** Holds the figures against those of the `score` that lies beside the truth, where there is one that runs. 1 when they differ. */
function compare(score: RustScore, truthFolder: string, sourceFolder: string, names: readonly string[], report: ScoredReport): number {
  const judge = join(truthFolder, 'score');
  if (!existsSync(judge)) return 0;
  const folder = mkdtempSync(join(tmpdir(), 'heaplight-accuracy-'));
  try {
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
    const run = spawnSync(resolve(judge), ['--src', resolve(sourceFolder), '--brief', ...names.map((name) => resolve(truthFolder, `${name}.jsonl`)), '--', join(folder, 'report.json')], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.error !== undefined || run.stdout.trim() === '') {
      process.stdout.write('the score beside the truth does not run here; not compared\n');
      return 0;
    }
    const differences = disagreements(score, run.stdout.trim().split('\n').pop() ?? '');
    process.stdout.write(differences.length === 0 ? 'the score beside the truth says the same\n' : `the score beside the truth says otherwise: ${differences.join('; ')}\n`);
    return differences.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Source lines by path and 1-based number. */
function lineReader(folder: string): (path: string, line: number) => string {
  const read = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = read.get(path);
    if (!lines) {
      const file = join(folder, path);
      read.set(path, (lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []));
    }
    return lines[line - 1] ?? '';
  };
}

process.exitCode = main(process.argv.slice(2));
