// Where files wait for their turn: what comes back is what was put there, and nothing stays behind.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outcomeShelf } from '../../../server/src/node/outcomeShelf.js';
import { packed, PackedOutcome } from '../../../server/src/node/packedOutcome.js';
import type { FileOutcome } from '../../../server/src/workspace/groupRunner.js';

const directory = mkdtempSync(join(tmpdir(), 'heaplight-shelf-'));
afterAll(() => { rmSync(directory, { recursive: true, force: true }); });

const outcome = (name: string): FileOutcome => ({ path: `/w/${name}.go`, language: 'go', lines: 3, json: `{"path":"${name}","what":"größe 😀"}`, extra: `{"excerpts":{"1":"${name}"}}`, totals: '{"sites":1}' });
const plain = ({ path, language, lines, json, extra, totals }: FileOutcome): FileOutcome => ({ path, language, lines, json, extra, totals });

describe('a shelf', () => {
  it('gives back what was put there, in any order, and leaves no file', () => {
    const shelf = outcomeShelf(directory);
    const names = ['a', 'b', 'c', 'd'];
    const back = names.map((name, index) => shelf.put(index % 2 === 0 ? outcome(name) : new PackedOutcome(packed(outcome(name)))));
    expect(readdirSync(directory)).toEqual([]);
    for (const index of [2, 0, 3, 1]) expect(plain((back[index] as () => FileOutcome)())).toEqual(outcome(names[index] as string));
    const again = shelf.put(outcome('e')); // in the room of the first ones
    expect(plain(again())).toEqual(outcome('e'));
    shelf.dispose();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('keeps them in memory where no file can be made', () => {
    const shelf = outcomeShelf(join(directory, 'missing'));
    const back = shelf.put(outcome('a'));
    expect(plain(back())).toEqual(outcome('a'));
    shelf.dispose();
  });
});
