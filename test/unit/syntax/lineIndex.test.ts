import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../server/src/syntax/lineIndex.js';

/** Numbers that look random and are the same at every run. */
function* numbers(): Generator<number, never> {
  for (let state = 7; ;) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    yield state >>> 8;
  }
}

const startsOf = (lines: LineIndex): number[] => Array.from({ length: lines.lineCount }, (_, line) => lines.lineStart(line));

describe('lines after an edit', () => {
  it.each([
    ['typing', 'a\nb\nc', 2, 2, 'x'], ['a line break', 'a\nb', 1, 1, '\n'], ['removing a line break', 'a\nb\nc', 1, 2, ''], ['joining all', 'a\n\n\nb', 0, 5, ''],
    ['replacing lines', 'a\nb\nc\n', 2, 5, 'q\nr\ns'], ['an edit at the end', 'a\n', 2, 2, 'b\n'], ['an edit at a line\'s start', 'a\nb', 2, 2, '\n'],
    ['CR inserted before LF', 'a\nb', 1, 1, '\r'], ['LF removed from CRLF', 'a\r\nb', 2, 3, ''], ['an empty text', '', 0, 0, '\n\n'],
  ])('are those of the new text: %s', (_, text, start, end, inserted) => {
    const next = text.slice(0, start) + inserted + text.slice(end);
    expect(startsOf(new LineIndex(text).edited(next, start, end, inserted))).toEqual(startsOf(new LineIndex(next)));
  });

  it('stay right over many edits in a row', () => {
    const random = numbers();
    const below = (limit: number): number => random.next().value % limit;
    const pieces = ['x', '\n', '', 'ab\ncd', '\n\n', '\r\n', '\r'];
    for (let round = 0; round < 40; round++) {
      let text = 'one\ntwo\n\nthree';
      let lines = new LineIndex(text);
      for (let step = 0; step < 40; step++) {
        const start = below(text.length + 1);
        const end = start + below(Math.min(6, text.length - start + 1));
        const inserted = pieces[below(round < 30 ? 5 : pieces.length)] ?? '';
        text = text.slice(0, start) + inserted + text.slice(end);
        lines = lines.edited(text, start, end, inserted);
        expect(startsOf(lines)).toEqual(startsOf(new LineIndex(text)));
        expect(lines.position(text.length)).toEqual(new LineIndex(text).position(text.length));
      }
    }
  });
});
