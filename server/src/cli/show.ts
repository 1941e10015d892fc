// `heaplight show`: prints the report. What goes file by file is printed file by file, so that a large workspace needs no more memory than a small one.
import { ALL_SITES, fileTotals, filtered, placedFile, placedReport, sumOf, totalsOf, type FileTotals, type SiteFilter } from '../features/report/document.js';
import { markdownOf } from '../features/report/markdown.js';
import { readProjection } from '../features/report/projection.js';
import { githubFile, sarifOf } from '../features/report/sarif.js';
import { COLOURED, fileText, PLAIN, summaryOf } from '../features/report/text.js';
import type { FileOutcome } from '../workspace/groupRunner.js';
import { analyse, filterOf, headOf, timingsOf, visit } from './analysis.js';
import type { CliEnvironment } from './environment.js';
import type { CliOptions } from './options.js';

/** Bytes that are gathered before they are printed. */
const CHUNK = 1 << 20;

/** Prints the sites of what is named. */
export async function show(environment: CliEnvironment, options: CliOptions): Promise<number> {
  switch (options.format) {
    case 'json': await showJson(environment, options); break;
    case 'text':
    case 'github': await showFiles(environment, options); break;
    case 'markdown': await showMarkdown(environment, options); break;
    case 'sarif': environment.out(`${JSON.stringify(sarifOf(placedReport((await analyse(environment, options)).report), [], environment.plugins.flatMap((plugin) => plugin.rules)), null, 2)}\n`); break;
  }
  return 0;
}

/** The JSON report, without reading what the workers wrote where all of it is asked for. */
async function showJson(environment: CliEnvironment, options: CliOptions): Promise<void> {
  const filter = filterOf(options);
  const out = new Chunks(environment);
  const counts: (FileTotals & { readonly lines: number })[] = [];
  const visited = await visit(environment, options, {
    begin(root) {
      out.add(`${JSON.stringify(headOf(environment, root)).slice(0, -1)},"files":[`);
    },
    file(outcome) {
      const { totals, lines } = outcome;
      if (counts.length > 0) out.add(',');
      if (filter === ALL_SITES) {
        out.add(outcome.bytes?.json ?? outcome.json);
        counts.push({ ...(JSON.parse(totals) as FileTotals), lines });
      } else {
        const file = filtered(readProjection({ json: outcome.json, extra: '{}' }).file, filter);
        out.add(JSON.stringify(file));
        counts.push({ ...fileTotals(file), lines });
      }
    },
  });
  const totals = sumOf(counts);
  out.add(`],${JSON.stringify({ totals, timings: timingsOf(visited, totals.lines) }).slice(1)}\n`);
  out.flush();
}

/** A table for each file; sites that the default views leave out are counted. */
async function showMarkdown(environment: CliEnvironment, options: CliOptions): Promise<void> {
  const { report } = await analyse(environment, options);
  const files = report.files.map((file) => filtered(file, readersFilter(options)));
  const totals = totalsOf(files, report.totals.lines);
  environment.out(markdownOf(placedReport({ ...report, files, totals }), report.totals.sites - totals.sites));
}

/** What is shown to people: sites where nobody counts only when they are asked for. */
function readersFilter(options: CliOptions): SiteFilter {
  return { ...filterOf(options), muted: options.muted };
}

/** A format in which a file's part stands by itself. */
async function showFiles(environment: CliEnvironment, options: CliOptions): Promise<void> {
  const asked = filterOf(options);
  const filter = options.format === 'github' ? asked : readersFilter(options);
  const palette = environment.outIsTerminal && !environment.noColor ? COLOURED : PLAIN;
  const out = new Chunks(environment);
  const counts: (FileTotals & { readonly lines: number })[] = [];
  let root = '';
  let muted = 0;
  const render = (outcome: FileOutcome): string => {
    const { file: whole, extra } = readProjection(outcome);
    const file = placedFile(root, filtered(whole, filter));
    counts.push({ ...fileTotals(file), lines: outcome.lines });
    muted += filtered(whole, asked).sites.length - file.sites.length;
    return options.format === 'github' ? githubFile(file) : fileText(file, (line) => extra.excerpts[line] ?? null, palette);
  };
  let empty = true;
  await visit(environment, options, {
    begin(shown) { root = shown; },
    file(outcome) {
      const text = render(outcome);
      if (text !== '') empty = false;
      out.add(text);
    },
  });
  if (options.format === 'text') out.add(`${empty ? '' : '\n'}${summaryOf(sumOf(counts), muted)}\n`);
  out.flush();
}

/** Output in pieces that are worth a system call. */
class Chunks {
  #bytes = new Uint8Array(CHUNK);
  #length = 0;

  constructor(private readonly environment: CliEnvironment) {}

  /** Takes text, or UTF-8. */
  add(piece: string | Uint8Array): void {
    const bytes = typeof piece === 'string' ? this.environment.host.encode(piece) : piece;
    if (this.#length + bytes.length > CHUNK) this.flush();
    if (bytes.length > CHUNK) this.environment.out(bytes);
    else {
      this.#bytes.set(bytes, this.#length);
      this.#length += bytes.length;
    }
  }

  flush(): void {
    if (this.#length === 0) return;
    this.environment.out(this.#bytes.subarray(0, this.#length));
    this.#bytes = new Uint8Array(CHUNK); // the one before may still be on its way
    this.#length = 0;
  }
}
