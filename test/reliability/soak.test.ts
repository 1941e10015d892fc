// Very many edits in one session: memory stays where it was. Key strokes are typed and taken back; now and then a text is broken, replaced, closed and opened.
import { describe, expect, it } from 'vitest';
import { runtimeBytes, startRuntime } from '../../server/src/syntax/runtime.js';
import { Draw, effort, SEED } from './effort.js';
import { Edited } from './edits.js';
import { programs } from './programs.js';
import { sayingOf, sourcesOf, workspaceOf } from './workspaces.js';

/** Edits for each language; one of Rust may resolve a crate anew. */
const EDITS = { go: effort(400, 50_000), rust: effort(100, 50_000) };
const SAMPLES = 10;
/** Megabytes of JavaScript's heap by which later samples may stand above the early ones. */
const HEAP_SLACK = effort(12, 25);

const collect = (): void => {
  if (typeof globalThis.gc !== 'function') throw new Error('memory can only be measured with --expose-gc');
  globalThis.gc();
};

describe.each(['go', 'rust'] as const)('%s', (language) => {
  it(`holds no more after ${EDITS[language]} edits than after the first`, async () => {
    const files = programs(language);
    const workspace = await workspaceOf(files);
    const edited = new Edited(workspace, files, language, true);
    const draw = new Draw(SEED);
    const paths = sourcesOf(files);
    const whole = new Map(paths.map((path) => [path, edited.text(path)]));
    const before = new Map(paths.map((path) => [path, sayingOf(workspace, path)]));
    const runtime = await startRuntime();
    const heap: number[] = [];
    const wasm: number[] = [];
    for (let edit = 0; edit < EDITS[language]; edit += 2) {
      const path = draw.of(paths);
      const text = edited.text(path);
      const at = [...text.matchAll(/\b[a-z]\w{2,}\b/g)][draw.below(30)];
      const place = at === undefined ? text.length : at.index + at[0].length;
      const typed = draw.below(50) === 0 ? draw.of(['{', '"', '/*', ')']) : draw.of(['x', '7', 'é', '_']);
      edited.replace(path, place, place, typed);
      workspace.report(path);
      edited.replace(path, place, place + typed.length, '');
      workspace.report(path);
      if (draw.below(200) === 0) edited.toggle(path);
      if (edit % (EDITS[language] / SAMPLES) === 0) {
        collect();
        heap.push(process.memoryUsage().heapUsed / 1e6);
        wasm.push(runtimeBytes(runtime) / 1e6);
      }
    }
    collect();
    const [, early = 0] = heap;
    const last = process.memoryUsage().heapUsed / 1e6;
    expect(last, `heap in megabytes: ${heap.map((value) => value.toFixed(1)).join(', ')}, at the end ${last.toFixed(1)}`).toBeLessThan(early + HEAP_SLACK);
    expect(runtimeBytes(runtime) / 1e6, `memory of the parser in megabytes: ${wasm.join(', ')}`).toBeLessThanOrEqual((wasm[1] ?? 0) + 1);
    for (const path of paths) {
      expect(edited.text(path)).toBe(whole.get(path));
      expect(sayingOf(workspace, path)).toBe(before.get(path));
    }
  });
});
