// What a file system may hold and do: pipes, devices, loops of links, closed doors, files that come, go and grow while they are read, very many files.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReportJson } from '../../server/src/features/report/document.js';
import { nodeHost } from '../../server/src/node/host.js';
import { plugins } from '../../server/src/node/plugins.js';
import { discover } from '../../server/src/workspace/discovery.js';
import { groupFiles } from '../../server/src/workspace/groups.js';
import { NEVER_CANCELLED, type Host } from '../../server/src/workspace/host.js';
import { runGroups } from '../../server/src/workspace/run.js';
import { Workspace } from '../../server/src/workspace/workspace.js';
import { Folder } from '../cli/cli.js';
import { parserOf, testOptions } from '../support/engine.js';
import { effort } from './effort.js';

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const GO = 'package p\n\nfunc F(n int) []int { return make([]int, n) }\n';
const RUST = 'pub fn f(n: u32) -> Box<u32> { Box::new(n) }\n';
/** A run that takes longer waits for something that never comes. */
const PATIENCE = 60_000;

let folder: Folder;
afterEach(() => {
  chmodSync(folder.path, 0o755);
  folder.remove();
});

interface Run { readonly code: number | null; readonly report: ReportJson | null; readonly err: string }

/** Runs the command line, as a user without rights over others' files when that is asked for. */
function show(args: readonly string[], unprivileged = false): Run {
  const asNobody = unprivileged && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [PROGRAM, 'show', '--format', 'json', '--goroot', 'none', '--cargo-home', 'none', ...args], { cwd: folder.path, encoding: 'utf8', timeout: PATIENCE, maxBuffer: 1 << 29, ...asNobody });
  if (error) throw error;
  return { code: status, report: stdout === '' ? null : (JSON.parse(stdout) as ReportJson), err: stderr };
}

const pathsOf = ({ report }: Run): string[] => (report?.files ?? []).map((file) => file.path);
const problemsOf = ({ report }: Run, path: string): string => (report?.files.find((file) => file.path === path)?.problems ?? []).map((problem) => problem.message).join();
const pipe = (name: string): void => { execFileSync('mkfifo', [join(folder.path, name)]); };

describe('things that are no files', () => {
  it('are left alone below a directory: pipes, sockets, devices and directories with the names of sources', async () => {
    folder = new Folder({ 'go.mod': 'module w\n', 'a.go': GO, 'Cargo.toml': '[package]\nname = "w"\n', 'src/lib.rs': `mod x;\n${RUST}`, 'dir.go/inner.go': GO, 'src/x.rs/mod.rs': RUST });
    pipe('pipe.go');
    pipe('src/pipe.rs');
    symlinkSync('/dev/zero', join(folder.path, 'zero.go'));
    symlinkSync('pipe.go', join(folder.path, 'topipe.go'));
    const server = createServer().listen(join(folder.path, 'socket.go'));
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const run = show(['.']);
      expect(run).toMatchObject({ code: 0, err: '' });
      expect(pathsOf(run)).toEqual(['a.go', 'dir.go/inner.go', 'src/lib.rs', 'src/x.rs/mod.rs']);
    } finally {
      server.close();
    }
  });

  it('are said to be none when they are named', () => {
    folder = new Folder({ 'a.go': GO });
    pipe('pipe.go');
    symlinkSync('/dev/zero', join(folder.path, 'zero.go'));
    for (const name of ['pipe.go', 'zero.go']) {
      const run = show([name, 'a.go']);
      expect(run.code).toBe(0);
      expect(pathsOf(run)).toContain('a.go');
      expect(problemsOf(run, name) + run.err).toMatch(/regular file|neither a Rust nor a Go file/);
    }
  });

  it('do no harm in the place of manifests, settings and ignore files', () => {
    folder = new Folder({ 'p/a.go': GO, 'q/src/lib.rs': RUST, 'r/r.go': GO, 's/src/lib.rs': RUST });
    for (const name of ['p/go.mod', 'q/Cargo.toml', 'p/.gitignore']) pipe(name);
    for (const name of ['r/go.mod', 's/Cargo.toml', 'r/.gitignore']) mkdirSync(join(folder.path, name));
    const run = show(['.']);
    expect(run.code).toBe(0);
    expect(pathsOf(run)).toEqual(['p/a.go', 'q/src/lib.rs', 'r/r.go', 's/src/lib.rs']);
    expect(run.report?.totals.sites).toBe(4);
    pipe('heaplight.json');
    expect(show(['.']).code).toBe(0);
  });
});

