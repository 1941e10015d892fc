// A workspace that lives through edits says the same, byte for byte, as one that is made over the final texts: reports, hints, free places, totals.
// Where text is broken the parser may recover otherwise than on a fresh text, so open documents are compared whenever everything is valid.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Edited, anyEdit, textEdit, type Edit } from './edits.js';
import { effort, SEED } from './effort.js';
import { programs } from './programs.js';
import { allValid, sayingOf, sourcesOf, workspaceOf, type Files } from './workspaces.js';

/** What a workspace says of all its sources. */
async function freshly(files: Files): Promise<Map<string, string>> {
  const fresh = await workspaceOf(new Map(files));
  return new Map(sourcesOf(files).map((path) => [path, sayingOf(fresh, path)]));
}

async function expectSame(edited: Edited, steps: readonly Edit[]): Promise<void> {
  const wanted = await freshly(edited.files);
  for (const [path, saying] of wanted) expect(sayingOf(edited.workspace, path), `${path} after ${JSON.stringify(steps)}`).toBe(saying);
}

describe.each(['go', 'rust'] as const)('%s', (language) => {
  const runs = { numRuns: effort(language === 'go' ? 4 : 1, 150), seed: SEED };
  const start = async (open: boolean): Promise<Edited> => {
    const files = programs(language);
    const edited = new Edited(await workspaceOf(files), files, language, open);
    for (const path of sourcesOf(files)) sayingOf(edited.workspace, path);
    return edited;
  };

  it('says the same after edits on disk, valid or not, asked after each', async () => {
    await fc.assert(fc.asyncProperty(fc.array(textEdit, { minLength: 1, maxLength: 6 }), async (steps) => {
      const edited = await start(false);
      for (const [at, step] of steps.entries()) {
        edited.apply(step);
        await expectSame(edited, steps.slice(0, at + 1));
      }
    }), runs);
  });

  it('says the same while files are edited in documents and on disk, come, go and are renamed, whenever all are valid', async () => {
    let compared = 0;
    await fc.assert(fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 12 }), async (steps) => {
      const edited = await start(true);
      const { workspace, files } = edited;
      const isValid = (path: string): boolean => workspace.sources.file(path)?.tree.errors.length === 0;
      for (const [at, step] of steps.entries()) {
        edited.apply(step);
        for (const path of sourcesOf(files)) sayingOf(workspace, path);
        edited.remember(isValid);
        if (at % 4 !== 3 || !allValid(workspace, files)) continue;
        compared++;
        await expectSame(edited, steps.slice(0, at + 1));
      }
      edited.mendAll(isValid);
      expect(allValid(workspace, files)).toBe(true);
      await expectSame(edited, steps);
    }), runs);
    expect(compared).toBeGreaterThanOrEqual(Math.floor(runs.numRuns / 4));
  });
});
