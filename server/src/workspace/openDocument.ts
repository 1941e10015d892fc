// A document that is open in an editor: its text, version and syntax, kept up to date edit by edit.
import type { SourceFile } from '../analysis/language.js';
import { LineIndex, type PositionRange } from '../syntax/lineIndex.js';
import type { ParsedDocument, SourceParser, TextEdit } from '../syntax/parser.js';

/** A change as the protocol sends it: the replaced range and its new text, or the whole text when there is no range. */
export interface TextChange {
  readonly range?: PositionRange;
  readonly text: string;
}

/** One open document. Dispose it when it is closed: the parser's memory is not garbage collected. */
export class OpenDocument {
  #text: string;
  #version: number;
  #lines: LineIndex | null = null;
  #parsed: ParsedDocument | null = null;
  #edits: TextEdit[] = [];
  #source: SourceFile | null = null;
  #failed = false;

  constructor(readonly path: string, text: string, version: number) {
    this.#text = withoutMark(text);
    this.#version = version;
  }

  get text(): string {
    return this.#text;
  }

  get version(): number {
    return this.#version;
  }

  /** Lines of the present text. */
  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.#text);
    return this.#lines;
  }

  /** The present syntax when it is at hand already. */
  get parsed(): SourceFile | null {
    return this.#source;
  }

  /** Applies changes in order, each against the text that the one before left. */
  change(changes: readonly TextChange[], version: number): void {
    for (const change of changes) {
      if (change.range) {
        const lines = this.lines;
        const start = lines.offset(change.range.start);
        const end = Math.max(start, lines.offset(change.range.end));
        this.#edits.push({ start, oldEnd: end, newEnd: start + change.text.length });
        this.#text = this.#text.slice(0, start) + change.text + this.#text.slice(end);
        this.#lines = lines.edited(this.#text, start, end, change.text);
      } else {
        const next = withoutMark(change.text);
        this.#edits.push(differenceOf(this.#text, next));
        this.#text = next;
        this.#lines = null;
      }
    }
    this.#version = version;
    this.#source = null;
    this.#failed = false;
  }

  /** The present syntax, parsed on demand; null when `cancelled` stopped the parser, which is not tried again before the next change. */
  file(parser: SourceParser, cancelled: () => boolean): SourceFile | null {
    if (this.#source !== null) return this.#source;
    if (this.#failed) return null;
    const next = this.#parsed ? this.#parsed.reparse(this.#text, this.#edits, cancelled) : parser.open(this.#text, cancelled);
    if (next === null) {
      this.#failed = true;
      return null;
    }
    this.#parsed?.dispose();
    this.#parsed = next;
    this.#edits = [];
    this.#source = { path: this.path, tree: next.tree, problems: [] };
    return this.#source;
  }

  dispose(): void {
    this.#parsed?.dispose();
    this.#parsed = null;
    this.#source = null;
    this.#edits = [];
  }
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The edit that turns one text into another: all but the common start and end. */
function differenceOf(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}
