// A document parsed edit by edit has the tree of its text parsed anew, as long as the text is valid; on broken text the two may differ
// in how they recover, never in being there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LanguageId } from '../../../server/src/syntax/grammar.js';
import type { ParsedDocument, SourceParser, TextEdit } from '../../../server/src/syntax/parser.js';
import { sameColumns } from '../../../server/src/syntax/reader.js';
import { parserOf } from '../../support/engine.js';
import { fileOf, GO_ITEMS, RUST_ITEMS } from './texts.js';

const runs = { numRuns: 60, seed: 20_260_801 };

/** Replaces `[start, end)` of `text`. */
function splice(text: string, start: number, end: number, inserted: string): { readonly text: string; readonly edit: TextEdit } {
  return { text: text.slice(0, start) + inserted + text.slice(end), edit: { start, oldEnd: end, newEnd: start + inserted.length } };
}

function matchesFresh(parser: SourceParser, document: ParsedDocument): boolean {
  const fresh = parser.parseOnce(document.tree.text);
  return fresh !== null && sameColumns(document.tree, fresh);
}

/** Parses again and frees what was there before. */
function next(document: ParsedDocument, text: string, edits: readonly TextEdit[]): ParsedDocument {
  const after = document.reparse(text, edits);
  if (after === null) throw new Error('nobody cancelled');
  document.dispose();
  return after;
}

describe.each(['rust', 'go'] as const)('incremental %s', (language: LanguageId) => {
  const items = language === 'rust' ? RUST_ITEMS : GO_ITEMS;
  const edits = fc.array(fc.tuple(fc.nat(1000), fc.nat(100), fc.constantFrom('insert', 'remove', 'replace')), { minLength: 1, maxLength: 8 });

  it('equals fresh while declarations come, go and change', async () => {
    const parser = await parserOf(language);
    fc.assert(fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }), edits, (picks, steps) => {
      let parts = picks.map((pick) => `${items[pick % items.length] ?? ''}\n`);
      const head = language === 'rust' ? '' : 'package p\n\n';
      let document = parser.open(head + parts.join(''));
      if (document === null) throw new Error('nobody cancelled');
      for (const [where, what, how] of steps) {
        const at = where % (parts.length + 1);
        const start = head.length + parts.slice(0, at).join('').length;
        const gone = how === 'insert' ? '' : (parts[at] ?? '');
        const come = how === 'remove' ? '' : `${items[what % items.length] ?? ''}\n`;
        const { text, edit } = splice(document.tree.text, start, start + gone.length, come);
        parts = [...parts.slice(0, at), ...(come === '' ? [] : [come]), ...parts.slice(at + (gone === '' ? 0 : 1))];
        document = next(document, text, [edit]);
        expect(matchesFresh(parser, document)).toBe(true);
      }
      document.dispose();
    }), runs);
  });

  it('equals fresh while names, numbers and blanks are typed letter by letter', async () => {
    const parser = await parserOf(language);
    const text = fileOf(language, [0, 2, 6, 9, 4]);
    const places = [...text.matchAll(language === 'rust' ? /\b(?:out|value|first|last|inner|url|body)\b/g : /\b(?:out|count|visit|greeting|values|x)\b/g)].map((match) => match.index + match[0].length);
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(places.length - 1), fc.constantFrom('a', 'Z', '_', '7', 'é', 'word')), { minLength: 1, maxLength: 12 }), (typed) => {
      let document = parser.open(text);
      if (document === null) throw new Error('nobody cancelled');
      const inserted: number[] = [];
      for (const [place, letters] of typed) {
        const original = places[place] ?? 0;
        let at = original;
        for (const earlier of inserted) if (earlier < original) at += 1;
        for (const letter of letters) {
          const step = splice(document.tree.text, at, at, letter);
          document = next(document, step.text, [step.edit]);
          expect(matchesFresh(parser, document)).toBe(true);
          inserted.push(original - 1);
          at++;
        }
      }
      document.dispose();
    }), runs);
  });

  it('equals fresh after several edits at once, and after being broken and mended', async () => {
    const parser = await parserOf(language);
    fc.assert(fc.property(fc.array(fc.nat(100), { minLength: 3, maxLength: 8 }), fc.nat(10_000), fc.nat(40), fc.constantFrom('{', '"', '/*', ')', '`', 'fn (', '😀', ''), (picks, where, length, junk) => {
      const text = fileOf(language, picks);
      const start = where % text.length;
      const end = Math.min(text.length, start + length);
      let document = parser.open(text);
      if (document === null) throw new Error('nobody cancelled');
      const broken = splice(text, start, end, junk);
      document = next(document, broken.text, [broken.edit]);
      expect(document.tree.text).toBe(broken.text);
      expect(document.tree.end[0]).toBeLessThanOrEqual(broken.text.length);
      const mended = splice(broken.text, start, start + junk.length, text.slice(start, end));
      const tail = splice(mended.text, mended.text.length, mended.text.length, `\n${items[1] ?? ''}`);
      document = next(document, tail.text, [mended.edit, tail.edit]);
      expect(document.tree.errors).toHaveLength(0);
      expect(matchesFresh(parser, document)).toBe(true);
      document.dispose();
    }), runs);
  });

  it('keeps the earlier document, and both can be parsed again', async () => {
    const parser = await parserOf(language);
    const text = fileOf(language, [0, 1]);
    const first = parser.open(text);
    if (first === null) throw new Error('nobody cancelled');
    const step = splice(text, text.length, text.length, items[3] ?? '');
    const second = first.reparse(step.text, [step.edit]);
    const other = splice(text, text.length, text.length, items[4] ?? '');
    const third = first.reparse(other.text, [other.edit]);
    if (second === null || third === null) throw new Error('nobody cancelled');
    expect(matchesFresh(parser, second) && matchesFresh(parser, third) && matchesFresh(parser, first)).toBe(true);
    for (const document of [first, second, third, first]) document.dispose();
    expect(first.reparse(step.text, [step.edit])?.tree.text).toBe(step.text);
  });

  it('can be cancelled and goes on afterwards', async () => {
    const parser = await parserOf(language);
    const text = fileOf(language, Array.from({ length: 200 }, (_, i) => i));
    expect(parser.parseOnce(text, () => true)).toBeNull();
    const document = parser.open(text);
    if (document === null) throw new Error('nobody cancelled');
    const step = splice(text, 0, text.length, text.repeat(2).replace(/\npackage p\n/, '\n'));
    expect(document.reparse(step.text, [step.edit], () => true)).toBeNull();
    expect(matchesFresh(parser, document)).toBe(true);
    document.dispose();
    expect(parser.parseOnce('')?.count).toBe(1);
  });
});

