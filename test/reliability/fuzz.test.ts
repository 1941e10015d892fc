// Damaged real files: each is answered in bounded time, with places inside of the text, and nothing fails; an engine that has seen them all still
// says of each what a new one says.
import { describe, expect, it } from 'vitest';
import { flawsOf } from './answers.js';
import { Draw, effort, SEED } from './effort.js';
import { mutated, realTexts, shown } from './mutations.js';
import { ROOT, sayingOf, workspaceOf, type Files } from './workspaces.js';

const RUNS = effort(20, 1500);
/** Every so many texts a new workspace answers too. */
const FRESH = effort(20, 25);
/** Milliseconds of CPU that a text of at most 60,000 characters may take. */
const BOUND = 4000;

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

describe.each(['go', 'rust'] as const)('damaged %s', (language) => {
  const path = `${ROOT}/${language === 'go' ? 'p.go' : 'src/lib.rs'}`;
  const files: Files = new Map([[`${ROOT}/${language === 'go' ? 'go.mod' : 'Cargo.toml'}`, language === 'go' ? 'module w\n\ngo 1.26\n' : '[package]\nname = "w"\nversion = "0.1.0"\nedition = "2024"\n'], [path, '']]);

  it('is answered soundly, in time, and as by a new engine', async () => {
    const texts = realTexts(language);
    expect(texts.length).toBeGreaterThan(10);
    const draw = new Draw(SEED);
    const workspace = await workspaceOf(files);
    let sites = 0;
    for (let run = 0; run < RUNS; run++) {
      const text = mutated(draw.of(texts), texts, draw).replaceAll('\0', ' ').replace(/^\ufeff/, '');
      files.set(path, text);
      const started = cpu();
      workspace.filesChanged([{ path, kind: 'changed' }]);
      const report = workspace.report(path)?.report;
      const took = cpu() - started;
      if (report === undefined) throw new Error(`run ${run}: no answer for ${shown(text)}`);
      const read = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
      expect(flawsOf(report, read), `run ${run}: ${shown(text)}`).toEqual([]);
      expect(took, `run ${run}: ${shown(text)}`).toBeLessThan(BOUND);
      sites += report.sites.length;
      if (run % FRESH === FRESH - 1) expect(sayingOf(workspace, path), `run ${run}: ${shown(text)}`).toBe(sayingOf(await workspaceOf(new Map(files)), path));
    }
    expect(sites).toBeGreaterThan(RUNS); // damaged code still has sites
  });

  it('typed into an open document is answered soundly, and mended as if nothing had been', async () => {
    const texts = realTexts(language).filter((text) => text.length < 12_000);
    const draw = new Draw(SEED + 1);
    const workspace = await workspaceOf(files);
    for (let run = 0; run < RUNS / 10; run++) {
      const whole = draw.of(texts);
      files.set(path, whole);
      workspace.open(path, whole, run * 100);
      const before = sayingOf(workspace, path);
      for (let step = 1; step <= 8; step++) {
        const text = mutated(whole, texts, draw).replaceAll('\0', ' ').replace(/^\ufeff/, '');
        workspace.change(path, [{ text }], run * 100 + step);
        const report = workspace.report(path)?.report;
        expect(report && flawsOf(report, text), `run ${run}, step ${step}: ${shown(text)}`).toEqual([]);
      }
      workspace.change(path, [{ text: whole }], run * 100 + 9);
      expect(sayingOf(workspace, path), `run ${run}: ${shown(whole)}`).toBe(before);
      workspace.close(path);
    }
  });
});
