import { expect, test } from 'vitest';
import { shortPath } from '../../../server/src/workspace/host.js';

test('a path for people is relative below the root, and short elsewhere', () => {
  expect(shortPath('/w', '/w/a/b/c/d.go')).toBe('a/b/c/d.go');
  expect(shortPath('/w', '/home/me/go/pkg/mod/github.com/x/y@v1.2.3/z/a.go')).toBe('…/y@v1.2.3/z/a.go');
  expect(shortPath('/w', '/wide/a.go')).toBe('/wide/a.go');
  expect(shortPath('/w', 'a.go')).toBe('a.go');
});
