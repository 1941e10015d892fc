// npm run screenshots: opens the samples in the real editor and writes the pictures of the README to docs/images.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packaged, root } from './editor/paths.mjs';
import { buildPackage, ensureDependencies } from './editor/project.mjs';
import { openSession } from './editor/session.mjs';

/** @typedef {import('./editor/session.d.mts').Workbench} Workbench */
/** @typedef {import('./editor/session.d.mts').Region} Region */
/** @typedef {{ name: string, file: string, width: number, height: number, arrange: (workbench: Workbench) => Promise<Region | undefined> }} Picture */

const first = { timeout: 60_000 };

/** @type {readonly Picture[]} */
const pictures = [
  {
    name: 'hints-go',
    file: 'go/forms.go',
    width: 900,
    height: 1120,
    arrange: (workbench) => lines(workbench, 'func greeting', 'return s, func() string'),
  },
  {
    name: 'hints-rust',
    file: 'rust/src/text.rs',
    width: 900,
    height: 1320,
    arrange: (workbench) => lines(workbench, '/// Joins words', 'words.first()'),
  },
  {
    name: 'hover',
    file: 'go/main.go',
    width: 960,
    height: 640,
    arrange: async (workbench) => {
      await workbench.hover('var far counter', 'far');
      // The hover hangs below its line, over what follows.
      return { ...(await workbench.regionOfLines('// Harbour', 'func main')), height: 450 };
    },
  },
  {
    name: 'allocations-view',
    file: 'rust/src/text.rs',
    width: 1240,
    height: 760,
    arrange: async (workbench) => {
      await workbench.command('Heaplight: Show Allocations of Workspace');
      const groups = ['berths', 'headline'];
      await workbench.waitForRows('Allocations', 'functions', (rows) => groups.every((group) => rows.some((row) => row.label.endsWith(group))), first);
      for (const group of groups) {
        const row = (await workbench.rows('Allocations')).find(({ label }) => label.endsWith(group));
        if (row?.expanded === false) await workbench.toggleRow('Allocations', group);
      }
      // The tree has the focus now.
      for (let times = 0; times < 2; times++) await workbench.command('Increase Current View Size');
      await workbench.clickRow('Allocations', 'formatted text');
      await workbench.waitForFile('text.rs');
      return undefined;
    },
  },
];

/**
 * Lines of the editor, with the one before and the one after.
 * @param {Workbench} workbench
 * @param {string} from
 * @param {string} to
 * @returns {Promise<Region>}
 */
async function lines(workbench, from, to) {
  const region = await workbench.regionOfLines(from, to);
  const { height } = await workbench.regionOfLines(from, from);
  return { ...region, y: region.y - height, height: region.height + 2 * height };
}

/** @param {string} line */
const say = (line) => console.log(line);

await ensureDependencies(say);
await buildPackage(say);
const folder = join(root, 'docs', 'images');
await mkdir(folder, { recursive: true });
const session = await openSession({ extensions: [packaged], say });
try {
  for (const { name, file, width, height, arrange } of pictures) {
    const workbench = await session.open(join(root, 'samples'), [file], { width, height, scale: 2 });
    // The bar on the left stays for the one picture that is about what is in it.
    if (name !== 'allocations-view') await workbench.command('View: Toggle Primary Side Bar Visibility');
    await workbench.waitForLines('the first hint', (shown) => shown.some((line) => line.hints.length > 0), first);
    await workbench.screenshot(join(folder, `${name}.png`), await arrange(workbench));
    await workbench.close();
    say(`docs/images/${name}.png`);
  }
} finally {
  await session.end();
}
