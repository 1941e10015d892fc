// The file that `heaplight facts` writes: facts of one directory's units for those that import them, and its part of the report.
// A first line `heaplight-facts FORM ENGINE DIGEST`, then JSON. It is used whole or not at all: what is wrong with it is said with its name.
import type { UnitFacts } from '../analysis/language.js';
import type { FileJson } from '../features/report/fileReport.js';
import type { FileTotals } from '../features/report/document.js';
import type { ProjectionExtra } from '../features/report/projection.js';
import { LineIndex } from '../syntax/lineIndex.js';
import type { FileOutcome } from '../workspace/groupRunner.js';
import type { CliEnvironment } from './environment.js';
import { Failure } from './failure.js';

/** Form of the file. */
const FORM = 2;
const MAGIC = 'heaplight-facts';
/** Largest file that is read. */
const LIMIT = 1024 * 1024 * 1024;

/** A source file in a file of facts. */
interface FactsEntry {
  readonly file: FileJson;
  readonly extra: ProjectionExtra;
  readonly totals: FileTotals;
  readonly lines: number;
  /** UTF-16 length of the text, and of each of its lines with its end: places in it can be told without it. */
  readonly length: number;
  readonly lineLengths: readonly number[];
}

/** What a file of facts holds. */
interface FactsBody {
  readonly units: readonly UnitFacts[];
  readonly files: readonly FactsEntry[];
}

/** A file of facts that was read. */
export interface FactsFile {
  /** As the user named it. */
  readonly name: string;
  readonly units: readonly UnitFacts[];
  readonly files: readonly FileOutcome[];
  /** Lines of the unit's source files, by path. */
  readonly lines: ReadonlyMap<string, LineIndex>;
}

/** A source file to be written. */
export interface FactsInput {
  readonly outcome: FileOutcome;
  readonly text: string;
}

/** The text of a file of facts: the same for the same content. */
export function factsFileText(environment: CliEnvironment, units: readonly UnitFacts[], files: readonly FactsInput[]): string {
  const body: FactsBody = {
    units,
    files: files.map(({ outcome, text }) => ({
      file: JSON.parse(outcome.json) as FileJson, extra: JSON.parse(outcome.extra) as ProjectionExtra, totals: JSON.parse(outcome.totals) as FileTotals,
      lines: outcome.lines, length: text.length, lineLengths: lineLengthsOf(text),
    })),
  };
  const json = JSON.stringify(body);
  return `${MAGIC} ${FORM} ${environment.engine} ${environment.host.hash(json)}\n${json}\n`;
}

/** Reads a file of facts. Throws {@link Failure} with its name and what is wrong with it. */
export function readFactsFile(environment: CliEnvironment, name: string): FactsFile {
  const read = environment.host.read(environment.absolute(name), LIMIT);
  const wrong = (reason: string): Failure => new Failure(`${name} cannot be used: ${reason}.`);
  if (read.kind !== 'bytes') throw wrong(read.kind === 'missing' ? 'the file does not exist' : read.kind === 'tooLarge' ? 'the file is too large' : read.reason);
  const text = environment.host.decode(read.bytes).text;
  const newline = text.indexOf('\n');
  const [magic, form, engine, digest] = text.slice(0, Math.max(newline, 0)).split(' ');
  if (magic !== MAGIC) throw wrong('it is no file of facts');
  if (form !== String(FORM)) throw wrong(`it has form ${form ?? '?'}, and this Heaplight reads form ${FORM}`);
  if (engine !== environment.engine) throw wrong(`it was written by another Heaplight (engine ${engine ?? '?'}, this is ${environment.engine})`);
  const json = text.slice(newline + 1).replace(/\n$/, '');
  if (environment.host.hash(json) !== digest) throw wrong('it is damaged or cut off');
  const body = JSON.parse(json) as FactsBody; // the digest says that it is what was written
  return {
    name, units: body.units, lines: new Map(body.files.map((entry) => [entry.file.path, linesOf(entry)])),
    files: body.files.map(({ file, extra, totals, lines }) => ({
      path: file.path, language: file.language, lines, json: JSON.stringify(file), extra: JSON.stringify(extra), totals: JSON.stringify(totals),
    })),
  };
}

function lineLengthsOf(text: string): number[] {
  const index = new LineIndex(text);
  return Array.from({ length: index.lineCount }, (_, line) => (line + 1 < index.lineCount ? index.lineStart(line + 1) : text.length) - index.lineStart(line));
}

function linesOf({ length, lineLengths }: FactsEntry): LineIndex {
  const starts = new Uint32Array(lineLengths.length);
  for (let line = 1; line < starts.length; line++) starts[line] = (starts[line - 1] as number) + (lineLengths[line - 1] as number);
  return LineIndex.ofStarts(starts, length);
}
