// Hostile texts: a tree or a cancelled parse, within a bound, never an exception.
import { describe, expect, it } from 'vitest';
import type { LanguageId } from '../../../server/src/syntax/grammar.js';
import { looksBinary, timeBudget } from '../../../server/src/syntax/guards.js';
import { SourceParser } from '../../../server/src/syntax/parser.js';
import { goProfile, rustProfile } from '../../../server/src/syntax/profiles.js';
import { parserOf } from '../../support/engine.js';
import { grammarBytes } from '../../support/readers.js';
import { fileOf } from './texts.js';

/** Numbers that look random and are the same every time. */
function* noise(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

function garbage(length: number, alphabet: number): string {
  const units: string[] = [];
  const numbers = noise(7);
  for (let i = 0; i < length; i++) units.push(String.fromCharCode((numbers.next().value as number) % alphabet));
  return units.join('');
}

const head = { rust: 'fn f() { let x = ', go: 'package p\nfunc f() { x := ' };

/** Texts of about a megabyte or of great depth. */
function hostileTexts(language: LanguageId): readonly (readonly [string, string])[] {
  const open = head[language];
  return [
    ['100,000 nested parentheses', `${open}${'('.repeat(100_000)}1${')'.repeat(100_000)} }`],
    ['100,000 open parentheses', open + '('.repeat(100_000)],
    ['100,000 open braces', open + '{'.repeat(100_000)],
    ['100,000 nested blocks', `${open}0; ${'{'.repeat(100_000)}${'}'.repeat(100_000)} }`],
    ['100,000 prefix operators', `${open}${'!'.repeat(100_000)}x }`],
    ['100,000 terms of a sum', `${open}${'a + '.repeat(100_000)}1 }`],
    ['50,000 calls in a chain', `${open}a${'.b()'.repeat(50_000)} }`],
    ['20,000 else-ifs', `${open}1; ${'if a { } else '.repeat(20_000)}{ } }`],
    ['an unterminated string', `${open}"${'text '.repeat(200_000)}`],
    ['an unterminated comment', `${open}/* ${'text '.repeat(200_000)}`],
    ['an unterminated raw string', `${open}${language === 'rust' ? 'r#"' : '`'}${'text '.repeat(200_000)}`],
    ['one line of a megabyte', `${open}[${'1, '.repeat(330_000)}] }`],
    ['prose', 'It was a dark and stormy night; the rain fell in torrents. '.repeat(17_000)],
    ['binary garbage', garbage(1_000_000, 256)],
    ['garbage of any unit', garbage(300_000, 65_536)],
    ['zeros', '\0'.repeat(1_000_000)],
    ['brackets of all kinds', '([{<'.repeat(100_000)],
    ['closing brackets', ')]}>'.repeat(100_000)],
    ['lone surrogates', '\ud83d'.repeat(200_000)],
  ];
}

describe.each(['rust', 'go'] as const)('hostile %s', (language: LanguageId) => {
  it.each(hostileTexts(language))('%s', async (_name, text) => {
    const parser = await parserOf(language);
    const budget = timeBudget(() => performance.now(), 1500);
    const started = performance.now();
    const tree = parser.parseOnce(text, budget.cancelled);
    expect(performance.now() - started).toBeLessThan(10_000); // the budget, the flattening, and a slow machine
    expect(tree === null).toBe(budget.exceeded());
    if (tree !== null) {
      expect(tree.text).toBe(text);
      for (let node = 1; node < tree.count; node++) if ((tree.parent[node] as number) >= node || (tree.next[node] as number) <= node) throw new Error(`node ${node} is out of order`);
    }
    expect(parser.parseOnce(fileOf(language, [0, 1, 2]))?.errors).toHaveLength(0);
  }, 30_000);
});

describe('guards', () => {
  it('tell binary files from text', () => {
    expect(looksBinary('MZ\0\u0003')).toBe(true);
    expect(looksBinary('package p // \u0001')).toBe(false);
    expect(looksBinary('')).toBe(false);
  });

  it('stop when the time is over or the caller says so', () => {
    let now = 0;
    const slow = timeBudget(() => (now += 1), 5);
    let questions = 0;
    while (!slow.cancelled()) questions++;
    expect(slow.exceeded()).toBe(true);
    expect(questions).toBeLessThan(200);
    const unwanted = timeBudget(() => 0, 5, () => true);
    expect(unwanted.cancelled()).toBe(true);
    expect(unwanted.exceeded()).toBe(false);
  });

  it('refuse a grammar that is none, naming it', async () => {
    await expect(SourceParser.load(rustProfile, new Uint8Array())).rejects.toThrow('The rust grammar cannot be loaded: the file is empty');
    await expect(SourceParser.load(goProfile, Uint8Array.of(1, 2, 3, 4, 5))).rejects.toThrow('The go grammar cannot be loaded: the file is not WebAssembly');
    await expect(SourceParser.load(goProfile, grammarBytes('go').slice(0, 5000))).rejects.toThrow('The go grammar cannot be loaded');
    expect((await SourceParser.load(goProfile, grammarBytes('go'))).parseOnce('package p\n')?.errors).toHaveLength(0);
  });
});
