// What a unit may see: its own directory and the manifests above, and nothing else is even asked for.
import { describe, expect, it } from 'vitest';
import { placeOfUnit, unitHost } from '../../../server/src/workspace/unitHost.js';
import type { Host } from '../../../server/src/workspace/host.js';
import { memoryHost } from './memoryHost.js';

const FILES = new Map<string, string>([
  ['/w/go.mod', 'module m\n'], ['/w/heaplight.json', '{}'], ['/w/a/a.go', 'package a\n'], ['/w/a/sub/s.go', 'package sub\n'], ['/w/b/b.go', 'package b\n'], ['/w/b/go.mod', 'module b\n'],
  ['/w/Cargo.toml', '[workspace]\nmembers = ["c"]\n'], ['/w/c/Cargo.toml', '[package]\nname = "c"\n'], ['/w/c/src/lib.rs', ''], ['/secret', ''],
]);
const host = memoryHost(FILES);

describe('the outside of a unit', () => {
  it('of Go is its directory and the manifests above', () => {
    const place = placeOfUnit(host, '/w/a', null);
    expect(place).toEqual({ root: '/w', directory: 'a', deep: false });
    const asked: string[] = [];
    const recording: Host = {
      ...host,
      read: (path, limit) => { asked.push(path); return host.read(path, limit); },
      list: (path) => { asked.push(path); return host.list(path); },
      stat: (path) => { asked.push(path); return host.stat(path); },
    };
    const own = unitHost(recording, place ?? { root: '', directory: '', deep: false });
    for (const path of ['a/sub/s.go', 'b/b.go', 'b/go.mod', 'heaplight.json', '../secret', '/secret', '']) {
      expect(own.read(path, 100).kind, path).toBe('missing');
      if (path !== '') expect(own.stat(path), path).toBeNull();
    }
    for (const path of ['', 'a/sub', 'b', '/']) expect(own.list(path), path).toBeNull();
    expect(asked).toEqual([]);
    expect(own.read('a/a.go', 100).kind).toBe('bytes');
    expect(own.read('go.mod', 100).kind).toBe('bytes');
    expect(own.list('a')?.map((entry) => entry.name)).toEqual(['a.go', 'sub']);
  });

  it('of Rust is all below its directory, under the workspace', () => {
    const place = placeOfUnit(host, '/w/c', null);
    expect(place).toEqual({ root: '/w', directory: 'c', deep: true });
    const own = unitHost(host, place ?? { root: '', directory: '', deep: false });
    expect(own.read('c/src/lib.rs', 100).kind).toBe('bytes');
    expect(own.read('Cargo.toml', 100).kind).toBe('bytes');
    expect(own.read('a/a.go', 100).kind).toBe('missing');
    expect(own.list('')).toBeNull();
  });

  it('has the root that is named, and none above', () => {
    expect(placeOfUnit(host, '/w/a', '/')).toEqual({ root: '/', directory: 'w/a', deep: false });
    expect(placeOfUnit(host, '/w/a', '/w/b')).toBeNull();
    expect(placeOfUnit(host, '/w/b', null)).toEqual({ root: '/w/b', directory: '', deep: false });
    const own = unitHost(host, { root: '/w/b', directory: '', deep: false });
    expect(own.list('')?.map((entry) => entry.name)).toEqual(['b.go', 'go.mod']);
    expect(own.stat('')?.kind).toBe('directory');
  });
});
