import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { Folder } from './cli.js';

const SITE = 'package p\n\nfunc F(n int) []int { return make([]int, n) }\n';
let folder: Folder | null = null;

afterEach(() => {
  folder?.remove();
  folder = null;
});

const repository = (): Folder => {
  folder = new Folder({ 'go.mod': 'module m\n', 'a.go': SITE });
  const git = (...args: string[]): void => { execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder?.path, stdio: 'ignore' }); };
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  return folder;
};

describe('heaplight check', () => {
  it('compares a dirty tree with a revision, and exits 1 for a broken contract', () => {
    const at = repository();
    expect(at.run('check', '--base', 'HEAD', '.')).toMatchObject({ code: 0, out: expect.stringContaining('0 new, 0 gone, 1 unchanged') as string });
    at.write('a.go', `// moved\n${SITE}\n// heaplight: no-alloc\nfunc G(n int) []byte { return make([]byte, n) }\n`);
    const result = at.run('check', '--base', 'HEAD', '.');
    expect(result.code).toBe(1);
    expect(result.out).toContain('1 new, 0 gone, 1 unchanged');
    expect(result.out).toContain('[heaplight/no-alloc]');
  });

  it('says that a revision does not exist, and exits 2', () => {
    expect(repository().run('check', '--base', 'nope', '.')).toEqual({ code: 2, out: '', err: 'heaplight: There is no revision "nope" here.\n' });
  });

  it('holds budgets, and refuses a wrong heaplight.json by name and place', () => {
    const at = repository();
    at.write('heaplight.json', '{"budgets":[{"max":0}]}');
    expect(at.run('check', '.')).toMatchObject({ code: 1, out: expect.stringContaining('[heaplight/budget]') as string });
    at.write('heaplight.json', '{"budgets":[{"path":"hot","max":1}]}');
    expect(at.run('check', '.')).toMatchObject({ code: 0, out: expect.stringContaining('heaplight.json:1:1: warning: A budget is for "hot", where no Rust or Go file is [heaplight/idle-budget]') as string });
    expect(at.run('check', 'a.go')).toMatchObject({ code: 0, out: 'No contract or budget is broken in 1 file\n' });
    at.write('heaplight.json', '{"budgets":[{"max":-1}]}');
    expect(at.run('check', '.')).toMatchObject({ code: 2, err: expect.stringContaining('budgets[0].max must be a whole number') as string });
  });
});
