import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReportJson } from '../../server/src/features/report/document.js';
import { Folder } from './cli.js';

const GO = 'package p\n\nfunc F(n int) []int {\n\treturn make([]int, n)\n}\n';
const schema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object);
let folder: Folder | null = null;
const within = (files: Record<string, string | Uint8Array>): Folder => (folder = new Folder(files));
const read = (out: string): ReportJson => {
  const report = JSON.parse(out) as ReportJson;
  expect(schema(report), JSON.stringify(schema.errors)).toBe(true);
  return report;
};
const paths = (report: ReportJson): string[] => report.files.map((file) => file.path);

afterEach(() => {
  folder?.remove();
  folder = null;
});

describe('heaplight show', () => {
  it('prints one JSON document that its schema accepts, with the same bytes every time', () => {
    const at = within({ 'go.mod': 'module m\n', 'b/b.go': GO, 'a.go': GO });
    const first = at.run('show', '--format', 'json', '.');
    expect(first.err).toBe('');
    expect(first.code).toBe(0);
    const report = read(first.out);
    expect(paths(report)).toEqual(['a.go', 'b/b.go']);
    expect(report.totals.lines).toBe(10);
    const second = read(at.run('show', '--format', 'json', '--workers', '2', '.').out);
    expect({ ...second, timings: null }).toEqual({ ...report, timings: null });
  });

  it('keeps to ignore files, with or without git, and leaves out vendor, target and node_modules unless named', () => {
    const at = within({ '.gitignore': 'gen/\n*_x.go\n!keep_x.go\n', 'a.go': GO, 'a_x.go': GO, 'keep_x.go': GO, 'gen/g.go': GO, 'vendor/v/v.go': GO, 'target/t.rs': '', 'node_modules/n.go': GO });
    expect(paths(read(at.run('show', '--format', 'json', '.').out))).toEqual(['a.go', 'keep_x.go']);
    expect(paths(read(at.run('show', '--format', 'json', 'vendor').out))).toEqual(['v/v.go']);
    expect(paths(read(at.run('show', '--format', 'json', 'gen').out))).toEqual(['g.go']);
    expect(paths(read(at.run('show', '--format', 'json', '**/*.go').out))).toEqual(['a.go', 'keep_x.go']);
  });

  it('says the same of a crate wherever it lies, in the registry too', () => {
    const crate = {
      'Cargo.toml': '[package]\nname = "one"\nversion = "1.0.0"\nedition = "2021"\n', 'src/lib.rs': 'mod inner;\npub fn list() -> Vec<u8> { inner::named(3) }\npub fn none() -> u8 { inner::free(3) }\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn lists() { let _ = super::list(); }\n}\n',
      'src/inner.rs': 'pub fn named(n: usize) -> Vec<u8> { let mut v = Vec::new(); v.push(n as u8); v }\npub fn free(n: u8) -> u8 { n }\n', 'src/main.rs': 'mod inner;\nfn main() { let _ = (inner::named(1), one::list()); }\n', 'tests/t.rs': '#[test]\nfn t() { assert!(one::list().len() == 1); }\n',
    };
    const index = 'cargo/registry/src/index-1';
    const at = within(Object.fromEntries(['copy/one-1.0.0', `${index}/one-1.0.0`].flatMap((directory) => Object.entries(crate).map(([path, text]) => [`${directory}/${path}`, text]))));
    const filesOf = (...args: string[]) => read(at.run('show', '--format', 'json', ...args).out.replace(/"(?:src\/)?(?:index-1\/)?one-1.0.0\//g, '"')).files;
    const copy = filesOf('--cargo-home', 'none', 'copy/one-1.0.0');
    expect(copy.flatMap((file) => file.sites.map((site) => `${file.path} ${site.kind} ${site.certainty}`))).toEqual([
      'src/inner.rs growth conditional', 'src/lib.rs callee conditional', 'src/lib.rs callee conditional', 'src/main.rs callee conditional', 'src/main.rs callee conditional', 'tests/t.rs callee conditional',
    ]);
    for (const asked of ['copy/one-1.0.0', `${index}/one-1.0.0`, index, 'cargo/registry/src', 'cargo/registry']) expect(filesOf('--cargo-home', 'cargo', asked), asked).toEqual(copy);
    expect(filesOf('--cargo-home', 'cargo', `${index}/one-1.0.0/src/lib.rs`)[0]?.sites.map((site) => site.kind)).toEqual(['callee', 'callee']);
  });

  it('says the same with what it keeps of libraries as without, after an edit too', () => {
    const own = (call: string): string => `pub fn f(n: usize) -> usize { lists::${call}(n) }\n`;
    const at = within({
      'w/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nlists = "1"\n', 'w/src/lib.rs': own('size'),
      'cargo/registry/src/index/lists-1.0.0/Cargo.toml': '[package]\nname = "lists"\nversion = "1.0.0"\nedition = "2021"\n',
      'cargo/registry/src/index/lists-1.0.0/src/lib.rs': 'pub fn size(n: usize) -> usize { format!("{n}").len() }\npub fn same(n: usize) -> usize { n }\npub fn some(n: usize) -> usize { vec![1; n].len() }\n',
    });
    const sites = (...args: string[]): string[] => read(at.run('show', '--format', 'json', '--cargo-home', 'cargo', ...args, 'w').out).files.flatMap((file) => file.sites.map((site) => `${site.what} ${site.certainty}`));
    for (const [call, workers] of [['size', '0'], ['same', '1'], ['some', '0'], ['some', '2']] as const) {
      at.write('w/src/lib.rs', own(call));
      expect(sites('--cache', 'kept', '--workers', workers), call).toEqual(sites());
    }
    expect(sites()).toEqual(['buffer of a new Vec<i32> always']);
  });

  it('says what is wrong in one sentence and exits 2', () => {
    const at = within({ 'notes.txt': 'x' });
    expect(at.run('show', 'nowhere')).toEqual({ code: 2, out: '', err: 'heaplight: There is no "nowhere".\n' });
    expect(at.run('show', '.')).toEqual({ code: 2, out: '', err: 'heaplight: There is no Rust or Go file in ".".\n' });
    expect(at.run('show').code).toBe(2);
    expect(at.run('show', '').err).toBe('heaplight: Name at least one file or directory.\n');
    expect(at.run('show', '--format', 'xml', '.').err).toContain('--format is one of');
    expect(at.run('shew', '.').err).toContain('There is no command "shew"');
    expect(at.run('show', '--kind', 'heap', '.').err).toContain('There is no kind "heap"');
  });

  it('refuses options that cannot be followed, each in one plain sentence', () => {
    const at = within({ 'a.go': GO });
    const wrong: readonly (readonly [args: string, says: string])[] = [
      ['show --bogus .', 'There is no option --bogus. See heaplight show --help.'],
      ['show . -f', '--format needs a value. See heaplight show --help.'],
      ['show --workers -1 .', '--workers needs a value; one that begins with a dash is written --workers=VALUE. See heaplight show --help.'],
      ['show --no-cold=yes .', '--no-cold takes no value. See heaplight show --help.'],
      ['show --kind , .', '--kind names no kind. See heaplight show --help.'],
      ['show --max-size 0 .', '--max-size is a whole number of megabytes, at least 1. See heaplight show --help.'],
      ['show --base HEAD .', '--base is no option of show, but of check. See heaplight show --help.'],
      ['facts --workers 2 .', '--workers is no option of facts, but of show and check. See heaplight facts --help.'],
      ['check --fail-on-new .', '--fail-on-new needs --base REV. See heaplight check --help.'],
      ['explain -f sarif', 'explain prints text or json.'],
      ['show --goroot nowhere .', 'There is no Go installation in "nowhere".'],
      ['show --gomodcache nowhere .', 'There is no directory "nowhere".'],
      ['show --cargo-home nowhere .', 'There is no directory "nowhere".'],
      ['show --go-version newest .', '"newest" is no version of Go; 1.24, 1.25, 1.26, 1.27 are known.'],
      ['show --goos winodws .', 'Go knows no operating system "winodws".'],
      ['show --goarch x64 .', 'Go knows no architecture "x64".'],
    ];
    for (const [args, says] of wrong) expect(at.run(...args.split(' ')), args).toEqual({ code: 2, out: '', err: `heaplight: ${says}\n` });
    expect(at.run('show', '--kind', 'buffer,', '--go-version', 'go1.26.3', '--goos', 'windows', '--goarch', 'arm64', '.').code).toBe(0);
  });

  it('helps with each command, and has help and version as commands too', () => {
    const at = within({});
    expect(at.run('help').out).toBe(at.run('--help').out);
    expect(at.run('help', 'check')).toEqual(at.run('check', '--help'));
    expect(at.run('check', '--help').out).toContain('--fail-on-new');
    expect(at.run('show', '--help').out).not.toContain('--fail-on-new');
    expect(at.run('version').out).toBe(at.run('--version').out);
  });

  it('counts muted sites in text and Markdown, and shows them when asked; JSON has all', () => {
    const at = within({
      'a.go': `${GO}\nfunc G(n int) {\n\tpanic(make([]int, n))\n}\n\nfunc H(n int) []int {\n\treturn make([]int, n) // heaplight: allow the answer\n}\n`,
      'a_test.go': 'package p\n\nimport "testing"\n\nfunc TestF(t *testing.T) {\n\tt.Log(make([]int, len(t.Name())))\n}\n',
    });
    const all = read(at.run('show', '-f', 'json', '.').out);
    const quiet = at.run('show', '.').out;
    expect(quiet).toMatch(/^a\.go:4:9: [^\n]*\n[^\n]*\n[^\n]*\n\n1 allocation site in 2 files, \d+ lines \(1 always\); \d+ muted, shown with --muted\n$/);
    expect(quiet).toContain(`; ${all.totals.sites - 1} muted`);
    expect(at.run('show', '-f', 'markdown', '.').out).toContain(`1 site in 2 files, ${all.totals.lines} lines; ${all.totals.sites - 1} muted.`);
    expect(at.run('show', '--muted', '.').out).toContain(`${all.totals.sites} allocation sites in 2 files`);
    expect(at.run('show', '--muted', '-f', 'markdown', '.').out).toContain(`${all.totals.sites} sites in 2 files`);
  });

  it('reports hostile files as problems and everything else as ever', () => {
    const at = within({
      'a/empty.go': '', 'b/binary.go': Uint8Array.of(112, 0, 1, 2), 'c/latin.go': Uint8Array.from([...Buffer.from('package p\n\nvar s = "'), 0xe9, ...Buffer.from('"\n')]),
      'd/deep.go': `package p\n\nvar x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`, 'e/ok.go': GO, 'f/garbage.go': '}{)(`"\u0001'.repeat(500), 'g/large.go': `package p\n${'var x = 1 // filler\n'.repeat(60_000)}`,
    });
    const result = at.run('show', '--format', 'json', '--max-size', '1', '.');
    expect(result.code).toBe(0);
    const files = new Map(read(result.out).files.map((file) => [file.path, file]));
    expect(files.size).toBe(7);
    expect(files.get('b/binary.go')?.problems[0]?.message).toContain('binary');
    expect(files.get('c/latin.go')?.problems.map((problem) => problem.message).join()).toContain('UTF-8');
    expect(files.get('g/large.go')?.problems[0]?.message).toContain('larger than the limit of 1 MB');
    expect(files.get('e/ok.go')?.problems).toEqual([]);
  });

  it('does not follow links in circles', () => {
    const at = within({ 'a/a.go': GO });
    symlinkSync('..', join(at.path, 'a/loop'));
    symlinkSync('self.go', join(at.path, 'a/self.go'));
    expect(paths(read(at.run('show', '--format', 'json', '.').out))).toEqual(['a.go'].map((name) => `a/${name}`));
  });

  it('takes unchanged files from the cache, and survives a damaged one', () => {
    const at = within({ 'go.mod': 'module m\n', 'a.go': GO });
    const plain = read(at.run('show', '--format', 'json', '.').out);
    for (let i = 0; i < 2; i++) expect({ ...read(at.run('show', '--format', 'json', '--cache', 'cache', '.').out), timings: null }).toEqual({ ...plain, timings: null });
    at.write('cache-is-a-file', '');
    expect(at.run('show', '--format', 'json', '--cache', 'cache-is-a-file', '.').code).toBe(0);
  });
});
