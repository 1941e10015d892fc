// Heaplight as a person meets it: a packaged extension in a real VS Code, seen through a real browser.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSession, until, type Session, type Workbench } from '../../scripts/editor/session.mjs';
import { MarkedFile } from './expectations.js';

const GO = 'go/main.go';
const RUST = 'rust/src/main.rs';
const VIEW = 'Allocations';
/** The first hint of a window waits for the extension host and the language server. */
const FIRST = { timeout: 60_000 };

let session: Session;
let folder: string;
let open: Workbench[] = [];

beforeAll(async () => {
  const vsix = process.env['HEAPLIGHT_VSIX'];
  if (vsix === undefined) throw new Error('Run these tests with `node test/e2e/run.mjs`.');
  session = await openSession({ extensions: [vsix] });
});

afterAll(() => session.end());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heaplight-workspace-'));
  cpSync(fileURLToPath(new URL('workspace', import.meta.url)), folder, { recursive: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') process.stderr.write(`Evidence: ${await session.keepEvidence(task.name)}\n`);
  await Promise.all(open.map((workbench) => workbench.close()));
  open = [];
  await session.resetSettings();
  rmSync(folder, { recursive: true, force: true });
});

async function openWindow(...files: string[]): Promise<Workbench> {
  const workbench = await session.open(folder, files);
  open.push(workbench);
  return workbench;
}

function marked(file: string): MarkedFile {
  return new MarkedFile(join(folder, file));
}

describe('hints', () => {
  test.each([GO, RUST, 'rust/src/signs.rs'])('stand where %s allocates, and nowhere else', async (file) => {
    const workbench = await openWindow(file);
    const expected = marked(file);
    const shown = await workbench.waitForLines(`the hints of ${file}`, (lines) => expected.differences(lines).length === 0, FIRST).catch(() => workbench.lines());
    expect(expected.differences(shown)).toEqual([]);
  });

  test('follow the expression that allocates', async () => {
    const workbench = await openWindow(RUST);
    const line = await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B'], FIRST);
    expect(line.text).toMatch(/Box::new\(7u64\)\s*⬢ box 8 B\s*;/);
    await workbench.openFile('rust/src/signs.rs');
    const signs = await workbench.waitForHints('Box::new(1u8)', ['⬢ box 1 B']);
    expect(signs.text).toMatch(/Box::new\(1u8\)\s*⬢ box 1 B\s*;/);
  });

  test('stand in the right columns of a file with a byte order mark and CRLF', async () => {
    const path = join(folder, 'rust/src/windows.rs');
    writeFileSync(path, `\uFEFF${readFileSync(join(folder, RUST), 'utf8').replaceAll('\n', '\r\n')}`);
    const workbench = await openWindow('rust/src/windows.rs');
    const line = await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B'], FIRST);
    expect(line.text).toMatch(/Box::new\(7u64\)\s*⬢ box 8 B\s*;/);
    await workbench.waitForHints('words.push', ['⬢ copy ×loop', '⬡ grows ×loop']);
  });

  test('change while typing', async () => {
    const workbench = await openWindow(RUST);
    const file = marked(RUST);
    await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B'], FIRST);
    await workbench.goTo(file.lineOf('let again'));
    await workbench.type('    let more = Box::new(1u16);\n');
    await workbench.waitForHints('let more', ['⬢ box 2 B']);
    await workbench.press('ArrowUp');
    await workbench.press('End');
    for (let count = 0; count < 'Box::new(1u16);'.length; count++) await workbench.press('Backspace');
    // The statement is broken now; what stands around it keeps its hints.
    await workbench.waitForHints('let more', []);
    await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B']);
    await workbench.waitForHints('Rc::new(words)', [/^⬢ refcounted/]);
    await workbench.type('[0u8; 4096].to_vec();');
    await workbench.waitForHints('let more', [/^⬢ copy/]);
  });

  test('go and come back with the toggle', async () => {
    const workbench = await openWindow(GO);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel'], FIRST);
    await workbench.command('Heaplight: Toggle Allocation Hints');
    await workbench.waitForLines('no hints', (lines) => lines.every((line) => line.hints.length === 0));
    await workbench.command('Heaplight: Toggle Allocation Hints');
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel']);
  });

  test('follow the settings at once', async () => {
    const workbench = await openWindow(GO);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel'], FIRST);
    await workbench.changeSettings({ 'heaplight.hints.style': 'icon' });
    await workbench.waitForHints('make(chan struct{})', ['⬢']);
    await workbench.changeSettings({ 'heaplight.hints.style': 'short', 'heaplight.hints.kinds': { channel: false } });
    await workbench.waitForHints('make(chan struct{})', []);
    await workbench.waitForHints('make(map[string]int, 100)', ['⬢ buffer']);
    await workbench.changeSettings({ 'editor.inlayHints.enabled': 'off' });
    await workbench.waitForHints('make(map[string]int, 100)', []);
  });

  test('come back when the language server was killed', async () => {
    const workbench = await openWindow(GO);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel'], FIRST);
    // Those of a window that was closed just now may be among them.
    const killed = (await session.extensionProcesses()).map(({ pid }) => pid);
    expect(killed.length).toBeGreaterThan(0);
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await until('a new language server', () => session.extensionProcesses(), (now) => now.some(({ pid }) => !killed.includes(pid)));
    // Typed after the crash, so that the hint can only come from the new server.
    await workbench.goTo(marked(GO).lineOf('<-done'));
    await workbench.type('\tother := make(chan int)\n');
    await workbench.waitForHints('other :=', ['⬢ channel']);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel']);
  });
});

