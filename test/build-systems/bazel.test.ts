// examples/bazel, driven by Bazel: what is rebuilt after a change, and what comes from its caches.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportJson } from '../../server/src/features/report/document.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/bazel', import.meta.url));
const DISTRIBUTION = fileURLToPath(new URL('../../dist', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'heaplight-bazel-')));
const workspace = join(folder, 'workspace');
const ALL = ['Finding allocations of go/api', 'Finding allocations of go/cmd', 'Finding allocations of go/store', 'Finding allocations of rust/app', 'Finding allocations of rust/shapes', 'Joining allocations of 2 units'];

interface Spawn {
  readonly progressMessage: string;
  readonly runner: string;
}

function bazel(...args: readonly string[]): string {
  const { status, stderr, error } = spawnSync('bazel', [`--output_user_root=${join(folder, 'root')}`, '--max_idle_secs=60', ...args], {
    cwd: workspace, encoding: 'utf8', env: { ...process.env, HEAPLIGHT_DISTRIBUTION: DISTRIBUTION },
  });
  expect(status, error?.message ?? stderr).toBe(0);
  return stderr;
}

/** Builds the report; the actions that Bazel could not leave as they were: those that ran, and those that came from the disk cache. */
function build(): { readonly ran: string[]; readonly cached: string[]; readonly report: ReportJson } {
  const log = join(folder, 'log.json');
  rmSync(log, { force: true });
  bazel('build', '//:allocations', `--disk_cache=${join(folder, 'cache')}`, `--execution_log_json_file=${log}`);
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  const spawns = text.trim() === '' ? [] : (JSON.parse(`[${text.replace(/\}\s*\{/g, '},{')}]`) as Spawn[]);
  const named = (isCached: boolean): string[] => spawns.filter((spawn) => /cache hit/.test(spawn.runner) === isCached).map((spawn) => spawn.progressMessage).sort();
  return { ran: named(false), cached: named(true), report: JSON.parse(readFileSync(join(workspace, 'bazel-bin/allocations.json'), 'utf8')) as ReportJson };
}

beforeAll(() => {
  cpSync(EXAMPLE, workspace, { recursive: true, filter: (path) => !/[\\/](?:bazel-[^\\/]*|target)$/.test(path) });
});

afterAll(() => {
  spawnSync('bazel', [`--output_user_root=${join(folder, 'root')}`, 'shutdown'], { cwd: workspace, stdio: 'ignore' });
  spawnSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});

describe('examples/bazel', () => {
  const api = join(workspace, 'go/api/api.go');
  let first: ReportJson | null = null;

  it('gives the report that heaplight show gives', () => {
    const built = build();
    expect(built.ran).toEqual(ALL);
    expect(built.cached).toEqual([]);
    first = built.report;
    const args = ['show', '--format', 'json', '--goos', 'linux', '--goarch', 'amd64', '--go-version', '1.26', '--gomodcache', 'none', '--cargo-home', 'none', 'go', 'rust'];
    const shown = spawnSync(process.execPath, [join(DISTRIBUTION, 'cli.js'), ...args], { cwd: workspace, encoding: 'utf8' });
    expect(shown.stderr).toBe('');
    const whole = JSON.parse(shown.stdout) as ReportJson;
    expect(JSON.stringify(built.report.files)).toBe(JSON.stringify(whole.files));
    expect(whole.totals.sites).toBeGreaterThan(10);
  });

  it('does nothing again when nothing changed', () => {
    expect(build()).toMatchObject({ ran: [], cached: [] });
  });

  it('analyses a changed package and those that import it; the others stay as they are', () => {
    const before = readFileSync(api, 'utf8');
    writeFileSync(api, before.replace('return store.Known(id)', 'return len(make([]byte, id)) > 0 && store.Known(id)'));
    const changed = build();
    expect(changed.ran).toEqual(['Finding allocations of go/api', 'Finding allocations of go/cmd', 'Joining allocations of 2 units']);
    expect(changed.cached).toEqual([]);
    expect(changed.report.totals.sites).toBeGreaterThan(first?.totals.sites ?? Infinity);

    writeFileSync(api, before);
    const reverted = build();
    expect(reverted.ran).toEqual([]);
    expect(reverted.cached).toEqual(['Finding allocations of go/api', 'Finding allocations of go/cmd', 'Joining allocations of 2 units']);
    expect(reverted.report).toEqual(first);
  });

  it('takes everything from the cache after its own results are gone', () => {
    bazel('clean');
    const again = build();
    expect(again.ran).toEqual([]);
    expect(again.cached).toEqual(ALL);
    expect(again.report).toEqual(first);
  });
});