describe('masks of Go', () => {
  it('follow an argument that becomes an expression, and back', async () => {
    const parser = await parserOf('go');
    const start = 'package p\n\nvar a = new(1)\nvar x = new([]int)\nvar b = new(2)\n';
    let document = parser.open(start);
    if (document === null) throw new Error('nobody cancelled');
    const at = start.indexOf('[]int') + 5;
    for (const typed of ['{', '}']) {
      const text = document.tree.text;
      const place = at + (typed === '}' ? 1 : 0);
      const step = splice(text, place, place, typed);
      document = next(document, step.text, [step.edit]);
    }
    expect(document.tree.errors).toHaveLength(0);
    expect(matchesFresh(parser, document)).toBe(true);
    const back = splice(document.tree.text, at, at + 2, '');
    document = next(document, back.text, [back.edit]);
    expect(document.tree.errors).toHaveLength(0);
    expect(matchesFresh(parser, document)).toBe(true);
    const shifted = splice(document.tree.text, 0, 0, '// new(\n');
    document = next(document, shifted.text, [shifted.edit]);
    expect(matchesFresh(parser, document)).toBe(true);
    document.dispose();
  });
});

describe('masks of Rust', () => {
  it('follow what is typed behind and before them', async () => {
    const parser = await parserOf('rust');
    const start = 'fn f(raw: u8) { g(&raw ); }\nextern "C" {\n    fn h();\n}\nfn k() { Box::new(1); }\n';
    let document = parser.open(start);
    if (document === null) throw new Error('nobody cancelled');
    const type = (at: number, deleted: number, typed: string): void => {
      const step = splice(document?.tree.text ?? '', at, at + deleted, typed);
      if (document !== null) document = next(document, step.text, [step.edit]);
      if (document !== null) expect(matchesFresh(parser, document), step.text).toBe(true);
    };
    for (const [i, letter] of [...'const raw'].entries()) type(start.indexOf('&raw ') + 5 + i, 0, letter);
    expect(document.tree.errors).toHaveLength(0);
    for (let i = 0; i < 9; i++) type(start.indexOf('&raw ') + 5, 1, '');
    expect(document.tree.errors).toHaveLength(0);
    for (const [i, letter] of [...'unsafe '].entries()) type(start.indexOf('extern') + i, 0, letter);
    expect(document.tree.errors).toHaveLength(0);
    const item = document.tree.text.indexOf('fn h');
    for (const [i, letter] of [...'safe '].entries()) type(item + i, 0, letter);
    expect(document.tree.errors).toHaveLength(0);
    for (let i = 0; i < 7; i++) type(start.indexOf('extern'), 1, '');
    document.dispose();
  });
});