describe('the hover', () => {
  test('explains a box: verdict, size, evidence and rule', async () => {
    const workbench = await openWindow(RUST);
    await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B'], FIRST);
    const text = await workbench.hover('let number = Box::new(7u64)', 'new');
    expect(text).toMatch(/always/i);
    expect(text).toMatch(/8 (B|bytes)/);
    expect(text).toMatch(/predicted/i);
    expect(text).toContain('rust/box-new');
  });

  test('shows the path of a variable that escapes, in order', async () => {
    const workbench = await openWindow(GO);
    await workbench.waitForHints('var far record', [/⬢ escapes/], FIRST);
    const text = await workbench.hover('var far record', 'far');
    const steps = ['address', 'parameter r', 'goroutine'].map((step) => text.toLowerCase().indexOf(step));
    expect(steps.every((at) => at >= 0), text).toBe(true);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  test.each([
    [GO, 'var near record', 'near', /stack/i],
    [RUST, 'Vec::new()', 'new', /does not allocate|no allocation|allocates nothing/i],
    [RUST, 'Box::new(())', 'new', /zero|size 0|does not allocate/i],
  ])('of %s says why “%s” is free', async (file, source, token, reason) => {
    const workbench = await openWindow(file);
    await workbench.waitForLines('the first hint', (lines) => lines.some((line) => line.hints.length > 0), FIRST);
    expect(await workbench.hover(source, token)).toMatch(reason);
  });

  test('opens at the cursor with Explain Allocation at Cursor', async () => {
    const workbench = await openWindow(RUST);
    const file = marked(RUST);
    await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B'], FIRST);
    await workbench.goTo(file.lineOf('Box::new(7u64)'), file.columnOf('Box::new(7u64)', 'new'));
    await workbench.command('Heaplight: Explain Allocation at Cursor');
    expect(await workbench.hoverText()).toContain('rust/box-new');
  });
});

describe('finding allocations', () => {
  test('Next and Previous Allocation move the cursor', async () => {
    const workbench = await openWindow(RUST);
    const file = marked(RUST);
    await workbench.waitForHints('Box::new(7u64)', ['⬢ box 8 B'], FIRST);
    await workbench.goTo(1);
    await workbench.command('Heaplight: Next Allocation');
    await workbench.waitForCursor(file.lineOf('Box::new(7u64)'));
    await workbench.command('Heaplight: Next Allocation');
    await workbench.waitForCursor(file.lineOf('words.push'));
    await workbench.command('Heaplight: Previous Allocation');
    await workbench.waitForCursor(file.lineOf('Box::new(7u64)'));
  });

  test('Show Allocations lists the file by function, and a row leads to its line', async () => {
    const workbench = await openWindow(GO);
    const file = marked(GO);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel'], FIRST);
    await workbench.command('Heaplight: Show Allocations');
    const rows = await workbench.waitForRows(VIEW, 'the sites of the file', (shown) => shown.some((row) => row.label === '⬢ chan struct{}'));
    expect(rows.filter((row) => row.level === 1).map((row) => row.label)).toEqual(expect.arrayContaining(['squares', 'main', 'bumpLater'].map((name) => expect.stringContaining(name) as string)));
    expect(rows.find((row) => row.label.startsWith('⬡ larger array'))?.description).toContain('×loop');
    await workbench.clickRow(VIEW, '⬢ chan struct{}');
    await workbench.waitForCursor(file.lineOf('make(chan struct{})'));
  });

  test('the view follows what is typed', async () => {
    const workbench = await openWindow('rust/src/signs.rs');
    await workbench.waitForHints('Box::new(1u8)', ['⬢ box 1 B'], FIRST);
    await workbench.command('Heaplight: Show Allocations');
    await workbench.waitForRows(VIEW, 'the site', (rows) => rows.some((row) => row.label === '⬢ boxed value, 1 B'));
    await workbench.goTo(marked('rust/src/signs.rs').lineOf('(crab, boxed)'));
    await workbench.type('let more = Box::new(1u32);\n');
    await workbench.waitForRows(VIEW, 'the new site', (rows) => rows.some((row) => row.label === '⬢ boxed value, 4 B'));
  });

  test('the view of the workspace holds both languages, and a row opens the other file', async () => {
    const workbench = await openWindow(GO);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel'], FIRST);
    await workbench.command('Heaplight: Show Allocations of Workspace');
    await workbench.waitForRows(VIEW, 'sites of both languages', (rows) => [GO, RUST].every((path) => rows.some((row) => row.description.startsWith(`${path}:`))), FIRST);
    await workbench.clickRow(VIEW, '⬢ boxed value, 8 B');
    await workbench.waitForFile(basename(RUST));
    await workbench.waitForCursor(marked(RUST).lineOf('Box::new(7u64)'));
  });

  test('the view can be grouped, filtered and exported', async () => {
    const workbench = await openWindow(GO);
    await workbench.waitForHints('make(chan struct{})', ['⬢ channel'], FIRST);
    await workbench.command('Heaplight: Show Allocations of Workspace');
    await workbench.waitForRows(VIEW, 'sites', (rows) => rows.length > 0, FIRST);
    await workbench.command('Heaplight: Group Allocations');
    await workbench.choose('By file');
    await workbench.waitForRows(VIEW, 'files', (rows) => [GO, RUST].every((path) => rows.some((row) => row.level === 1 && row.label === path.split('/').at(-1))));
    await workbench.command('Heaplight: Filter Allocations');
    await workbench.answer('channel');
    await workbench.waitForRows(VIEW, 'the channel alone', (rows) => rows.filter((row) => row.level === 2).map((row) => row.label).join() === '⬢ chan struct{}');
    await workbench.command('Heaplight: Export Allocations as JSON or SARIF');
    await workbench.choose('JSON');
    await workbench.waitForLines('the report', (lines) => lines.some((line) => line.source.includes('"sites"')));
  });

  test('the status bar counts the sites of the active editor', async () => {
    const workbench = await openWindow('rust/src/signs.rs');
    await workbench.waitForStatus(/⬢ 1\b/, FIRST);
    await workbench.openFile('go/go.mod');
    await until('no count for other files', () => workbench.status(), (texts) => !texts.some((text) => text.includes('⬢')));
  });
});
