// The reader of the runtime's memory sees what the public cursor sees. HEAPLIGHT_CORPUS names directories (separated by the path
// delimiter) whose sources are compared too; without it the project's own samples and fixtures are.
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LanguageId } from '../../../server/src/syntax/grammar.js';
import { sameColumns } from '../../../server/src/syntax/reader.js';
import { parserOf } from '../../support/engine.js';
import { readersOf, textsBelow, type ReaderPair } from '../../support/readers.js';
import { fileOf, oddTexts } from './texts.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const corpora = [
  ...['samples', 'test/fixtures'].map((directory) => `${root}${directory}`),
  ...(process.env['HEAPLIGHT_CORPUS']?.split(delimiter).filter((directory) => directory !== '') ?? []),
];

function agree(pair: ReaderPair, text: string): boolean {
  const tree = pair.parse(text);
  try {
    return sameColumns(pair.memory.read(tree), pair.cursor.read(tree));
  } finally {
    tree.delete();
  }
}

describe.each(['rust', 'go'] as const)('reading %s trees from memory', (language: LanguageId) => {
  it('is in use', async () => {
    expect((await parserOf(language)).readerName).toBe('memory');
  });

  it.each([...oddTexts(language)])('agrees with the cursor: %s', async (_name, text) => {
    expect(agree(await readersOf(language), text)).toBe(true);
  });

  it('agrees with the cursor on files', { timeout: 600_000 }, async () => {
    const pair = await readersOf(language);
    const differing: string[] = [];
    for (const { path, text } of textsBelow(corpora, language === 'rust' ? '.rs' : '.go')) {
      if (!agree(pair, text)) differing.push(path);
    }
    expect(differing).toEqual([]);
  });

  it('agrees with the cursor after the memory has grown, and deep in nested code', async () => {
    const pair = await readersOf(language);
    const many = fileOf(language, Array.from({ length: 12_000 }, (_, i) => i));
    const deep = language === 'rust' ? `fn f() { ${'('.repeat(3000)}1${')'.repeat(3000)} }` : `package p\nvar x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`;
    expect(agree(pair, many)).toBe(true);
    expect(agree(pair, deep)).toBe(true);
  });

  it('takes over what an edit left in place, and reads the same as without', async () => {
    const pair = await readersOf(language);
    let text = fileOf(language, Array.from({ length: 120 }, (_, i) => i));
    let tree = pair.parse(text);
    let before = pair.memory.read(tree, null);
    const origin = { row: 0, column: 0 };
    let seed = 7;
    for (let i = 0; i < 150; i++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      const at = seed % text.length;
      const inserted = ['x', ' ', '(', '}', '"', '/*', '\n', '', 'fn f() {}', '1'][i % 10] ?? '';
      const removed = i % 3 === 0 ? seed % 40 : 0;
      const oldEnd = Math.min(text.length, at + removed);
      const next = text.slice(0, at) + inserted + text.slice(oldEnd);
      const edited = tree.copy();
      edited.edit({ startIndex: at, oldEndIndex: oldEnd, newEndIndex: at + inserted.length, startPosition: origin, oldEndPosition: origin, newEndPosition: origin } as Parameters<typeof edited.edit>[0]);
      const after = pair.parse(next, edited);
      const taken = pair.memory.read(after, before);
      expect(sameColumns(taken, pair.memory.read(after)), `edit ${i}`).toBe(true);
      edited.delete();
      tree.delete();
      [tree, before, text] = [after, taken, next];
    }
    tree.delete();
  });
});