describe('links', () => {
  it('that lead in circles, to themselves, nowhere or out of the tree end nothing', () => {
    folder = new Folder({ 'go.mod': 'module w\n', 'a/a.go': GO });
    symlinkSync('..', join(folder.path, 'a/up'));
    symlinkSync('self.go', join(folder.path, 'a/self.go'));
    symlinkSync('nowhere.go', join(folder.path, 'a/dangling.go'));
    symlinkSync('/', join(folder.path, 'root'));
    symlinkSync('b2', join(folder.path, 'b1'));
    symlinkSync('b1', join(folder.path, 'b2'));
    const run = show(['.']);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(pathsOf(run)).toEqual(['a/a.go']);
    expect(show(['a/self.go']).code).toBe(2);
    expect(show(['b1']).code).toBe(2);
  });
});

describe('closed doors', () => {
  it('cost what is behind them, said once, and nothing else', () => {
    folder = new Folder({ 'go.mod': 'module w\n', 'a.go': GO, 'shut/b.go': GO, 'c.go': GO, 'kept/kept.go': GO });
    chmodSync(folder.path, 0o755);
    chmodSync(join(folder.path, 'shut'), 0o000);
    chmodSync(join(folder.path, 'c.go'), 0o000);
    const run = show(['.'], true);
    expect(run.code).toBe(0);
    expect(run.err).toMatch(/^heaplight: \S*shut cannot be read; it was left out\.\n$/);
    expect(pathsOf(run)).toEqual(['a.go', 'c.go', 'kept/kept.go']);
    expect(problemsOf(run, 'c.go')).toBe('The file cannot be read: permission denied.');
    expect(run.report?.totals.sites).toBe(2);
    chmodSync(join(folder.path, 'shut'), 0o755);
  });

  it('of the cache cost the cache: read-only, a file, a full device', () => {
    folder = new Folder({ 'go.mod': 'module w\n', 'a.go': GO, 'file': 'x' });
    chmodSync(folder.path, 0o755);
    mkdirSync(join(folder.path, 'locked'));
    chmodSync(join(folder.path, 'locked'), 0o555);
    for (const cache of ['locked', 'locked/below', 'file', 'file/below', '/dev/full', '/proc/nothing']) {
      const run = show(['--cache', cache, '.'], true);
      expect(run, cache).toMatchObject({ code: 0, err: '' });
      expect(run.report?.totals.sites, cache).toBe(1);
    }
    expect(readdirSync(join(folder.path, 'locked'))).toEqual([]);
  });
});

/** Analyses the folder in this process over a host that lets something happen before files are read. */
async function analysed(happen: (path: string) => void): Promise<Map<string, { readonly sites: number; readonly problems: readonly string[] }>> {
  const machine = nodeHost(dirname(PROGRAM));
  const host: Host = {
    ...machine,
    read: (path, limit) => {
      if (/\.(?:go|rs)$/.test(path)) happen(path.slice(folder.path.length + 1));
      return machine.read(path, limit);
    },
  };
  const found = await discover(host, [folder.path], { isSource: (name) => /\.(?:go|rs)$/.test(name) });
  const groups = groupFiles(host, found.files, (path) => (path.endsWith('.go') ? 'go' : 'rust'));
  const parsers = new Map([['go', await parserOf('go')], ['rust', await parserOf('rust')]] as const);
  const workspace = new Workspace({ host, plugins, parsers, languageOptions: testOptions });
  const outcome = new Map<string, { sites: number; problems: string[] }>();
  const executor = workspace.executor((report) => {
    outcome.set(report.path.slice(folder.path.length + 1), { sites: report.sites.length, problems: report.problems.map((problem) => problem.message) });
    return { json: '{}', extra: '{}', totals: '{}' };
  });
  const told: string[] = [];
  await runGroups({ groups, executor, cache: null, cancellation: NEVER_CANCELLED, onFile: ({ path }) => { told.push(path); } });
  expect(told).toEqual(found.files.map(({ path }) => path));
  return outcome;
}

