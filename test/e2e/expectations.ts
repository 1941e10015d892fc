// Reads what a file of the workspace says about itself: `hint:` comments and places by text.
import { readFileSync } from 'node:fs';
import type { ShownLine } from '../../scripts/editor/session.mjs';

/** A file whose lines say which hints they must show: `// hint: ⬢ box 8 B | ⬡ grows`. */
export class MarkedFile {
  readonly lines: readonly string[];

  constructor(readonly path: string) {
    this.lines = readFileSync(path, 'utf8').split('\n');
  }

  /** Number of the first line that holds `text`, from 1. */
  lineOf(text: string): number {
    const index = this.lines.findIndex((line) => line.includes(text));
    if (index < 0) throw new Error(`No line of ${this.path} holds ${text}`);
    return index + 1;
  }

  /** Column of `token` on the first line that holds `text`, from 1. */
  columnOf(text: string, token: string): number {
    const line = this.lines[this.lineOf(text) - 1] ?? '';
    return line.indexOf(token, line.indexOf(text)) + 1;
  }

  /** The lines that do not show the hints they name, or show others. */
  differences(shown: readonly ShownLine[]): string[] {
    const byNumber = new Map(shown.map((line) => [line.number, line]));
    return this.lines.flatMap((line, index) => {
      if (line === '') return [];
      const hints = byNumber.get(index + 1)?.hints.join(' | ') ?? '(not in view)';
      return hints === expected(line) ? [] : [`${index + 1}: ${line.trim()} shows “${hints}”`];
    });
  }
}

function expected(line: string): string {
  return /\/\/ hint: (.*)$/.exec(line)?.[1] ?? '';
}
