// Where a Go installation and the module cache are found, by settings, environment, `go env -w`, and the `go` on PATH, which is never run.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absolutePath } from '../../../server/src/node/host.js';
import { languageOptions, NO_TOOLCHAIN_SETTINGS } from '../../../server/src/node/toolchains.js';

let root = '';
const at = (...parts: string[]): string => join(root, ...parts);

function installation(name: string): string {
  for (const part of ['src/runtime', 'src/fmt', 'bin']) mkdirSync(at(name, part), { recursive: true });
  writeFileSync(at(name, 'VERSION'), 'go1.25.3\n');
  writeFileSync(at(name, 'bin', 'go'), `#!/bin/sh\ntouch "${at('was-run')}"\n`);
  chmodSync(at(name, 'bin', 'go'), 0o755);
  return at(name);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'toolchains-'));
  for (const name of ['stated', 'onPath', 'set']) installation(name);
  mkdirSync(at('bin'));
  symlinkSync(at('onPath', 'bin', 'go'), at('bin', 'go'));
  mkdirSync(at('broken'));
  symlinkSync(at('nowhere', 'go'), at('broken', 'go'));
  mkdirSync(at('path', 'pkg', 'mod'), { recursive: true });
  mkdirSync(at('cache'));
  writeFileSync(at('env'), `GOMODCACHE=${at('cache')}\nGOARCH=386\nnonsense\nGOFLAGS=\n`);
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const go = (settings: Partial<typeof NO_TOOLCHAIN_SETTINGS>, environment: NodeJS.ProcessEnv): ReturnType<typeof languageOptions>['go'] =>
  languageOptions({ ...NO_TOOLCHAIN_SETTINGS, ...settings }, [], { GOENV: 'off', ...environment }).go;

describe('the Go installation', () => {
  it('is that of the setting, else of GOROOT, else of the go on PATH', () => {
    const environment = { GOROOT: at('stated'), PATH: [at('broken'), at('bin')].join(delimiter) };
    expect(go({ goroot: at('set') }, environment).goroot).toBe(absolutePath(at('set')));
    expect(go({}, environment).goroot).toBe(absolutePath(at('stated')));
    expect(go({}, { ...environment, GOROOT: at('nowhere') }).goroot).toBe(absolutePath(at('onPath')));
    expect(go({}, { PATH: environment.PATH }).goroot).toBe(absolutePath(at('onPath')));
  });

  it('can be turned off, and is none when the named directory is missing', () => {
    expect(go({ goroot: 'none' }, { GOROOT: at('stated') }).goroot).toBeNull();
    expect(go({ goroot: at('nowhere') }, { GOROOT: at('stated') }).goroot).toBeNull();
  });

  it('is found without running go', () => {
    go({}, { PATH: at('bin') });
    expect(() => { rmSync(at('was-run')); }).toThrow();
  });
});

describe('the module cache', () => {
  it('is that of the setting, else GOMODCACHE, else below the first GOPATH', () => {
    expect(go({ modcache: at('cache') }, { GOMODCACHE: at('nowhere') }).modcache).toBe(absolutePath(at('cache')));
    expect(go({}, { GOMODCACHE: at('cache'), GOPATH: at('path') }).modcache).toBe(absolutePath(at('cache')));
    expect(go({}, { GOPATH: [at('path'), at('other')].join(delimiter) }).modcache).toBe(absolutePath(at('path', 'pkg', 'mod')));
    expect(go({ modcache: 'none' }, { GOMODCACHE: at('cache') }).modcache).toBeNull();
    expect(go({}, { GOPATH: at('nowhere') }).modcache).toBeNull();
  });

  it('is what go env -w says, unless the environment says otherwise', () => {
    expect(go({}, { GOENV: at('env'), GOPATH: at('path') }).modcache).toBe(absolutePath(at('cache')));
    expect(go({}, { GOENV: at('env') }).goarch).toBe('386');
    expect(go({}, { GOENV: at('env'), GOARCH: 'arm64' }).goarch).toBe('arm64');
    expect(go({ goarch: 'amd64' }, { GOENV: at('env') }).goarch).toBe('amd64');
    expect(go({}, { GOENV: at('nowhere'), GOPATH: at('path') }).modcache).toBe(absolutePath(at('path', 'pkg', 'mod')));
  });
});