describe('files that change while they are analysed', () => {
  const sources = { 'go.mod': 'module w\n', 'a/a.go': GO, 'a/b.go': GO.replace('F', 'G'), 'a/c.go': GO.replace('F', 'H'), 'r/Cargo.toml': '[package]\nname = "r"\nedition = "2021"\n', 'r/src/lib.rs': `mod m;\n${RUST}`, 'r/src/m.rs': RUST };

  it('are reported as missing when they vanished, and the rest is done', async () => {
    folder = new Folder(sources);
    const outcome = await analysed((path) => {
      if (path.startsWith('a/')) rmSync(join(folder.path, 'a/c.go'), { force: true });
      if (path === 'r/src/lib.rs') rmSync(join(folder.path, 'r/src/m.rs'), { force: true });
    });
    expect(outcome.get('a/a.go')).toEqual({ sites: 1, problems: [] });
    expect(outcome.get('a/c.go')).toEqual({ sites: 0, problems: ['The file does not exist.'] });
    expect(outcome.get('r/src/lib.rs')?.sites).toBe(1);
    expect(outcome.get('r/src/m.rs')).toEqual({ sites: 0, problems: ['The file does not exist.'] });
  });

  it('are done when their directory was renamed or became a file', async () => {
    folder = new Folder(sources);
    const outcome = await analysed((path) => {
      if (path !== 'a/b.go') return;
      rmSync(join(folder.path, 'a'), { recursive: true, force: true });
      writeFileSync(join(folder.path, 'a'), 'no directory');
    });
    for (const path of ['a/b.go', 'a/c.go']) expect(outcome.get(path)?.problems.length ?? 0).toBeLessThanOrEqual(1);
    expect(outcome.get('r/src/lib.rs')?.sites).toBe(1);
  });

  it('are read as far as they were when they grow', async () => {
    folder = new Folder(sources);
    const outcome = await analysed((path) => { appendFileSync(join(folder.path, path), '// more\n'.repeat(1000)); });
    for (const path of ['a/a.go', 'r/src/m.rs']) expect(outcome.get(path)).toEqual({ sites: 1, problems: [] });
  });

  it('are answered while another process writes, truncates and replaces them', async () => {
    folder = new Folder(sources);
    const writer = spawn(process.execPath, ['-e', `const fs = require('fs'); const p = ${JSON.stringify(join(folder.path, 'a/a.go'))}; for (let i = 0; ; i++) { fs.writeFileSync(p + '.new', ${JSON.stringify(GO)}); fs.renameSync(p + '.new', p); fs.appendFileSync(p, '// x\\n'.repeat(i % 5000)); fs.truncateSync(p, i % 40); try { fs.unlinkSync(p) } catch {} }`]);
    try {
      for (let i = 0; i < effort(1, 20); i++) {
        const run = show(['a']);
        expect([0, 2]).toContain(run.code);
        expect(run.err).not.toMatch(/itself failed/);
        expect(pathsOf(run)).toEqual(expect.arrayContaining(['b.go', 'c.go']));
      }
    } finally {
      writer.kill('SIGKILL');
      await new Promise((resolve) => writer.once('exit', resolve));
    }
  });
});

describe('very many files', () => {
  it('take time in proportion to their number', () => {
    const many = effort(800, 100_000);
    folder = new Folder({ 'go.mod': 'module w\n' });
    const fill = (from: number, to: number): void => {
      for (let i = from; i < to; i++) {
        if (i % 100 === 0) mkdirSync(join(folder.path, `p${Math.floor(i / 100)}`));
        writeFileSync(join(folder.path, `p${Math.floor(i / 100)}`, `f${i % 100}${i % 10 === 0 ? '.go' : '.txt'}`), `package p\n\nfunc F${i % 100}(n int) []int { return make([]int, n) }\n`);
      }
    };
    const timed = (): number => {
      const { code, out } = folder.run('show', '--format', 'json', '--workers', '0', '--goroot', 'none', '.');
      expect(code).toBe(0);
      const { totals, timings } = JSON.parse(out) as ReportJson;
      expect(totals.sites).toBe(totals.files);
      return timings.totalMs;
    };
    fill(0, many / 4);
    timed(); // the disk is warm
    const quarter = timed();
    fill(many / 4, many);
    const whole = timed();
    expect(whole).toBeLessThan(quarter * 4 * 2.5 + 3000);
  });
});
