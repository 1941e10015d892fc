import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleDocumentation } from '../../server/src/analysis/rule.js';
import { Folder } from './cli.js';

let folder: Folder;
beforeAll(() => { folder = new Folder(); });
afterAll(() => { folder.remove(); });

describe('heaplight explain', () => {
  it('lists every rule of both languages, in text and as JSON', () => {
    const rules = JSON.parse(folder.run('explain', '--format', 'json').out) as RuleDocumentation[];
    const lines = folder.run('explain').out.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(rules.map((rule) => rule.id));
    expect(new Set(rules.map((rule) => rule.id.split('/')[0]))).toEqual(new Set(['go', 'rust']));
    expect(rules.filter((rule) => rule.why === '' || rule.example.allocates === '' || rule.example.free === '')).toEqual([]);
  });

  it('says what a rule finds, why, what to do instead, with an example of both', () => {
    const result = folder.run('explain', 'go/make-slice');
    expect(result).toMatchObject({ code: 0, err: '' });
    for (const part of ['go/make-slice: ', 'Why\n', 'When it does not\n', 'Allocates\n', 'Does not\n']) expect(result.out).toContain(part);
    expect(folder.run('explain', 'make-slice').out).toBe(result.out);
    expect(folder.run('explain', 'rust/vec-macro').out).toContain('\n  There are no elements, or their size is zero.\n');
  });

  it('names near rules for a wrong one, and exits 2', () => {
    expect(folder.run('explain', 'go/maek-slice')).toEqual({ code: 2, out: '', err: expect.stringMatching(/^heaplight: There is no rule "go\/maek-slice"; did you mean [a-z/ -]+\? List all with: heaplight explain\n$/) as string });
    expect(folder.run('explain', 'xyz').err).toBe('heaplight: There is no rule "xyz". List all with: heaplight explain\n');
  });
});
