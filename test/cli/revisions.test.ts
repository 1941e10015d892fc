// `heaplight check --base` over the states that a git repository can be in.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Folder } from './cli.js';

const SITE = 'package p\n\nfunc F(n int) []int { return make([]int, n) }\n';
const TWO = `${SITE}\nfunc G(n int) []byte { return make([]byte, n) }\n`;
const folders: Folder[] = [];
const newFolder = (files: Readonly<Record<string, string>> = {}): Folder => {
  const folder = new Folder(files);
  folders.push(folder);
  return folder;
};
const git = (at: string, ...args: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...args], { cwd: at, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** A repository with two commits: the first has one site, the second two. */
const repository = (): Folder => {
  const folder = newFolder({ 'go.mod': 'module m\n', 'a.go': SITE });
  git(folder.path, 'init', '-q');
  git(folder.path, 'add', '.');
  git(folder.path, 'commit', '-qm', 'first');
  folder.write('a.go', TWO);
  git(folder.path, 'commit', '-qam', 'second');
  return folder;
};

afterEach(() => { for (const folder of folders.splice(0)) folder.remove(); });

describe('heaplight check --base', () => {
  it('counts what a later commit brought, and fails for it only when asked', () => {
    const at = repository();
    const result = at.run('check', '--base', 'HEAD~1', '.');
    expect(result).toMatchObject({ code: 0, err: '', out: expect.stringContaining('1 new, 0 gone, 1 unchanged') as string });
    expect(at.run('check', '--base', 'HEAD~1', '--fail-on-new', '.').code).toBe(1);
    expect(at.run('check', '--base', 'HEAD', '--fail-on-new', '.').code).toBe(0);
  });

  it('works in a work tree with a detached head, and in a folder below the top', () => {
    const at = repository();
    const other = join(newFolder().path, 'tree');
    git(at.path, 'worktree', 'add', '-q', '--detach', other, 'HEAD~1');
    const tree = newFolder();
    expect(tree.run('check', '--base', 'main', other)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('0 new, 1 gone, 1 unchanged') as string });
    at.write('sub/b.go', TWO.replace('package p', 'package sub'));
    expect(at.run('check', '--base', 'HEAD', 'sub')).toMatchObject({ code: 0, out: expect.stringContaining('2 new, 0 gone, 0 unchanged') as string });
  });

  it('says that a clone is shallow where the revision is beyond its edge', () => {
    const at = repository();
    const first = git(at.path, 'rev-parse', 'HEAD~1');
    const clone = join(newFolder().path, 'clone');
    git(at.path, 'clone', '-q', '--depth', '1', `file://${at.path}`, clone);
    for (const name of [first, 'HEAD~1']) {
      expect(at.run('check', '--base', name, clone)).toEqual({ code: 2, out: '', err: `heaplight: There is no revision "${name}" here; the clone is shallow, fetch more of it (git fetch --unshallow).\n` });
    }
    expect(at.run('check', '--base', 'HEAD', clone)).toMatchObject({ code: 0, out: expect.stringContaining('0 new, 0 gone, 2 unchanged') as string });
  });

  it('says that a clone without blobs lacks files, and fetches nothing', () => {
    const at = repository();
    git(at.path, 'config', 'uploadpack.allowFilter', 'true');
    const clone = join(newFolder().path, 'clone');
    git(at.path, 'clone', '-q', '--filter=blob:none', `file://${at.path}`, clone);
    expect(at.run('check', '--base', 'HEAD~1', clone)).toEqual({ code: 2, out: '', err: expect.stringMatching(/^heaplight: The files of HEAD~1 cannot be read: .*\.\n$/) as string });
  });

  it('says so where there is no repository or no commit, and takes no option for a revision', () => {
    const plain = newFolder({ 'go.mod': 'module m\n', 'a.go': SITE });
    expect(plain.run('check', '--base', 'HEAD', '.')).toEqual({ code: 2, out: '', err: `heaplight: ${plain.path} is in no git repository; --base needs one.\n` });
    git(plain.path, 'init', '-q');
    expect(plain.run('check', '--base', 'HEAD', '.')).toEqual({ code: 2, out: '', err: 'heaplight: There is no revision "HEAD" here.\n' });
    expect(repository().run('check', '--base=--output=x', '.')).toEqual({ code: 2, out: '', err: 'heaplight: "--output=x" is no revision.\n' });
  });

  it('runs no filter, pager or file monitor of the repository', () => {
    const at = repository();
    at.write('.gitattributes', '* filter=evil\n');
    for (const name of ['filter.evil.smudge', 'core.pager', 'core.fsmonitor']) git(at.path, 'config', name, 'touch ran');
    expect(at.run('check', '--base', 'HEAD~1', '.').code).toBe(0);
    expect(readdirSync(at.path)).not.toContain('ran');
    expect(() => git(at.path, 'status')).not.toThrow();
    expect(readdirSync(at.path)).toContain('ran'); // the trap works: git itself falls into it
  });
});
