// `npm start`: the report in the terminal, the editor at an address, and nothing left after Ctrl-C.
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../scripts/editor/session.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** It builds and packages first. */
const LONG = { timeout: 240_000 };

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGTERM');
});

function start(...args: string[]): { output: () => string; ended: Promise<number | null> } {
  const started = spawn(process.execPath, ['scripts/start.mjs', ...args], { cwd: root, env: { ...process.env, DISPLAY: '' }, stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let output = '';
  for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { output: () => output, ended: new Promise((resolve) => started.once('close', resolve)) };
}

async function answers(url: string): Promise<boolean> {
  return fetch(new URL('/healthz', url)).then((response) => response.ok, () => false);
}

describe('npm start', () => {
  test('prints the report of the samples, serves them in VS Code, and ends with all it started', async () => {
    const run = start('--no-open');
    await until('the address', () => Promise.resolve(run.output()), (output) => output.includes('Ctrl-C'), LONG);
    const output = run.output();
    expect(output).toMatch(/^\S*rust\/src\/main\.rs:\d+:\d+: ⬢/m);
    expect(output).toMatch(/^\S*go\/main\.go:\d+:\d+: ⬢/m);
    const url = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(output)?.[0] ?? '';
    expect(new URL(url).searchParams.get('folder')).toMatch(/samples$/);
    expect(await answers(url)).toBe(true);
    // The terminal and npm both send it.
    child?.kill('SIGINT');
    child?.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(await answers(url)).toBe(false);
  }, LONG.timeout);

  test('says what is wrong with its arguments, and builds nothing', async () => {
    const missing = start('no/such/folder');
    expect(await missing.ended).toBe(2);
    expect(missing.output().trim()).toBe('no/such/folder does not exist.');
    const unknown = start('--bogus');
    expect(await unknown.ended).toBe(2);
    expect(unknown.output()).toContain('Usage: npm start');
  });
});
